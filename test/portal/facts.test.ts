import { describe, expect, test } from 'vitest';
import {
  associationType,
  associationTypes,
  associationTypesBetween,
} from '../../src/portal/facts/association-types.ts';
import { defaultPipelines } from '../../src/portal/facts/default-pipelines.ts';
import { defaultDefinitions } from '../../src/portal/facts/default-properties.ts';
import { objectTypes, standardObjectType } from '../../src/portal/facts/object-types.ts';

/** HubSpot's page names these in one direction only; none of them lies between two types that the portal serves. */
const oneWay = [32, 278, 313, 333, 521, 571, 679, 691, 809, 1252, 1261, 1304];

describe('association types', () => {
  test('every type has an opposite that leads back, or is known to be named in one direction only', () => {
    const without = associationTypes.filter((type) => type.inverseTypeId === undefined);
    expect(without.map((type) => type.typeId).sort((a, b) => a - b)).toEqual(oneWay);
    const astray = associationTypes.filter((type) => {
      if (type.inverseTypeId === undefined) return false;
      const inverse = associationType(type.inverseTypeId);
      return inverse?.from !== type.to || inverse.to !== type.from || inverse.inverseTypeId !== type.typeId;
    });
    expect(astray).toEqual([]);
  });

  test('between two types that the portal serves, nothing goes one way only', () => {
    const served = new Set(objectTypes.filter((type) => type.emulated).map((type) => type.id));
    const oneSided = associationTypes.filter(
      (type) => served.has(type.from) && served.has(type.to) && type.inverseTypeId === undefined,
    );
    expect(oneSided).toEqual([]);
  });

  test('ids are unique, and a pair of types has at most one association without a label', () => {
    expect(new Set(associationTypes.map((type) => type.typeId)).size).toBe(associationTypes.length);
    const ambiguous = associationTypes.filter(
      (type) => associationTypesBetween(type.from, type.to).filter((other) => other.label === null).length !== 1,
    );
    expect(ambiguous).toEqual([]);
  });

  test('a contact has one primary company, and a company any number of contacts it is primary for', () => {
    expect(associationType(1)).toMatchObject({
      from: '0-1',
      to: '0-2',
      label: 'Primary',
      single: true,
      inverseTypeId: 2,
    });
    expect(associationType(2)).toMatchObject({
      from: '0-2',
      to: '0-1',
      label: 'Contact with Primary Company',
      single: false,
    });
    expect(associationType(13)).toMatchObject({ label: 'Child Company', inverseTypeId: 14 });
  });
});

describe('object types', () => {
  test('a type is found by id, plural, singular and in any case', () => {
    for (const said of ['0-1', 'contacts', 'contact', 'CONTACT', 'Contacts']) {
      expect(standardObjectType(said)?.id).toBe('0-1');
    }
    expect(standardObjectType('toString')).toBeUndefined();
  });

  test('no two types answer to one segment', () => {
    const segments = objectTypes.flatMap((type) => [...new Set([type.id, type.name, type.singular, ...type.aliases])]);
    expect(segments.filter((segment, at) => segments.indexOf(segment) !== at)).toEqual([]);
  });
});

describe('default properties', () => {
  const served = objectTypes.filter((type) => type.emulated);

  test('every served type has the properties that it returns, searches, requires and dates itself by', () => {
    const missing = served.flatMap((type) => {
      const names = new Set(defaultDefinitions(type.id).properties.map((property) => property.name));
      const { pipelineProperty, stageProperty } = type.pipelines ?? {};
      const needed = [type.returned, type.searched, ...type.required, type.primaryDisplayProperty, 'hubspot_owner_id'];
      return [...needed.flat(), pipelineProperty, stageProperty]
        .filter((name) => name !== undefined && !names.has(name))
        .map((name) => `${type.name}.${name}`);
    });
    expect(missing).toEqual([]);
  });

  test('every property belongs to a group of its type, and every enumeration has options or says where they are', () => {
    const wrong = served.flatMap((type) => {
      const { groups, properties } = defaultDefinitions(type.id);
      return properties
        .filter((property) => {
          const values = new Set(property.options.map((option) => option.value));
          return (
            !/^[a-z][a-z0-9_]*$/.test(property.name) ||
            property.label === '' ||
            !groups.some((group) => group.name === property.groupName && group.label !== '') ||
            (property.type === 'enumeration' && values.size === 0 && !property.externalOptions) ||
            values.size !== property.options.length
          );
        })
        .map((property) => `${type.name}.${property.name}`);
    });
    expect(wrong).toEqual([]);
  });

  test('a contact has the recorded properties, and HubSpot computes some of them', () => {
    const properties = new Map(defaultDefinitions('0-1').properties.map((property) => [property.name, property]));
    expect(properties.size).toBeGreaterThan(340);
    expect(properties.get('lifecyclestage')?.options.map((option) => option.value)).toEqual([
      'subscriber',
      'lead',
      'marketingqualifiedlead',
      'salesqualifiedlead',
      'opportunity',
      'customer',
      'evangelist',
      'other',
    ]);
    expect(properties.get('email')?.modificationMetadata.readOnlyValue).toBe(false);
    expect(properties.get('hs_object_id')?.modificationMetadata.readOnlyValue).toBe(true);
    expect(properties.get('hs_v2_date_entered_customer')?.label).toContain('Customer');
  });
});

test('the default pipelines are those of a new account', () => {
  const at = '2026-01-01T00:00:00.000Z';
  const [sales] = defaultPipelines('0-3', at);
  expect(sales?.stages.map((stage) => [stage.id, stage.metadata.probability])).toContainEqual(['contractsent', '0.9']);
  expect(defaultPipelines('0-5', at)[0]?.stages.map((stage) => stage.label)).toEqual([
    'New',
    'Waiting on contact',
    'Waiting on us',
    'Closed',
  ]);
  expect(defaultPipelines('0-1', at)).toEqual([]);
});
