/**
 * The records of one type as search sees them: typed columns in memory, each built on first use from SQLite and kept by
 * every write after that. Archived records are not in it.
 */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { systemValue, valueOf } from '../objects/present.ts';
import type { RecordRef } from '../store/associations.ts';
import type { StoredRecord, ValueRow } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Backlog } from './backlog.ts';
import { type Built, builtNumbers, builtTexts, builtWords, type ColumnKey } from './built-columns.ts';
import type { NumberColumn, TextColumn } from './column.ts';

export interface Table {
  /** Rows, those of records that are gone included. */
  readonly rows: number;
  isLive(row: number): boolean;
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
  /** One text a row; see {@link ColumnKey}. */
  words(properties: readonly string[]): readonly string[];
}

/** To see which values a record has without storing them. */
const NOBODY = { id: '0', createdAt: 0, updatedAt: 0 };

export class LiveTable implements Table {
  readonly #store: Store;
  readonly #type: ObjectTypeFacts;
  readonly #backlog: Backlog;
  /** Ids as numbers take a fraction of the time and memory of texts. */
  readonly #ids: number[] = [];
  readonly #created: number[] = [];
  readonly #live: boolean[] = [];
  readonly #rowOf = new Map<number, number>();
  readonly #numbers = new Map<string, Built<NumberColumn>>();
  readonly #texts = new Map<string, Built<TextColumn>>();
  readonly #words = new Map<string, Built<string[]>>();
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

  recordAt(row: number): StoredRecord | undefined {
    const id = String(this.#ids[row]);
    const shown = this.#backlog.shown(this.#type.id).get(id);
    return shown ? shown.record : this.#store.records.get(this.#type.id, id);
  }

  linkedWith(record: RecordRef): Set<number> {
    const now = this.#store.associations.linkedWith(this.#type.id, record);
    const ids = this.#backlog.withoutWaitingLinks(this.#type.id, record, now);
    return new Set(ids.map((id) => this.#rowOf.get(Number(id))).filter((row) => row !== undefined));
  }

  byCreation(a: number, b: number): number {
    const difference = (this.#created[a] ?? 0) - (this.#created[b] ?? 0);
    return difference === 0 ? (this.#ids[a] ?? 0) - (this.#ids[b] ?? 0) : difference;
  }

  load(keys: readonly ColumnKey[]): void {
    const missing = keys.map((key) => this.#missing(key)).filter((built) => built !== undefined);
    if (missing.length > 0 || !this.#listed) this.#build(missing);
  }

  numbers(property: string): NumberColumn {
    this.load([{ kind: 'number', property }]);
    return there(this.#numbers.get(property));
  }

  texts(property: string, kind: 'text' | 'exact'): TextColumn {
    this.load([{ kind, property }]);
    return there(this.#texts.get(`${kind} ${property}`));
  }

  words(properties: readonly string[]): readonly string[] {
    this.load([{ kind: 'words', properties }]);
    return there(this.#words.get(properties.join()));
  }

  /** Takes over what a record is from now on; undefined: it is gone, or archived. */
  put(id: string, record: StoredRecord | undefined): void {
    if (!this.#listed) return;
    const row = this.#rowOf.get(Number(id));
    if (record) this.#set(row ?? this.#append(Number(id), record.createdAt), record);
    else if (row !== undefined) {
      this.#live[row] = false;
      this.#rowOf.delete(Number(id));
      this.#dead++;
    }
  }

  /** Whether a table built anew would be much smaller. */
  isWasteful(): boolean {
    return this.#dead > 1_000 && this.#dead * 2 > this.rows;
  }

  /** An empty column for a key that there is none for yet. */
  #missing(key: ColumnKey): Built<unknown> | undefined {
    if (key.kind === 'words') return added(this.#words, key.properties.join(), () => builtWords(key.properties));
    const { kind, property } = key;
    if (kind === 'number') return added(this.#numbers, property, () => builtNumbers(property));
    return added(this.#texts, `${kind} ${property}`, () => builtTexts(property, kind));
  }

  #build(columns: readonly Built<unknown>[]): void {
    const shown = this.#backlog.shown(this.#type.id);
    const properties = [...new Set(columns.flatMap((built) => built.properties))];
    const fills = columns.map((built) => this.#fill(built, properties));
    for (const piece of this.#store.records.columns(this.#type.id, properties)) {
      for (const values of piece) {
        const [id, createdAt] = values;
        if (shown.size > 0 && shown.has(String(id))) continue;
        const row = this.#listed ? this.#rowOf.get(id) : this.#append(id, createdAt);
        if (row === undefined) continue;
        for (const fill of fills) fill(row, values);
      }
    }
    for (const [id, { record }] of shown) {
      if (!record) continue;
      const row = this.#rowOf.get(Number(id)) ?? this.#append(Number(id), record.createdAt);
      for (const built of columns) built.set(row, this.#valuesOf(record, built.properties));
    }
    this.#listed = true;
  }

  /** Puts what was read of `properties` into a column. */
  #fill(built: Built<unknown>, properties: readonly string[]): (row: number, values: ValueRow) => void {
    const readers = built.properties.map((property) => {
      const place = 3 + properties.indexOf(property);
      const stored = (values: ValueRow) => {
        const value = values[place];
        return typeof value === 'string' ? value : undefined;
      };
      if (systemValue(this.#type, NOBODY, property) === undefined) return stored;
      return (values: ValueRow) => {
        const [id, createdAt, updatedAt] = values;
        return stored(values) ?? systemValue(this.#type, { id: String(id), createdAt, updatedAt }, property);
      };
    });
    return (row, values) =>
      built.set(
        row,
        readers.map((read) => read(values)),
      );
  }

  #set(row: number, record: StoredRecord): void {
    for (const columns of [this.#numbers, this.#texts, this.#words]) {
      for (const built of columns.values()) built.set(row, this.#valuesOf(record, built.properties));
    }
  }

  #valuesOf(record: StoredRecord, properties: readonly string[]): (string | undefined)[] {
    return properties.map((property) => valueOf(this.#type, record, property));
  }

  #append(id: number, createdAt: number): number {
    const row = this.#ids.push(id) - 1;
    this.#created.push(createdAt);
    this.#live.push(true);
    this.#rowOf.set(id, row);
    return row;
  }
}

/** What `make` gives, if there was nothing under that name. */
function added<T>(map: Map<string, T>, name: string, make: () => T): T | undefined {
  if (map.has(name)) return undefined;
  const made = make();
  map.set(name, made);
  return made;
}

function there<C>(built: Built<C> | undefined): C {
  if (!built) throw new Error('A column was not built.');
  return built.column;
}
