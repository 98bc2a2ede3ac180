/** The `associations` member of records, in the words of the objects API. */

import { associationName } from '../associations/names.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { objectTypeOf } from '../object-type-of.ts';
import { nextPage, type Paging } from '../paging.ts';
import type { Call } from '../route.ts';
import type { StoredRecord } from '../store/records.ts';

interface AssociatedIds {
  results: { id: string; type: string }[];
  paging?: Paging;
}

/** Guess: so many associated records come with a record; the rest is read from its association list. */
const MAX_LINKS = 500;

/** Nothing when no type is asked for, and no member for a type without links. */
export function presentAssociations(
  call: Call,
  type: ObjectTypeFacts,
  record: StoredRecord,
  asked: readonly string[],
): { associations?: Record<string, AssociatedIds> } {
  if (asked.length === 0) return {};
  const associations: Record<string, AssociatedIds> = {};
  for (const segment of asked) {
    const target = objectTypeOf(call, segment);
    const self = { typeId: type.id, id: record.id };
    const links = call.store.associations.list(self, target.id, { limit: MAX_LINKS + 1 });
    if (links.length === 0) continue;
    const next = links[MAX_LINKS];
    const path = `/crm/v4/objects/${type.name}/${record.id}/associations/${target.name}`;
    associations[target.name] = {
      results: links.slice(0, MAX_LINKS).flatMap((link) =>
        link.types.map((linkType) => ({
          id: link.id,
          type: associationName(
            call.store,
            type,
            target,
            call.store.associationTypes.find(type.id, target.id, linkType),
          ),
        })),
      ),
      ...(next && { paging: nextPage(call, path, next.id) }),
    };
  }
  return Object.keys(associations).length > 0 ? { associations } : {};
}
