/**
 * A process that writes three records under one key or without one, as the door does, with a file for HubSpot: a line for each record
 * that was made. Says each step before it takes it, and stops for good at the one that it is told.
 */

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sleep, systemClock, systemRandom } from '../../src/clock.ts';
import { createJournal, fileDisk } from '../../src/journal/index.ts';
import type { OpenCall, StoredRow } from '../../src/journal/journal.ts';

const [folder = '', key = '', stop = '', how = 'keyed'] = process.argv.slice(2);
const hubspot = join(folder, 'hubspot');
const ROWS = [0, 1, 2];

async function step(name: string): Promise<void> {
  process.stdout.write(`${name}\n`);
  if (name === stop) await new Promise(() => setInterval(() => undefined, 1_000));
}

function isThere(index: number): boolean {
  return existsSync(hubspot) && readFileSync(hubspot, 'utf8').split('\n').includes(`${key} ${index}`);
}

async function send(call: OpenCall, indexes: readonly number[]): Promise<void> {
  for (const index of indexes) {
    await step(`sending ${index}`);
    await call.sending([index]);
    await step(`sent ${index}`);
    appendFileSync(hubspot, `${key} ${index}\n`);
    await step(`answered ${index}`);
    await call.outcomes([{ index, state: 'applied' }]);
    await step(`told ${index}`);
  }
  await call.finish('done');
  await step('finished');
}

async function settled(call: OpenCall, rows: readonly StoredRow[]): Promise<readonly number[]> {
  for (const { index, state } of rows) {
    if (state === 'sent') await call.outcomes([{ index, state: isThere(index) ? 'applied' : 'intended' }]);
    if (state === 'applied' && !isThere(index))
      throw new Error(`Row ${index} is said to be applied, and is not there.`);
  }
  return ROWS.filter((index) => !isThere(index));
}

const journal = createJournal({ disk: fileDisk(join(folder, 'journal')), clock: systemClock, random: systemRandom });
const call = {
  caller: 'c',
  session: String(process.pid),
  tool: 't',
  portalId: 1,
  fingerprint: key,
  sameWithinMs: 600_000,
  ...(how === 'keyed' && { idempotencyKey: key }),
};
for (let tries = 0; ; tries++) {
  await step('begin');
  const begun = await journal.begin(call);
  await step(begun.kind);
  if (begun.kind === 'new') {
    await begun.call.intend(ROWS.map((index) => ({ index, change: { index }, records: [] })));
    await step('intended');
    await send(begun.call, ROWS);
  } else if (begun.kind === 'interrupted') {
    if (begun.stored.rows.length !== ROWS.length) throw new Error('The rows of the call are gone.');
    await send(begun.call, await settled(begun.call, begun.stored.rows));
  } else if (begun.kind === 'finished') {
    break;
  } else if (tries > 2_000) {
    throw new Error(`It was never finished: ${begun.kind}.`);
  } else {
    await sleep(systemClock, 2);
  }
}
await journal.close();
