/** How associations are stored: a row for every type of every pair, in each of its two directions. */

import type { Database } from '../../sqlite.ts';
import type { AssociationCategory, AssociationType, AssociationTypeId } from './association-types.ts';
import type { Link, RecordRef, Usage } from './associations.ts';

/** A linked pair in one of its directions. */
export interface LinkedPair {
  readonly from: RecordRef;
  readonly to: RecordRef;
  readonly types: AssociationTypeId[];
}

const categories: readonly AssociationCategory[] = ['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK'];

/** How a category is stored. */
export function categoryNumber(type: Pick<AssociationTypeId, 'category'>): number {
  return categories.indexOf(type.category);
}

export function categoryAt(number: number): AssociationCategory {
  return categories[number] ?? 'HUBSPOT_DEFINED';
}

interface TypeRow {
  category: number;
  association_type: number;
}

interface AssociationRow extends TypeRow {
  from_type: string;
  from_id: number;
  to_type: string;
  to_id: number;
}

/** How many rows are read at once where all are wanted one after the other. */
const PIECE = 2000;

/** Reads and writes single rows: what belongs together is the caller's affair. */
export function associationRows(database: Database) {
  database.exec(`
    CREATE TABLE IF NOT EXISTS associations (
      from_type TEXT NOT NULL, from_id INTEGER NOT NULL, to_type TEXT NOT NULL, to_id INTEGER NOT NULL,
      category INTEGER NOT NULL, association_type INTEGER NOT NULL,
      PRIMARY KEY (from_type, from_id, to_type, to_id, category, association_type)
    ) WITHOUT ROWID;
  `);
  const pair = 'from_type = ? AND from_id = ? AND to_type = ? AND to_id = ?';
  const oneWay = 'from_type = ? AND from_id = ? AND to_type = ?';
  const insert = database.prepare(`
    INSERT OR IGNORE INTO associations (from_type, from_id, to_type, to_id, category, association_type)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const insertBoth = database.prepare(`
    INSERT OR IGNORE INTO associations (from_type, from_id, to_type, to_id, category, association_type)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6), (?3, ?4, ?1, ?2, ?7, ?8)`);
  const remove = database.prepare(`DELETE FROM associations WHERE ${pair} AND category = ? AND association_type = ?`);
  const selectPair = database.prepare<TypeRow>(`
    SELECT category, association_type FROM associations WHERE ${pair} ORDER BY category, association_type`);
  const selectHolders = database.prepare<{ to_id: number }>(`
    SELECT to_id FROM associations WHERE ${oneWay} AND category = ? AND association_type = ?`);
  const selectPage = database.prepare<TypeRow & { to_id: number }>(`
    SELECT to_id, category, association_type FROM associations
    WHERE ${oneWay} AND to_id IN (
      SELECT DISTINCT to_id FROM associations WHERE ${oneWay} AND to_id >= ? ORDER BY to_id LIMIT ?
    )
    ORDER BY to_id, category, association_type`);
  const selectLinks = database.prepare<TypeRow & { to_type: string; to_id: number }>(`
    SELECT to_type, to_id, category, association_type FROM associations WHERE from_type = ? AND from_id = ?
    ORDER BY to_type, to_id, category, association_type LIMIT ?`);
  const primaryKey = 'from_type, from_id, to_type, to_id, category, association_type';
  const selectPiece = database.prepare<AssociationRow>(`
    SELECT ${primaryKey} FROM associations WHERE (${primaryKey}) > (?, ?, ?, ?, ?, ?)
    ORDER BY ${primaryKey} LIMIT ${PIECE}`);
  const countPairs = database.prepare<{ n: number }>(
    `SELECT count(DISTINCT to_id) AS n FROM associations WHERE ${oneWay}`,
  );
  const countRows = database.prepare<{ n: number }>('SELECT count(*) AS n FROM (SELECT 1 FROM associations LIMIT ?)');
  const selectUsage = database.prepare<{ from_type: string; from_id: number; to_type: string; n: number }>(`
    SELECT from_type, from_id, to_type, count(DISTINCT to_id) AS n FROM associations
    GROUP BY from_type, from_id, to_type HAVING n >= ?`);
  const selectLinked = database.prepare<{ to_id: number }>(`SELECT DISTINCT to_id FROM associations WHERE ${oneWay}`);
  const selectTypes = database.prepare<{ to_type: string }>(
    'SELECT DISTINCT to_type FROM associations WHERE from_type = ? AND from_id = ?',
  );
  const selectByType = database.prepare<{ from_id: number; to_id: number }>(`
    SELECT from_id, to_id FROM associations
    WHERE from_type = ? AND to_type = ? AND category = ? AND association_type = ?`);
  const selectUse = database.prepare(
    'SELECT 1 FROM associations WHERE from_type = ? AND category = ? AND association_type = ? LIMIT 1',
  );

  return {
    /** Whether it is new. */
    insert(from: RecordRef, to: RecordRef, type: AssociationTypeId): boolean {
      return insert.run(...key(from, to), categoryNumber(type), type.typeId).changes > 0;
    },
    /** The same for both directions of a pair at once. */
    insertBoth(from: RecordRef, to: RecordRef, type: AssociationTypeId, inverse: AssociationTypeId): boolean {
      const types = [categoryNumber(type), type.typeId, categoryNumber(inverse), inverse.typeId];
      return insertBoth.run(...key(from, to), ...types).changes > 0;
    },
    /** Whether it was there. */
    remove(from: RecordRef, to: RecordRef, type: AssociationTypeId): boolean {
      return remove.run(...key(from, to), categoryNumber(type), type.typeId).changes > 0;
    },
    between: (from: RecordRef, to: RecordRef): AssociationTypeId[] => selectPair.all(...key(from, to)).map(toTypeId),
    /** The ids of the records that it is linked with in that way. */
    holders: (record: RecordRef, toTypeId: string, type: AssociationTypeId): string[] =>
      selectHolders
        .all(record.typeId, Number(record.id), toTypeId, categoryNumber(type), type.typeId)
        .map((row) => String(row.to_id)),
    list(record: RecordRef, toType: string, { limit, from }: { limit: number; from?: string | undefined }): Link[] {
      const start = from !== undefined && /^\d{1,15}$/.test(from) ? Number(from) : 0;
      const way = [record.typeId, Number(record.id), toType] as const;
      const links: OpenLink[] = [];
      for (const row of selectPage.all(...way, ...way, start, limit)) addTo(links, row);
      return links;
    },
    /** Undefined where that takes more than `most` rows. */
    links(record: RecordRef, most: number): Map<string, Link[]> | undefined {
      const rows = selectLinks.all(record.typeId, Number(record.id), most + 1);
      if (rows.length > most) return undefined;
      const links = new Map<string, OpenLink[]>();
      for (const row of rows) {
        const known = links.get(row.to_type) ?? [];
        if (known.length === 0) links.set(row.to_type, known);
        addTo(known, row);
      }
      return links;
    },
    count: (record: RecordRef, toType: string): number =>
      countPairs.get(record.typeId, Number(record.id), toType)?.n ?? 0,
    /** How many rows there are, counted no further than `most`. */
    total: (most: number): number => countRows.get(most)?.n ?? 0,
    linkedWith: (typeId: string, to: RecordRef): string[] =>
      selectLinked.all(to.typeId, Number(to.id), typeId).map((row) => String(row.to_id)),
    /** Rows may come and go meanwhile. */
    *all(): IterableIterator<LinkedPair> {
      let pair: LinkedPair | undefined;
      let last: AssociationRow | undefined;
      do {
        const rows = selectPiece.all(...(last ? primaryKeyOf(last) : ['', 0, '', 0, 0, 0]));
        for (const row of rows) {
          const [from, to] = [
            { typeId: row.from_type, id: String(row.from_id) },
            { typeId: row.to_type, id: String(row.to_id) },
          ];
          if (pair && isRecord(pair.from, from) && isRecord(pair.to, to)) {
            pair.types.push(toTypeId(row));
            continue;
          }
          if (pair) yield pair;
          pair = { from, to, types: [toTypeId(row)] };
        }
        last = rows.length < PIECE ? undefined : rows.at(-1);
      } while (last);
      if (pair) yield pair;
    },
    /** The two ends of every pair that has the type, in its direction. */
    ofType: (type: AssociationType): { fromId: string; toId: string }[] =>
      selectByType
        .all(type.fromTypeId, type.toTypeId, categoryNumber(type), type.typeId)
        .map((row) => ({ fromId: String(row.from_id), toId: String(row.to_id) })),
    linkedTypeIds: (record: RecordRef): string[] =>
      selectTypes.all(record.typeId, Number(record.id)).map((row) => row.to_type),
    isUsed: (fromTypeId: string, type: AssociationTypeId): boolean =>
      selectUse.get(fromTypeId, categoryNumber(type), type.typeId) !== undefined,
    usage: (minimum: number): Usage[] =>
      selectUsage.all(minimum).map((row) => ({
        record: { typeId: row.from_type, id: String(row.from_id) },
        toTypeId: row.to_type,
        count: row.n,
      })),
  };
}

interface OpenLink {
  readonly id: string;
  readonly types: AssociationTypeId[];
}

/** Rows of one record come one after the other. */
function addTo(links: OpenLink[], row: TypeRow & { to_id: number }): void {
  const id = String(row.to_id);
  const last = links.at(-1);
  if (last?.id === id) last.types.push(toTypeId(row));
  else links.push({ id, types: [toTypeId(row)] });
}

function primaryKeyOf(row: AssociationRow) {
  return [row.from_type, row.from_id, row.to_type, row.to_id, row.category, row.association_type] as const;
}

function key(from: RecordRef, to: RecordRef) {
  return [from.typeId, Number(from.id), to.typeId, Number(to.id)] as const;
}

function isRecord(a: RecordRef, b: RecordRef): boolean {
  return a.id === b.id && a.typeId === b.typeId;
}

function toTypeId(row: TypeRow): AssociationTypeId {
  return { category: categoryAt(row.category), typeId: row.association_type };
}
