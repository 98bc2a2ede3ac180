import { describe, expect, it } from 'vitest';
import { createDay } from '../../src/hubspot/day.ts';
import { createLedger } from '../../src/hubspot/ledger.ts';
import { fakeClock } from '../fake-clock.ts';
import { scripted } from './script.ts';

const refused = { code: 'daily_limit', sent: 'no' };

/** A portal whose day has so many calls, of which some are used. */
function portalDay(limit: number, used: number, share: number) {
  const state = { used };
  const clock = fakeClock({ patient: true });
  const world = scripted(
    () => {
      state.used += 1;
      const headers = {
        'x-hubspot-ratelimit-daily': String(limit),
        'x-hubspot-ratelimit-daily-remaining': String(limit - state.used),
      };
      return { json: { results: [] }, headers };
    },
    { clock, ledger: createLedger(clock, { share }) },
  );
  const call = () => clock.settle(world.hubspot.objects.list('contacts').catch((error: unknown) => error));
  return { ...world, clock, state, call };
}

describe("The account's day", () => {
  it('is left alone once its share is used, by whomever', async () => {
    const { call, asked, state, hubspot } = portalDay(1_000, 800, 0.9);
    await call();
    expect(hubspot.quota().daily).toEqual({ limit: 1_000, remaining: 99 });
    state.used = 898;
    expect(await call()).not.toBeInstanceOf(Error);
    expect(hubspot.quota().daily).toEqual({ limit: 1_000, remaining: 1 });
    expect(await call()).not.toBeInstanceOf(Error);
    const sent = asked.length;
    // One finds out whether that is still so; the others are refused.
    await call();
    expect(await call()).toMatchObject({ ...refused, message: expect.stringContaining('90 %') });
    expect(asked.length - sent).toBeLessThanOrEqual(1);
  });

  it('begins anew without a restart', async () => {
    const { call, state, clock } = portalDay(1_000, 999, 1);
    await call();
    await call();
    expect(await call()).toMatchObject(refused);
    state.used = 0;
    await clock.advance(60_000);
    expect(await call()).not.toBeInstanceOf(Error);
    expect(await call()).not.toBeInstanceOf(Error);
  });
});

describe('createDay', () => {
  it('counts on between answers, and lets late ones change nothing', () => {
    const day = createDay(fakeClock(), 1);
    const [first = 0, second = 0] = [day.take(), day.take()];
    day.answered(second, { limit: 100, remaining: 40 });
    day.answered(first, { limit: 100, remaining: 41 });
    expect(day.state()).toEqual({ limit: 100, remaining: 40 });
    day.take();
    expect(day.state()).toEqual({ limit: 100, remaining: 39 });
    day.giveBack();
    expect(day.state()).toEqual({ limit: 100, remaining: 40 });
  });
});
