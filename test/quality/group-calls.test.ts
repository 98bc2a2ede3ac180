import { expect, it } from 'vitest';
import { pairNamed } from '../../src/quality/pair-fingerprint.ts';
import { groupCalls } from '../../src/report/words.ts';

const ids = (count: number) => Array.from({ length: count }, (_, i) => String(100 + i));

it('what a report says of a group is taken by the tools, however large the group', () => {
  for (const count of [2, 10, 11, 40]) {
    const { merge, dismiss, part } = groupCalls('contacts', ids(count));
    const taken = ids(Math.min(count, 10));
    expect(pairNamed(dismiss.replace('dismiss_finding ', ''))).toEqual({ objectType: 'contacts', ids: taken });
    expect(JSON.parse(merge.replace('plan_merge ', ''))).toEqual({ objectType: 'contacts', ids: taken });
    expect(part).toBe(count > 10 ? ` Both take 10 of these ${count} at once.` : '');
  }
});
