/**
 * Which records belong together. A pair of records that is linked has one or more association types in each direction;
 * both directions are always written together, and a labelled one never stands without the unlabelled one.
 */

import type { Database } from '../../sqlite.ts';
import type { PortalError } from '../errors.ts';
import { type AssociationLimits, linkLimits } from './association-limits.ts';
import type { AssociationCategory, AssociationType, AssociationTypeId, AssociationTypes } from './association-types.ts';
import type { Change } from './changes.ts';

export interface RecordRef {
  readonly typeId: string;
  readonly id: string;
}

/** One record that another one is linked with, and how: in the direction from the record that was asked about. */
export interface Link {
  readonly id: string;
  readonly types: readonly AssociationTypeId[];
}

export interface AssociationTables {
  /** Adds types to a pair; none: only the unlabelled one. @throws PortalError 400 beyond a limit */
  link(from: RecordRef, to: RecordRef, types?: readonly AssociationType[]): void;
  /** The pair has exactly these types from now on, the unlabelled one included. @throws PortalError 400 beyond a limit */
  replace(from: RecordRef, to: RecordRef, types: readonly AssociationType[]): void;
  /** Removes types from a pair; with the unlabelled one, everything. */
  unlink(from: RecordRef, to: RecordRef, types?: readonly AssociationTypeId[]): void;
  /** The types of one pair; none: not linked. */
  between(from: RecordRef, to: RecordRef): AssociationTypeId[];
  /** Linked records in the order of their ids, starting at the id `from`. */
  list(record: RecordRef, toTypeId: string, page: { limit: number; from?: string | undefined }): Link[];
  /** Everything that it is linked with, by type and in the order of ids; undefined where that takes more than `most` rows. */
  links(record: RecordRef, most: number): ReadonlyMap<string, readonly Link[]> | undefined;
  /** How many records of that type it is linked with. */
  count(record: RecordRef, toTypeId: string): number;
  /** The id of its primary record of that type. */
  primary(record: RecordRef, toTypeId: string): string | undefined;
  /** The ids of all records of `typeId` that are linked with `to`. */
  linkedWith(typeId: string, to: RecordRef): string[];
  /** Every linked pair, in each of its two directions; the portal may be written to meanwhile. */
  all(): IterableIterator<{ readonly from: RecordRef; readonly to: RecordRef; readonly types: AssociationTypeId[] }>;
  /** Every pair that has the type: the ids of the linked records by the id of the record that they are linked with. */
  allOfType(type: AssociationType): Map<string, string[]>;
  /** The types of records that it is linked with. */
  linkedTypeIds(record: RecordRef): string[];
  /** Whether any pair has that type. */
  isUsed(fromTypeId: string, type: AssociationTypeId): boolean;
  /** Takes a type off every pair that has it, in both directions. */
  removeType(type: AssociationType): void;
  /** Hands every link of one record to another one, whatever the limits. */
  move(from: RecordRef, to: RecordRef): void;
  /** What `link` would be refused with for a limit. */
  refusal(from: RecordRef, to: RecordRef, types?: readonly AssociationType[]): PortalError | undefined;
  /** Records that are linked with at least so many records of a type. */
  usage(minimum: number): Usage[];
  /** Forgets what it remembers of the rows, for whoever changed them otherwise. */
  forget(): void;
}

export interface Usage {
  readonly record: RecordRef;
  readonly toTypeId: string;
  readonly count: number;
}

const categories: readonly AssociationCategory[] = ['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK'];

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

function primaryKeyOf(row: AssociationRow) {
  return [row.from_type, row.from_id, row.to_type, row.to_id, row.category, row.association_type] as const;
}

/** How many rows are read at once where all are wanted one after the other. */
const PIECE = 2000;

