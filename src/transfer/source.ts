/** A file of rows, CSV or JSON Lines, as an import reads it: never as a whole, and as often as is asked for. */

import { stat } from 'node:fs/promises';
import { UsageError } from '../option.ts';
import { openCsv } from './csv.ts';
import { unguardFormula } from './formula.ts';
import { readJsonl } from './jsonl.ts';

export type Format = 'csv' | 'jsonl';

export interface SourceRow {
  /** As a spreadsheet or an editor counts: from 1, a CSV's header included. */
  readonly row: number;
  /** By column; a column that a JSON object leaves out is not there. */
  readonly cells: ReadonlyMap<string, string>;
  /** Why the row cannot be used. */
  readonly broken?: string;
}

export interface Source {
  readonly format: Format;
  readonly sizeBytes: number;
  /** Of JSON Lines: all that any of its objects has. */
  readonly columns: readonly string[];
  /** @param onBytes hears how much of the file was read */
  rows(onBytes?: (read: number) => void): AsyncIterable<SourceRow>;
}

export function formatOf(file: string): Format | undefined {
  if (/\.(csv|tsv|txt)$/i.test(file)) return 'csv';
  return /\.(jsonl|ndjson)$/i.test(file) ? 'jsonl' : undefined;
}

/** @throws UsageError when there is no such file, or it is empty */
export async function openSource(file: string, format: Format, delimiter: string): Promise<Source> {
  return format === 'csv' ? csvSource(file, delimiter) : jsonlSource(file);
}

async function csvSource(file: string, delimiter: string): Promise<Source> {
  const first = await openCsv(file, delimiter);
  first.close();
  const { header, sizeBytes } = first;
  return {
    format: 'csv',
    sizeBytes,
    // Spreadsheets like to leave an empty column at the end.
    columns: header.filter((name) => name !== ''),
    async *rows(onBytes = () => undefined) {
      const opened = await openCsv(file, delimiter);
      try {
        for await (const { row, cells, broken } of opened.rows()) {
          onBytes(opened.readBytes());
          const named = new Map(header.map((column, place) => [column, unguardFormula(cells[place] ?? '')]));
          yield { row, cells: named, ...(broken !== undefined && { broken }) };
        }
      } finally {
        opened.close();
      }
    },
  };
}

async function jsonlSource(file: string): Promise<Source> {
  const found = await stat(file).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const columns = new Set<string>();
  let empty = true;
  for await (const { cells } of readJsonl(file, () => undefined)) {
    empty = false;
    for (const name of Object.keys(cells)) columns.add(name);
  }
  if (empty) throw new UsageError(`${file} is empty: it needs at least one row.`);
  return {
    format: 'jsonl',
    sizeBytes: found.size,
    columns: [...columns],
    async *rows(onBytes = () => undefined) {
      for await (const { row, cells, broken } of readJsonl(file, onBytes)) {
        yield { row, cells: new Map(Object.entries(cells)), ...(broken !== undefined && { broken }) };
      }
    },
  };
}
