import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';

let crm: Connection;
/** Enough for several pages of a search, so that both ways of counting are taken. */
const COUNT = 2300;
const stages = ['appointmentscheduled', 'qualifiedtobuy', 'closedwon'];
const day = (n: number) => new Date(Date.parse('2026-01-01T12:00:00Z') + n * 86_400_000).toISOString();
const deals = Array.from({ length: COUNT }, (_, n) => ({
  dealname: `Deal ${n}`,
  amount: n % 10 === 0 ? '' : String((n % 97) + 0.25),
  dealstage: stages[n % 3] ?? '',
  pipeline: 'default',
  closedate: n % 50 === 0 ? '' : day(n % 200),
}));

beforeAll(async () => {
  crm = await connect();
  const rows = await crm.hubspot.objects.batchCreate(
    'deals',
    deals.map((deal) => ({ properties: Object.fromEntries(Object.entries(deal).filter(([, value]) => value !== '')) })),
  );
  if (rows.some((row) => row.outcome !== 'applied')) throw new Error('The deals could not be created.');
});
afterAll(() => crm.close());

const aggregate = (args: Record<string, unknown>) => crm.call('aggregate_records', { objectType: 'deals', ...args });
const tally = (key: (deal: (typeof deals)[number]) => string | null) => {
  const counts = new Map<string | null, number>();
  for (const deal of deals) counts.set(key(deal), (counts.get(key(deal)) ?? 0) + 1);
  return counts;
};

const firstTwo = (data: unknown) => rowsOf(data).map((row) => row.slice(0, 2));

describe('aggregate_records', () => {
  it('counts in one request', async () => {
    const before = crm.requests.length;
    const { data } = await aggregate({
      filterGroups: [{ filters: [{ propertyName: 'dealstage', operator: 'EQ', value: 'closedwon' }] }],
    });
    expect(data).toMatchObject({ columns: ['count'], rows: [[Math.floor(COUNT / 3)]], complete: true });
    expect(crm.requests.slice(before).filter((request) => request.includes('search'))).toHaveLength(1);
  });

  it('counts groups by HubSpot’s totals, without reading the records', async () => {
    const before = crm.requests.length;
    const { data } = await aggregate({ groupBy: ['Deal Stage'] });
    expect(Object.fromEntries(rowsOf(data).map(([stage, count]) => [stage, count]))).toEqual(
      Object.fromEntries(tally((deal) => deal.dealstage)),
    );
    expect(crm.requests.length - before).toBeLessThan(COUNT / 200);
  });

  it('adds up, averages and finds extremes, exactly', async () => {
    const { data } = await aggregate({ metrics: ['count', 'sum:amount', 'avg:amount', 'min:amount', 'max:amount'] });
    const amounts = deals.flatMap(({ amount }) => (amount === '' ? [] : [Number(amount)]));
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    const [row] = rowsOf(data);
    expect(row?.slice(0, 2)).toEqual([COUNT, sum]);
    expect(row?.[2]).toBeCloseTo(sum / amounts.length, 9);
    expect(row?.slice(3)).toEqual([Math.min(...amounts), Math.max(...amounts)]);
  });

  it.each(['month', 'quarter', 'week'])('counts by %s alike whether it reads the records or not', async (interval) => {
    const groupBy = [`closedate:${interval}`];
    const counted = await aggregate({ groupBy });
    const added = await aggregate({ groupBy, metrics: ['count', 'count'] });
    const summed = await aggregate({ groupBy, metrics: ['count', 'sum:amount'] });
    expect(firstTwo(counted.data)).toEqual(firstTwo(summed.data));
    expect(firstTwo(counted.data)).toEqual(firstTwo(added.data));
    expect(rowsOf(counted.data).at(-1)).toEqual([null, COUNT / 50]);
  });

  it('says so when the deadline comes first, and what it covered', async () => {
    const hurried = await connect({ limits: 'on', config: { deadlineMs: 1500 } });
    const rows = deals.map((deal) => ({
      properties: { dealname: deal.dealname, dealstage: deal.dealstage, amount: deal.amount || '0' },
    }));
    await hurried.hubspot.objects.batchCreate('deals', rows);
    const { data } = await hurried.call('aggregate_records', {
      objectType: 'deals',
      groupBy: ['dealstage'],
      metrics: ['count', 'sum:amount'],
    });
    expect(data).toMatchObject({ total: COUNT, complete: false });
    const covered = rowsOf(data).reduce((sum, [, count]) => sum + Number(count), 0);
    expect(covered).toBeGreaterThanOrEqual(1000);
    expect(covered).toBeLessThan(COUNT);
    expect(data['note']).toContain(`Only ${covered} of ${COUNT}`);
    await hurried.close();
  });

  it('groups by two properties', async () => {
    const { data } = await aggregate({ groupBy: ['dealstage', 'closedate:year'], metrics: ['count'] });
    expect(data['columns']).toEqual(['dealstage', 'closedate:year', 'count']);
    const counts = rowsOf(data).map(([, , count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(COUNT);
    expect(counts).toHaveLength(6);
  });

  it('says what groups it leaves out', async () => {
    const { data } = await aggregate({ groupBy: ['dealname'], limit: 10 });
    expect(data['rows']).toHaveLength(10);
    expect(data['note']).toContain(`${COUNT - 10} more groups`);
  });

  it('says so when it adds several currencies, and not where each group has one', async () => {
    const demo = await connect({ seed: 'demo' });
    const sum = async (args: Record<string, unknown>) =>
      (await demo.call('aggregate_records', { objectType: 'deals', metrics: ['sum:amount'], ...args })).data['note'];
    expect(await sum({})).toBe('sum:amount adds 3 currencies: EUR, GBP, USD; group by deal_currency_code.');
    expect(await sum({ groupBy: ['deal_currency_code'] })).toBeUndefined();
    expect(await sum({ metrics: ['count', 'sum:hs_closed_amount_in_home_currency'] })).toBeUndefined();
    await demo.close();
  });

  it('sums nothing to nothing, not to zero', async () => {
    const filterGroups = [{ filters: [{ propertyName: 'amount', operator: 'NOT_HAS_PROPERTY' }] }];
    const { data } = await aggregate({ filterGroups, metrics: ['sum:amount', 'avg:amount', 'min:amount'] });
    expect(data).toMatchObject({ rows: [[null, null, null]] });
  });

  it('gives the groups it counted when the deadline comes first, and names the others', async () => {
    const hurried = await connect({ limits: 'on', config: { deadlineMs: 1500 } });
    const rows = Array.from({ length: 4100 }, (_, n) => ({
      properties: { dealname: `Deal ${n}`, dealstage: 'closedwon', closedate: day((n % 18) * 30) },
    }));
    await hurried.hubspot.objects.batchCreate('deals', rows);
    const { data } = await hurried.call('aggregate_records', { objectType: 'deals', groupBy: ['closedate:month'] });
    expect(data).toMatchObject({ total: 4100, complete: false, note: expect.stringContaining('not counted: ') });
    expect(rowsOf(data).length).toBeGreaterThan(0);
    await hurried.close();
  });

  it.each([
    [{ metrics: ['sum:dealname'] }, 'invalid_metric'],
    [{ metrics: ['total'] }, 'invalid_metric'],
    [{ groupBy: ['closedate:fortnight'] }, 'invalid_grouping'],
    [{ groupBy: ['dealname:month'] }, 'invalid_grouping'],
    [{ groupBy: ['stagee'] }, 'unknown_property'],
  ])('refuses %j', async (args, code) => {
    expect((await aggregate(args)).error['code']).toBe(code);
  });
});
