import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapColumns, readMap, type Wishes } from '../../src/commands/demo/mapping.ts';

const property = (name: string, label = '', readOnly = false) => ({ name, label, readOnly });
const properties = [
  property('name', 'Company name'),
  property('phone', 'Phone Number'),
  property('hs_object_id', 'Record ID', true),
  property('address', 'Street Address'),
];
const wishes: Wishes = { said: new Map(), nameProperty: 'name', key: undefined };
const pairs = (header: string[], said: Partial<Wishes> = {}) =>
  mapColumns(header, properties, { ...wishes, ...said }).columns.map(
    ({ column, property: into }) => `${column}>${into}`,
  );

describe('Columns', () => {
  it('go into the property of their name or label, whatever their case and punctuation', () => {
    expect(pairs(['PHONE', 'street-address', 'Company Name'])).toEqual([
      'PHONE>phone',
      'street-address>address',
      'Company Name>name',
    ]);
  });

  it('never go into a property that HubSpot sets itself', () => {
    expect(pairs(['Record ID', 'hs_object_id'])).toEqual([]);
  });

  it('that end in "name" give the records their name where none is called like it, the first one only', () => {
    expect(pairs(['Program Name', 'Site name'])).toEqual(['Program Name>name']);
    expect(pairs(['Site name', 'Name'])).toEqual(['Name>name']);
    expect(pairs(['Surname'])).toEqual([]);
  });

  it('of a key that is called like no property get a property of their own', () => {
    expect(pairs(['Système Id'], { key: 'Système Id' })).toEqual(['Système Id>import_systeme_id']);
    expect(pairs(['Phone'], { key: 'Phone' })).toEqual(['Phone>phone']);
  });

  it('go where they are told, and nowhere when told so', () => {
    expect(pairs(['Phone', 'Name'], { said: readMap('Phone=address,Name=') })).toEqual(['Phone>address']);
  });

  it.each([
    ['a property that is not there', 'Name=nmae', 'there is no property nmae.'],
    ['a property that HubSpot sets itself', 'Name=hs_object_id', 'hs_object_id is read-only'],
    ['the property of another column', 'Name=phone,Phone=phone', 'both "Name" and "Phone" to phone'],
  ])('cannot be sent to %s', (_, map, message) => {
    expect(() => pairs(['Name', 'Phone'], { said: readMap(map) })).toThrow(message);
  });

  it('of a key cannot be sent to a property that HubSpot sets itself, and may be sent to one that is to be made', () => {
    expect(() => pairs(['Id'], { said: readMap('Id=hs_object_id'), key: 'Id' })).toThrow('hs_object_id is read-only');
    expect(pairs(['Id'], { said: readMap('Id=import_number'), key: 'Id' })).toEqual(['Id>import_number']);
  });

  it('never meet in one property', () => {
    const names = fc.uniqueArray(fc.constantFrom('Name', 'name', 'Company name', 'Site name', 'Phone', 'phone number'));
    fc.assert(
      fc.property(names, (header) => {
        const into = mapColumns(header, properties, wishes).columns.map((mapped) => mapped.property);
        expect(new Set(into).size).toBe(into.length);
      }),
    );
  });
});

describe('--map', () => {
  it('takes pairs, spaces around them, and quoted columns with commas and equals signs', () => {
    expect([...readMap('A=b, Other column = c ,"Fax, old=1"=d')]).toEqual([
      ['A', 'b'],
      ['Other column', 'c'],
      ['Fax, old=1', 'd'],
    ]);
    expect([...readMap('')]).toEqual([]);
  });

  it.each(['A', 'A=b,C', '=b', 'A=b=c'])('refuses %j', (text) => {
    expect(() => readMap(text)).toThrow('Write it as');
  });
});
