import { beforeAll, describe, expect, it } from 'vitest';
import { SABOTAGES } from '../simulation/sabotage.ts';
import { buildSimulation, NOTHING_WRONG, simulated } from '../simulation/spawned.ts';

beforeAll(buildSimulation);

const HOURS = 3 * 3_600_000;

describe('the whole system on virtual time', () => {
  it(
    'writes nothing twice, loses nothing, keeps to the quota and settles every call, over 10,000 seeds',
    async () => {
      const { violations, failed, exitCode, writes, written } = await simulated('--seeds', '10000');
      expect({ violations, failed, exitCode }).toEqual({ violations: NOTHING_WRONG, failed: [], exitCode: 0 });
      expect(written).toBeGreaterThan(0.9 * writes);
    },
    HOURS,
  );

  it.each(SABOTAGES)(
    'goes wrong, and says so, where a part is left out: %s',
    async (sabotage) => {
      // Seeds that no other test has seen.
      const { failed, exitCode } = await simulated('--from', '50001', '--seeds', '300', '--sabotage', sabotage);
      expect(exitCode).toBe(1);
      expect(failed.length).toBeGreaterThan(0);
    },
    HOURS,
  );
});
