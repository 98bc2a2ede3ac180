/**
 * The rows of an import's file, as text.
 * Guess: a CSV is separated by commas; without a byte order mark it is UTF-8 where it can be, else Windows-1252; of a
 * spreadsheet the first sheet is read.
 */

import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';

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

/** What a spreadsheet may be when it is unpacked: some kilobytes can stand for more than there is memory. */
const MAX_UNPACKED = 512 * 1024 * 1024;
const MAX_CELLS = 50_000_000;

/** @throws Error for a spreadsheet that is too large to be read */
function checkSize(bytes: Uint8Array): void {
  let size = 0;
  const sheets = unzipSync(bytes, {
    filter({ name, originalSize }) {
      size += originalSize;
      return size <= MAX_UNPACKED && name.startsWith('xl/worksheets/');
    },
  });
  if (size > MAX_UNPACKED) throw new Error('The spreadsheet is too large');
  for (const sheet of Object.values(sheets)) {
    let rows = 0;
    let columns = 0;
    // One cell far out makes a table of everything up to it.
    for (const [, letters = '', row] of Buffer.from(sheet)
      .toString('latin1')
      .matchAll(/\sr="([A-Z]*)(\d+)"/g)) {
      rows = Math.max(rows, Number(row));
      columns = Math.max(columns, columnNumber(letters));
    }
    if (rows * columns > MAX_CELLS) throw new Error('The spreadsheet has too many cells');
  }
}

/** `A` is 1, `AB` is 28. */
function columnNumber(letters: string): number {
  return Array.from(letters).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

async function readSpreadsheet(bytes: Uint8Array): Promise<string[][]> {
  checkSize(bytes);
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
