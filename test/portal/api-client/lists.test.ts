/** Lists, driven by HubSpot's own client. */

import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/deals/index.js';
import { expect, test } from 'vitest';
import { fakeClock } from '../../fake-clock.ts';
import { at } from '../talk.ts';
import { type HubSpot, hubspot, refusal } from './hubspot.ts';

const DAY = 86_400_000;

function filter(property: string, operationType: string, operator: string, more: object = {}) {
  return { filterType: 'PROPERTY', property, operation: { operationType, operator, ...more } };
}

/** One AND of filters and branches as a whole definition. */
function where(filters: readonly unknown[], filterBranches: readonly unknown[] = []) {
  return { filterBranchType: 'OR', filterBranches: [{ filterBranchType: 'AND', filters, filterBranches }] };
}

const named = (name: string) => where([filter('firstname', 'MULTISTRING', 'IS_EQUAL_TO', { values: [name] })]);

/**
 * The client's own classes know only some members of a filter (its generated code takes every branch for an ASSOCIATION
 * and every operation for one kind), so definitions with filters go through its `apiRequest`.
 */
async function send({ client }: HubSpot, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await client.apiRequest({ method, path, ...(body && { body }) });
  const text = await answer.text();
  const said: unknown = text === '' ? undefined : JSON.parse(text);
  if (!answer.ok) throw Object.assign(new Error(`${answer.status} ${text}`), { code: answer.status, body: said });
  return said;
}

async function dynamicList(portal: HubSpot, name: string, filterBranch: object, objectTypeId = '0-1'): Promise<string> {
  const body = { name, objectTypeId, processingType: 'DYNAMIC', filterBranch };
  return String(at(await send(portal, 'POST', '/crm/v3/lists', body), 'list', 'listId'));
}

async function manualList({ client }: HubSpot, name: string, objectTypeId = '0-1'): Promise<string> {
  const { list } = await client.crm.lists.listsApi.create({ name, objectTypeId, processingType: 'MANUAL' });
  return list.listId;
}

async function contact({ client }: HubSpot, firstname: string): Promise<string> {
  const email = `${firstname.toLowerCase()}@example.com`;
  return (await client.crm.contacts.basicApi.create({ properties: { firstname, email } })).id;
}

const ids = (answer: { lists: { listId: string }[] }) => answer.lists.map(({ listId }) => listId);

async function members({ client }: HubSpot, listId: string): Promise<string[]> {
  const page = await client.crm.lists.membershipsApi.getPage(listId, undefined, undefined, 250);
  return page.results.map(({ recordId }) => recordId);
}

test('a manual list is created, read by id, ids and name, renamed and shown with its size', async () => {
  const portal = await hubspot();
  const { listsApi, membershipsApi } = portal.client.crm.lists;
  const { list } = await listsApi.create({ name: 'My people', objectTypeId: '0-1', processingType: 'MANUAL' });
  expect(list).toMatchObject({
    name: 'My people',
    listVersion: 1,
    objectTypeId: '0-1',
    processingType: 'MANUAL',
    processingStatus: 'COMPLETE',
    createdAt: expect.any(Date),
    listPermissions: { teamsWithEditAccess: [], usersWithEditAccess: [] },
  });
  await membershipsApi.add(list.listId, [await contact(portal, 'Ada')]);
  expect((await listsApi.getById(list.listId)).list).toMatchObject({ name: 'My people', size: 1 });
  expect((await listsApi.getAll([list.listId, '99'])).lists.map(({ listId }) => listId)).toEqual([list.listId]);
  expect((await listsApi.getByName('My people', '0-1')).list.listId).toBe(list.listId);
  const { updatedList } = await listsApi.updateName(list.listId, 'Our people');
  expect(updatedList).toMatchObject({ name: 'Our people', listVersion: 2 });
  expect(await refusal(listsApi.getByName('My people', '0-1'))).toMatchObject({ code: 404 });
});

