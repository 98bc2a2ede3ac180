import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMIT, type Run, run } from '../../bench/quota/run.ts';
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
/** A window and all that a request may take: what a dead process held is free again by then. */
const LEASE_MS = 24_000;
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

const broken: readonly [string, Run][] = [
  ['two of four are killed', { ...ours, processes: 4, jitterMs, fault: 'kill half' }],
  ['Redis forgets everything', { ...ours, processes: 4, jitterMs, fault: 'flush' }],
  ['Redis is killed and comes back empty', { ...ours, processes: 4, jitterMs, fault: 'restart' }],
];

describe('Processes that share a portal through a real Redis', () => {
  it.each(calm)(
    'keep to the limit and use it: %s',
    async (_, each) => {
      const result = await run(folder, each);
      expect(result).toMatchObject({ refused: 0, fine: CALLS, failed: 0, unsettled: 0 });
      expect(result.mostInWindow).toBeLessThanOrEqual(LIMIT);
      expect(result.share).toBeGreaterThanOrEqual(0.97);
    },
    PATIENCE,
  );

  it.each(broken)(
    'keep to the limit, settle every call and find back to the full rate when %s',
    async (_, each) => {
      const result = await run(folder, each);
      expect(result).toMatchObject({ refused: 0, failed: 0, unsettled: 0 });
      expect(result.mostInWindow).toBeLessThanOrEqual(LIMIT);
      expect(result.longestPauseMs).toBeLessThanOrEqual(LEASE_MS);
    },
    PATIENCE,
  );
});
