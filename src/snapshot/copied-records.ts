/** The copy's tables: what one piece of work does in the file, without waiting for anything. */

import { type Table, tableBuilder } from '../enrich/table.ts';
import type { Database } from '../sqlite.ts';
import { cellSpans, packCells } from './cells.ts';
import type { Slot } from './layout.ts';

/** Of the tables below: another one's file is read from HubSpot again. */
export const COPY_VERSION = 3;

export const COPY_SCHEMA = `
  CREATE TABLE types (
    type TEXT PRIMARY KEY, layout TEXT NOT NULL, version INTEGER NOT NULL, generation INTEGER NOT NULL,
    mark INTEGER, up_to INTEGER, settled INTEGER, reading TEXT, busy_by TEXT, busy_until INTEGER
  );
  CREATE TABLE records (
    type TEXT NOT NULL, id INTEGER NOT NULL, modified INTEGER NOT NULL, generation INTEGER NOT NULL, cells BLOB NOT NULL
  );
  CREATE UNIQUE INDEX records_by_id ON records (type, id);
  CREATE TABLE links (pair TEXT NOT NULL, id INTEGER NOT NULL, modified INTEGER NOT NULL, at INTEGER NOT NULL, ids TEXT NOT NULL);
  CREATE UNIQUE INDEX links_by_id ON links (pair, id);
  CREATE TABLE past (type TEXT NOT NULL, id INTEGER NOT NULL, modified INTEGER NOT NULL, versions TEXT NOT NULL);
  CREATE UNIQUE INDEX past_by_id ON past (type, id);
`;

/** Where a reading is that does not end within one page. */
export interface Reading {
  /** `all`: page by page through the list; `changes`: what was changed since the mark, in the order of ids. */
  readonly what: 'all' | 'changes';
  readonly cursor?: string;
  readonly read: number;
  readonly of?: number;
  /** When it is done: HubSpot's time of the newest change, and ours, when it began. */
  readonly mark: number;
  readonly upTo: number;
}

/** What the copy knows of a type. */
export interface TypeRow {
  /** In the order of the cells; more may join at the end. */
  readonly layout: readonly Slot[];
  readonly version: number;
  /** Grows with each reading of everything; records of an earlier one are gone when it ends. */
  readonly generation: number;
  readonly mark?: number;
  readonly upTo?: number;
  /** By how many HubSpot's count and the copy's differed when everything had just been read. */
  readonly settled?: number;
  readonly reading?: Reading;
}

export const UNREAD: TypeRow = { layout: [], version: 1, generation: 1 };

export interface CopiedRecord {
  readonly id: string;
  /** Milliseconds since the epoch, HubSpot's. */
  readonly modified: number;
  readonly values: Readonly<Record<string, string | null>>;
}

interface StoredType {
  readonly layout: string;
  readonly version: number;
  readonly generation: number;
  readonly mark: number | null;
  readonly up_to: number | null;
  readonly settled: number | null;
  readonly reading: string | null;
}

export function typeRow(db: Database, type: string): TypeRow | undefined {
  const row = db
    .prepare<StoredType>('SELECT layout, version, generation, mark, up_to, settled, reading FROM types WHERE type = ?')
    .get(type);
  if (row === undefined) return undefined;
  const layout: readonly Slot[] = JSON.parse(row.layout);
  const reading: Reading | null = row.reading === null ? null : JSON.parse(row.reading);
  return {
    layout,
    version: row.version,
    generation: row.generation,
    ...(row.mark !== null && { mark: row.mark }),
    ...(row.up_to !== null && { upTo: row.up_to }),
    ...(row.settled !== null && { settled: row.settled }),
    ...(reading !== null && { reading }),
  };
}

export function putTypeRow(db: Database, type: string, row: TypeRow): void {
  const { layout, version, generation, mark, upTo, settled, reading } = row;
  db.prepare(
    `INSERT INTO types (type, layout, version, generation, mark, up_to, settled, reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (type) DO UPDATE SET layout = excluded.layout, version = excluded.version,
       generation = excluded.generation, mark = excluded.mark, up_to = excluded.up_to, settled = excluded.settled,
       reading = excluded.reading`,
  ).run(
    type,
    JSON.stringify(layout),
    version,
    generation,
    mark ?? null,
    upTo ?? null,
    settled ?? null,
    reading === undefined ? null : JSON.stringify(reading),
  );
}

/** Says who reads the type, for a while. False: another one does. */
export function claim(db: Database, type: string, by: string, now: number, until: number): boolean {
  const take = db.prepare(
    'UPDATE types SET busy_by = ?, busy_until = ? WHERE type = ? AND (busy_by IS NULL OR busy_until < ?)',
  );
  return take.run(by, until, type, now).changes > 0;
}

