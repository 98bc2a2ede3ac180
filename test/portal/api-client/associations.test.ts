import type { Client } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/associations/v4/index.js';
import {
  createConfiguration,
  DefinitionConfigurationsApi,
  PublicAssociationDefinitionConfigurationCreateRequestCategoryEnum,
  PublicAssociationDefinitionConfigurationUpdateRequestCategoryEnum,
  ServerConfiguration,
} from '@hubspot/api-client/lib/codegen/crm/associations/v4/schema/index.js';
import { AssociationSpecAssociationCategoryEnum as COMPANY } from '@hubspot/api-client/lib/codegen/crm/companies/index.js';
import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, results, type Talk, talkTo } from '../talk.ts';
import { hubspot, refusal } from './hubspot.ts';

// The client has the words for the categories once for each of its parts.
const { HubspotDefined: HUBSPOT_DEFINED, UserDefined: USER_DEFINED } = AssociationSpecAssociationCategoryEnum;
const OWN = PublicAssociationDefinitionConfigurationCreateRequestCategoryEnum;
const CHANGED = PublicAssociationDefinitionConfigurationUpdateRequestCategoryEnum;

/** What a limit outside of its range is refused with. */
const range = (min: string, max: string) => ({
  code: 400,
  body: { category: 'VALIDATION_ERROR', context: { min: [min], max: [max] } },
});

/** The client has these calls, but not among those that it offers by itself. */
function limitsApi(url: string): DefinitionConfigurationsApi {
  const baseServer = new ServerConfiguration(url, {});
  return new DefinitionConfigurationsApi(
    createConfiguration({ baseServer, authMethods: { oauth2: { accessToken: 'pat-na1-test' } } }),
  );
}

async function contact({ crm }: Client, firstname: string): Promise<string> {
  return (await crm.contacts.basicApi.create({ properties: { firstname } })).id;
}

async function company({ crm }: Client, name: string): Promise<string> {
  return (await crm.companies.basicApi.create({ properties: { name } })).id;
}

const inputs = (from: string, ...to: readonly string[]) => ({
  inputs: to.map((id) => ({ _from: { id: from }, to: { id } })),
});

