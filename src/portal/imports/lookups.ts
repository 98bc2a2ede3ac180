import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** Finds records by values that need not be unique: by a table for each property, made when it is first looked into. */
export class Lookups {
  readonly #store: Store;
  /** By type, property and value in lower case. What a record once was stands there too. */
  readonly #ids = new Map<string, Map<string, Map<string, Set<string>>>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The ids of the records that have the value now, whatever its case. */
  find(type: ObjectTypeFacts, property: string, value: string): readonly string[] {
    const wanted = value.toLowerCase();
    const ids = this.#table(type.id, property).get(wanted) ?? [];
    return [...ids].filter((id) => {
      const record = this.#store.records.get(type.id, id);
      return record?.id === id && record.archivedAt === null && record.properties[property]?.toLowerCase() === wanted;
    });
  }

  /** Tells of a record that was written. */
  noted({ typeId, id, properties }: StoredRecord): void {
    for (const [property, table] of this.#ids.get(typeId) ?? []) {
      const value = properties[property];
      if (value !== undefined) add(table, value, id);
    }
  }

  /** Whether records of the type must be told of. */
  watches(typeId: string): boolean {
    return this.#ids.has(typeId);
  }

  forget(): void {
    this.#ids.clear();
  }

  #table(typeId: string, property: string): Map<string, Set<string>> {
    const ofType = this.#ids.get(typeId) ?? new Map<string, Map<string, Set<string>>>();
    this.#ids.set(typeId, ofType);
    const known = ofType.get(property);
    if (known) return known;
    const table = new Map<string, Set<string>>();
    for (const { id, value } of this.#store.records.values(typeId, property)) {
      if (value !== undefined) add(table, value, id);
    }
    ofType.set(property, table);
    return table;
  }
}

function add(table: Map<string, Set<string>>, value: string, id: string): void {
  const key = value.toLowerCase();
  table.set(key, (table.get(key) ?? new Set()).add(id));
}
