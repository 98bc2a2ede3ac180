import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { FULL_RATE, LIMIT, type Run, run, WINDOW_MS } from '../../bench/quota/run.ts';
import { bundleProcesses } from '../hubspot/redis/processes.ts';

let folder = '';
beforeAll(async () => {
  folder = await bundleProcesses();
});
afterAll(() => rm(folder, { recursive: true }));

/** Six windows' worth, divisible by the numbers of processes. */
const CALLS = 1_136;
const jitterMs = [20, 300] as const;
const ours = { kind: 'ours', calls: CALLS, pattern: 'saturated' } as const;
/** Of those that a fault befalls: enough that two windows' worth are left once the rate is full again. */
const MORE_CALLS = 1_600;
/** All that a read may take, and a window: what a dead process held is free again by then. */
const LEASE_MS = 16_500 + WINDOW_MS;
const PATIENCE = 240_000;

const calm: readonly [string, Run][] = [
  ['one process', { ...ours, processes: 1 }],
  ['two processes', { ...ours, processes: 2 }],
  ['four processes', { ...ours, processes: 4 }],
  ['eight processes', { ...ours, processes: 8 }],
  ['four that idle, then burst', { ...ours, processes: 4, pattern: 'idle, then burst' }],
  ['four on a network of 20 to 300 ms each way', { ...ours, processes: 4, jitterMs }],
  ['four whose clocks are ten minutes apart', { ...ours, processes: 4, skewed: true }],
];

const befallen = { ...ours, calls: MORE_CALLS, processes: 4, jitterMs };

const broken: readonly [string, Run][] = [
  ['two of four are killed', { ...befallen, fault: 'kill half' }],
  ['two of four stand still for half a minute', { ...befallen, fault: 'stop half' }],
  ['Redis forgets everything', { ...befallen, fault: 'flush' }],
  ['Redis is killed and comes back empty', { ...befallen, fault: 'restart' }],
  ['Redis is killed and comes back with an old dump', { ...befallen, fault: 'restart with an old dump' }],
];

/** Says what it measured, for the record. */
async function measured(each: Run, annotate: TestContext['annotate']) {
  const result = await run(folder, each);
  await annotate(JSON.stringify({ ...each, ...result }));
  return result;
}

describe.concurrent('Processes that share a portal through a real Redis', () => {
  it.for(calm)('keep to the limit and use it: %s', { timeout: PATIENCE }, async ([, each], { annotate }) => {
    const result = await measured(each, annotate);
    expect(result).toMatchObject({ refused: 0, fine: CALLS, failed: 0, unsettled: 0 });
    expect(result.mostInWindow).toBeLessThanOrEqual(LIMIT);
    expect(result.share).toBeGreaterThanOrEqual(FULL_RATE);
  });

  it.for(broken)(
    'keep to the limit, settle every call and find back to the full rate when %s',
    { timeout: PATIENCE },
    async ([, each], { annotate }) => {
      const result = await measured(each, annotate);
      expect(result).toMatchObject({ refused: 0, failed: 0, unsettled: 0 });
      expect(result.mostInWindow).toBeLessThanOrEqual(LIMIT);
      expect(result.fullRateAfterMs).toBeLessThanOrEqual(LEASE_MS + WINDOW_MS);
    },
  );
});