/** `changed` hears of both ends of every pair that was written, `happened` of every row that came or went. */
export function associationTables(
  database: Database,
  options: {
    types: AssociationTypes;
    limits: AssociationLimits;
    changed(record: RecordRef): void;
    happened(change: Change): void;
  },
): AssociationTables {
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

  /** The records that it is linked with in that way. */
  const holders = (record: RecordRef, toTypeId: string, type: AssociationType) =>
    selectHolders.all(record.typeId, Number(record.id), toTypeId, categoryNumber(type), type.typeId);

  const add = (from: RecordRef, to: RecordRef, type: AssociationType): void => {
    const inverse = type.inverse && options.types.find(to.typeId, from.typeId, type.inverse);
    if (type.single) demote(from, to.typeId, type);
    if (inverse?.single) demote(to, from.typeId, inverse);
    addRow(from, to, type);
    if (inverse) addRow(to, from, inverse);
  };

  const addRow = (from: RecordRef, to: RecordRef, { category, typeId }: AssociationTypeId): void => {
    const type = { category, typeId };
    const { changes } = insert.run(...key(from, to), categoryNumber(type), typeId);
    if (changes > 0) options.happened({ kind: 'linked', from, to, type });
  };

  const takeRow = (from: RecordRef, to: RecordRef, { category, typeId }: AssociationTypeId): void => {
    const type = { category, typeId };
    const { changes } = remove.run(...key(from, to), categoryNumber(type), typeId);
    if (changes > 0) options.happened({ kind: 'unlinked', from, to, type });
  };

  /** A record has one primary record of a type: the earlier one stays linked without that label. */
  const demote = (from: RecordRef, toTypeId: string, type: AssociationType): void => {
    for (const { to_id } of holders(from, toTypeId, type)) {
      take(from, { typeId: toTypeId, id: String(to_id) }, type);
    }
  };

  const take = (from: RecordRef, to: RecordRef, type: AssociationTypeId): void => {
    takeRow(from, to, type);
    const inverse = options.types.find(from.typeId, to.typeId, type)?.inverse;
    if (inverse) takeRow(to, from, inverse);
  };

  /** Takes everything off a pair, in both directions, but what is `kept` of the one from `from`, and its inverse. */
  const strip = (from: RecordRef, to: RecordRef, kept: readonly AssociationType[] = []): void => {
    for (const type of tables.between(from, to))
      if (!kept.some((other) => isSame(other, type))) takeRow(from, to, type);
    for (const type of tables.between(to, from)) {
      if (!kept.some(({ inverse }) => inverse && isSame(inverse, type))) takeRow(to, from, type);
    }
  };

  const changed = (from: RecordRef, to: RecordRef): void => {
    options.changed(from);
    options.changed(to);
  };

  const write = (from: RecordRef, to: RecordRef, types: readonly AssociationType[]): void => {
    const unlabelled = options.types.unlabelled(from.typeId, to.typeId);
    if (!unlabelled) throw new Error(`No association is defined from ${from.typeId} to ${to.typeId}.`);
    add(from, to, unlabelled);
    for (const type of types) add(from, to, type);
    changed(from, to);
  };

  const tables: AssociationTables = {
    link(from, to, types = []) {
      limits.check(from, to, types);
      write(from, to, types);
    },
    replace(from, to, types) {
      limits.check(from, to, types);
      const unlabelled = options.types.unlabelled(from.typeId, to.typeId);
      strip(from, to, unlabelled ? [unlabelled, ...types] : types);
      write(from, to, types);
    },
    unlink(from, to, types) {
      const unlabelled = options.types.unlabelled(from.typeId, to.typeId);
      if (types && !types.some((type) => unlabelled && isSame(unlabelled, type))) {
        for (const type of types) take(from, to, type);
      } else {
        strip(from, to);
      }
      changed(from, to);
    },
    between: (from, to) => selectPair.all(...key(from, to)).map(toTypeId),
    list(record, toType, { limit, from }) {
      const start = from !== undefined && /^\d{1,15}$/.test(from) ? Number(from) : 0;
      const way = [record.typeId, Number(record.id), toType] as const;
      const links: OpenLink[] = [];
      for (const row of selectPage.all(...way, ...way, start, limit)) addTo(links, row);
      return links;
    },
    links(record, most) {
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
    count: (record, toType) => countPairs.get(record.typeId, Number(record.id), toType)?.n ?? 0,
    primary(record, toType) {
      const type = options.types.between(record.typeId, toType).find(({ single }) => single);
      const [holder] = type ? holders(record, toType, type) : [];
      return holder && String(holder.to_id);
    },
    linkedWith: (typeId, to) => selectLinked.all(to.typeId, Number(to.id), typeId).map((row) => String(row.to_id)),
    *all() {
      let pair: { from: RecordRef; to: RecordRef; types: AssociationTypeId[] } | undefined;
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
    allOfType(type) {
      const pairs = new Map<string, string[]>();
      for (const row of selectByType.all(type.fromTypeId, type.toTypeId, categoryNumber(type), type.typeId)) {
        const from = String(row.from_id);
        const known = pairs.get(from);
        if (known) known.push(String(row.to_id));
        else pairs.set(from, [String(row.to_id)]);
      }
      return pairs;
    },
    linkedTypeIds: (record) => selectTypes.all(record.typeId, Number(record.id)).map((row) => row.to_type),
    isUsed: (fromTypeId, type) => selectUse.get(fromTypeId, categoryNumber(type), type.typeId) !== undefined,
    removeType(type) {
      for (const row of selectByType.all(type.fromTypeId, type.toTypeId, categoryNumber(type), type.typeId)) {
        const from = { typeId: type.fromTypeId, id: String(row.from_id) };
        const to = { typeId: type.toTypeId, id: String(row.to_id) };
        take(from, to, type);
        changed(from, to);
      }
    },
    move(from, to) {
      for (const typeId of tables.linkedTypeIds(from)) {
        for (const link of tables.list(from, typeId, { limit: -1 })) {
          const other = { typeId, id: link.id };
          const types = link.types.flatMap((type) => options.types.find(from.typeId, typeId, type) ?? []);
          tables.unlink(from, other);
          // What was linked with the record that it becomes would be linked with itself.
          if (other.typeId === to.typeId && other.id === to.id) continue;
          // The record that stays keeps its own primary.
          const kept = types.filter((type) => !type.single || holders(to, typeId, type).length === 0);
          write(to, other, kept);
        }
      }
      // They came without being counted.
      limits.forget();
    },
    refusal: (from, to, types) => limits.refusal(from, to, types),
    usage: (minimum) =>
      selectUsage.all(minimum).map((row) => ({
        record: { typeId: row.from_type, id: String(row.from_id) },
        toTypeId: row.to_type,
        count: row.n,
      })),
    forget: () => limits.forget(),
  };

  const limits = linkLimits({
    types: options.types,
    limits: options.limits,
    count: (record, toTypeId) => tables.count(record, toTypeId),
    between: (from, to) => tables.between(from, to),
    holders: (record, type) => holders(record, type.toTypeId, type).length,
  });

  return tables;
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

function key(from: RecordRef, to: RecordRef) {
  return [from.typeId, Number(from.id), to.typeId, Number(to.id)] as const;
}

function isSame(a: AssociationTypeId, b: AssociationTypeId): boolean {
  return a.typeId === b.typeId && a.category === b.category;
}

function isRecord(a: RecordRef, b: RecordRef): boolean {
  return a.id === b.id && a.typeId === b.typeId;
}

/**
 * Orders the two directions of a pair, for where it is told in one: the first is from the lower type id, or the lower
 * record id within one type.
 */
export function isFirstDirection(from: RecordRef, to: RecordRef): boolean {
  if (from.typeId === to.typeId) return Number(from.id) < Number(to.id);
  const [a, b] = [from.typeId, to.typeId].map((typeId) => typeId.split('-').map(Number));
  const [kinds, numbers] = [(a?.[0] ?? 0) - (b?.[0] ?? 0), (a?.[1] ?? 0) - (b?.[1] ?? 0)];
  return kinds === 0 ? numbers < 0 : kinds < 0;
}

/** How a category is stored. */
export function categoryNumber(type: Pick<AssociationTypeId, 'category'>): number {
  return categories.indexOf(type.category);
}

export function categoryAt(number: number): AssociationCategory {
  return categories[number] ?? 'HUBSPOT_DEFINED';
}

function toTypeId(row: TypeRow): AssociationTypeId {
  return { category: categoryAt(row.category), typeId: row.association_type };
}
