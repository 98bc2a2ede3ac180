import { beforeEach, describe, expect, test } from 'vitest';
import { at, results, type Talk, talkTo } from './talk.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await talkTo();
});

const BASE = '/crm-object-schemas/2026-09/schemas';
const car = {
  name: 'Car',
  labels: { singular: 'Car', plural: 'Cars' },
  primaryDisplayProperty: 'plate',
  requiredProperties: ['plate'],
  searchableProperties: ['plate'],
  properties: [
    { name: 'plate', label: 'Plate', type: 'string', fieldType: 'text', hasUniqueValue: true },
    { name: 'seats', label: 'Seats', type: 'number', fieldType: 'number' },
  ],
  associatedObjects: ['CONTACT'],
};

async function madeCar(): Promise<string> {
  return String(at((await talk('POST', BASE, car)).body, 'objectTypeId'));
}

describe('a custom object type', () => {
  test('comes with its properties, a group, HubSpot’s own properties, and associations with activities', async () => {
    const made = await talk('POST', BASE, car);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Car', fullyQualifiedName: 'p48213907_Car', archived: false });
    expect(at(made.body, 'objectTypeId')).toMatch(/^2-\d+$/);
    const names = [at(made.body, 'properties')].flat().map((property) => at(property, 'name'));
    expect(names).toEqual(expect.arrayContaining(['plate', 'seats', 'hs_object_id', 'hubspot_owner_id']));
    expect(names).not.toContain('hs_pipeline');
    const id = String(at(made.body, 'objectTypeId'));
    const targets = new Set(
      [at(made.body, 'associations')].flat().map((association) => at(association, 'toObjectTypeId')),
    );
    expect(targets).toEqual(new Set([id, '0-1', '0-18', '0-27', '0-46', '0-47', '0-48', '0-49', '0-116']));
    expect(results(await talk('GET', `/crm/v3/properties/${id}/groups`))).toMatchObject([
      { name: 'Car_information', label: 'Car Information' },
    ]);
  });

  test.each(['Two\nlines', 'A\nhidden | Hidden | string text', '[x] | ]'])(
    'keeps the label %j as it is',
    async (singular) => {
      const made = await talk('POST', BASE, { ...car, labels: { singular, plural: 'Cars' } });
      expect(made.status).toBe(201);
      const names = [at(made.body, 'properties')].flat().map((property) => at(property, 'name'));
      expect(names).not.toContain('hidden');
      expect(
        results(await talk('GET', `/crm/v3/properties/${String(at(made.body, 'objectTypeId'))}/groups`)),
      ).toMatchObject([{ name: 'Car_information', label: `${singular} Information` }]);
    },
  );

  test('holds records under its id and its full name, in any case, but not under its bare name', async () => {
    const id = await madeCar();
    const made = await talk('POST', `/crm/v3/objects/${id}`, { properties: { plate: 'B-1', seats: '4' } });
    expect(made.status).toBe(201);
    const record = String(at(made.body, 'id'));
    for (const path of ['p48213907_car', 'p_Car', id]) {
      expect((await talk('GET', `/crm/v3/objects/${path}/${record}`)).status).toBe(200);
    }
    const bare = await talk('GET', `/crm/v3/objects/Car/${record}`);
    expect([bare.status, at(bare.body, 'message')]).toEqual([400, 'Unable to infer object type from: Car']);
    expect((await talk('POST', `/crm/v3/objects/${id}`, { properties: { seats: '4' } })).status).toBe(400);
  });

  test('can be linked with what its schema names, and with more once that is defined', async () => {
    const id = await madeCar();
    const create = (type: string, properties: object) => talk('POST', `/crm/v3/objects/${type}`, { properties });
    const ids = await Promise.all([
      create(id, { plate: 'B-1' }),
      create('contacts', { lastname: 'A' }),
      create('companies', { name: 'B' }),
    ]);
    const [one, contact, company] = ids.map((reply) => String(at(reply.body, 'id')));
    const link = (type: string, to = '') =>
      talk('PUT', `/crm/v4/objects/${id}/${one}/associations/default/${type}/${to}`);
    expect((await link('contacts', contact)).status).toBe(200);
    expect((await link('companies', company)).status).toBe(400);
    const users = { fromObjectTypeId: id, toObjectTypeId: '0-115' };
    expect((await talk('POST', `${BASE}/${id}/associations`, users)).status).toBe(400);
    const defined = await talk('POST', `${BASE}/${id}/associations`, {
      fromObjectTypeId: id,
      toObjectTypeId: '0-2',
      name: 'car_to_company',
    });
    expect(defined.status).toBe(201);
    expect(defined.body).toMatchObject({ fromObjectTypeId: id, toObjectTypeId: '0-2', name: 'car_to_company' });
    expect((await link('companies', company)).status).toBe(200);
    expect((await talk('DELETE', `${BASE}/${id}/associations/${String(at(defined.body, 'id'))}`)).status).toBe(204);
    expect((await link('companies', company)).status).toBe(400);
  });

  test('gets pipeline properties with its first pipeline', async () => {
    const id = await madeCar();
    const stages = [{ label: 'New', displayOrder: 0, metadata: {} }];
    const made = await talk('POST', `/crm/v3/pipelines/${id}`, { label: 'Sales', displayOrder: 0, stages });
    expect(at(made.body, 'stages', 0, 'metadata')).toEqual({ isClosed: 'false', state: 'OPEN' });
    const stage = String(at(made.body, 'stages', 0, 'id'));
    const record = { plate: 'B-1', hs_pipeline: String(at(made.body, 'id')), hs_pipeline_stage: stage };
    expect((await talk('POST', `/crm/v3/objects/${id}`, { properties: record })).status).toBe(201);
  });

  test.each([
    ['a name with a space', { ...car, name: 'My car' }, 400, 'InboundDbObjectTypeError.OBJECT_TYPE_NAME_FORMAT'],
    [
      'no display property',
      { ...car, primaryDisplayProperty: undefined },
      400,
      'ObjectSchemaError.PRIMARY_DISPLAY_PROPERTY_REQUIRED',
    ],
    [
      'a display property that it does not have',
      { ...car, primaryDisplayProperty: 'colour' },
      400,
      'ObjectSchemasSandboxesSyncErrorType.INVALID_PRIMARY_DISPLAY_PROPERTY',
    ],
    [
      'a required property that it does not have',
      { ...car, requiredProperties: ['colour'] },
      400,
      'ObjectSchemasSandboxesSyncErrorType.INVALID_REQUIRED_PROPERTIES',
    ],
    ['an object that takes no associations', { ...car, associatedObjects: ['PRODUCT'] }, 400, undefined],
    ['an object that does not exist', { ...car, associatedObjects: ['PLANE'] }, 400, undefined],
  ])('%s is refused and leaves nothing behind', async (_, body, status, subCategory) => {
    const reply = await talk('POST', BASE, body);
    expect([reply.status, at(reply.body, 'subCategory')]).toEqual([status, subCategory]);
    expect(results(await talk('GET', BASE))).toEqual([]);
  });

  test('a name in use is a conflict, whatever its case', async () => {
    await madeCar();
    const again = await talk('POST', BASE, { ...car, name: 'CAR' });
    expect([again.status, at(again.body, 'subCategory')]).toEqual([
      409,
      'InboundDbObjectTypeError.OBJECT_TYPE_ALREADY_EXIST',
    ]);
  });

  test('a patch changes labels and display, and never the name', async () => {
    const id = await madeCar();
    const patched = await talk('PATCH', `${BASE}/${id}`, {
      name: 'Truck',
      labels: { plural: 'Autos' },
      secondaryDisplayProperties: ['seats'],
      description: 'A car',
    });
    expect(patched.body).toMatchObject({
      name: 'Car',
      labels: { singular: 'Car', plural: 'Autos' },
      secondaryDisplayProperties: ['seats'],
      description: 'A car',
    });
    expect((await talk('PATCH', `${BASE}/${id}`, { secondaryDisplayProperties: ['wings'] })).status).toBe(400);
    expect((await talk('PATCH', `${BASE}/${id}`, { clearDescription: true })).body).not.toHaveProperty('description');
    expect((await talk('PATCH', `${BASE}/0-1`, { labels: { plural: 'Leute' } })).status).toBe(400);
  });

  test('is archived when it holds no records, purged after that, and its name is free again', async () => {
    const id = await madeCar();
    const record = await talk('POST', `/crm/v3/objects/${id}`, { properties: { plate: 'B-1' } });
    const refused = await talk('DELETE', `${BASE}/${id}`);
    expect([refused.status, at(refused.body, 'subCategory')]).toEqual([
      400,
      'ObjectSchemaError.EXISTING_OBJECT_RECORDS',
    ]);
    await talk('DELETE', `/crm/v3/objects/${id}/${String(at(record.body, 'id'))}`);
    expect((await talk('DELETE', `${BASE}/${id}?archived=true`)).status).toBe(400);
    expect((await talk('DELETE', `${BASE}/${id}`)).status).toBe(204);
    expect(results(await talk('GET', BASE))).toEqual([]);
    expect(results(await talk('GET', `${BASE}?archived=true`))).toMatchObject([{ objectTypeId: id, archived: true }]);
    expect((await talk('GET', `/crm/v3/objects/${id}`)).status).toBe(400);
    const again = await talk('POST', BASE, { ...car, name: 'car' });
    expect(again.status).toBe(201);
    expect(results(await talk('GET', `${BASE}?archived=true`))).toEqual([]);
    expect((await talk('DELETE', `${BASE}/${id}?archived=true`)).status).toBe(400);
  });
});

describe('reading schemas', () => {
  test('HubSpot’s own types have one too, with their associations', async () => {
    const contact = await talk('GET', `${BASE}/contacts?includePropertyDefinitions=false`);
    expect(contact.body).toMatchObject({ objectTypeId: '0-1', properties: [], labels: { plural: 'Contacts' } });
    expect(at(contact.body, 'associations')).toContainEqual(
      expect.objectContaining({ id: '1', fromObjectTypeId: '0-1', toObjectTypeId: '0-2' }),
    );
    expect((await talk('GET', `${BASE}/widgets`)).status).toBe(404);
  });

  test('the legacy path means the same', async () => {
    await madeCar();
    expect((await talk('GET', '/crm/v3/schemas')).body).toEqual((await talk('GET', BASE)).body);
  });
});
