import { beforeAll, describe, expect, it } from 'vitest';
import { buildSimulation, NOTHING_WRONG, simulated } from '../simulation/spawned.ts';

const PATIENCE = 600_000;
beforeAll(buildSimulation);

describe('the whole system on virtual time', () => {
  it(
    'writes nothing twice, loses nothing, keeps to the quota and settles every call, over 500 seeds',
    async () => {
      const { violations, failed, exitCode, writes, written } = await simulated('--seeds', '500');
      expect({ violations, failed, exitCode }).toEqual({ violations: NOTHING_WRONG, failed: [], exitCode: 0 });
      // In a world in which nothing works nothing goes wrong.
      expect(written).toBeGreaterThan(0.9 * writes);
    },
    PATIENCE,
  );

  it(
    'plays the same world for the same seed, whatever was played before it',
    async () => {
      const [alone, after] = await Promise.all([
        simulated('--from', '12', '--seeds', '1'),
        simulated('--from', '11', '--seeds', '2'),
      ]);
      const before = await simulated('--from', '11', '--seeds', '1');
      expect(after.writes).toBe(alone.writes + before.writes);
      expect(after.written).toBe(alone.written + before.written);
    },
    PATIENCE,
  );

  it.each([
    ['drop-epoch-guard', '58'],
    ['ignore-fingerprint', '2'],
    ['blind-resend', '4'],
    ['skip-fsync', '38'],
    ['send-unwritten', '25'],
  ])(
    'goes wrong where a part is left out: %s',
    async (sabotage, from) => {
      const { failed, exitCode } = await simulated('--from', from, '--seeds', '3', '--sabotage', sabotage);
      expect(exitCode).toBe(1);
      expect(failed.length).toBeGreaterThan(0);
    },
    PATIENCE,
  );
});
