import {
  PropertyCreateFieldTypeEnum as FieldType,
  PropertyCreateTypeEnum as Type,
} from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import { describe, expect, test } from 'vitest';
import { hubspot, refusal } from './hubspot.ts';

const seats = {
  name: 'seats',
  label: 'Seats',
  type: Type.Number,
  fieldType: FieldType.Number,
  groupName: 'companyinformation',
};

describe('HubSpot’s client on properties', () => {
  test('makes, reads, changes and archives one', async () => {
    const { client } = await hubspot();
    const { coreApi } = client.crm.properties;
    const made = await coreApi.create('companies', { ...seats, description: 'How many' });
    expect(made).toMatchObject({ name: 'seats', hubspotDefined: false, calculated: false, description: 'How many' });
    expect((await coreApi.getByName('companies', 'seats')).createdAt).toBeInstanceOf(Date);
    expect((await coreApi.update('companies', 'seats', { label: 'Places' })).label).toBe('Places');
    expect((await coreApi.getAll('companies')).results.map(({ name }) => name)).toContain('seats');
    await coreApi.archive('companies', 'seats');
    expect((await coreApi.getAll('companies', true)).results).toMatchObject([{ name: 'seats', archived: true }]);
    expect(await refusal(coreApi.getByName('companies', 'seats'))).toMatchObject({
      code: 404,
      body: { category: 'OBJECT_NOT_FOUND' },
    });
  });

  test('is refused a name in use, a field type that does not fit, and an unknown group', async () => {
    const { client } = await hubspot();
    const { coreApi } = client.crm.properties;
    await coreApi.create('companies', seats);
    expect(await refusal(coreApi.create('companies', seats))).toMatchObject({
      code: 409,
      body: { message: "A property named 'seats' already exists.", category: 'OBJECT_ALREADY_EXISTS' },
    });
    const other = { ...seats, name: 'other' };
    expect(await refusal(coreApi.create('companies', { ...other, fieldType: FieldType.Select }))).toMatchObject({
      code: 400,
      body: { category: 'VALIDATION_ERROR', subCategory: 'PropertyValidationError.INVALID_FIELD_TYPE' },
    });
    expect(await refusal(coreApi.create('companies', { ...other, groupName: 'nowhere' }))).toMatchObject({
      code: 400,
      body: { subCategory: 'PropertyGroupError.GROUP_DOES_NOT_EXIST', context: { groupName: ['nowhere'] } },
    });
    expect(await refusal(coreApi.archive('companies', 'name'))).toMatchObject({
      code: 400,
      body: { subCategory: 'PropertyValidationError.CANNOT_DELETE_HUBSPOT_DEFINED_PROPERTY' },
    });
  });

  test('works in batches, and hears of what failed in one', async () => {
    const { client } = await hubspot();
    const { batchApi } = client.crm.properties;
    const made = await batchApi.create('companies', { inputs: [seats, { ...seats, name: 'name' }] });
    expect(made).toMatchObject({ status: 'COMPLETE', numErrors: 1, results: [{ name: 'seats' }] });
    const inputs = [{ name: 'seats' }, { name: 'domain' }];
    const found = await batchApi.read('companies', { inputs, archived: false });
    expect(found.results.map(({ name }) => name)).toEqual(['seats', 'domain']);
    await batchApi.archive('companies', { inputs: [{ name: 'seats' }] });
    const gone = { inputs: [{ name: 'seats' }], archived: false };
    expect(await batchApi.read('companies', gone)).toMatchObject({ numErrors: 1, results: [] });
  });

  test('keeps groups', async () => {
    const { client } = await hubspot();
    const { groupsApi, coreApi } = client.crm.properties;
    await groupsApi.create('companies', { name: 'billing', label: 'Billing', displayOrder: 3 });
    expect(await groupsApi.getByName('companies', 'billing')).toMatchObject({ label: 'Billing', displayOrder: 3 });
    expect((await groupsApi.update('companies', 'billing', { label: 'Bills' })).label).toBe('Bills');
    expect((await groupsApi.getAll('companies')).results.map(({ name }) => name)).toContain('billing');
    await coreApi.create('companies', { ...seats, groupName: 'billing' });
    const { code, body } = await refusal(groupsApi.archive('companies', 'billing'));
    expect([code, JSON.stringify(body)]).toEqual([400, expect.stringContaining('GROUP_WITH_ACTIVE_PROPERTIES')]);
    await coreApi.archive('companies', 'seats');
    await groupsApi.archive('companies', 'billing');
    expect(await refusal(groupsApi.getByName('companies', 'billing'))).toMatchObject({ code: 404 });
  });

  test('defines a formula that holds for records that are there and records to come', async () => {
    const { client } = await hubspot();
    const { coreApi } = client.crm.properties;
    const create = (properties: Record<string, string>) => client.crm.companies.basicApi.create({ properties });
    await coreApi.create('companies', seats);
    const before = await create({ name: 'Ada', seats: '4' });
    const formula = {
      ...seats,
      name: 'size',
      label: 'Size',
      type: Type.String,
      fieldType: FieldType.CalculationEquation,
      calculationFormula: 'if seats > 10 then "large" else concatenate("small, ", number_to_string(2seats)) endif',
    };
    expect(await coreApi.create('companies', formula)).toMatchObject({ calculated: true });
    const after = await create({ name: 'Babbage', seats: '11' });
    const read = async (id: string) => (await client.crm.companies.basicApi.getById(id, ['size'])).properties['size'];
    expect([await read(before.id), await read(after.id)]).toEqual(['small, 8', 'large']);
    await client.crm.companies.basicApi.update(after.id, { properties: { seats: '1' } });
    expect(await read(after.id)).toBe('small, 2');
    await coreApi.update('companies', 'size', { calculationFormula: 'string(name)' });
    expect([await read(before.id), await read(after.id)]).toEqual(['Ada', 'Babbage']);
    expect(
      await refusal(client.crm.companies.basicApi.update(after.id, { properties: { size: 'huge' } })),
    ).toMatchObject({ code: 400, body: { errors: [{ code: 'READ_ONLY_VALUE' }] } });
  });

  test.each([
    ['seats +', /unexpected the end/],
    ['nothing + 1', /Property nothing of the calculation formula does not exist/],
    ['"a" + seats', /cannot be between a string and a number/],
    ['if bool(name) then 1 else 2', /cannot be used as a bool/],
    ['average(seats, 1)', /no function average/],
    ['twice / 2', /depends on itself: twice -> twice/],
  ])('is refused the formula %s', async (calculationFormula, message) => {
    const { client } = await hubspot();
    const { coreApi } = client.crm.properties;
    await coreApi.create('companies', seats);
    const twice = {
      ...seats,
      name: 'twice',
      fieldType: FieldType.CalculationEquation,
      calculationFormula: 'seats * 2',
    };
    await coreApi.create('companies', twice);
    const { code, body } = await refusal(coreApi.update('companies', 'twice', { calculationFormula }));
    expect(code).toBe(400);
    expect(body).toMatchObject({ category: 'VALIDATION_ERROR', message: expect.stringMatching(message) });
    expect((await coreApi.getByName('companies', 'twice')).calculationFormula).toBe('seats * 2');
  });
});
