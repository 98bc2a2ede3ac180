/**
 * The records of one type as search sees them: typed columns in memory, each built on first use from SQLite and kept by
 * every commit after that. Archived records are not in it.
 */

import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { systemValue, valueOf } from '../objects/present.ts';
import type { Store } from '../store/store.ts';
import { parseTime } from '../values/normalize.ts';
import { type NumberColumn, numberColumn, setNumber, setText, type TextColumn, textColumn } from './column.ts';

/** `exact` keeps the case of texts, as HubSpot compares enumerations. */
export type ColumnKind = 'number' | 'text' | 'exact';

/** How values of a property are compared. */
export function kindOf(property: Property): ColumnKind {
  switch (property.type) {
    case 'number':
    case 'date':
    case 'datetime':
      return 'number';
    case 'enumeration':
      return 'exact';
    default:
      return 'text';
  }
}

export interface Table {
  /** Rows, those of records that are gone included. */
  readonly rows: number;
  isLive(row: number): boolean;
  idAt(row: number): string;
  /** Undefined for a record that is not there. */
  rowOf(id: string): number | undefined;
  /** Orders rows by creation, oldest first. */
  byCreation(a: number, b: number): number;
  numbers(property: string): NumberColumn;
  /** `text` folds case, `exact` does not. */
  texts(property: string, kind: 'text' | 'exact'): TextColumn;
}

/** A column with the way in which a value gets into it. */
interface BuiltColumn<C> {
  readonly property: string;
  readonly column: C;
  set(row: number, value: string | undefined): void;
}

/** One table per object type that was searched. */
export function searchTables(store: Store): (type: ObjectTypeFacts) => Table {
  const tables = new Map<string, LiveTable>();
  store.onCommit(({ records }) => {
    for (const { typeId, id } of records) tables.get(typeId)?.refresh(id);
    for (const [typeId, table] of tables) if (table.isWasteful()) tables.delete(typeId);
  });
  return (type) => {
    const known = tables.get(type.id);
    if (known) return known;
    const table = new LiveTable(store, type);
    tables.set(type.id, table);
    return table;
  };
}

class LiveTable implements Table {
  readonly #store: Store;
  readonly #type: ObjectTypeFacts;
  readonly #ids: string[] = [];
  readonly #created: number[] = [];
  readonly #live: boolean[] = [];
  readonly #rowOf = new Map<string, number>();
  readonly #numbers = new Map<string, BuiltColumn<NumberColumn>>();
  readonly #texts = new Map<string, BuiltColumn<TextColumn>>();
  #dead = 0;

  constructor(store: Store, type: ObjectTypeFacts) {
    this.#store = store;
    this.#type = type;
    for (const { id, createdAt } of store.records.values(type.id, 'hs_object_id')) this.#append(id, createdAt);
  }

  get rows(): number {
    return this.#ids.length;
  }

  isLive(row: number): boolean {
    return this.#live[row] === true;
  }

  idAt(row: number): string {
    return this.#ids[row] ?? '';
  }

  rowOf(id: string): number | undefined {
    return this.#rowOf.get(id);
  }

  byCreation(a: number, b: number): number {
    const difference = (this.#created[a] ?? 0) - (this.#created[b] ?? 0);
    return difference === 0 ? Number(this.idAt(a)) - Number(this.idAt(b)) : difference;
  }

  numbers(property: string): NumberColumn {
    let built = this.#numbers.get(property);
    if (!built) {
      const column = numberColumn(this.rows);
      built = this.#fill({ property, column, set: (row, value) => setNumber(column, row, toNumber(value)) });
      this.#numbers.set(property, built);
    }
    return built.column;
  }

  texts(property: string, kind: 'text' | 'exact'): TextColumn {
    const key = `${kind} ${property}`;
    let built = this.#texts.get(key);
    if (!built) {
      const column = textColumn(this.rows);
      const fold = (value: string | undefined) => (kind === 'text' ? value?.toLowerCase() : value);
      built = this.#fill({ property, column, set: (row, value) => setText(column, row, fold(value)) });
      this.#texts.set(key, built);
    }
    return built.column;
  }

  /** Takes over what SQLite now says about one record. */
  refresh(id: string): void {
    const record = this.#store.records.get(this.#type.id, id);
    const row = this.#rowOf.get(id);
    if (record?.id !== id || record.archivedAt !== null) {
      if (row === undefined) return;
      this.#live[row] = false;
      this.#rowOf.delete(id);
      this.#dead++;
      return;
    }
    const at = row ?? this.#append(id, record.createdAt);
    for (const built of [...this.#numbers.values(), ...this.#texts.values()]) {
      built.set(at, valueOf(this.#type, record, built.property));
    }
  }

  /** Whether a table built anew would be much smaller. */
  isWasteful(): boolean {
    return this.#dead > 1_000 && this.#dead * 2 > this.rows;
  }

  #fill<C>(built: BuiltColumn<C>): BuiltColumn<C> {
    for (const stored of this.#store.records.values(this.#type.id, built.property)) {
      const row = this.#rowOf.get(stored.id);
      if (row !== undefined) built.set(row, stored.value ?? systemValue(this.#type, stored, built.property));
    }
    return built;
  }

  #append(id: string, createdAt: number): number {
    const row = this.#ids.push(id) - 1;
    this.#created.push(createdAt);
    this.#live.push(true);
    this.#rowOf.set(id, row);
    return row;
  }
}

/** A number, or a time as milliseconds; NaN for neither. */
export function toNumber(value: string | undefined): number {
  if (value === undefined || value.trim() === '') return Number.NaN;
  const number = Number(value);
  return Number.isNaN(number) ? (parseTime(value.trim()) ?? Number.NaN) : number;
}