/** For a while longer. False: another one has taken its place, though it may be gone again. */
export function hold(db: Database, type: string, by: string, until: number): boolean {
  return db.prepare('UPDATE types SET busy_until = ? WHERE type = ? AND busy_by = ?').run(until, type, by).changes > 0;
}

export function release(db: Database, type: string, by: string): void {
  db.prepare('UPDATE types SET busy_by = NULL WHERE type = ? AND busy_by = ?').run(type, by);
}

/** Everything of a type, what is known of it included: nothing of what must not be kept stays in the file. */
export function dropType(db: Database, type: string): void {
  db.exec('PRAGMA secure_delete = ON');
  for (const table of ['records', 'past', 'types']) db.prepare(`DELETE FROM ${table} WHERE type = ?`).run(type);
  db.prepare("DELETE FROM links WHERE pair LIKE ? || '>%'").run(type);
}

/**
 * Puts records into the copy; those that it has as they are stay untouched.
 * @returns how many were new or other
 */
export function putRecords(
  db: Database,
  type: string,
  { layout, generation }: Pick<TypeRow, 'layout' | 'generation'>,
  records: readonly CopiedRecord[],
): number {
  const put = db.prepare(
    `INSERT INTO records (type, id, modified, generation, cells) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (type, id) DO UPDATE SET modified = excluded.modified, generation = excluded.generation, cells = excluded.cells
     WHERE excluded.modified <> modified OR excluded.generation <> generation OR excluded.cells <> cells`,
  );
  let changed = 0;
  for (const { id, modified, values } of records) {
    const cells = packCells(layout.map(({ name }) => values[name] ?? ''));
    changed += put.run(type, BigInt(id), modified, generation, cells).changes;
  }
  return changed;
}

export function deleteRecords(db: Database, type: string, ids: readonly string[]): number {
  const remove = db.prepare('DELETE FROM records WHERE type = ? AND id = ?');
  return forgetting(db, type, () => ids.reduce((sum, id) => sum + remove.run(type, BigInt(id)).changes, 0));
}

/** Those that a reading of everything did not come across. */
export function deleteOlder(db: Database, type: string, generation: number): number {
  const remove = db.prepare('DELETE FROM records WHERE type = ? AND generation < ?');
  return forgetting(db, type, () => remove.run(type, generation).changes);
}

/** A record goes with its earlier values, and nothing of either stays in the file. */
function forgetting(db: Database, type: string, remove: () => number): number {
  db.exec('PRAGMA secure_delete = ON');
  const gone = remove();
  if (gone > 0) {
    db.prepare(
      'DELETE FROM past WHERE type = ? AND NOT EXISTS (SELECT 1 FROM records WHERE type = past.type AND id = past.id)',
    ).run(type);
  }
  return gone;
}

export interface IdRange {
  /** Both ends belong to it. */
  readonly from: bigint;
  readonly to: bigint;
}

export function countRecords(db: Database, type: string, range?: IdRange): number {
  const { from = 0n, to = 2n ** 63n - 1n } = range ?? {};
  return (
    db
      .prepare<{ found: number }>('SELECT count(*) AS found FROM records WHERE type = ? AND id BETWEEN ? AND ?')
      .get(type, from, to)?.found ?? 0
  );
}

export function idsIn(db: Database, type: string, { from, to }: IdRange, limit: number, offset = 0): readonly string[] {
  return db
    .prepare<{ id: number | bigint }>(
      'SELECT id FROM records WHERE type = ? AND id BETWEEN ? AND ? ORDER BY id LIMIT ? OFFSET ?',
    )
    .all(type, from, to, limit, offset)
    .map(({ id }) => String(id));
}

/** Ids of records and when they were modified. @param latest so many, those that were modified last */
export function modifiedTimes(db: Database, type: string, latest = -1): ReadonlyMap<string, number> {
  const order = latest < 0 ? 'id' : 'modified DESC, id';
  return new Map(
    db
      .prepare<{ id: number | bigint; modified: number }>(
        `SELECT id, modified FROM records WHERE type = ? ORDER BY ${order} LIMIT ?`,
      )
      .all(type, latest)
      .map(({ id, modified }) => [String(id), modified]),
  );
}

/** The records in the order of their ids; properties that the copy does not hold are left out. */
export function readTable(db: Database, type: string, name: string, properties: readonly string[]): Table {
  const layout = (typeRow(db, type)?.layout ?? []).map(({ name }) => name);
  const held = properties.filter((property) => layout.includes(property));
  const places = Int32Array.from(layout, (property) => held.indexOf(property));
  const spans = new Uint32Array(2 * held.length);
  const builder = tableBuilder(name, held);
  const rows = db
    .prepare<{ id: number | bigint; cells: Uint8Array }>('SELECT id, cells FROM records WHERE type = ? ORDER BY id')
    .iterate(type);
  for (const { id, cells } of rows) {
    cellSpans(cells, places, spans);
    builder.addBytes(String(id), cells, spans);
  }
  return builder.build();
}
