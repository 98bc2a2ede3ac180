import { assert, asyncProperty } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculate } from '../../src/portal/calculated/index.ts';
import { portalFileText } from '../../src/portal/seed/file/export.ts';
import { loadPortalFile } from '../../src/portal/seed/file/load.ts';
import { seedPortal } from '../../src/portal/seed/index.ts';
import { openAccount } from '../../src/portal/seed/new-account.ts';
import { openStore, type Store } from '../../src/portal/store/store.ts';
import { stateOf } from './portal-state.ts';
import { furnish, write, writes } from './random-writes.ts';
import { read } from './records.ts';
import { at, results, talkTo } from './talk.ts';

const NOW = Date.UTC(2026, 10, 22, 9);

function emptyStore(): Store {
  const store = openStore({ nextStep: () => 1 });
  calculate(store, { now: () => NOW });
  return store;
}

/** What is said of a file when it is loaded into a new portal, and what is in that portal then. */
function refusal(file: unknown): { said: string; left: string[] } {
  const store = emptyStore();
  let said = 'nothing';
  try {
    seedPortal(store, { json: typeof file === 'string' ? file : JSON.stringify(file) }, NOW);
  } catch (error) {
    said = String(error);
  }
  const left = [...store.records.typeIds(), ...store.properties.scopes()];
  store.close();
  return { said, left };
}

const talkWith = (file: unknown) => talkTo({ seed: { json: JSON.stringify(file) } });

/** The filters of a list of those that are not in another one. */
const outside = (listId: string) => ({
  filterBranchType: 'OR',
  filters: [],
  filterBranches: [
    {
      filterBranchType: 'AND',
      filterBranches: [],
      filters: [{ filterType: 'IN_LIST', operator: 'NOT_IN_LIST', listId }],
    },
  ],
});

test('a list may look into one that comes after it in the file', async () => {
  const lists = [
    { name: 'Others', filterBranch: outside('2') },
    { name: 'VIPs', memberIds: ['7'] },
  ];
  const records = { contacts: [7, 8].map((id) => ({ id, properties: { email: `c${id}@example.com` } })) };
  const talk = await talkWith({ records, lists });
  expect(results(await talk('GET', '/crm/v3/lists/1/memberships'))).toMatchObject([{ recordId: '8' }]);
});

