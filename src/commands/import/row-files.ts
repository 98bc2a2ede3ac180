/** The files that an import leaves behind: what became of each row, and the rows that failed, to be imported again. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { guardFormula } from '../../transfer/formula.ts';
import type { ImportItem } from '../../transfer/item.ts';
import type { Mapping } from '../../transfer/mapping.ts';
import type { ImportOptions } from '../import.ts';
import { refuseTargets } from '../out-file.ts';

export interface RowReport {
  readonly row: number;
  readonly key: string;
  readonly outcome: string;
  readonly id?: string | undefined;
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
}

/** Rows written one after the other, as fast as the disk takes them. */
export interface RowFile<Row> {
  add(row: Row): Promise<void>;
  close(): Promise<void>;
}

/** Asked before the work. Throws as {@link refuseTargets}. */
export async function refuseRowFiles({ report, failed, file, force }: ImportOptions): Promise<void> {
  await refuseTargets(
    [
      { flag: '--report', path: report },
      { flag: '--failed', path: failed },
    ],
    { force, input: file },
  );
}

const COLUMNS = ['row', 'key', 'outcome', 'id', 'code', 'reason'] as const;

export function reportFile(path: string): RowFile<RowReport> {
  const csv = /\.csv$/i.test(path);
  return lines(path, csv ? csvLine(COLUMNS, ',') : undefined, (row) =>
    csv
      ? csvLine(
          COLUMNS.map((name) => (typeof row[name] === 'number' ? row[name] : guardFormula(row[name] ?? ''))),
          ',',
        )
      : `${JSON.stringify(row)}\n`,
  );
}

/** With the columns of the mapping; those that it does not use are empty, since an import does not take them along. */
export function failedFile(path: string, { columns, delimiter }: Mapping, csv: boolean): RowFile<ImportItem> {
  return lines(path, csv ? csvLine(columns, delimiter) : undefined, ({ cells }) =>
    csv
      ? csvLine(
          columns.map((name) => guardFormula(cells.get(name) ?? '')),
          delimiter,
        )
      : `${JSON.stringify(Object.fromEntries(columns.map((name) => [name, cells.get(name) ?? null])))}\n`,
  );
}

function csvLine(cells: readonly (string | number)[], delimiter: string): string {
  return stringify([[...cells]], { delimiter });
}

function lines<Row>(path: string, head: string | undefined, lineOf: (row: Row) => string): RowFile<Row> {
  const stream = createWriteStream(path);
  const done = finished(stream);
  // Whoever closes hears of it.
  done.catch(() => undefined);
  const write = async (line: string) => {
    if (!stream.write(line) && !stream.destroyed) await Promise.race([once(stream, 'drain'), done]);
  };
  const begun = head === undefined ? Promise.resolve() : write(head);
  return {
    async add(row) {
      await begun;
      await write(lineOf(row));
    },
    async close() {
      stream.end();
      await done;
    },
  };
}
