import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type CsvError, parse } from 'csv-parse';
import { UsageError } from '../option.ts';

/** One row as the file has it. */
export interface CsvRow {
  /** As a spreadsheet counts: the header is row 1, and a line break inside a field starts no new row. */
  readonly row: number;
  readonly cells: readonly string[];
  /** Why the cells cannot be trusted. */
  readonly broken?: string;
}

export interface CsvFile {
  readonly header: readonly string[];
  readonly sizeBytes: number;
  /** Every row below the header, broken ones included; blank lines are left out but counted. Can be read once. */
  rows(): AsyncIterable<CsvRow>;
  /** How much of the file was read so far. */
  readBytes(): number;
  /** Nothing more is read. */
  close(): void;
}

const REPLACEMENT = '\uFFFD';

/**
 * Opens a CSV file (RFC 4180, UTF-8 with or without a byte order mark) and reads its header. The rest is read as it is
 * asked for, so that its size does not matter.
 */
export async function openCsv(file: string, delimiter: string): Promise<CsvFile> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    throw new UsageError(
      found.code === 'ENOENT'
        ? `There is no file ${file}. Give the path of a CSV file.`
        : `${file} cannot be read: ${found.message}`,
    );
  }
  if (!found.isFile()) throw new UsageError(`${file} is not a file. Give the path of a CSV file.`);

  const all = parseRows(file, delimiter);
  const iterator = all.rows[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) throw new UsageError(`${file} is empty: it needs a header line and at least one row.`);
  const header = readHeader(file, first.value, delimiter);
  const width = header.length;
  return {
    header,
    sizeBytes: found.size,
    readBytes: () => all.readBytes(),
    close: () => all.close(),
    async *rows() {
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        const { cells, broken } = next.value;
        const blank = cells.length === 1 && cells[0]?.trim() === '';
        if (broken === undefined && blank) continue;
        yield broken === undefined && cells.length !== width
          ? { ...next.value, broken: `it has ${cells.length} fields and the header has ${width}` }
          : next.value;
      }
    },
  };
}

function readHeader(file: string, { cells, broken }: CsvRow, delimiter: string): readonly string[] {
  if (broken !== undefined) throw new UsageError(`The header of ${file} cannot be read: ${broken}.`);
  const header = cells.map((cell) => cell.trim());
  const twice = header.filter((name, index) => name !== '' && header.indexOf(name) !== index);
  if (twice.length > 0) {
    throw new UsageError(
      `The header of ${file} has "${twice[0]}" more than once. Rename one of them: a column is known by its name.`,
    );
  }
  const other = [',', ';', '\t'].find((candidate) => candidate !== delimiter && header[0]?.includes(candidate));
  if (header.length === 1 && other !== undefined) {
    const name = other === '\t' ? 'tab' : `"${other}"`;
    throw new UsageError(
      `${file} has only one column, "${header[0]}". If ${name} divides its fields, add --delimiter ${name}, or "delimiter" to the mapping of an import.`,
    );
  }
  return header;
}

/** A quotation mark too many or too few shifts what is inside quotes and what is outside, so nothing below it is used. */
function parseRows(
  file: string,
  delimiter: string,
): { rows: AsyncIterable<CsvRow>; readBytes(): number; close(): void } {
  let unreadable: CsvRow | undefined;
  const source = createReadStream(file);
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_records_with_error: true,
    on_skip(error) {
      const reason = error === undefined ? 'it cannot be read' : reasonOf(error);
      unreadable ??= { row: parser.info.records + 1, cells: [], broken: `${reason}; nothing below it was read` };
      return undefined;
    },
  });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);

  async function* rows(): AsyncGenerator<CsvRow> {
    let row = 0;
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      if (row === unreadable?.row) break;
      const garbled = cells.some((cell) => cell.includes(REPLACEMENT));
      yield { row, cells, ...(garbled && { broken: 'it is not UTF-8: save the file as UTF-8' }) };
    }
    if (unreadable !== undefined) yield unreadable;
  }
  return {
    rows: rows(),
    readBytes: () => source.bytesRead,
    close() {
      source.destroy();
      parser.destroy();
    },
  };
}

/** The parser counts lines where everything else here counts rows, so its place is left out. */
function reasonOf({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark opens a field and none closes it';
  if (code === 'CSV_INVALID_CLOSING_QUOTE')
    return 'something follows a closing quotation mark (one inside is written "")';
  if (code === 'INVALID_OPENING_QUOTE') return 'a quotation mark opens in the middle of a field';
  return message.replace(/ (?:at|on) line \d+/u, '');
}