describe('a portal file', () => {
  test('may be as short as a person would write it', async () => {
    const talk = await talkWith({
      account: { portalId: 12345, timeZone: 'Europe/Berlin', companyCurrency: 'EUR', exchangeRates: { USD: 0.9 } },
      owners: [{ email: 'grace@example.com', firstName: 'Grace' }],
      properties: {
        contacts: [
          { name: 'shoe_size', type: 'number' },
          { name: 'colour', options: ['red', 'blue'] },
        ],
      },
      pipelines: {
        deals: [
          {
            label: 'Beans',
            stages: [
              { label: 'Open', metadata: { probability: 0.5 } },
              { label: 'Won', metadata: { probability: 1 } },
            ],
          },
        ],
      },
      schemas: [{ name: 'machine', properties: [{ name: 'serial' }], associatedObjects: ['companies'] }],
      associationLabels: [{ fromObjectType: 'contacts', toObjectType: 'companies', label: 'Champion', typeId: 777 }],
      records: {
        contacts: [
          { properties: { email: 'Ada@Example.com', shoe_size: 38.5, colour: 'red' } },
          { id: 7, properties: { firstname: 'Bob', hubspot_owner_id: '61000000' }, createdAt: '2020-01-01T00:00:00Z' },
        ],
        '0-2': [{ id: '8', properties: { name: 'Acme' } }],
        deals: [{ properties: { dealname: 'First', dealstage: 'beans_won' } }],
        machine: [{ id: '9', properties: { serial: 'A1' } }],
      },
      associations: [
        ['contacts', 7, 'companies', 8, [777]],
        { fromObjectType: 'machine', fromId: 9, toObjectType: '0-2', toId: 8 },
      ],
      lists: [{ name: 'VIPs', objectTypeId: 'contacts', memberIds: ['7'] }],
    });
    expect((await talk('GET', '/account-info/v3/details')).body).toMatchObject({
      portalId: 12345,
      timeZone: 'Europe/Berlin',
    });
    const contacts = results(await talk('GET', '/crm/v3/objects/contacts?properties=email,shoe_size,createdate'));
    expect(contacts).toMatchObject([
      { id: '7', createdAt: '2020-01-01T00:00:00Z' },
      { properties: { email: 'ada@example.com', shoe_size: '38.5' } },
    ]);
    const linked = results(await talk('GET', '/crm/v4/objects/contacts/7/associations/companies'));
    expect(linked).toMatchObject([
      {
        toObjectId: 8,
        associationTypes: expect.arrayContaining([{ category: 'USER_DEFINED', typeId: 777, label: 'Champion' }]),
      },
    ]);
    expect(await read(talk, 'companies', '8', 'num_associated_contacts')).toBe('1');
    expect(results(await talk('GET', '/crm/v4/objects/p12345_machine/9/associations/companies'))).toHaveLength(1);
    const deal = results(await talk('GET', '/crm/v3/objects/deals?properties=pipeline,hs_is_closed_won'))[0];
    expect(at(deal, 'properties')).toMatchObject({ pipeline: 'beans', hs_is_closed_won: 'true' });
    expect(results(await talk('GET', '/crm/v3/lists/1/memberships'))).toMatchObject([{ recordId: '7' }]);
  });

  test('may name pipelines in any script, also of custom objects, and begin with a byte order mark', async () => {
    const stages = [{ label: 'Prüfung' }, { label: '完了' }];
    const file = {
      schemas: [{ name: 'machine', properties: [{ name: 'serial' }] }],
      pipelines: { machine: [{ label: 'Wartung', stages }] },
      records: { machine: [{ id: 9, properties: { serial: 'A1', hs_pipeline_stage: 'wartung_完了' } }] },
    };
    const talk = await talkTo({ seed: { json: `\uFEFF${JSON.stringify(file)}` } });
    expect(await read(talk, '2-30000000', '9', 'hs_pipeline')).toBe('wartung');
    const pipeline = await talk('GET', '/crm/v3/pipelines/2-30000000/wartung');
    expect(at(pipeline.body, 'stages', 0, 'id')).toBe('wartung_prufung');
  });

  test('from a real account keeps what the portal cannot calculate', async () => {
    const score = { name: 'score', type: 'number', calculated: true, calculationFormula: 'round_nearest(1.5, 1)' };
    const talk = await talkWith({
      properties: { contacts: [{ ...score, fieldType: 'calculation_equation' }] },
      records: { contacts: [{ id: 7, properties: { lastname: 'A', score: 2 } }] },
    });
    expect(await read(talk, 'contacts', '7', 'score')).toBe('2');
    expect((await talk('POST', '/crm/v3/objects/contacts', { properties: { lastname: 'B' } })).status).toBe(201);
  });

  test('brings history, dates, archived and merged records', async () => {
    const talk = await talkWith({
      records: {
        contacts: [
          {
            id: '7',
            properties: { firstname: 'Ada', hs_merged_object_ids: '5;6' },
            history: {
              firstname: [
                { value: 'Ada', timestamp: '2026-02-01T00:00:00Z', sourceType: 'CRM_UI', sourceId: 'userId:1' },
                { value: 'Eve', timestamp: '2026-01-01T00:00:00Z', sourceType: 'IMPORT' },
              ],
            },
            createdAt: '2026-01-01T00:00:00Z',
            updatedAt: '2026-02-01T00:00:00Z',
          },
          { id: '9', properties: { firstname: 'Gone' }, archived: true, archivedAt: '2026-03-01T00:00:00Z' },
        ],
      },
    });
    const contact = await talk('GET', '/crm/v3/objects/contacts/6?propertiesWithHistory=firstname');
    expect(contact.body).toMatchObject({
      id: '7',
      updatedAt: '2026-02-01T00:00:00Z',
      propertiesWithHistory: {
        firstname: [
          { value: 'Ada', timestamp: '2026-02-01T00:00:00Z', sourceType: 'CRM_UI', sourceId: 'userId:1' },
          { value: 'Eve', timestamp: '2026-01-01T00:00:00Z', sourceType: 'IMPORT' },
        ],
      },
    });
    const archived = results(await talk('GET', '/crm/v3/objects/contacts?archived=true'));
    expect(archived).toMatchObject([{ id: '9', archived: true, archivedAt: '2026-03-01T00:00:00Z' }]);
  });

  test.each([
    ['{"records": {', 'line 1, column 14'],
    [{ contacts: [] }, 'contacts: a portal file has no such member; it may have account, owners'],
    [{ account: { timeZone: 'Mars/Base' } }, 'account.timeZone: "Mars/Base" is no IANA time zone'],
    [
      { records: { kontakte: [] } },
      'records.kontakte: "kontakte" is no object type of this portal; there are contacts,',
    ],
    [{ records: { contacts: {} } }, 'records.contacts: expected a list [ ... ], not {}'],
    [
      { records: { contacts: [{ email: 'a@b.co' }] } },
      'records.contacts[0].email: there is no such member; there are id, properties',
    ],
    [
      { records: { contacts: [{ properties: { shoe: '1' } }] } },
      'records.contacts[0].properties.shoe: contacts have no such property: put it into properties.contacts',
    ],
    [
      { records: { contacts: [{ properties: { lifecyclestage: 'friend' } }] } },
      'records.contacts[0].properties.lifecyclestage: friend was not one of the allowed options. Use one of subscriber',
    ],
    [
      { records: { contacts: [{ properties: { hubspot_owner_id: '1' } }] } },
      'records.contacts[0].properties.hubspot_owner_id: there is no owner 1',
    ],
    [
      { records: { contacts: [{ properties: { email: 'a@b.co' } }, { properties: { email: 'A@b.co' } }] } },
      'records.contacts[1].properties.email: "a@b.co" must be unique',
    ],
    [{ records: { contacts: [{ id: 'x' }] } }, 'records.contacts[0].id: expected an id of 1 to 15 digits, not "x"'],
    [{ records: { contacts: [{ id: 1 }, { id: 1 }] } }, 'records.contacts[1].id: contacts have 1 twice'],
    [{ records: { contacts: [{ createdAt: 'yesterday' }] } }, 'records.contacts[0].createdAt: expected a time as'],
    [
      { records: { contacts: [{ history: { shoe: [] } }] } },
      'records.contacts[0].history.shoe: contacts have no such property',
    ],
    [
      { records: { deals: [{ properties: { dealstage: 'won' } }] } },
      'records.deals[0].properties.dealstage: won is not a valid pipeline stage ID',
    ],
    [
      { records: { contacts: [{ id: 1, properties: { hs_merged_object_ids: '2' } }, { id: 2 }] } },
      'records.contacts[0].properties.hs_merged_object_ids: 2 was merged into this record',
    ],
    [{ associations: [['contacts', 1, 'companies', 2]] }, 'associations[0]: there is no record 1 in records.contacts'],
    [
      {
        records: { contacts: [{ id: 1 }], companies: [{ id: 2 }] },
        associations: [['contacts', 1, 'companies', 2, [1, 9]]],
      },
      'associations[0]: there is no association type 9 in this direction; there are 279 (unlabelled), 1 (Primary)',
    ],
    [
      { records: { contacts: [{ id: 1 }] }, associations: [['contacts', 1, 'contacts', 1]] },
      'associations[0]: a record cannot be associated with itself',
    ],
    [
      { associations: [['contacts', 1]] },
      'associations[0]: expected [fromObjectType, fromId, toObjectType, toId, typeIds]',
    ],
    [
      { properties: { contacts: [{ name: 'x', type: 'text' }] } },
      'properties.contacts[0].type: "text" is no property type: use string',
    ],
    [{ properties: { contacts: [{ label: 'x' }] } }, 'properties.contacts[0]: the member "name" is missing'],
    [{ pipelines: { contacts: [] } }, 'pipelines.contacts: contacts have no pipelines in HubSpot'],
    [
      { pipelines: { deals: [{ label: 'P', stages: [{ label: 'S' }] }] } },
      'pipelines.deals[0].stages[0].metadata: must specify probability',
    ],
    [{ schemas: [{ name: '1st' }] }, 'schemas[0].name: "1st" must start with a letter'],
    [
      { schemas: [{ name: 'machine', requiredProperties: ['serial'] }] },
      'schemas[0]: Invalid requiredProperties: serial',
    ],
    [
      '{"properties":{"contacts":[{"name":"__proto__"}]}}',
      'properties.contacts[0].name: "__proto__" is no property name',
    ],
    [
      { properties: { contacts: [{ name: 'colour', type: 'enumeration' }] } },
      'properties.contacts[0].options: Enumeration properties must have options',
    ],
    [
      { properties: { contacts: [{ name: 'sum', type: 'number', calculationFormula: '1 +' }] } },
      'properties.contacts[0].calculationFormula: The calculation formula is invalid at character 3',
    ],
    [
      {
        pipelines: {
          deals: [
            {
              label: 'P',
              stages: [
                { label: 'S', metadata: { probability: 1 } },
                { label: 's', metadata: { probability: 0 } },
              ],
            },
          ],
        },
      },
      'pipelines.deals[0].stages[1].label: Stage with label s already exists',
    ],
    [{ account: { exchangeRates: { USD: -1 } } }, 'account.exchangeRates.USD: an exchange rate is greater than 0'],
    [
      { records: { contacts: [{ id: 1, properties: { hs_object_id: 2 } }] } },
      "records.contacts[0].properties.hs_object_id: the record's id is 1",
    ],
    [
      { associationLabels: [{ fromObjectType: 'contacts', toObjectType: 'products', label: 'L' }] },
      'associationLabels[0]: contacts and products cannot be associated in HubSpot',
    ],
    [
      {
        listFolders: [
          { id: 1, name: 'A', parentFolderId: 2 },
          { id: 2, name: 'B', parentFolderId: 1 },
        ],
      },
      'listFolders[0].parentFolderId: the folder 1 would be inside itself',
    ],
    [{ lists: [{ name: 'L' }, { name: 'l' }] }, 'lists[1].name: there is another list "l"'],
    [{ lists: [{ name: 'L', memberIds: [1] }] }, 'lists[0].memberIds[0]: there is no record 1 in records.contacts'],
    [{ lists: [{ name: 'L', processingType: 'DYNAMIC' }] }, 'lists[0]: a dynamic list needs a "filterBranch"'],
    [{ lists: [{ name: 'L', filterBranch: { filterBranchType: 'OR' } }] }, 'lists[0].filterBranch: '],
    [
      { lists: ['2', '1'].map((other) => ({ name: `Not ${other}`, filterBranch: outside(other) })) },
      'lists[0].filterBranch: ',
    ],
    [[], 'The file: expected an object { ... }, not []'],
  ])('that is wrong is refused with the place, and nothing of it is loaded: %j', (file, said) => {
    expect(refusal(file)).toEqual({ said: expect.stringContaining(said), left: [] });
  });
});