test('a dynamic list says PROCESSING when it is made, and follows its filters and its records', async () => {
  const portal = await hubspot();
  const { listsApi } = portal.client.crm.lists;
  const ada = await contact(portal, 'Ada');
  const made = await send(portal, 'POST', '/crm/v3/lists', {
    name: 'Adas',
    objectTypeId: '0-1',
    processingType: 'DYNAMIC',
    filterBranch: named('ada'),
  });
  const listId = String(at(made, 'list', 'listId'));
  expect(at(made, 'list', 'processingStatus')).toBe('PROCESSING');
  expect(at(made, 'list', 'filterBranch')).toEqual({
    filterBranchType: 'OR',
    filterBranchOperator: 'OR',
    filters: [],
    filterBranches: [
      {
        filterBranchType: 'AND',
        filterBranchOperator: 'AND',
        filterBranches: [],
        filters: [
          {
            filterType: 'PROPERTY',
            property: 'firstname',
            operation: {
              operationType: 'MULTISTRING',
              operator: 'IS_EQUAL_TO',
              values: ['ada'],
              includeObjectsWithNoValueSet: false,
            },
          },
        ],
      },
    ],
  });
  expect((await listsApi.getById(listId)).list).toMatchObject({ processingStatus: 'COMPLETE', size: 1 });
  expect((await listsApi.getById(listId)).list.filterBranch).toBeUndefined();
  expect((await listsApi.getById(listId, true)).list.filterBranch).toBeDefined();
  expect(await members(portal, listId)).toEqual([ada]);

  const bob = await contact(portal, 'Bob');
  await portal.client.crm.contacts.basicApi.update(bob, { properties: { firstname: 'ADA' } });
  expect(await members(portal, listId)).toEqual([ada, bob]);
  await portal.client.crm.contacts.basicApi.archive(ada);
  expect(await members(portal, listId)).toEqual([bob]);

  const cid = await contact(portal, 'Cid');
  await send(portal, 'PUT', `/crm/v3/lists/${listId}/update-list-filters`, { filterBranch: named('Cid') });
  expect(await members(portal, listId)).toEqual([cid]);
  expect((await listsApi.getById(listId)).list.listVersion).toBe(2);
});

test('a snapshot is taken once and then kept by hand', async () => {
  const portal = await hubspot();
  const ada = await contact(portal, 'Ada');
  const body = { name: 'Then', objectTypeId: '0-1', processingType: 'SNAPSHOT', filterBranch: named('Ada') };
  const listId = String(at(await send(portal, 'POST', '/crm/v3/lists', body), 'list', 'listId'));
  const bob = await contact(portal, 'Bob');
  await portal.client.crm.contacts.basicApi.update(bob, { properties: { firstname: 'Ada' } });
  expect(await members(portal, listId)).toEqual([ada]);
  await portal.client.crm.lists.membershipsApi.add(listId, [bob]);
  expect(await members(portal, listId)).toEqual([ada, bob]);
});

test('records are put in, taken out and moved by hand; what is not there is told', async () => {
  const portal = await hubspot();
  const { membershipsApi } = portal.client.crm.lists;
  const [ada, bob, cid] = [await contact(portal, 'Ada'), await contact(portal, 'Bob'), await contact(portal, 'Cid')];
  const first = await manualList(portal, 'First');
  const second = await manualList(portal, 'Second');
  expect(await membershipsApi.add(first, [ada, bob, '5'])).toMatchObject({
    recordsIdsAdded: [ada, bob],
    recordIdsRemoved: [],
    recordIdsMissing: ['5'],
  });
  expect((await membershipsApi.add(first, [ada])).recordsIdsAdded).toEqual([]);
  expect(await membershipsApi.addAndRemove(first, { recordIdsToAdd: [cid], recordIdsToRemove: [bob] })).toMatchObject({
    recordsIdsAdded: [cid],
    recordIdsRemoved: [bob],
  });
  await membershipsApi.addAllFromList(second, first);
  expect(await members(portal, second)).toEqual([ada, cid]);
  expect((await membershipsApi.remove(second, [ada])).recordIdsRemoved).toEqual([ada]);
  await membershipsApi.removeAll(first);
  expect(await members(portal, first)).toEqual([]);
  expect(await members(portal, second)).toEqual([cid]);
  const { results } = await membershipsApi.getLists('0-1', cid);
  expect(results).toMatchObject([{ listId: second, listVersion: 1, firstAddedTimestamp: expect.any(Date) }]);
  const batch = await send(portal, 'POST', '/crm/v3/lists/records/memberships/batch/read', {
    inputs: [
      { objectTypeId: '0-1', recordId: ada },
      { objectTypeId: '0-1', recordId: cid },
    ],
  });
  expect(batch).toMatchObject({
    status: 'COMPLETE',
    results: [
      { recordId: ada, recordListMemberships: [] },
      { recordId: cid, recordListMemberships: [{ listId: second }] },
    ],
  });
});

