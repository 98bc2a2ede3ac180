/** What SQLite says of all records that one is linked with, of which there may be many thousand: none of them is read. */

import type { Database } from '../../sqlite.ts';
import type { RecordRef } from './associations.ts';

/** Archived records are left out. */
export interface LinkedRecords {
  /** When the first record of a type that it is linked with was created, in milliseconds since the epoch. */
  firstCreated(record: RecordRef, typeId: string): number | undefined;
  /** How many records of a type that it is linked with have each value of a property. Only of a property in `tallied`. */
  tally(record: RecordRef, typeId: string, property: string): ReadonlyMap<string, number>;
}

/** What can be counted by value: each has an index of the records that have a value at all. */
const tallied = [{ typeId: '0-1', property: 'hs_buying_role' }];

/** `flush` writes the records of a type that wait. */
export function linkedRecords(database: Database, flush: (typeId: string) => void): LinkedRecords {
  // Everything that is asked stands in the indexes: no row is looked at, which would take four times as long.
  database.exec('CREATE INDEX IF NOT EXISTS record_times ON records (type_id, id, archived_at, created_at)');
  const selectFirst = database.prepare<{ at: number | null }>(
    `SELECT min(created_at) AS at FROM ${linked('?3', 'record_times')}`,
  );
  const tallies = new Map(
    tallied.map(({ typeId, property }) => {
      const value = `properties ->> '$.${property}'`;
      database.exec(`
        CREATE INDEX IF NOT EXISTS having_${property} ON records (type_id, id, archived_at)
        WHERE type_id = '${typeId}' AND ${value} IS NOT NULL`);
      const select = database.prepare<{ value: string; n: number }>(`
        SELECT ${value} AS value, count(*) AS n FROM ${linked(`'${typeId}'`, `having_${property}`)}
        WHERE ${value} IS NOT NULL GROUP BY 1`);
      return [`${typeId}/${property}`, select];
    }),
  );
  return {
    firstCreated(record, typeId) {
      flush(typeId);
      return selectFirst.get(record.typeId, Number(record.id), typeId)?.at ?? undefined;
    },
    tally(record, typeId, property) {
      const select = tallies.get(`${typeId}/${property}`);
      if (!select) throw new Error(`${property} of ${typeId} is not tallied.`);
      flush(typeId);
      return new Map(select.all(record.typeId, Number(record.id)).map(({ value, n }) => [value, n]));
    },
  };
}

/** The linked records of a type, which is an SQL expression, found in an index that has all that is asked. */
const linked = (typeId: string, index: string) => `
  (SELECT DISTINCT to_id FROM associations WHERE from_type = ?1 AND from_id = ?2 AND to_type = ${typeId})
  CROSS JOIN records INDEXED BY ${index} ON type_id = ${typeId} AND id = to_id AND archived_at IS NULL`;
