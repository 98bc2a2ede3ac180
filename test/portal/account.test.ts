import { beforeAll, describe, expect, test } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { at, results, type Talk, talkTo } from './talk.ts';

describe('owners', () => {
  const OWNERS = '/crm/owners/2026-09';
  let talk: Talk;
  beforeAll(async () => {
    talk = await talkTo({ seed: 'demo' });
  });

  test('are listed in pages, in the order of their ids', async () => {
    const seen: unknown[] = [];
    for (let after: unknown = '0'; typeof after === 'string'; ) {
      const page = await talk('GET', `${OWNERS}?limit=4&after=${after}`);
      seen.push(...results(page).map((owner) => at(owner, 'id')));
      after = at(page.body, 'paging', 'next', 'after');
    }
    expect(seen).toHaveLength(11);
    expect(seen).toEqual(seen.toSorted((a, b) => Number(a) - Number(b)));
    for (const query of ['limit=501', 'after=abc', 'after=-1']) {
      expect(await talk('GET', `${OWNERS}?${query}`)).toMatchObject({ status: 400 });
    }
    expect((await talk('GET', `${OWNERS}/${String(seen[0])}?idProperty=email`)).status).toBe(400);
  });

  test('are found by e-mail whatever its case, and by their user', async () => {
    const [maria] = results(await talk('GET', '/crm/v3/owners?email=M.Santos@harborandpine.example'));
    expect(maria).toMatchObject({ firstName: 'Maria', lastName: 'Santos', type: 'PERSON', archived: false });
    expect(at(maria, 'teams', 0)).toMatchObject({ name: 'Customer Success', primary: true });
    const byUser = await talk('GET', `${OWNERS}/${String(at(maria, 'userId'))}?idProperty=userId`);
    expect(byUser.body).toEqual(maria);
    expect((await talk('GET', `${OWNERS}/${String(at(maria, 'id'))}`)).body).toEqual(maria);
    expect((await talk('GET', `${OWNERS}/1`)).status).toBe(404);
  });

  test('one who left is found only as archived, without a user', async () => {
    const gone = results(await talk('GET', `${OWNERS}?archived=true`));
    expect(gone).toHaveLength(1);
    expect(gone[0]).not.toHaveProperty('userId');
    expect(gone[0]).toHaveProperty('userIdIncludingInactive');
    const path = `${OWNERS}/${String(at(gone[0], 'id'))}`;
    expect((await talk('GET', path)).status).toBe(404);
    expect((await talk('GET', `${path}?archived=true`)).status).toBe(200);
  });

  test('need their own scope', async () => {
    const guarded = await talkTo({ tokens: new Map([['pat-na1-few', ['crm.objects.contacts.read']]]) });
    expect((await guarded('GET', OWNERS, undefined, 'pat-na1-few')).status).toBe(403);
  });
});

describe('the account', () => {
  test.each([
    ['in winter', Date.UTC(2026, 10, 22), '-05:00', -18_000_000],
    ['in summer', Date.UTC(2026, 6, 1), '-04:00', -14_400_000],
  ])('tells its time zone’s distance from UTC %s', async (_, now, utcOffset, utcOffsetMilliseconds) => {
    const talk = await talkTo({ clock: fakeClock({ start: now }) });
    const details = await talk('GET', '/account-info/2026-09/details');
    expect(details.body).toEqual({
      portalId: 48213907,
      accountType: 'STANDARD',
      timeZone: 'US/Eastern',
      companyCurrency: 'USD',
      additionalCurrencies: [],
      utcOffset,
      utcOffsetMilliseconds,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
    });
    expect((await talk('GET', '/account-info/v3/details')).body).toEqual(details.body);
  });

  test('counts the daily calls of the tier', async () => {
    const talk = await talkTo({ limits: 'on', tier: 'enterprise' });
    for (let i = 0; i < 3; i++) await talk('GET', '/crm/v3/owners');
    const [usage] = results(await talk('GET', '/account-info/v3/api-usage/daily/private-apps'));
    expect(usage).toMatchObject({ usageLimit: 1_000_000, currentUsage: 4, fetchStatus: 'SUCCESS' });
    expect(at(usage, 'resetsAt')).toBe('2026-11-22T05:00:00.000Z');
  });
});