test('members are paged forth and back by record and by when they joined', async () => {
  const clock = fakeClock();
  const portal = await hubspot({ clock });
  const { membershipsApi } = portal.client.crm.lists;
  const joining: string[] = [];
  for (let i = 0; i < 7; i++) joining.push(await contact(portal, `C${i}`));
  const listId = await manualList(portal, 'Seven');
  for (const id of joining.toReversed()) {
    await clock.advance(1_000);
    await membershipsApi.add(listId, [id]);
  }
  for (const [order, expected] of [
    ['getPage', joining],
    ['getPageOrderedByAddedToListDate', joining.toReversed()],
  ] as const) {
    const seen: string[] = [];
    let after: string | undefined;
    let last: string | undefined;
    do {
      const page = await membershipsApi[order](listId, after, undefined, 3);
      expect(page.total).toBe(7);
      seen.push(...page.results.map(({ recordId }) => recordId));
      after = page.paging?.next?.after;
      last = page.paging?.prev?.before ?? last;
    } while (after !== undefined);
    expect(seen).toEqual(expected);
    const back = await membershipsApi[order](listId, undefined, last, 3);
    expect(back.results.map(({ recordId }) => recordId)).toEqual(expected.slice(3, 6));
  }
});

test('lists are found by words, kinds, types and ids, sorted and page by page', async () => {
  const portal = await hubspot();
  const { listsApi } = portal.client.crm.lists;
  const alpha = await manualList(portal, 'Alpha people');
  const beta = await dynamicList(portal, 'Beta people', named('Ada'));
  const gamma = await manualList(portal, 'Gamma firms', '0-2');
  await contact(portal, 'Ada');
  expect(ids(await listsApi.doSearch({ query: 'PEOPLE' }))).toEqual([alpha, beta]);
  expect(ids(await listsApi.doSearch({ processingTypes: ['MANUAL'] }))).toEqual([alpha, gamma]);
  expect(ids(await listsApi.doSearch({ listIds: [gamma] }))).toEqual([gamma]);
  expect(ids(await listsApi.doSearch({ sort: '-HS_LIST_NAME' }))).toEqual([gamma, beta, alpha]);
  const page = await listsApi.doSearch({ count: 2 });
  expect(page).toMatchObject({ hasMore: true, offset: 2, total: 3 });
  expect(page.lists[1]?.additionalProperties).toMatchObject({ hs_list_size: '1', hs_list_reference_count: '0' });
  expect(await listsApi.doSearch({ count: 2, offset: 2 })).toMatchObject({ hasMore: false, offset: 3 });
});

test('a deleted list is gone, gives its name away, and comes back within 90 days', async () => {
  const clock = fakeClock();
  const portal = await hubspot({ clock });
  const { listsApi } = portal.client.crm.lists;
  const listId = await dynamicList(portal, 'Adas', named('Ada'));
  await listsApi.remove(listId);
  expect(await refusal(listsApi.getById(listId))).toMatchObject({
    code: 404,
    body: { category: 'OBJECT_NOT_FOUND', message: `List does not exist with ID ${listId}.` },
  });
  const ada = await contact(portal, 'Ada');
  await clock.advance(89 * DAY);
  await listsApi.restore(listId);
  expect(await members(portal, listId)).toEqual([ada]);
  await listsApi.remove(listId);
  await clock.advance(91 * DAY);
  expect(await refusal(listsApi.restore(listId))).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
});

test('lists are filed in folders, which cannot be moved into themselves', async () => {
  const portal = await hubspot();
  const { foldersApi } = portal.client.crm.lists;
  const outer = (await foldersApi.create({ name: 'Outer' })).folder;
  const inner = (await foldersApi.create({ name: 'Inner', parentFolderId: String(outer.id) })).folder;
  const listId = await manualList(portal, 'Filed');
  await foldersApi.moveList({ listId, newFolderId: String(inner.id) });
  expect((await foldersApi.getAll()).folder).toMatchObject({
    id: 0,
    childLists: [],
    childNodes: [{ id: outer.id, name: 'Outer', childNodes: [{ id: inner.id, childLists: [Number(listId)] }] }],
  });
  expect((await foldersApi.rename(String(inner.id), 'Within')).folder.name).toBe('Within');
  const found = await portal.client.crm.lists.listsApi.doSearch({ query: 'Filed' });
  expect(found.lists[0]?.additionalProperties).toMatchObject({ hs_folder_name: 'Within' });
  expect(await refusal(foldersApi.move(String(outer.id), String(inner.id)))).toMatchObject({
    code: 400,
    body: { subCategory: 'ListFolderError.CIRCULAR_REFERENCE' },
  });
  expect(await refusal(foldersApi.remove(String(inner.id)))).toMatchObject({ code: 400 });
  await foldersApi.move(String(inner.id), '0');
  await foldersApi.remove(String(outer.id));
  expect((await foldersApi.getAll()).folder.childNodes.map(({ id }) => id)).toEqual([inner.id]);
});

