import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMIT, run } from '../../../bench/quota/run.ts';
import { bundleProcesses } from './processes.ts';

let folder = '';
beforeAll(async () => {
  folder = await bundleProcesses();
});
afterAll(() => rm(folder, { recursive: true }));

describe('Two processes that share a portal through a real Redis', () => {
  it('never send more than the limit in any window, get no 429, and lose no call', async () => {
    const result = await run(folder, { kind: 'ours', processes: 2, calls: 300, pattern: 'saturated' });
    expect(result).toMatchObject({ refused: 0, fine: 300, failed: 0, unsettled: 0, reasons: [] });
    expect(result.mostInWindow).toBeLessThanOrEqual(LIMIT);
    expect(result.mostInWindow).toBeGreaterThan(LIMIT * 0.9);
  }, 60_000);
});