describe('HubSpot’s client on associations', () => {
  test('links, labels, reads and unlinks one pair', async () => {
    const { client } = await hubspot();
    const { basicApi } = client.crm.associations.v4;
    const [ada, acme] = [await contact(client, 'Ada'), await company(client, 'Acme')];
    const made = await basicApi.createDefault('contacts', ada, 'companies', acme);
    expect(made.results.map(({ associationSpec }) => associationSpec?.associationTypeId)).toEqual([279, 280]);
    const named = await basicApi.create('contacts', ada, 'companies', acme, [
      { associationCategory: HUBSPOT_DEFINED, associationTypeId: 1 },
    ]);
    expect(named).toMatchObject({ fromObjectTypeId: '0-1', toObjectTypeId: '0-2', labels: ['Primary'] });
    const seen = await basicApi.getPage('companies', acme, 'contacts');
    expect(
      seen.results.map((row) => [Number(row.toObjectId), row.associationTypes.map(({ typeId }) => typeId)]),
    ).toEqual([[Number(ada), [2, 280]]]);
    await basicApi.archive('companies', acme, 'contacts', ada);
    expect((await basicApi.getPage('contacts', ada, 'companies')).results).toEqual([]);
  });

  test('links, reads and unlinks many', async () => {
    const { client } = await hubspot();
    const { batchApi } = client.crm.associations.v4;
    const ada = await contact(client, 'Ada');
    const firms = [await company(client, 'A'), await company(client, 'B'), await company(client, 'C')];
    const linked = await batchApi.createDefault('contacts', 'companies', inputs(ada, ...firms));
    expect(linked.results).toHaveLength(6);
    const types = [{ associationCategory: HUBSPOT_DEFINED, associationTypeId: 1 }];
    const primary = await batchApi.create('contacts', 'companies', {
      inputs: [{ _from: { id: ada }, to: { id: firms[1] ?? '' }, types }],
    });
    expect(primary.results.map(({ labels }) => labels)).toEqual([['Primary']]);
    const read = await batchApi.getPage('contacts', 'companies', { inputs: [{ id: ada }] });
    expect(read.results[0]?.to.map(({ associationTypes }) => associationTypes.length)).toEqual([1, 2, 1]);
    await batchApi.archiveLabels('contacts', 'companies', {
      inputs: [{ _from: { id: ada }, to: { id: firms[1] ?? '' }, types }],
    });
    const after = await batchApi.getPage('contacts', 'companies', { inputs: [{ id: ada }] });
    expect(after.results[0]?.to.map(({ associationTypes }) => associationTypes.length)).toEqual([1, 1, 1]);
    await batchApi.archive('contacts', 'companies', {
      inputs: [{ _from: { id: ada }, to: firms.map((id) => ({ id })) }],
    });
    const none = await batchApi.getPage('contacts', 'companies', { inputs: [{ id: ada }] });
    expect(none).toMatchObject({
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND' }],
    });
  });

  test('defines, renames and removes labels, whose records stay linked', async () => {
    const { client } = await hubspot();
    const { definitionsApi } = client.crm.associations.v4.schema;
    const made = await definitionsApi.create('contacts', 'companies', {
      name: 'advisor',
      label: 'Advisor',
      inverseLabel: 'Advised by',
    });
    expect(made.results.map(({ label, category }) => [label, category])).toEqual([
      ['Advisor', 'USER_DEFINED'],
      ['Advised by', 'USER_DEFINED'],
    ]);
    const typeId = made.results[0]?.typeId ?? 0;
    const [ada, acme] = [await contact(client, 'Ada'), await company(client, 'Acme')];
    await client.crm.associations.v4.basicApi.create('contacts', ada, 'companies', acme, [
      { associationCategory: USER_DEFINED, associationTypeId: typeId },
    ]);
    await definitionsApi.update('contacts', 'companies', { associationTypeId: typeId, label: 'Counsel' });
    const labelled = await client.crm.associations.v4.basicApi.getPage('companies', acme, 'contacts');
    expect(labelled.results[0]?.associationTypes.map(({ label }) => label)).toContain('Advised by');
    await definitionsApi.remove('contacts', 'companies', typeId);
    const all = await definitionsApi.getAll('contacts', 'companies');
    expect(all.results.map(({ label }) => label)).not.toContain('Counsel');
    const plain = await client.crm.associations.v4.basicApi.getPage('contacts', ada, 'companies');
    expect(plain.results[0]?.associationTypes.map((type) => type.typeId)).toEqual([279]);
  });

  test('sets limits, is held to them in both directions, and lifts them', async () => {
    const { client, url } = await hubspot();
    const limits = limitsApi(url);
    const { basicApi, batchApi } = client.crm.associations.v4;
    const set = await limits.batchCreate('contacts', 'companies', {
      inputs: [{ category: OWN.HubspotDefined, typeId: 279, maxToObjectIds: 1 }],
    });
    expect(set).toMatchObject({
      status: 'COMPLETE',
      results: [{ category: 'HUBSPOT_DEFINED', typeId: 279, userEnforcedMaxToObjectIds: 1 }],
    });
    const [ada, acme, byte] = [
      await contact(client, 'Ada'),
      await company(client, 'Acme'),
      await company(client, 'Byte'),
    ];
    await basicApi.createDefault('contacts', ada, 'companies', acme);
    // Again the same pair is nothing new.
    await basicApi.createDefault('contacts', ada, 'companies', acme);
    const refused = {
      code: 400,
      body: {
        status: 'error',
        category: 'VALIDATION_ERROR',
        subCategory: 'crm.associations.ASSOCIATION_LIMIT_EXCEEDED',
        context: { fromObjectId: [ada], limit: ['1'], associationTypeId: ['279'] },
      },
    };
    expect(await refusal(basicApi.createDefault('contacts', ada, 'companies', byte))).toMatchObject(refused);
    expect(await refusal(basicApi.createDefault('companies', byte, 'contacts', ada))).toMatchObject(refused);
    const born = client.crm.companies.basicApi.create({
      properties: { name: 'Born linked' },
      associations: [
        { to: { id: ada }, types: [{ associationCategory: COMPANY.HubspotDefined, associationTypeId: 280 }] },
      ],
    });
    expect(await refusal(born)).toMatchObject(refused);
    expect((await client.crm.companies.basicApi.getPage()).results).toHaveLength(2);
    const batch = await batchApi.createDefault('contacts', 'companies', inputs(ada, byte, acme));
    expect(batch).toMatchObject({
      numErrors: 1,
      errors: [{ subCategory: 'crm.associations.ASSOCIATION_LIMIT_EXCEEDED' }],
    });
    expect(batch.results).toHaveLength(2);
    const raised = await limits.batchUpdate('contacts', 'companies', {
      inputs: [{ category: CHANGED.HubspotDefined, typeId: 279, maxToObjectIds: 2 }],
    });
    expect(raised.results).toMatchObject([{ typeId: 279, userEnforcedMaxToObjectIds: 2 }]);
    expect((await limits.getAll()).results).toHaveLength(1);
    expect((await limits.getAllBetweenTwoObjectTypes('contacts', 'companies')).results).toMatchObject([
      { typeId: 279, userEnforcedMaxToObjectIds: 2 },
    ]);
    await basicApi.createDefault('contacts', ada, 'companies', byte);
    await limits.batchRemove('contacts', 'companies', { inputs: [{ category: 'HUBSPOT_DEFINED', typeId: 279 }] });
    expect((await limits.getAll()).results).toEqual([]);
    await basicApi.createDefault('contacts', ada, 'companies', await company(client, 'Cask'));
  });

  test('is refused limits that do not go together, by name and range', async () => {
    const { client, url } = await hubspot();
    const limits = limitsApi(url);
    const { definitionsApi } = client.crm.associations.v4.schema;
    const [label] = (await definitionsApi.create('deals', 'contacts', { name: 'buyer', label: 'Buyer' })).results;
    const typeId = label?.typeId ?? 0;
    const set = (
      category: PublicAssociationDefinitionConfigurationCreateRequestCategoryEnum,
      id: number,
      maxToObjectIds: number,
    ) => limits.batchCreate('deals', 'contacts', { inputs: [{ category, typeId: id, maxToObjectIds }] });
    await set(OWN.HubspotDefined, 3, 10);
    expect(await refusal(set(OWN.UserDefined, typeId, 11))).toMatchObject(range('1', '10'));
    expect(await refusal(set(OWN.UserDefined, typeId, 0))).toMatchObject(range('1', '10'));
    await set(OWN.UserDefined, typeId, 10);
    const lower = limits.batchUpdate('deals', 'contacts', {
      inputs: [{ category: CHANGED.HubspotDefined, typeId: 3, maxToObjectIds: 9 }],
    });
    expect(await refusal(lower)).toMatchObject(range('10', '50000'));
    expect(await refusal(set(OWN.HubspotDefined, 3, 5))).toMatchObject({ code: 409, body: { category: 'CONFLICT' } });
    expect(await refusal(set(OWN.HubspotDefined, 279, 5))).toMatchObject({
      code: 400,
      body: {
        message: '0-279 is not a valid association type between DEAL and CONTACT',
        subCategory: 'crm.associations.INVALID_ASSOCIATION_TYPE',
      },
    });
    const absent = limits.batchRemove('contacts', 'deals', { inputs: [{ category: 'HUBSPOT_DEFINED', typeId: 4 }] });
    expect(await refusal(absent)).toMatchObject({ code: 404, body: { category: 'OBJECT_NOT_FOUND' } });
  });

  test('is refused labels that HubSpot does not take', async () => {
    const { client } = await hubspot();
    const { definitionsApi } = client.crm.associations.v4.schema;
    const invalid = { code: 400, body: { status: 'error', category: 'VALIDATION_ERROR' } };
    expect(await refusal(definitionsApi.create('contacts', 'companies', { name: 'a-b', label: 'A' }))).toMatchObject(
      invalid,
    );
    expect(await refusal(definitionsApi.create('contacts', 'products', { name: 'a', label: 'A' }))).toMatchObject(
      invalid,
    );
    const primary = { associationTypeId: 1, label: 'Main' };
    expect(await refusal(definitionsApi.update('contacts', 'companies', primary))).toMatchObject(invalid);
    expect(await refusal(definitionsApi.remove('contacts', 'companies', 999_999))).toMatchObject({ code: 404 });
    for (let i = 0; i < 10; i++)
      await definitionsApi.create('contacts', 'tickets', { name: `l${i}`, label: `Label ${i}` });
    expect(await refusal(definitionsApi.create('contacts', 'tickets', { name: 'more', label: 'More' }))).toMatchObject({
      code: 400,
      body: { message: 'No more than 10 labels are allowed for a pair of object types' },
    });
  });

  test('is refused links to what is not there, or in too large a batch', async () => {
    const { client } = await hubspot();
    const { basicApi, batchApi } = client.crm.associations.v4;
    const ada = await contact(client, 'Ada');
    expect(await refusal(basicApi.createDefault('contacts', ada, 'companies', '999'))).toMatchObject({
      code: 400,
      body: {
        message: 'One or more associations are invalid',
        context: { INVALID_OBJECT_IDS: ['COMPANY=999 is not valid'], objectId: ['999'], objectType: ['COMPANY'] },
        category: 'VALIDATION_ERROR',
      },
    });
    expect(await refusal(basicApi.getPage('contacts', '999', 'companies'))).toMatchObject({ code: 404 });
    const many = inputs(ada, ...Array.from({ length: 2001 }, (_, i) => String(i + 1)));
    expect(await refusal(batchApi.createDefault('contacts', 'companies', many))).toMatchObject({
      code: 400,
      body: { message: expect.stringContaining('The maximum number of inputs supported in a batch is 2000') },
    });
  });

  test('asks for the report of high usage for a user', async () => {
    const { client } = await hubspot();
    const user = await client.settings.users.usersApi.create({ email: 'ada@example.com' });
    const report = await client.crm.associations.v4.reportApi.request(Number(user.id));
    expect([report.userId, report.userEmail]).toEqual([Number(user.id), 'ada@example.com']);
    expect(await refusal(client.crm.associations.v4.reportApi.request(1))).toMatchObject({
      code: 404,
      body: { category: 'OBJECT_NOT_FOUND' },
    });
  });

  test('links, reads and unlinks as v3 did', async () => {
    const { client } = await hubspot();
    const { batchApi, schema } = client.crm.associations;
    const [ada, acme] = [await contact(client, 'Ada'), await company(client, 'Acme')];
    const types = (await schema.typesApi.getAll('contacts', 'companies')).results;
    expect(types).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: '279', name: 'contact_to_company_unlabeled' }),
        expect.objectContaining({ id: '1', name: 'contact_to_company' }),
      ]),
    );
    const pair = { _from: { id: ada }, to: { id: acme }, type: 'contact_to_company' };
    const made = await batchApi.create('contacts', 'companies', { inputs: [pair] });
    expect(made.results).toMatchObject([{ _from: { id: ada }, to: { id: acme }, type: 'contact_to_company' }]);
    const read = await batchApi.read('contacts', 'companies', { inputs: [{ id: ada }] });
    expect(read.results[0]?.to.map(({ id, type }) => [id, type]).sort()).toEqual([
      [acme, 'contact_to_company'],
      [acme, 'contact_to_company_unlabeled'],
    ]);
    const unknown = batchApi.create('contacts', 'companies', { inputs: [{ ...pair, type: 'contact_to_moon' }] });
    expect(await refusal(unknown)).toMatchObject({
      code: 400,
      body: { subCategory: 'crm.associations.INVALID_ASSOCIATION_TYPE', context: { type: ['contact_to_moon'] } },
    });
    await batchApi.archive('contacts', 'companies', { inputs: [{ ...pair, type: 'contact_to_company_unlabeled' }] });
    expect(await batchApi.read('contacts', 'companies', { inputs: [{ id: ada }] })).toMatchObject({ numErrors: 1 });
  });

  test('reads a long list of v3 in pages, and links one pair by its path', async () => {
    const { client } = await hubspot();
    const acme = await company(client, 'Acme');
    const people: string[] = [];
    for (let i = 0; i < 2; i++) {
      const batch = Array.from({ length: 60 }, (_, n) => ({
        properties: { firstname: `P${i}${n}` },
        associations: [],
      }));
      const made = await client.crm.contacts.batchApi.create({ inputs: batch });
      people.push(...made.results.map(({ id }) => id));
    }
    await client.crm.associations.v4.batchApi.createDefault('companies', 'contacts', inputs(acme, ...people));
    const [row] = (await client.crm.associations.batchApi.read('companies', 'contacts', { inputs: [{ id: acme }] }))
      .results;
    expect(row?.to).toHaveLength(100);
    const next = new URL(row?.paging?.next?.link ?? '');
    const rest = await client.apiRequest({ path: `${next.pathname}${next.search}` });
    expect(results({ status: 200, headers: {}, body: await rest.json() })).toHaveLength(20);
    const path = `/crm/v3/objects/companies/${acme}/associations/contacts/${people[0]}/company_to_contact`;
    const put = await client.apiRequest({ method: 'PUT', path });
    expect(at(await put.json(), 'associations', 'contacts', 'results')).toContainEqual({
      id: people[0],
      type: 'company_to_contact',
    });
    expect((await client.apiRequest({ method: 'DELETE', path })).status).toBe(204);
  });
});

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

