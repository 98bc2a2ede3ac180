/**
 * Writes that search does not know of yet, while HubSpot's delay of indexing is emulated. Until a write's time has come,
 * search works with the records and links as they were before it; every write is kept as it was committed, so that a
 * later one is not seen early. Empty, and without work, when there is no delay.
 */

import type { AssociationTables, RecordRef } from '../store/associations.ts';
import type { Change, Commit } from '../store/changes.ts';
import type { StoredRecord } from '../store/records.ts';

/** A record as a commit left it; undefined: not found by search from then on. */
export interface Indexed {
  readonly typeId: string;
  readonly id: string;
  readonly record: StoredRecord | undefined;
}

type LinkChange = Extract<Change, { kind: 'linked' | 'unlinked' }>;

interface Waiting {
  readonly at: number;
  readonly records: readonly Indexed[];
  readonly links: readonly LinkChange[];
}

/** What search shows of a record, and the last write of it that waits. */
interface Shown {
  record: StoredRecord | undefined;
  last: Waiting | undefined;
}

export class Backlog {
  readonly #associations: Pick<AssociationTables, 'between'>;
  #waiting: Waiting[] = [];
  readonly #shown = new Map<string, Map<string, Shown>>();

  constructor(associations: Pick<AssociationTables, 'between'>) {
    this.#associations = associations;
  }

  /** Keeps a commit back; `after` gives a record as it is now. */
  add(commit: Commit, at: number, after: (record: RecordRef) => StoredRecord | undefined): void {
    for (const { typeId, id, record } of commit.changes.flatMap(recordsBefore)) {
      const ofType = this.#shown.get(typeId) ?? new Map<string, Shown>();
      this.#shown.set(typeId, ofType);
      if (!ofType.has(id)) ofType.set(id, { record, last: undefined });
    }
    const records = commit.records.flatMap((ref) =>
      this.#shown.get(ref.typeId)?.has(ref.id) ? [{ ...ref, record: after(ref) }] : [],
    );
    const links = commit.changes.flatMap((change) =>
      change.kind === 'linked' || change.kind === 'unlinked' ? [change] : [],
    );
    const waiting: Waiting = { at, records, links };
    for (const { typeId, id } of records) {
      const shown = this.#shown.get(typeId)?.get(id);
      if (shown) shown.last = waiting;
    }
    this.#waiting.push(waiting);
  }

  /** Lets go of what was committed until then, and gives the records that search knows from now on. */
  release(until: number): Indexed[] {
    const first = this.#waiting.findIndex(({ at }) => at > until);
    const due = this.#waiting.splice(0, first < 0 ? this.#waiting.length : first);
    for (const waiting of due) {
      for (const { typeId, id, record } of waiting.records) {
        const ofType = this.#shown.get(typeId);
        const shown = ofType?.get(id);
        if (shown?.last === waiting) ofType?.delete(id);
        else if (shown) shown.record = record;
      }
    }
    return due.flatMap(({ records }) => records);
  }

  /** Forgets everything, and gives the records that waited. */
  clear(): RecordRef[] {
    const refs = this.#waiting.flatMap(({ records }) => records.map(({ typeId, id }) => ({ typeId, id })));
    this.#waiting = [];
    this.#shown.clear();
    return refs;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** The records of a type that were written since, by id, as search still knows them. */
  shown(typeId: string): ReadonlyMap<string, Pick<Indexed, 'record'>> {
    return this.#shown.get(typeId) ?? none;
  }

  /** Of the records of a type, given those that are linked with `to` now: those that were, as search knows it. */
  withoutWaitingLinks(typeId: string, to: RecordRef, ids: readonly string[]): string[] {
    const linked = new Set(ids);
    const types = new Map<string, Set<string>>();
    for (const { links } of this.#waiting.toReversed()) {
      for (const change of links.toReversed()) {
        const { from } = change;
        if (from.typeId !== typeId || change.to.typeId !== to.typeId || change.to.id !== to.id) continue;
        const known = types.get(from.id) ?? new Set(this.#associations.between(from, to).map(typeKey));
        types.set(from.id, known);
        if (change.kind === 'linked') known.delete(typeKey(change.type));
        else known.add(typeKey(change.type));
      }
    }
    for (const [id, known] of types) {
      if (known.size > 0) linked.add(id);
      else linked.delete(id);
    }
    return [...linked];
  }
}

const none: ReadonlyMap<string, Shown> = new Map();

function typeKey({ category, typeId }: LinkChange['type']): string {
  return `${category}/${typeId}`;
}

/** The records that a change is about, as they were before it; undefined: search did not know them. */
function recordsBefore(change: Change): Indexed[] {
  switch (change.kind) {
    case 'created':
    case 'restored':
      return [{ typeId: change.record.typeId, id: change.record.id, record: undefined }];
    case 'updated':
    case 'archived':
      return [indexed(change.before)];
    case 'erased':
      return [indexed(change.record)];
    case 'merged':
      return change.ended.map(indexed);
    default:
      return [];
  }
}

function indexed(record: StoredRecord): Indexed {
  return { typeId: record.typeId, id: record.id, record: record.archivedAt === null ? record : undefined };
}
