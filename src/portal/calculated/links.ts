/** What a record is linked with, as calculations ask for it: looked up once, and only if somebody asks. */

import type { Link, RecordRef } from '../store/associations.ts';
import type { Store } from '../store/store.ts';

export interface Links {
  /** Records of a type, in the order of ids. */
  of(typeId: string): readonly Link[];
  count(typeId: string): number;
}

/** So many rows are read at once. A record that has more may have very many of one type, which nobody wants to see. */
const FEW = 500;

const none: readonly Link[] = [];

export function linksOf({ associations }: Store, record: RecordRef): Links {
  let few: ReadonlyMap<string, readonly Link[]> | undefined;
  let read = false;
  const all = () => {
    if (!read) few = associations.links(record, FEW);
    read = true;
    return few;
  };
  const lists = new Map<string, readonly Link[]>();
  const counts = new Map<string, number>();
  return {
    of(typeId) {
      const links = all();
      return links
        ? (links.get(typeId) ?? none)
        : remember(lists, typeId, () => associations.list(record, typeId, { limit: -1 }));
    },
    count(typeId) {
      const links = all();
      return links
        ? (links.get(typeId) ?? none).length
        : remember(counts, typeId, () => associations.count(record, typeId));
    },
  };
}

function remember<T>(known: Map<string, T>, typeId: string, find: () => T): T {
  const found = known.get(typeId) ?? find();
  known.set(typeId, found);
  return found;
}