test('a dynamic list becomes a static one on its day, and stops to follow', async () => {
  const clock = fakeClock();
  const portal = await hubspot({ clock });
  const { listsApi } = portal.client.crm.lists;
  const listId = await dynamicList(portal, 'Adas', named('Ada'));
  const day = { conversionType: 'CONVERSION_DATE', year: 2026, month: 12, day: 1 };
  await send(portal, 'PUT', `/crm/v3/lists/${listId}/schedule-conversion`, day);
  expect(await listsApi.getConversionDetails(listId)).toMatchObject({ listId, requestedConversionTime: { day: 1 } });
  await clock.advance(10 * DAY);
  expect((await listsApi.getById(listId)).list.processingType).toBe('SNAPSHOT');
  expect((await listsApi.getConversionDetails(listId)).convertedAt).toBeInstanceOf(Date);
  await contact(portal, 'Ada');
  expect(await members(portal, listId)).toEqual([]);

  const idle = await dynamicList(portal, 'Idle', named('Ida'));
  const inactive = { conversionType: 'INACTIVITY', timeUnit: 'DAY', offset: 5 };
  await send(portal, 'PUT', `/crm/v3/lists/${idle}/schedule-conversion`, inactive);
  await clock.advance(4 * DAY);
  const ida = await contact(portal, 'Ida');
  await clock.advance(4 * DAY);
  expect((await listsApi.getById(idle)).list.processingType).toBe('DYNAMIC');
  await clock.advance(DAY);
  expect((await listsApi.getById(idle)).list.processingType).toBe('SNAPSHOT');
  expect(await members(portal, idle)).toEqual([ida]);

  const kept = await dynamicList(portal, 'Kept', named('Kim'));
  await send(portal, 'PUT', `/crm/v3/lists/${kept}/schedule-conversion`, inactive);
  await listsApi.cancelConversion(kept);
  expect(await refusal(listsApi.cancelConversion(kept))).toMatchObject({ code: 404 });
  await clock.advance(30 * DAY);
  expect((await listsApi.getById(kept)).list.processingType).toBe('DYNAMIC');
});

test('a list looks at associated records and follows their changes, and into other lists', async () => {
  const portal = await hubspot();
  const { client } = portal;
  const ada = await contact(portal, 'Ada');
  const deal = await client.crm.deals.basicApi.create({
    properties: { dealname: 'Big', pipeline: 'default', dealstage: 'appointmentscheduled', amount: '10' },
    associations: [
      {
        to: { id: ada },
        types: [{ associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined, associationTypeId: 3 }],
      },
    ],
  });
  const withBigDeal = where(
    [],
    [
      {
        filterBranchType: 'ASSOCIATION',
        objectTypeId: '0-3',
        associationCategory: 'HUBSPOT_DEFINED',
        associationTypeId: 4,
        operator: 'IN_LIST',
        filters: [filter('amount', 'NUMBER', 'IS_GREATER_THAN', { value: 100 })],
      },
    ],
  );
  const listId = await dynamicList(portal, 'Big deals', withBigDeal);
  const both = await dynamicList(
    portal,
    'Not in it',
    where([
      filter('firstname', 'ALL_PROPERTY', 'IS_KNOWN'),
      { filterType: 'IN_LIST', listId, operator: 'NOT_IN_LIST' },
    ]),
  );
  expect(await members(portal, listId)).toEqual([]);
  expect(await members(portal, both)).toEqual([ada]);
  await client.crm.deals.basicApi.update(deal.id, { properties: { amount: '200' } });
  expect(await members(portal, listId)).toEqual([ada]);
  expect(await members(portal, both)).toEqual([]);
  await client.crm.deals.basicApi.archive(deal.id);
  expect(await members(portal, listId)).toEqual([]);
  expect(await members(portal, both)).toEqual([ada]);
});

test('ids of the time before lists had other ids are translated', async () => {
  const portal = await hubspot();
  const { mappingApi } = portal.client.crm.lists;
  const listId = await manualList(portal, 'Old');
  expect(await mappingApi.translateLegacyListIdToListId(listId)).toMatchObject({ listId, legacyListId: listId });
  expect(await mappingApi.translateLegacyListIdToListIdBatch([listId, '77'])).toMatchObject({
    legacyListIdsToIdsMapping: [{ listId }],
    missingLegacyListIds: ['77'],
  });
});

