import { ObjectTypePropertyCreateTypeEnum as Type } from '@hubspot/api-client/lib/codegen/crm/schemas/models/ObjectTypePropertyCreate.js';
import { describe, expect, test } from 'vitest';
import { hubspot, refusal } from './hubspot.ts';

const car = {
  name: 'car',
  labels: { singular: 'Car', plural: 'Cars' },
  primaryDisplayProperty: 'plate',
  secondaryDisplayProperties: [],
  requiredProperties: ['plate'],
  searchableProperties: ['plate'],
  properties: [{ name: 'plate', label: 'Plate', type: Type.String, fieldType: 'text' }],
  associatedObjects: ['CONTACT'],
  allowsSensitiveProperties: false,
};

describe('HubSpot’s client on schemas', () => {
  test('makes a type, reads it, changes it, and makes records of it', async () => {
    const { client } = await hubspot();
    const { coreApi } = client.crm.schemas;
    const made = await coreApi.create(car);
    const typeId = made.objectTypeId ?? '';
    expect(made).toMatchObject({ name: 'car', requiredProperties: ['plate'], archived: false });
    expect((await coreApi.getAll()).results.map(({ objectTypeId }) => objectTypeId)).toEqual([typeId]);
    expect((await coreApi.getById('p48213907_car')).properties.map(({ name }) => name)).toContain('plate');
    const changed = await coreApi.update(typeId, {
      labels: { singular: 'Vehicle', plural: 'Vehicles' },
      clearDescription: false,
    });
    expect(changed.labels).toEqual({ singular: 'Vehicle', plural: 'Vehicles' });
    const record = await client.crm.objects.basicApi.create(typeId, { properties: { plate: 'B-1' } });
    expect(record.properties['plate']).toBe('B-1');
    expect(await refusal(coreApi.archive(typeId))).toMatchObject({
      code: 400,
      body: { subCategory: 'ObjectSchemaError.EXISTING_OBJECT_RECORDS' },
    });
    await client.crm.objects.basicApi.archive(typeId, record.id);
    await coreApi.archive(typeId);
    expect((await coreApi.getAll(true)).results).toMatchObject([{ name: 'car', archived: true }]);
  });

  test('defines associations and takes them away', async () => {
    const { client } = await hubspot();
    const { coreApi } = client.crm.schemas;
    const { objectTypeId = '' } = await coreApi.create(car);
    const definition = { fromObjectTypeId: objectTypeId, toObjectTypeId: '0-3', name: 'car_to_deal' };
    const made = await coreApi.createAssociation(objectTypeId, definition);
    expect(made).toMatchObject({ fromObjectTypeId: objectTypeId, toObjectTypeId: '0-3', name: 'car_to_deal' });
    expect(await refusal(coreApi.createAssociation(objectTypeId, definition))).toMatchObject({ code: 409 });
    await coreApi.archiveAssociation(objectTypeId, made.id);
    expect((await coreApi.getById(objectTypeId)).associations.map(({ id }) => id)).not.toContain(made.id);
  });

  test('is refused a name in use, a display property that is none, and any type below Enterprise', async () => {
    const { client } = await hubspot();
    const { coreApi } = client.crm.schemas;
    await coreApi.create(car);
    expect(await refusal(coreApi.create(car))).toMatchObject({
      code: 409,
      body: { category: 'OBJECT_ALREADY_EXISTS' },
    });
    expect(await refusal(coreApi.create({ ...car, name: 'boat', primaryDisplayProperty: 'sail' }))).toMatchObject({
      code: 400,
      body: { message: 'Invalid primary display property sail' },
    });
    const small = await hubspot({ tier: 'professional' });
    expect(await refusal(small.client.crm.schemas.coreApi.create(car))).toMatchObject({ code: 403 });
  });
});
