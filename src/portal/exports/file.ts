/** The file of an export: a table as CSV or as a spreadsheet, in a zip archive where it is large. */

import { stringify } from 'csv-stringify/sync';
import { zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';
import type { ExportTable } from './table.ts';

export interface ExportFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Source: developers.hubspot.com/docs/api-reference/latest/crm/exports/guide: zip from here on. */
const MAX_ROWS = 1_000_000;
const MAX_CSV_BYTES = 2 * 1024 * 1024;

const contentTypes = {
  CSV: 'text/csv;charset=utf-8',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** What this portal writes; the old binary spreadsheet (XLS) is refused when it is asked for. */
export type FileFormat = keyof typeof contentTypes;

/** Guess: a table of more rows than one file may have comes as several files in one archive. */
export async function exportFile(
  table: ExportTable,
  name: string,
  format: FileFormat,
  { maxRows = MAX_ROWS } = {},
): Promise<ExportFile> {
  // By whole characters: half of one has no place in an address.
  const [base = 'export'] = /^.{1,100}/u.exec(name.replace(/[^\p{L}\p{N} ._-]/gu, '-')) ?? [];
  const extension = format.toLowerCase();
  const parts: Uint8Array[] = [];
  for (let from = 0; from === 0 || from < table.rows.length; from += maxRows) {
    parts.push(await write({ ...table, rows: table.rows.slice(from, from + maxRows) }, format));
  }
  const [first = new Uint8Array()] = parts;
  if (parts.length === 1 && !(format === 'CSV' && first.byteLength > MAX_CSV_BYTES)) {
    return { name: `${base}.${extension}`, contentType: contentTypes[format], bytes: first };
  }
  const numbered = (i: number) => (parts.length === 1 ? `${base}.${extension}` : `${base}-${i + 1}.${extension}`);
  const bytes = zipSync(Object.fromEntries(parts.map((part, i) => [numbered(i), part])), { level: 6 });
  return { name: `${base}.zip`, contentType: 'application/zip', bytes };
}

/** The most characters that a spreadsheet's cell can hold. Guess: a longer text is cut. */
const MAX_CELL = 32_767;

async function write({ headings, rows }: ExportTable, format: FileFormat): Promise<Uint8Array> {
  if (format === 'CSV') return new TextEncoder().encode(stringify([headings, ...rows]));
  const sheet = [
    headings.map((value) => ({ value, fontWeight: 'bold' as const })),
    ...rows.map((row) =>
      row.map((value) =>
        value === '' ? null : { value: typeof value === 'string' ? value.slice(0, MAX_CELL) : value },
      ),
    ),
  ];
  return new Uint8Array(await writeXlsxFile(sheet).toBuffer());
}
