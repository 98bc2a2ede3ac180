import { describe, expect, it } from 'vitest';
import type { Filter, SearchRequest } from '../../src/hubspot/index.ts';
import type { Answer, Asked } from './script.ts';
import { record, scripted } from './script.ts';

/** A portal of so many records with ids 1 to n that searches as HubSpot does: 200 on a page, 10,000 in all. */
function portalOf(count: number) {
  return ({ body }: Asked): Answer => {
    const { filterGroups = [], sorts = [], limit = 10, after = '0' } = body;
    const offset = Number(after);
    if (offset + limit > 10_000)
      return { status: 400, json: { category: 'VALIDATION_ERROR', message: 'beyond 10,000' } };
    const beyond = filterGroups[0]?.filters.find(({ propertyName }) => propertyName === 'hs_object_id');
    const first = Number(beyond?.value ?? 0) + 1;
    const total = count - first + 1;
    const descending = sorts[0]?.direction === 'DESCENDING';
    const ids = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) =>
      descending ? count - offset - index : first + offset + index,
    );
    const end = offset + ids.length;
    const paging = end < total ? { paging: { next: { after: String(end) } } } : {};
    return { json: { total, results: ids.map((id) => record(String(id))), ...paging }, afterMs: 20 };
  };
}

const failingFrom =
  (page: number) =>
  (asked: Asked, count: number): Answer =>
    count < page ? portalOf(500)(asked) : { status: 400, json: { message: 'no' } };

const requestsOf = (asked: readonly Asked[]) => asked.map(({ body }) => body);
const filter: Filter = { propertyName: 'city', operator: 'EQ', value: 'oslo' };
const patient = { deadlineMs: 600_000 };

describe('searchAll', () => {
  it('S10: reads past 10,000 results by slices of ids, each record once', async () => {
    const { hubspot, clock, asked } = scripted(portalOf(12_345));
    const all = await clock.settle(
      hubspot.objects.searchAll('contacts', { filterGroups: [{ filters: [filter] }, { filters: [] }] }, {}, patient),
    );
    expect(all).toMatchObject({ total: 12_345, complete: true, sorted: true });
    expect(all.records.map(({ id }) => Number(id))).toEqual(Array.from({ length: 12_345 }, (_, index) => index + 1));
    const groups = requestsOf(asked)[1]?.filterGroups ?? [];
    const slice = { propertyName: 'hs_object_id', operator: 'GT', value: '200' };
    expect(groups).toEqual([{ filters: [filter, slice] }, { filters: [slice] }]);
  });

  it('keeps the asked order within the window', async () => {
    const { hubspot, clock, asked } = scripted(portalOf(450));
    const sorts = [{ propertyName: 'createdate', direction: 'DESCENDING' }] as const;
    const all = await clock.settle(hubspot.objects.searchAll('contacts', { sorts }, {}, patient));
    expect(all).toMatchObject({ complete: true, sorted: true, total: 450 });
    expect(all.records.map(({ id }) => Number(id))).toEqual(Array.from({ length: 450 }, (_, index) => 450 - index));
    expect(requestsOf(asked).map(({ after }) => after)).toEqual([undefined, '200', '400']);
  });

  it('gives up the asked order for completeness beyond the window, and says so', async () => {
    const { hubspot, clock } = scripted(portalOf(10_300));
    const sorts = [{ propertyName: 'createdate', direction: 'DESCENDING' }] as const;
    const all = await clock.settle(hubspot.objects.searchAll('contacts', { sorts }, {}, patient));
    expect(all).toMatchObject({ complete: true, sorted: false, total: 10_300 });
    expect(new Set(all.records.map(({ id }) => id)).size).toBe(10_300);
  });

  it('keeps the asked order when a limit within the window is enough', async () => {
    const { hubspot, clock } = scripted(portalOf(10_300));
    const sorts = [{ propertyName: 'createdate', direction: 'DESCENDING' }] as const;
    const some = await clock.settle(hubspot.objects.searchAll('contacts', { sorts }, { limit: 250 }, patient));
    expect(some).toMatchObject({ complete: false, stoppedBy: 'limit', sorted: true, next: 'offset:250' });
    const more = await clock.settle(
      hubspot.objects.searchAll('contacts', { sorts }, { limit: 250, after: 'offset:250' }, patient),
    );
    expect(more.records.map(({ id }) => id).slice(0, 2)).toEqual(['10050', '10049']);
  });

  it('S10: says clearly when full filters leave no room to go past the window', async () => {
    const { hubspot, clock } = scripted(portalOf(10_300));
    const filterGroups = [{ filters: Array.from({ length: 6 }, () => filter) }];
    const all = await clock.settle(hubspot.objects.searchAll('contacts', { filterGroups }, {}, patient));
    expect(all).toMatchObject({ complete: false, stoppedBy: 'window', total: 10_300 });
    expect(all.records).toHaveLength(10_000);
    expect(all.next).toBeUndefined();
  });

  it('goes on from a cursor, without a gap or a repetition', async () => {
    const { hubspot, clock } = scripted(portalOf(700));
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const how = { limit: 150, ...(after === undefined ? {} : { after }) };
      const part = await clock.settle(hubspot.objects.searchAll('contacts', {}, how, patient));
      ids.push(...part.records.map(({ id }) => id));
      after = part.next;
    } while (after !== undefined);
    expect(ids).toEqual(Array.from({ length: 700 }, (_, index) => String(index + 1)));
  });

  it('hands pages over without keeping them when told to', async () => {
    const { hubspot, clock } = scripted(portalOf(500));
    const pages: [number, number, number][] = [];
    const all = await clock.settle(
      hubspot.objects.searchAll(
        'contacts',
        {},
        { keep: false, onPage: (records, done, total) => pages.push([records.length, done, total]) },
        patient,
      ),
    );
    expect(all).toMatchObject({ records: [], complete: true });
    expect(pages).toEqual([
      [200, 200, 500],
      [200, 400, 500],
      [100, 500, 500],
    ]);
  });

  it('keeps what it has when a later page fails, and throws when the first does', async () => {
    const late = scripted(failingFrom(3));
    expect(await late.clock.settle(late.hubspot.objects.searchAll('contacts', {}))).toMatchObject({
      stoppedBy: 'error',
      error: { code: 'validation' },
      next: 'id:400',
    });
    const early = scripted(failingFrom(1));
    await expect(early.clock.settle(early.hubspot.objects.searchAll('contacts', {}))).rejects.toMatchObject({
      code: 'validation',
    });
  });

  it('refuses a cursor that is none of its own', async () => {
    const { hubspot, asked } = scripted(portalOf(5));
    await expect(hubspot.objects.searchAll('contacts', {}, { after: '200&x=1' })).rejects.toMatchObject({
      code: 'invalid_argument',
    });
    expect(asked).toHaveLength(0);
  });
});

describe('search', () => {
  it.each<[string, SearchRequest]>([
    ['5 filter groups', { filterGroups: Array.from({ length: 6 }, () => ({ filters: [filter] })) }],
    ['6 filters in a group', { filterGroups: [{ filters: Array.from({ length: 7 }, () => filter) }] }],
    [
      '18 filters in total',
      { filterGroups: Array.from({ length: 4 }, () => ({ filters: Array.from({ length: 5 }, () => filter) })) },
    ],
    ['200 results on a page', { limit: 201 }],
  ])('names the limit of %s before any request', async (limit, request) => {
    const { hubspot, asked } = scripted(portalOf(5));
    await expect(hubspot.objects.search('contacts', request)).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringContaining(limit),
    });
    expect(asked).toHaveLength(0);
  });
});
