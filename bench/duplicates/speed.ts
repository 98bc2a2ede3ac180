/** How fast the built command is, in a process of its own: reading the file, scanning it, writing what was found. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { systemClock } from '../../src/clock.ts';
import type { Spent } from '../../src/commands/duplicates/result.ts';
import { contactLines } from './contacts.ts';

export interface SpeedFigures {
  readonly rows: number;
  readonly megabytes: number;
  /** Of two runs. */
  readonly readingSeconds: readonly number[];
  readonly scanningSeconds: readonly number[];
  readonly wholeSeconds: readonly number[];
  readonly cpuSeconds: readonly number[];
  readonly peakMegabytes: number;
  readonly pairs: number;
  readonly identical: boolean;
}

const SEED = 7;
const program = resolve('dist/main.js');

/** @param folder where the file and what is found in it may be written */
export async function measureSpeed(rows: number, folder: string): Promise<SpeedFigures> {
  const file = join(folder, `contacts-${rows}.csv`);
  const stream = createWriteStream(file);
  for (const lines of contactLines(rows, SEED)) if (!stream.write(lines)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
  const first = await run(file, join(folder, 'first'));
  const second = await run(file, join(folder, 'second'));
  const both = [first, second];
  return {
    rows,
    megabytes: stream.bytesWritten / 1e6,
    readingSeconds: both.map(({ spent }) => spent.readingSeconds),
    scanningSeconds: both.map(({ spent }) => spent.scanningSeconds),
    wholeSeconds: both.map(({ whole }) => whole),
    cpuSeconds: both.map(({ spent }) => spent.cpuSeconds),
    peakMegabytes: Math.max(...both.map(({ megabytes }) => megabytes)),
    pairs: first.pairs,
    identical: first.digest === second.digest,
  };
}

async function run(file: string, out: string) {
  const began = systemClock.elapsed();
  const files = { json: `${out}.json`, pairs: `${out}.csv` };
  const flags = ['--type', 'contacts', '--json', files.json, '--out', files.pairs];
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'duplicates', file, ...flags]);
  const whole = (systemClock.elapsed() - began) / 1000;
  const hash = createHash('sha256');
  await pipeline(createReadStream(files.pairs), hash, { end: false });
  const said = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(files.json) })) {
    const [, name = '', value = ''] = /^"(measures|pairs)":(.*),$/.exec(line) ?? [];
    if (name !== '') said.set(name, value);
    // Time and memory are never the same twice.
    if (name !== 'measures') hash.update(line);
  }
  const spent: Spent = JSON.parse(said.get('measures') ?? '');
  const pairs: { readonly count: number } = JSON.parse(said.get('pairs') ?? '');
  // Writing included, unlike in the JSON.
  const [, megabytes] = /at most (\d+) MB of memory/.exec(stdout) ?? [];
  return { whole, spent, megabytes: Number(megabytes), digest: hash.digest('hex'), pairs: pairs.count };
}
