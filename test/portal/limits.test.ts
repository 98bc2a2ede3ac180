import { describe, expect, test } from 'vitest';
import { createLimits, LimitReached, type Limits } from '../../src/portal/limits.ts';
import { portalClock } from '../../src/portal/portal-clock.ts';
import type { Budget, Token } from '../../src/portal/route.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { at, talkTo } from './talk.ts';

const search = '/crm/v3/objects/companies/search';
const own: Token = { value: 'pat-x', scopes: new Set(), kind: 'private' };
const ofApp: Token = { value: 'access', scopes: new Set(), kind: 'oauth', appId: 7 };

function limits(options: Partial<Parameters<typeof createLimits>[0]> = {}): { limits: Limits; clock: FakeClock } {
  const clock = fakeClock();
  const made = createLimits({
    clock,
    tier: 'professional',
    increases: 0,
    enforced: true,
    timeZone: () => 'UTC',
    requestId: () => 'id',
    ...options,
  });
  return { limits: made, clock };
}

/** How many are taken before one is refused. */
function most(of: Limits, budget: Budget, token = own): number {
  for (let taken = 0; taken < 10_000; taken++) {
    try {
      of.take(budget, token);
    } catch (error) {
      if (error instanceof LimitReached) return taken;
      throw error;
    }
  }
  return Number.POSITIVE_INFINITY;
}

describe('the bursts of an account', () => {
  test.each([
    ['starter', 0, 100, 100],
    ['professional', 0, 190, 150],
    ['enterprise', 0, 190, 150],
    ['starter', 1, 250, 200],
    ['enterprise', 2, 250, 200],
  ] as const)(
    'of tier %s with %i increases are %i, and %i for associations',
    (tier, increases, burst, associations) => {
      const { limits: of } = limits({ tier, increases });
      expect([most(of, 'burst'), most(of, 'associations'), most(of, 'search')]).toEqual([burst, associations, 5]);
    },
  );

  test('are 110 for each public app, whatever the tier and however many tokens it has', () => {
    const { limits: of } = limits({ tier: 'enterprise', increases: 2 });
    of.take('burst', { ...ofApp, value: 'another' });
    expect(most(of, 'burst', ofApp)).toBe(109);
    expect(most(of, 'burst', { ...ofApp, appId: 8 })).toBe(110);
    expect(most(of, 'burst')).toBe(250);
    expect(of.dailyUsage().used).toBe(250);
  });

  test('roll: what was taken ten seconds ago can be taken again, and no more', async () => {
    const { limits: of, clock } = limits({ tier: 'starter' });
    for (let i = 0; i < 60; i++) of.take('burst', own);
    await clock.advance(9_000);
    expect(most(of, 'burst')).toBe(40);
    await clock.advance(1_000);
    expect(most(of, 'burst')).toBe(60);
    await clock.advance(9_000);
    expect(most(of, 'burst')).toBe(40);
  });
});

