/** Which records of a portal file belong together. */

import type { AssociationType } from '../../store/association-types.ts';
import type { Store } from '../../store/store.ts';
import type { LoadProgress } from './load.ts';
import { typeNamed } from './object-types.ts';
import {
  inside,
  integer,
  list,
  optional,
  type Place,
  PortalFileError,
  type Reader,
  recordId,
  shape,
  word,
} from './read.ts';

type TypeId = { readonly category?: string; readonly typeId: number };

const wholeTypeId = shape({ category: word, typeId: integer }, 'open');

const typeId: Reader<TypeId> = (value, place) =>
  typeof value === 'object' ? wholeTypeId(value, place) : { typeId: integer(value, place) };

const named = shape(
  { fromObjectType: word, fromId: recordId, toObjectType: word, toId: recordId, typeIds: optional(list(typeId)) },
  'closed',
);

const names = ['fromObjectType', 'fromId', 'toObjectType', 'toId', 'typeIds'] as const;

/** A row `[from type, from id, to type, to id, [type ids]]`, or an object with these names. */
const row: Reader<ReturnType<typeof named>> = (value, place) => {
  if (!Array.isArray(value)) return named(value, place);
  if (value.length < 4 || value.length > 5) {
    throw new PortalFileError(place, `expected [${names.join(', ')}], the last of which may be left out.`);
  }
  return named(Object.fromEntries(value.map((cell: unknown, i) => [names[i], cell])), place);
};

/** How many associations there are between two words about the progress. */
const STEP = 1000;

export function loadAssociations(store: Store, value: unknown, place: Place, progress: LoadProgress): void {
  const given = list((entry) => entry)(value, place);
  const types = new Map<string, string>();
  const typeOf = (said: string, at: Place): string => {
    const known = types.get(said) ?? typeNamed(store, said, at).id;
    types.set(said, known);
    return known;
  };
  for (const [i, entry] of given.entries()) {
    const at = inside(place, i);
    const read = row(entry, at);
    const from = { typeId: typeOf(read.fromObjectType, at), id: read.fromId };
    const to = { typeId: typeOf(read.toObjectType, at), id: read.toId };
    for (const [end, said] of [
      [from, read.fromObjectType],
      [to, read.toObjectType],
    ] as const) {
      if (store.records.get(end.typeId, end.id)?.id !== end.id) {
        throw new PortalFileError(at, `there is no record ${end.id} in records.${said}.`);
      }
    }
    if (from.typeId === to.typeId && from.id === to.id) {
      throw new PortalFileError(at, 'a record cannot be associated with itself.');
    }
    if (!store.associationTypes.unlabelled(from.typeId, to.typeId)) {
      throw new PortalFileError(
        at,
        `${read.fromObjectType} and ${read.toObjectType} cannot be associated: a pair with a custom object must be in "associationLabels", or in the schema's "associatedObjects".`,
      );
    }
    const asked = (read.typeIds ?? []).map((type) => resolve(store, from.typeId, to.typeId, type, at));
    store.associations.link(from, to, asked);
    if ((i + 1) % STEP === 0 || i + 1 === given.length) progress('associations', i + 1, given.length);
  }
}

function resolve(store: Store, from: string, to: string, said: TypeId, place: Place): AssociationType {
  const types = store.associationTypes.between(from, to);
  const found = types.filter(
    ({ category, typeId: id }) => id === said.typeId && (said.category === undefined || category === said.category),
  );
  const [type] = found;
  if (type && found.length === 1) return type;
  const known = types.map(({ typeId: id, label }) => `${id} (${label ?? 'unlabelled'})`).join(', ');
  throw new PortalFileError(
    place,
    type
      ? `the type id ${said.typeId} means several: say which as {"category": "USER_DEFINED", "typeId": ${said.typeId}}.`
      : `there is no association type ${said.typeId} in this direction; there are ${known}. Define your own in "associationLabels".`,
  );
}
