import { describe, expect, test } from 'vitest';
import {
  associationType,
  associationTypes,
  associationTypesBetween,
} from '../../src/portal/facts/association-types.ts';
import { objectTypes, standardObjectType } from '../../src/portal/facts/object-types.ts';

/** HubSpot's page names these in one direction only; none of them lies between two types that the portal serves. */
const oneWay = new Set([
  ...[313, 32, 278, 809, 333, 986, 691, 679, 428, 393, 286, 571, 1345, 565, 521, 728, 594, 369, 1299],
  ...[1261, 1304, 1252, 1250, 1255],
]);

describe('association types', () => {
  test('every type has an opposite that leads back, or is known to be named in one direction only', () => {
    for (const type of associationTypes) {
      if (oneWay.has(type.typeId)) {
        expect(type.inverseTypeId, String(type.typeId)).toBeUndefined();
        continue;
      }
      const inverse = associationType(type.inverseTypeId ?? 0);
      expect(inverse, `${type.typeId} from ${type.from} to ${type.to}`).toMatchObject({
        from: type.to,
        to: type.from,
        inverseTypeId: type.typeId,
      });
    }
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
    for (const type of associationTypes) {
      const unlabelled = associationTypesBetween(type.from, type.to).filter((other) => other.label === null);
      expect(unlabelled.length, `${type.from} to ${type.to}`).toBe(1);
    }
  });

  test('a contact has one primary company, and a company any number of contacts it is primary for', () => {
    expect(associationType(1)).toMatchObject({
      from: '0-1',
      to: '0-2',
      label: 'Primary',
      single: true,
      inverseTypeId: 2,
    });
    expect(associationType(2)).toMatchObject({ from: '0-2', to: '0-1', label: 'Primary', single: false });
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
    const segments = objectTypes.flatMap((type) => [type.id, type.name, type.singular, ...type.aliases]);
    const shared = segments.filter((segment, at) => segments.indexOf(segment) !== at);
    expect(shared).toEqual(['postal_mail']);
  });
});