test('what HubSpot refuses about lists is refused, and changes nothing', async () => {
  const portal = await hubspot();
  const { listsApi, membershipsApi } = portal.client.crm.lists;
  const ada = await contact(portal, 'Ada');
  const listId = await dynamicList(portal, 'Adas', named('Ada'));
  const create = (body: object) =>
    refusal(send(portal, 'POST', '/crm/v3/lists', { objectTypeId: '0-1', processingType: 'DYNAMIC', ...body }));
  expect(await refusal(membershipsApi.add(listId, [ada]))).toMatchObject({
    code: 400,
    body: { status: 'error', category: 'VALIDATION_ERROR', message: 'Can not operate manually on a dynamic list' },
  });
  expect(await refusal(membershipsApi.removeAll(listId))).toMatchObject({ code: 400 });
  expect(await create({ name: 'adas', filterBranch: named('Bob') })).toMatchObject({
    code: 400,
    body: { subCategory: 'ListError.DUPLICATE_LIST_NAME', context: { listId: [listId] } },
  });
  expect(await create({ name: 'No filters' })).toMatchObject({
    code: 400,
    body: { subCategory: 'ListError.MISSING_FILTER_BRANCH' },
  });
  expect(
    await create({ name: 'x', filterBranch: where([filter('firstname', 'ALL_PROPERTY', 'IS_NOT_KNOWN')]) }),
  ).toMatchObject({ code: 400, body: { subCategory: 'ListError.ENUM_CONVERSION' } });
  expect(
    await create({
      name: 'x',
      filterBranch: where([filter('lifecyclestage', 'STRING', 'IS_EQUAL_TO', { value: 'lead' })]),
    }),
  ).toMatchObject({ code: 400, body: { subCategory: 'ListError.INVALID_OPERATION_FOR_PROPERTY_TYPE' } });
  expect(
    await create({
      name: 'x',
      filterBranch: where([filter('firstname', 'ENUMERATION', 'IS_ANY_OF', { values: ['Ada'] })]),
    }),
  ).toMatchObject({ code: 400, body: { subCategory: 'ListError.INVALID_OPERATION_FOR_PROPERTY_TYPE' } });
  expect(await create({ name: 'x', filterBranch: { filterBranchType: 'AND', filters: [] } })).toMatchObject({
    code: 400,
    body: { subCategory: 'ListError.INVALID_FILTER_BRANCH' },
  });
  expect(
    await create({ name: 'x', filterBranch: where([filter('shoe_size', 'ALL_PROPERTY', 'IS_KNOWN')]) }),
  ).toMatchObject({ code: 400, body: { subCategory: 'ListError.PROPERTY_DOES_NOT_EXIST' } });
  expect(await create({ name: 'x', filterBranch: where([{ filterType: 'PAGE_VIEW', pageUrl: '/' }]) })).toMatchObject({
    code: 501,
    body: { category: 'NOT_EMULATED' },
  });
  expect(
    await refusal(
      send(portal, 'PUT', `/crm/v3/lists/${listId}/update-list-filters`, {
        filterBranch: where([{ filterType: 'IN_LIST', listId, operator: 'IN_LIST' }]),
      }),
    ),
  ).toMatchObject({ code: 400, body: { subCategory: 'ListError.CIRCULAR_REFERENCE' } });
  expect(
    await refusal(listsApi.create({ name: 'x', objectTypeId: 'contacts', processingType: 'MANUAL' })),
  ).toMatchObject({ code: 400, body: { subCategory: 'ListError.INVALID_OBJECT_TYPE' } });
  expect(await refusal(listsApi.doSearch({ processingTypes: ['STATIC'] }))).toMatchObject({
    code: 400,
    body: { subCategory: 'INVALID_PROCESSING_TYPE' },
  });
  expect(await refusal(membershipsApi.getPage(listId, undefined, undefined, 251))).toMatchObject({ code: 400 });
  expect(await members(portal, listId)).toEqual([ada]);
  expect((await listsApi.doSearch({})).total).toBe(1);
});

test('reading lists and changing them need their scopes', async () => {
  const portal = await hubspot({ tokens: new Map([['reader', ['crm.lists.read']]]), token: 'reader' });
  expect((await portal.client.crm.lists.listsApi.doSearch({})).total).toBe(0);
  expect(await refusal(manualList(portal, 'Mine'))).toMatchObject({
    code: 403,
    body: {
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: ['crm.lists.write', 'cms.membership.access_groups.write'] } }],
    },
  });
});
