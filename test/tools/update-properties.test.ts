import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
  await crm.hubspot.properties.createGroup('contacts', { name: 'fleet', label: 'Fleet' });
  await crm.hubspot.properties.create('contacts', {
    name: 'car_size',
    label: 'Size',
    groupName: 'fleet',
    type: 'enumeration',
    fieldType: 'select',
    options: [{ label: 'Big', value: 'b', displayOrder: 0, hidden: false }],
  });
});
afterAll(() => crm.close());

const update = (args: Record<string, unknown>) => crm.call('update_properties', { objectType: 'contacts', ...args });
const carSize = () => crm.hubspot.properties.get('contacts', 'car_size');

describe('update_properties', () => {
  it('adds options without losing those there are', async () => {
    await update({
      properties: [
        {
          name: 'car_size',
          addOptions: [
            { label: 'Small', value: 's' },
            { label: 'Big', value: 'b' },
          ],
        },
      ],
    });
    expect((await carSize()).options?.map(({ value }) => value)).toEqual(['b', 's']);
  });

  it('replaces all options when asked to, and changes the words', async () => {
    await update({ properties: [{ name: 'Size', label: 'Car size', options: [{ label: 'Huge', value: 'h' }] }] });
    expect(await carSize()).toMatchObject({ label: 'Car size', options: [{ label: 'Huge', value: 'h' }] });
  });

  it('renames a group', async () => {
    await update({ groups: [{ name: 'fleet', label: 'Vehicles' }] });
    expect(await crm.hubspot.properties.groups('contacts')).toContainEqual(
      expect.objectContaining({ name: 'fleet', label: 'Vehicles' }),
    );
  });

  it('refuses rows that change nothing, and names that do not exist', async () => {
    const { data } = await update({ properties: [{ name: 'car_size' }, { name: 'car_sise', label: 'x' }] });
    expect(data).toMatchObject({
      applied: 0,
      failed: [
        { index: 0, code: 'nothing_to_write' },
        { index: 1, code: 'unknown_property', nearest: expect.arrayContaining(['car_size']) },
      ],
    });
  });
});
