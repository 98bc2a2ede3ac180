import { expect, it } from 'vitest';
import { killInMerges, PHONE } from '../built/merge-killed.ts';

const ROUNDS = 25;

// Four times 25: each begins with a portal and a journal of its own.
it.for([1, 2, 3, 4])(
  'a server that is killed 25 times in merges, and asked again once it is back, has merged each pair once: %i',
  { timeout: 600_000 },
  async (seed, { annotate }) => {
    const all = await killInMerges(ROUNDS, seed);
    await annotate(JSON.stringify({ arrived: all.filter(({ arrived }) => arrived > 0).length, of: ROUNDS }));
    for (const { atOnce, arrived: _, ...ended } of all) {
      expect(['applied', 'unknown']).toContain(atOnce);
      expect(ended).toEqual({ later: 'applied', records: 1, merged: 2, phone: PHONE });
    }
    // It is about those that were killed in the middle.
    expect(all.filter(({ arrived }) => arrived > 0).length).toBeGreaterThan(0);
  },
);
