/**
 * The rows of an import's file, as text.
 * Guess: a CSV is separated by commas; without a byte order mark it is UTF-8 where it can be, else Windows-1252; of a
 * spreadsheet the first sheet is read.
 */

import { parse } from 'csv-parse/sync';

/** Row by row, header included; empty rows are left out. Rejects with what is wrong with the file. */
export async function readRows(format: 'CSV' | 'SPREADSHEET', bytes: Uint8Array): Promise<string[][]> {
  return format === 'CSV' ? readCsv(bytes) : readSpreadsheet(bytes);
}

function readCsv(bytes: Uint8Array): string[][] {
  return parse(decode(bytes), { relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

async function readSpreadsheet(bytes: Uint8Array): Promise<string[][]> {
  // Few imports are spreadsheets, and none is read when a portal starts.
  const { readSheet } = await import('read-excel-file/node');
  const rows = await readSheet(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return rows.map((row) => row.map(cellText)).filter((row) => row.some((cell) => cell !== ''));
}

/** Dates as ISO 8601, at midnight without the time. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, '');
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

const NEWLINE = 10;
const QUOTE = 34;

/** How many lines a CSV has that are not inside quotes; quick enough for half a gigabyte. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  let quoted = false;
  let empty = true;
  for (const byte of bytes) {
    if (byte === QUOTE) quoted = !quoted;
    if (byte === NEWLINE && !quoted) {
      if (!empty) lines++;
      empty = true;
    } else if (byte !== 13) empty = false;
  }
  return empty ? lines : lines + 1;
}
