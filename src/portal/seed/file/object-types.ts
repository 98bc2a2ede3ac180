/** How a portal file calls object types. */

import type { ObjectTypeFacts } from '../../facts/object-type.ts';
import { PORTAL, type Store } from '../../store/store.ts';
import { inside, list, object, type Place, PortalFileError, type Reader } from './read.ts';

/** The type that a word in the file means: name, id, or the bare name of a custom type. @throws PortalFileError */
export function typeNamed(store: Store, said: string, place: Place): ObjectTypeFacts {
  const bare = store.schemas.list(PORTAL).find(({ name }) => name.toLowerCase() === said.toLowerCase());
  const type = store.objectType(said) ?? (bare && store.objectType(bare.objectTypeId));
  if (type?.emulated) return type;
  const names = store
    .objectTypes()
    .filter(({ emulated }) => emulated)
    .map(({ name }) => name);
  throw new PortalFileError(
    place,
    `${JSON.stringify(said)} is no object type of this portal; there are ${names.join(', ')}. A custom one must be in "schemas".`,
  );
}

/** Goes through a member whose lists stand under object types. */
export function eachOfType<T>(
  store: Store,
  value: unknown,
  place: Place,
  item: Reader<T>,
  use: (type: ObjectTypeFacts, entries: readonly T[], place: Place) => void,
): void {
  for (const [said, entries] of Object.entries(object(value ?? {}, place))) {
    const at = inside(place, said);
    use(typeNamed(store, said, at), list(item)(entries, at), at);
  }
}
