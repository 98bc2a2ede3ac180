import { expect, it } from 'vitest';
import { type Ended, killInWrites } from '../built/server-killed.ts';

const ROUNDS = 25;
const MOMENTS: readonly Ended['killed'][] = ['before it arrived', 'before its answer', 'after its answer'];

// Four times 25: each begins with a portal and a journal of its own.
it.for([1, 2, 3, 4])(
  'a server that is killed 25 times in plain writes, and asked again once it is back, has written each once: %i',
  { timeout: 600_000 },
  async (seed, { annotate }) => {
    const all = await killInWrites(ROUNDS, seed);
    await annotate(JSON.stringify(tally(all)));
    for (const { tool, killed, lost, atOnce, later, counts } of all) {
      expect(['applied', 'unknown']).toContain(atOnce);
      const once = counts.map(() => 1);
      expect({ tool, killed, lost, later, counts }).toEqual({ tool, killed, lost, later: 'applied', counts: once });
    }
    // It is about those that were killed in the middle.
    expect(all.filter(({ killed }) => killed !== 'after its answer').length).toBeGreaterThan(ROUNDS / 5);
  },
);

/** What it was about, for the record. */
function tally(all: readonly Ended[]): Readonly<Record<string, number>> {
  const named = MOMENTS.map((moment) => [moment, all.filter(({ killed }) => killed === moment).length] as const);
  return {
    ...Object.fromEntries(named),
    lost: all.filter(({ lost }) => lost).length,
    'unknown at once': all.filter(({ atOnce }) => atOnce === 'unknown').length,
  };
}