describe('the headers', () => {
  test('count the burst, and the deprecated tenth of it per second, as recorded', async () => {
    const { limits: of, clock } = limits({ tier: 'starter' });
    of.take('burst', own);
    await clock.advance(1_000);
    of.take('burst', own);
    expect(of.take('burst', own)).toEqual({
      'x-hubspot-ratelimit-max': '100',
      'x-hubspot-ratelimit-remaining': '97',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-secondly': '10',
      'x-hubspot-ratelimit-secondly-remaining': '8',
      'x-hubspot-ratelimit-daily': '250000',
      'x-hubspot-ratelimit-daily-remaining': '249997',
    });
    expect(limits().limits.take('burst', own)).toMatchObject({
      'x-hubspot-ratelimit-secondly': '19',
      'x-hubspot-ratelimit-secondly-remaining': '18',
    });
  });

  test('of a public app say nothing of the day, and those of a search nothing but the day', () => {
    const { limits: of } = limits();
    expect(Object.keys(of.take('burst', ofApp)).some((name) => name.includes('daily'))).toBe(false);
    expect(of.take('search', ofApp)).toEqual({});
    expect(of.take('search', own)).toEqual({
      'x-hubspot-ratelimit-daily': '625000',
      'x-hubspot-ratelimit-daily-remaining': '624999',
    });
  });

  test('tell of a limit that nobody reaches where none is enforced', () => {
    const { limits: of } = limits({ enforced: false });
    for (const budget of ['burst', 'search', 'associations'] as const) {
      expect([budget, most(of, budget)]).toEqual([budget, Number.POSITIVE_INFINITY]);
    }
    expect(of.take('burst', own)).toMatchObject({
      'x-hubspot-ratelimit-max': '999999999',
      'x-hubspot-ratelimit-remaining': '999999999',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
    });
    expect(of.take('search', own)).toEqual({});
    expect(of.dailyUsage().used).toBe(0);
  });

  test('are not there where the token wants a scope, which counts for nothing', async () => {
    const talk = await talkTo({
      limits: 'on',
      tier: 'professional',
      tokens: new Map([['t', ['crm.objects.contacts.read']]]),
    });
    const names = async (path: string) =>
      Object.keys((await talk('GET', path, undefined, 't')).headers).filter((name) => name.includes('ratelimit'));
    expect(await names('/crm/v3/objects/deals')).toEqual([]);
    expect(await names('/crm/v3/objects/contacts')).toHaveLength(7);
    expect((await talk('GET', '/crm/v3/objects/contacts', undefined, 't')).headers).toMatchObject({
      'x-hubspot-ratelimit-daily-remaining': '624998',
    });
  });
});

describe('a refusal', () => {
  test('of a search is the one that was recorded', async () => {
    const talk = await talkTo({ limits: 'on', tier: 'starter' });
    for (let i = 0; i < 5; i++) await talk('POST', search, {});
    const { status, headers, body } = await talk('POST', search, {});
    expect(status).toBe(429);
    expect(body).toEqual({
      status: 'error',
      message: 'You have reached your secondly limit.',
      correlationId: headers['x-hubspot-correlation-id'],
      category: 'RATE_LIMITS',
    });
    expect(headers).toEqual({
      'content-type': 'application/json;charset=utf-8',
      'x-hubspot-correlation-id': at(body, 'correlationId'),
      'x-hubspot-ratelimit-daily': '250000',
      'x-hubspot-ratelimit-daily-remaining': '249995',
    });
  });

  test('for the day names its policy, and holds until the next day', async () => {
    const { limits: of, clock } = limits({ tier: 'starter' });
    // All tokens of the account together.
    for (let token = 0; token < 2_500; token++) most(of, 'burst', { ...own, value: `pat-${token}` });
    expect(of.dailyUsage().used).toBe(250_000);
    await clock.advance(86_400_000 - 1);
    expect(most(of, 'burst')).toBe(0);
    expect(() => of.take('search', own)).toThrow('You have reached your daily limit.');
    await clock.advance(1);
    expect(most(of, 'burst')).toBe(100);
    expect(of.refusal('DAILY').body).toEqual({
      message: 'You have reached your daily limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'DAILY',
      requestId: 'id',
    });
  });
});

test('the day is the one that the clock shows, also when it was set back', () => {
  const clock = portalClock(fakeClock(), { now: Date.UTC(2026, 10, 22, 12) });
  const { limits: of } = limits({ clock, timeZone: () => 'America/New_York' });
  most(of, 'burst');
  clock.set(Date.UTC(2026, 10, 22, 5));
  expect(of.dailyUsage()).toMatchObject({ used: 190, resetsAt: Date.UTC(2026, 10, 23, 5) });
  clock.set(Date.UTC(2026, 10, 22, 5) - 1);
  expect(of.dailyUsage()).toMatchObject({ used: 0, resetsAt: Date.UTC(2026, 10, 22, 5) });
  // 25 hours, because clocks go back.
  clock.set(Date.UTC(2026, 10, 1, 12));
  expect(of.dailyUsage().resetsAt).toBe(Date.UTC(2026, 10, 2, 5));
  clock.set(Date.UTC(2026, 10, 1, 4));
  expect(of.dailyUsage().resetsAt).toBe(Date.UTC(2026, 10, 2, 5));
});
