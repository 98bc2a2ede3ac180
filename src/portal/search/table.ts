/**
 * The records of one type as search sees them: typed columns in memory, each built on first use from SQLite and kept by
 * every write after that. Archived records are not in it.
 */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { systemValue, valueOf } from '../objects/present.ts';
import type { RecordRef } from '../store/associations.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Backlog } from './backlog.ts';
import { type NumberColumn, numberColumn, setNumber, setText, type TextColumn, textColumn } from './column.ts';
import { type ColumnKind, storedNumber } from './kinds.ts';

/** A column that a search needs. */
export interface ColumnKey {
  readonly property: string;
  readonly kind: ColumnKind;
}

export interface Table {
  /** Rows, those of records that are gone included. */
  readonly rows: number;
  isLive(row: number): boolean;
  idAt(row: number): string;
  /** The record as the index knows it. */
  recordAt(row: number): StoredRecord | undefined;
  /** The rows of the records that are linked with that one. */
  linkedWith(record: RecordRef): ReadonlySet<number>;
  /** Orders rows by creation, oldest first. */
  byCreation(a: number, b: number): number;
  /** Builds the columns that are not there yet, all in one pass over the records. */
  load(keys: readonly ColumnKey[]): void;
  numbers(property: string): NumberColumn;
  /** `text` folds case, `exact` does not. */
  texts(property: string, kind: 'text' | 'exact'): TextColumn;
}

/** A column with the way in which a value gets into it. */
interface BuiltColumn {
  readonly property: string;
  readonly column: NumberColumn | TextColumn;
  set(row: number, value: string | undefined): void;
}

export class LiveTable implements Table {
  readonly #store: Store;
  readonly #type: ObjectTypeFacts;
  readonly #backlog: Backlog;
  readonly #ids: string[] = [];
  readonly #created: number[] = [];
  readonly #live: boolean[] = [];
  readonly #rowOf = new Map<string, number>();
  readonly #numbers = new Map<string, BuiltColumn & { readonly column: NumberColumn }>();
  readonly #texts = new Map<string, BuiltColumn & { readonly column: TextColumn }>();
  #listed = false;
  #dead = 0;

  constructor(store: Store, type: ObjectTypeFacts, backlog: Backlog) {
    this.#store = store;
    this.#type = type;
    this.#backlog = backlog;
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

  recordAt(row: number): StoredRecord | undefined {
    const id = this.idAt(row);
    const shown = this.#backlog.shown(this.#type.id).get(id);
    return shown ? shown.record : this.#store.records.get(this.#type.id, id);
  }

  linkedWith(record: RecordRef): Set<number> {
    const ids = this.#store.associations.linkedWith(this.#type.id, record);
    const rows = this.#backlog.withoutWaitingLinks(this.#type.id, record, ids).map((id) => this.#rowOf.get(id));
    return new Set(rows.filter((row) => row !== undefined));
  }

  byCreation(a: number, b: number): number {
    const difference = (this.#created[a] ?? 0) - (this.#created[b] ?? 0);
    return difference === 0 ? Number(this.idAt(a)) - Number(this.idAt(b)) : difference;
  }

  load(keys: readonly ColumnKey[]): void {
    const missing: BuiltColumn[] = [];
    for (const { property, kind } of keys) {
      if (kind === 'number' && !this.#numbers.has(property)) {
        const column = numberColumn(this.rows);
        const set = (row: number, value: string | undefined) =>
          setNumber(column, row, value === undefined ? Number.NaN : storedNumber(value));
        this.#numbers.set(property, { property, column, set });
        missing.push({ property, column, set });
      } else if (kind !== 'number' && !this.#texts.has(`${kind} ${property}`)) {
        const column = textColumn(this.rows);
        const set = (row: number, value: string | undefined) =>
          setText(column, row, kind === 'text' ? value?.toLowerCase() : value);
        this.#texts.set(`${kind} ${property}`, { property, column, set });
        missing.push({ property, column, set });
      }
    }
    if (missing.length > 0 || !this.#listed) this.#build(missing);
  }

  numbers(property: string): NumberColumn {
    this.load([{ property, kind: 'number' }]);
    const built = this.#numbers.get(property);
    if (!built) throw new Error(`There is no column of ${property}.`);
    return built.column;
  }

  texts(property: string, kind: 'text' | 'exact'): TextColumn {
    this.load([{ property, kind }]);
    const built = this.#texts.get(`${kind} ${property}`);
    if (!built) throw new Error(`There is no column of ${property}.`);
    return built.column;
  }

  /** Takes over what a record is from now on; undefined: it is gone, or archived. */
  put(id: string, record: StoredRecord | undefined): void {
    if (!this.#listed) return;
    const row = this.#rowOf.get(id);
    if (record) this.#set(row ?? this.#append(id, record.createdAt), record);
    else if (row !== undefined) {
      this.#live[row] = false;
      this.#rowOf.delete(id);
      this.#dead++;
    }
  }

  /** Whether a table built anew would be much smaller. */
  isWasteful(): boolean {
    return this.#dead > 1_000 && this.#dead * 2 > this.rows;
  }

  #build(columns: readonly BuiltColumn[]): void {
    const shown = this.#backlog.shown(this.#type.id);
    const properties = columns.map(({ property }) => property);
    for (const piece of this.#store.records.columns(this.#type.id, properties)) {
      for (const [number, createdAt, updatedAt, ...values] of piece) {
        const id = String(number);
        if (shown.has(id)) continue;
        const row = this.#listed ? this.#rowOf.get(id) : this.#append(id, createdAt);
        if (row === undefined) continue;
        for (let i = 0; i < columns.length; i++) {
          const built = columns[i];
          const value = values[i] ?? systemValue(this.#type, { id, createdAt, updatedAt }, built?.property ?? '');
          if (value !== undefined) built?.set(row, value);
        }
      }
    }
    for (const [id, { record }] of shown) {
      if (!record) continue;
      const row = this.#rowOf.get(id) ?? this.#append(id, record.createdAt);
      for (const built of columns) built.set(row, valueOf(this.#type, record, built.property));
    }
    this.#listed = true;
  }

  #set(row: number, record: StoredRecord): void {
    for (const built of this.#numbers.values()) built.set(row, valueOf(this.#type, record, built.property));
    for (const built of this.#texts.values()) built.set(row, valueOf(this.#type, record, built.property));
  }

  #append(id: string, createdAt: number): number {
    const row = this.#ids.push(id) - 1;
    this.#created.push(createdAt);
    this.#live.push(true);
    this.#rowOf.set(id, row);
    return row;
  }
}
