import { describe, expect, it } from 'vitest';
import { sleep } from '../../src/clock.ts';
import { HubSpotError } from '../../src/hubspot/index.ts';
import type { Ledger } from '../../src/hubspot/ledger.ts';
import { createLedger } from '../../src/hubspot/ledger.ts';
import { createQuota } from '../../src/hubspot/quota.ts';
import { fakeClock } from '../fake-clock.ts';
import { entrant } from './script.ts';

/** Slots are kept where each answer takes a second. */
function slowly(maxWaiting: number) {
  const clock = fakeClock({ patient: true });
  const near = createLedger(clock);
  const asked = { now: 0, most: 0, taken: 0 };
  const ledger: Ledger = {
    ...near,
    async take(...what) {
      asked.now += 1;
      asked.most = Math.max(asked.most, asked.now);
      await sleep(clock, 1_000);
      asked.now -= 1;
      return near.take(...what);
    },
  };
  return { clock, asked, quota: createQuota(clock, { ledger, maxWaiting }) };
}

describe('Where a slot takes a second to get', () => {
  it('a call that is cancelled meanwhile ends at once, and its slot comes back', async () => {
    const { clock, quota } = slowly(100);
    const ending = new AbortController();
    const stop = new HubSpotError('stop', { code: 'cancelled', sent: 'no', retryable: false });
    const ends: unknown[] = [];
    quota.enter('search', entrant({ signal: ending.signal })).catch((error: unknown) => ends.push(error));
    await clock.advance(100);
    ending.abort(stop);
    await clock.advance(0);
    expect(ends).toEqual([stop]);
    await clock.advance(1_000);
    expect(quota.state().search.remaining).toBe(5);
  });

  it('no more ask at once than may wait, and the others are refused at once', async () => {
    const { clock, asked, quota } = slowly(20);
    const ends: unknown[] = [];
    for (let each = 0; each < 1_000; each += 1) {
      quota
        .enter('burst', entrant({ caller: `caller ${each}` }))
        .then(() => ends.push('sent'))
        .catch((error: unknown) => ends.push(error instanceof HubSpotError ? error.code : error));
    }
    await clock.advance(10);
    expect(asked.most).toBeLessThanOrEqual(40);
    expect(ends.length).toBeGreaterThanOrEqual(900);
    expect(new Set(ends)).toEqual(new Set(['queue_full']));
    await clock.advance(30_000);
    expect(ends).toHaveLength(1_000);
  });
});
