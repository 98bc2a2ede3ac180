import { expect, it } from 'vitest';
import { killInMerges, PHONE } from './merge-killed.ts';

it('a server that is killed in a merge, and asked again once it is back, has merged once, with what was planned', async () => {
  const all = await killInMerges(2, 3);
  for (const { atOnce, arrived: _, ...ended } of all) {
    expect(['applied', 'unknown']).toContain(atOnce);
    expect(ended).toEqual({ later: 'applied', records: 1, merged: 2, phone: PHONE });
  }
}, 60_000);
