import type { RecordRef } from './associations.ts';

/** One text for a record, for maps. */
export function keyOf({ typeId, id }: RecordRef): string {
  return `${typeId}/${id}`;
}