describe('random links, replacements, labels and removals', () => {
  const LIMITS = { unlabelled: 3, label: 2, back: 4 };
  /** Sets a portal's own ids apart from HubSpot's. */
  const OWN_IDS = 1_000_000;

  /** The labels' type ids in the two directions. */
  async function furnish(talk: Talk): Promise<{ forth: number; back: number; a: string[]; b: string[] }> {
    const labels = results(
      await talk('POST', '/crm/v4/associations/contacts/companies/labels', {
        name: 'l',
        label: 'L',
        inverseLabel: 'M',
      }),
    );
    const [forth, back] = labels.map((label) => Number(at(label, 'typeId')));
    const limit = (pair: string, list: unknown[]) =>
      talk('POST', `/crm/associations/2026-09/definitions/configurations/${pair}/batch/create`, { inputs: list });
    const own = { category: 'HUBSPOT_DEFINED' };
    await limit('contacts/companies', [
      { ...own, typeId: 279, maxToObjectIds: LIMITS.unlabelled },
      { category: 'USER_DEFINED', typeId: forth, maxToObjectIds: LIMITS.label },
    ]);
    await limit('companies/contacts', [{ ...own, typeId: 280, maxToObjectIds: LIMITS.back }]);
    const make = async (type: string, properties: Record<string, string>) => {
      const batch = Array.from({ length: 6 }, () => ({ properties }));
      return results(await talk('POST', `/crm/v3/objects/${type}/batch/create`, { inputs: batch })).map((row) =>
        String(at(row, 'id')),
      );
    };
    return {
      forth: forth ?? 0,
      back: back ?? 0,
      a: await make('contacts', { firstname: 'A' }),
      b: await make('companies', { name: 'B' }),
    };
  }

  test('keep both directions equal and never go beyond a limit', { timeout: 30_000 }, async () => {
    const step = record({
      kind: constantFrom('link', 'link', 'label', 'label', 'replace', 'primary', 'unlabel', 'unlink', 'back'),
      a: nat(5),
      b: nat(5),
    });
    let refused = 0;
    await assert(
      asyncProperty(array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const talk = await talkTo();
        const { forth, back, a: contacts, b: companies } = await furnish(talk);
        for (const { kind, a, b } of steps) {
          const path = `/crm/v4/objects/contacts/${contacts[a]}/associations/companies/${companies[b]}`;
          const inverse = `/crm/v4/objects/companies/${companies[b]}/associations/contacts/${contacts[a]}`;
          const own = { associationCategory: 'HUBSPOT_DEFINED' };
          const label = { associationCategory: 'USER_DEFINED', associationTypeId: forth };
          const pair = { from: { id: contacts[a] }, to: { id: companies[b] } };
          const replies = {
            link: () => talk('PUT', path.replace('associations/', 'associations/default/')),
            label: () => talk('PUT', path, [label]),
            replace: () => talk('PUT', path, [{ ...own, associationTypeId: 279 }]),
            primary: () => talk('PUT', path, [{ ...own, associationTypeId: 1 }, label]),
            back: () => talk('PUT', inverse, [{ associationCategory: 'USER_DEFINED', associationTypeId: back }]),
            unlabel: () =>
              talk('POST', '/crm/v4/associations/contacts/companies/batch/labels/archive', {
                inputs: [{ ...pair, types: [label] }],
              }),
            unlink: () => talk('DELETE', path),
          };
          const { status } = await replies[kind]();
          expect(status).toBeLessThan(500);
          if (status === 400) refused++;
        }
        const links = async (type: string, ids: readonly string[], to: string) => {
          const read = await talk('POST', `/crm/v4/associations/${type}/${to}/batch/read`, {
            inputs: ids.map((id) => ({ id })),
          });
          return results(read).flatMap((row) =>
            list(at(row, 'to')).flatMap((link) =>
              list(at(link, 'associationTypes')).map((each) => ({
                from: String(at(row, 'from', 'id')),
                to: String(at(link, 'toObjectId')),
                typeId: Number(at(each, 'typeId')) + (at(each, 'category') === 'USER_DEFINED' ? OWN_IDS : 0),
              })),
            ),
          );
        };
        const opposite = new Map([
          [279, 280],
          [1, 2],
          [forth + OWN_IDS, back + OWN_IDS],
        ]);
        const seen = await links('contacts', contacts, 'companies');
        const mirrored = await links('companies', companies, 'contacts');
        const words = (rows: typeof seen) => rows.map(({ from, to, typeId }) => `${from} ${to} ${typeId}`).sort();
        expect(words(mirrored)).toEqual(
          words(seen.map(({ from, to, typeId }) => ({ from: to, to: from, typeId: opposite.get(typeId) ?? 0 }))),
        );
        const most = (rows: typeof seen, typeId: number): number => {
          const own = rows.filter((row) => row.typeId === typeId).map(({ from }) => from);
          return Math.max(0, ...own.map((from) => own.filter((other) => other === from).length));
        };
        expect(most(seen, 279)).toBeLessThanOrEqual(LIMITS.unlabelled);
        expect(most(seen, forth + OWN_IDS)).toBeLessThanOrEqual(LIMITS.label);
        expect(most(seen, 1)).toBeLessThanOrEqual(1);
        expect(most(mirrored, 280)).toBeLessThanOrEqual(LIMITS.back);
        talk.portal.close();
      }),
      { numRuns: 25 },
    );
    expect(refused).toBeGreaterThan(0);
  });
});