describe('an export', () => {
  test('of the demo seed gives the same portal again', { timeout: 30_000 }, () => {
    const first = emptyStore();
    seedPortal(first, 'demo', NOW);
    const json = [...portalFileText(first)].join('');
    const second = emptyStore();
    seedPortal(second, { json }, NOW + 86_400_000);
    expect([...portalFileText(second)].join('').split('\n')).toEqual(json.split('\n'));
    first.close();
    second.close();
  });

  test('of a random portal gives the same portal again', { timeout: 60_000 }, async () => {
    const talk = await talkTo({ tier: 'enterprise' });
    await furnish(talk);
    talk.portal.control.snapshot('furnished');
    const store = emptyStore();
    openAccount(store, NOW);
    store.snapshots.take('day one');
    await assert(
      asyncProperty(writes(50), async (all) => {
        talk.portal.control.restore('furnished');
        store.snapshots.restore('day one');
        await write(talk, all);
        const { file } = stateOf(talk);
        loadPortalFile(store, JSON.stringify(file), NOW + 86_400_000);
        expect(JSON.stringify(JSON.parse([...portalFileText(store)].join('')), null, 1).split('\n')).toEqual(
          JSON.stringify(file, null, 1).split('\n'),
        );
      }),
      { numRuns: 15 },
    );
    store.close();
  });

  test('keeps values that their definitions do not allow any more', async () => {
    const talk = await talkWith({
      properties: { contacts: [{ name: 'colour', options: ['red', 'blue'] }] },
      records: { contacts: [{ id: 1, properties: { colour: 'red' } }] },
    });
    const options = [{ label: 'Blue', value: 'blue', displayOrder: 0 }];
    expect((await talk('PATCH', '/crm/v3/properties/contacts/colour', { options })).status).toBe(200);
    const { file } = stateOf(talk);
    expect(file.records['contacts']).toMatchObject([{ properties: { colour: 'red' }, outdated: ['colour'] }]);
    expect(stateOf(await talkWith(file)).file).toEqual(file);
  });
});
