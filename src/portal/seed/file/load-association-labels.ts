/** Association labels of a portal file, and the unlabelled associations of its custom objects. */

import { standardObjectType } from '../../facts/object-types.ts';
import type { Store } from '../../store/store.ts';
import type { LoadedSchema } from './load-schemas.ts';
import { typeNamed } from './object-types.ts';
import { inside, type Place, PortalFileError } from './read.ts';
import type { associationLabel } from './read-definitions.ts';

export function loadAssociationLabels(
  store: Store,
  labels: readonly ReturnType<typeof associationLabel>[],
  place: Place,
  schemas: readonly LoadedSchema[],
): void {
  const taken = new Map<number, Place>();
  const take = (typeId: number, at: Place) => {
    if (typeId < 1) throw new PortalFileError(at, 'an association type has an id of 1 or more.');
    if (taken.has(typeId)) throw new PortalFileError(at, `another association label has the id ${typeId}, too.`);
    taken.set(typeId, at);
  };
  // Those that have an id come first, so that new ids are behind them.
  const ordered = [...labels.entries()].sort(
    ([, a], [, b]) => Number(a.typeId === undefined) - Number(b.typeId === undefined),
  );
  for (const [i, read] of ordered) {
    const at = inside(place, i);
    const from = typeNamed(store, read.fromObjectType, inside(at, 'fromObjectType')).id;
    const to = typeNamed(store, read.toObjectType, inside(at, 'toObjectType')).id;
    // HubSpot's own are there without being told.
    if (read.category !== undefined && read.category !== 'USER_DEFINED') continue;
    const { typeId, label = null } = read;
    const possible = store.associationTypes.unlabelled(from, to) !== undefined;
    if (!possible && [from, to].every((id) => standardObjectType(id))) {
      throw new PortalFileError(at, `${read.fromObjectType} and ${read.toObjectType} cannot be associated in HubSpot.`);
    }
    const name = read.name ?? (label ?? 'unlabelled').toLowerCase().replaceAll(/\W+/g, '_');
    if (typeId === undefined) {
      store.associationTypes.define(from, to, { name, label, inverseLabel: read.inverseLabel });
      continue;
    }
    const inverseTypeId = read.inverseTypeId ?? typeId;
    take(typeId, inside(at, 'typeId'));
    store.associationTypes.put(from, to, { typeId, name, label, inverseTypeId });
    if (inverseTypeId === typeId && from === to) continue;
    if (inverseTypeId !== typeId) take(inverseTypeId, inside(at, 'inverseTypeId'));
    const inverseLabel = read.inverseLabel ?? label;
    store.associationTypes.put(to, from, { typeId: inverseTypeId, name, label: inverseLabel, inverseTypeId: typeId });
  }
  for (const { type, associatedObjects, place: at } of schemas) {
    const activities = store.objectTypes().filter((other) => other.activity && other.emulated);
    const others = associatedObjects.map((said, i) =>
      typeNamed(store, said, inside(inside(at, 'associatedObjects'), i)),
    );
    for (const other of [...activities, ...others]) {
      if (store.associationTypes.unlabelled(type.id, other.id)) continue;
      store.associationTypes.define(type.id, other.id, { name: `${type.singular}_to_${other.singular}`, label: null });
    }
  }
}
