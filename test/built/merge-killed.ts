/** A server that is killed in the middle of merges, on a portal in a process of its own that outlives it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { seededRandom, sleep, systemClock } from '../../src/clock.ts';
import { ask } from '../simulation/holdings.ts';
import { controlAt, fetchAt, LATER_MS, make, onPortal, openServer, SLOW } from './server-killed.ts';

export interface EndedMerge {
  /** What the server said that was started anew, and one that was started six minutes later. */
  readonly atOnce: string | undefined;
  readonly later: string | undefined;
  /** The requests for a merge that had arrived when it was killed. */
  readonly arrived: number;
  /** How many records the two are now, and how many ids went into what they are. */
  readonly records: number;
  readonly merged: number;
  readonly phone: string | undefined;
}

/** It is killed so long after one of these has arrived, in turn, or at any time. */
const KILLED_WITHIN_MS = 200;
const MOMENTS = [/\/merge$/, /\/batch\/update$/, /./];
const LOOK_MS = 10;
const LOST_SHARE = 0.2;
export const PHONE = '+49 30 901820';

const POLICY = { version: 1, approval: { unasked: ['merge'] }, merges: { perRun: 1_000, perDay: 1_000 } };
const PATHS = ['/crm/objects/*/*/merge', '/crm/objects/*/*/batch/update'];

const held = z.object({
  id: z.string(),
  properties: z.object({ phone: z.string().nullish(), hs_merged_object_ids: z.string().nullish() }),
});
const requests = z.array(z.looseObject({ path: z.string() }));

/** @param rounds how many merges; a server of its own is killed in each of them */
export async function killInMerges(rounds: number, seed: number): Promise<readonly EndedMerge[]> {
  return onPortal(async (places) => {
    const random = seededRandom(seed);
    const overHttp = fetchAt(places.url);
    const control = controlAt(places.controlUrl);
    const policy = join(places.journal, 'policy.json');
    writeFileSync(policy, JSON.stringify(POLICY), { mode: 0o600 });
    const open = (laterMs = 0) => openServer(places, ['--policy', policy], laterMs);
    const strike = async (fault: object) => {
      await control('DELETE', '/faults');
      await control(
        'POST',
        '/faults',
        PATHS.map((path) => ({ method: 'POST', path, count: 'always', ...fault })),
      );
    };
    const stay = await make(overHttp, 'contacts', rounds, (n) => ({ email: `stay${n}@acme.test`, phone: '555' }));
    const go = await make(overHttp, 'contacts', rounds, (n) => ({ email: `go${n}@acme.test`, phone: PHONE }));
    const played: { readonly args: object & { readonly ids: readonly string[] }; atOnce?: string; arrived: number }[] =
      [];
    let server = await open();
    for (const [n, survivorId] of stay.entries()) {
      const said = { objectType: 'contacts', ids: [survivorId, go[n] ?? ''], survivorId };
      const plan = await server.call('plan_merge', said);
      const [, digest] = /"digest":"(sha256:[\w-]+)"/.exec(plan ?? '') ?? [];
      const args = { ...said, digest, idempotencyKey: `round ${n}` };
      await control('DELETE', '/requests');
      await strike(random.float() < LOST_SHARE ? { kind: 'hang' } : SLOW);
      const answered = new AbortController();
      void server.call('merge_records', args).finally(() => answered.abort());
      const moment = MOMENTS[n % MOMENTS.length];
      const asked = async () => requests.parse(await control('GET', '/requests'));
      const hasArrived = async () => (await asked()).some(({ path }) => moment?.test(path));
      while (!(answered.signal.aborted || (await hasArrived()))) await sleep(systemClock, LOOK_MS);
      await sleep(systemClock, random.float() * KILLED_WITHIN_MS);
      server.program.process.kill('SIGKILL');
      await server.program.exit;
      const arrived = (await asked()).filter(({ path }) => path.endsWith('/merge'));
      await strike(SLOW);
      server = await open();
      const atOnce = await server.call('merge_records', args);
      played.push({ args, arrived: arrived.length, ...(atOnce !== undefined && { atOnce }) });
    }
    await server.end();

    await control('POST', '/clock', { advanceMs: LATER_MS });
    const last = await open(LATER_MS);
    const ended: EndedMerge[] = [];
    for (const { args, atOnce, arrived } of played) {
      const later = await last.call('merge_records', { ...args });
      const found = await Promise.all(
        args.ids.map(async (id) => {
          const path = `/crm/v3/objects/contacts/${id}?properties=phone,hs_merged_object_ids`;
          return held.parse(await ask(overHttp, 'GET', path));
        }),
      );
      const { phone, hs_merged_object_ids: merged } = found[0]?.properties ?? {};
      ended.push({
        atOnce,
        later,
        arrived,
        records: new Set(found.map(({ id }) => id)).size,
        merged: (merged ?? '').split(';').filter(Boolean).length,
        phone: phone ?? undefined,
      });
    }
    await last.end();
    return ended;
  });
}
