import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';

let crm: Connection;
let customId = '';
beforeAll(async () => {
  crm = await connect();
  const schema = await crm.hubspot.schemas.create({
    name: 'greenhouse',
    labels: { singular: 'Greenhouse', plural: 'Greenhouses' },
    primaryDisplayProperty: 'title',
    requiredProperties: ['title'],
    properties: [{ name: 'title', label: 'Title', type: 'string', fieldType: 'text' }],
    associatedObjects: ['CONTACT'],
  });
  customId = schema.objectTypeId;
});
afterAll(() => crm.close());

describe('list_object_types', () => {
  it('lists HubSpot’s types and the portal’s own, and what each cannot do', async () => {
    const { data } = await crm.call('list_object_types');
    const byName = new Map(rowsOf(data).map((row) => [row[0], row]));
    expect(byName.get('contacts')).toEqual(['contacts', '0-1', null, null, null]);
    expect(byName.get('deals')).toEqual(['deals', '0-3', null, null, 'pipeline dealstage']);
    expect(byName.get('feedback_submissions')?.[3]).toBe('create update archive');
    expect(byName.get('greenhouse')?.slice(0, 3)).toEqual(['greenhouse', customId, 'Greenhouses']);
  });

  it('tells what a type’s records can be associated with, and by which labels', async () => {
    const { data } = await crm.call('list_object_types', { objectType: 'contact', toObjectTypes: ['company'] });
    expect(data['associableTo']).toEqual(expect.arrayContaining(['companies', 'notes', 'greenhouse']));
    expect(data['associableTo']).not.toContain('products');
    expect(data['labels']).toMatchObject({
      rows: expect.arrayContaining([
        ['companies', null, 279, 'HUBSPOT_DEFINED'],
        ['companies', 'Primary', 1, 'HUBSPOT_DEFINED'],
      ]),
    });
  });

  it.each(['greenhouse', 'Greenhouses', 'GREENHOUSE'])('knows a custom object as %j', async (objectType) => {
    expect((await crm.call('list_object_types', { objectType })).data['rows']).toMatchObject([
      { 0: 'greenhouse', 1: customId },
    ]);
  });

  it('knows a custom object by its id and its full name', async () => {
    const [schema] = await crm.hubspot.schemas.list();
    for (const objectType of [customId, schema?.fullyQualifiedName]) {
      expect((await crm.call('list_object_types', { objectType })).data['rows']).toMatchObject([
        { 0: 'greenhouse', 1: customId },
      ]);
    }
  });

  it('answers an unknown type with the nearest', async () => {
    const { error } = await crm.call('list_object_types', { objectType: 'compnies' });
    expect(error).toMatchObject({ code: 'unknown_object_type', nearest: expect.arrayContaining(['companies']) });
  });
});
