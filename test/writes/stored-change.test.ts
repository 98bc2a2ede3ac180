import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardTypes } from '../../src/crm/standard-types.ts';
import type { Change } from '../../src/writes/change.ts';
import { loadChange, recordsOf, storeChange } from '../../src/writes/stored-change.ts';

const objectType = fc.constantFrom(...standardTypes);
const id = fc.bigInt({ min: 1n, max: 10n ** 18n }).map(String);
// What the portal and HubSpot take for no name of a property: zod's records leave it out.
const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text !== '__proto__');
const properties = fc.dictionary(name, fc.string({ unit: 'binary' })).map((values) => ({ ...values }));
const recordId = fc.record({ objectType, id });
const types = fc.array(
  fc.record({
    category: fc.constantFrom('HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK'),
    typeId: fc.nat(),
    label: fc.option(fc.string(), { nil: null }),
  }),
  { maxLength: 3 },
);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('create' as const),
    objectType,
    properties,
    associations: fc.array(fc.record({ to: recordId, types }), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('update' as const), objectType, id, properties }),
  fc.record({ kind: fc.constant('upsert' as const), objectType, idProperty: name, value: name, properties }),
  fc.record({ kind: fc.constant('archive' as const), objectType, id }),
  fc.record({
    kind: fc.constant('merge' as const),
    objectType,
    id,
    loser: id,
    held: properties,
    expected: properties,
    brought: fc.array(name),
    lost: fc.array(name),
    undecided: fc.array(name),
  }),
  fc.record({ kind: fc.constantFrom('associate' as const), from: recordId, to: recordId, types }),
  fc.record({ kind: fc.constantFrom('dissociate' as const), from: recordId, to: recordId, types }),
  fc.record({ kind: fc.constant('define' as const), step: fc.constant('archive_property' as const), name, objectType }),
  fc.record({
    kind: fc.constant('define' as const),
    step: fc.constant('update_label' as const),
    name,
    from: objectType,
    to: objectType,
    typeId: fc.nat(),
    input: fc.record({ label: name }),
  }),
);

describe('a change in the journal', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(change, (written) => {
        const onDisk = JSON.parse(JSON.stringify(storeChange(written)));
        expect(loadChange(onDisk)).toEqual(written);
        expect(recordsOf({ ...written, ...loadChange(onDisk) })).toEqual(recordsOf(written));
      }),
    );
  });

  it('is small, and keeps of a custom type what it takes to send the change', () => {
    const [contacts] = standardTypes;
    if (contacts === undefined) throw new Error('There is no type.');
    const custom = { ...contacts, id: '2-100', name: 'cars', custom: true };
    const stored = storeChange({ kind: 'update', objectType: custom, id: '7', properties: { color: 'red' } });
    expect(JSON.stringify(stored).length).toBeLessThan(130);
    expect(loadChange(stored)).toMatchObject({ objectType: { id: '2-100', name: 'cars', custom: true } });
  });

  it('of another version is not guessed at', () => {
    const change = { kind: 'archive', objectType: { id: '0-1', name: 'contacts' }, id: '1' };
    expect(loadChange({ v: 1, change })).toMatchObject({ kind: 'archive', id: '1' });
    expect(loadChange({ v: 2, change })).toBeUndefined();
  });
});