describe('introspection', () => {
  const PATH = '/oauth/v2/private-apps/get/access-token-info';

  test('tells a token’s scopes and account', async () => {
    const talk = await talkTo({ tokens: new Map([['pat-na1-few', ['crm.objects.contacts.read', 'oauth']]]) });
    const reply = await talk('POST', PATH, { tokenKey: 'pat-na1-few' }, 'pat-na1-few');
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ hubId: 48213907, scopes: ['crm.objects.contacts.read', 'oauth'] });
    expect((await talk('POST', PATH, { tokenKey: 'pat-na1-nobody' }, 'pat-na1-few')).status).toBe(404);
    expect((await talk('POST', PATH, {}, 'pat-na1-few')).status).toBe(400);
  });

  test('any well-formed token has all scopes when the portal was given none', async () => {
    const talk = await talkTo();
    const reply = await talk('POST', PATH, { tokenKey: 'pat-na1-anything' });
    expect(at(reply.body, 'scopes')).toEqual(expect.arrayContaining(['crm.objects.contacts.write', 'tickets']));
  });
});

describe('users', () => {
  test('have a record each, in an account that was filled as in one that grew', async () => {
    const talk = await talkTo({ seed: 'demo' });
    const owners = ['', '?archived=true'].map(async (query) => results(await talk('GET', `/crm/v3/owners${query}`)));
    const expected = (await Promise.all(owners))
      .flat()
      .map((owner) => `${String(at(owner, 'userIdIncludingInactive'))} ${String(at(owner, 'archived'))}`);
    const records = await talk('GET', '/crm/v3/objects/users?limit=100&properties=hs_internal_user_id,hs_deactivated');
    const seen = results(records).map(
      (row) =>
        `${String(at(row, 'properties', 'hs_internal_user_id'))} ${String(at(row, 'properties', 'hs_deactivated'))}`,
    );
    expect(seen).toHaveLength(expected.length);
    expect(new Set(seen)).toEqual(new Set(expected));
    expect(results(await talk('GET', '/settings/users/2026-03'))).toHaveLength(11);
    const teams = results(await talk('GET', '/settings/v3/users/teams'));
    expect(teams.map((team) => at(team, 'name'))).toContain('Customer Success');
  });
});

describe('exchange rates', () => {
  const RATES = '/settings/currencies/2026-09/exchange-rates';

  test('take effect when they are due, also of an account that was loaded', async () => {
    const clock = fakeClock();
    const json = {
      account: { companyCurrency: 'USD', additionalCurrencies: ['EUR'], exchangeRates: { EUR: 1.5 } },
      records: {
        deals: [
          { properties: { dealname: 'D', dealstage: 'qualifiedtobuy', amount: '10', deal_currency_code: 'EUR' } },
        ],
      },
    };
    const talk = await talkTo({ clock, seed: { json: JSON.stringify(json) } });
    const worth = async () => {
      const path = '/crm/v3/objects/deals?properties=amount_in_home_currency';
      return at(results(await talk('GET', path))[0], 'properties', 'amount_in_home_currency');
    };
    expect(await worth()).toBe('15');
    expect(results(await talk('GET', `${RATES}/current`))).toMatchObject([
      { fromCurrencyCode: 'EUR', toCurrencyCode: 'USD', conversionRate: 1.5 },
    ]);
    const effectiveAt = new Date(clock.now() + 60_000).toISOString();
    await talk('POST', RATES, { fromCurrencyCode: 'EUR', conversionRate: 3, effectiveAt });
    await clock.advance(59_000);
    expect(await worth()).toBe('15');
    await clock.advance(2_000);
    expect(await worth()).toBe('30');
    expect(results(await talk('GET', `${RATES}/current`))).toMatchObject([{ conversionRate: 3 }]);
  });
});
