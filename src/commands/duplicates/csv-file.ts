/** A CSV file as people have them: what divides its fields and how it is encoded is found out, and said. */

import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { UsageError } from '../../option.ts';
import { type CsvRecord, CsvSplitter, CsvTrouble } from './csv-records.ts';

export interface CsvFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** As written, trimmed; what was empty or there twice got a name of its own. */
  readonly header: readonly string[];
  /** Names that were given to columns without one of their own. */
  readonly renamed: readonly string[];
}

/** `windows-1252` is what programs mean by Latin-1. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const CHUNK = 1 << 20;
const DELIMITERS = [',', ';', '\t', '|'];

/** @throws UsageError where there is no such file, or nothing in it that could be a table */
export async function openCsvFile(path: string, signal: AbortSignal): Promise<CsvFile> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${error.message}`,
    );
  });
  if (!found.isFile()) throw new UsageError(`${path} is not a file.`);
  const encoding = await encodingOf(path, signal);
  const beginning = await headOf(path, encoding);
  if (beginning.includes(0)) throw new UsageError(`${path} is no text: save it as CSV (UTF-8).`);
  if (/^\s*(\{\s*["}]|\[\s*[[{])/.test(beginning.toString('latin1'))) {
    throw new UsageError(`${path} is JSON: save it as CSV, with a header line.`);
  }
  const readings = DELIMITERS.map((delimiter) => ({ delimiter, ...firstRecords(beginning, delimiter) }));
  const best = readings.reduce((most, each) => (each.score > most.score ? each : most));
  // One column is what a delimiter finds that is not there, so another that found trouble is right.
  const trouble = best.header.length > 1 ? undefined : readings.find((each) => each.trouble !== undefined)?.trouble;
  if (trouble !== undefined) throw new UsageError(`${path}: ${trouble}`);
  if (best.header.length === 0) throw new UsageError(`${path} is empty: it needs a header line.`);
  return { path, sizeBytes: found.size, encoding, delimiter: best.delimiter, ...namesOf(best.header) };
}

export interface Reading {
  readonly signal: AbortSignal;
  readonly progress: (readBytes: number) => void;
}

/**
 * Every record below the header, blank lines left out.
 * @throws UsageError at the first record that cannot be read
 */
export async function readRecords(
  { path, encoding, delimiter }: CsvFile,
  visit: (record: CsvRecord) => void,
  { signal, progress }: Reading,
): Promise<void> {
  let header = true;
  const splitter = new CsvSplitter(delimiter, (record) => {
    if (!header) visit(record);
    header = false;
  });
  const source = createReadStream(path, { highWaterMark: CHUNK, signal });
  try {
    for await (const chunk of textOf(source, encoding)) {
      splitter.write(chunk);
      progress(source.bytesRead);
    }
    splitter.end();
  } catch (error) {
    if (error instanceof CsvTrouble) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
}

async function encodingOf(path: string, signal: AbortSignal): Promise<Encoding> {
  let rest = Buffer.alloc(0);
  let first = true;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK, signal })) {
    const bytes = Buffer.concat([rest, chunk]);
    if (first && bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
    if (first && bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
    first = false;
    const whole = wholeCharacters(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) return 'windows-1252';
    rest = bytes.subarray(whole);
  }
  return rest.length === 0 ? 'utf-8' : 'windows-1252';
}

/** How many bytes there are up to a character of UTF-8 that the end may cut in two. */
function wholeCharacters(bytes: Buffer): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(4, length); back++) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return length;
    // A first byte says how many follow.
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? length - back : length;
  }
  return length;
}

/** As UTF-8, without a byte order mark. */
async function* textOf(source: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    let first = true;
    for await (const chunk of source) {
      const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
      first = false;
      yield marked ? chunk.subarray(3) : chunk;
    }
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function headOf(path: string, encoding: Encoding): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, 0);
    const parts: Buffer[] = [];
    for await (const part of textOf(once(buffer.subarray(0, bytesRead)), encoding)) parts.push(part);
    return Buffer.concat(parts);
  } finally {
    await file.close();
  }
}

async function* once(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk;
}

/** How many rows are looked at to find what divides fields. */
const LOOKED_AT = 20;

/** The delimiter is the one that makes most columns, and as many in the rows below as in the header. */
function firstRecords(head: Buffer, delimiter: string) {
  const records: { readonly fields: readonly string[]; readonly count: number }[] = [];
  let trouble: string | undefined;
  try {
    // Reading takes doubled marks away in place.
    const splitter = new CsvSplitter(delimiter, ({ bytes, count, from, to }) => {
      if (records.length >= LOOKED_AT) return;
      const fields =
        records.length > 0 ? [] : Array.from({ length: count }, (_, n) => bytes.toString('utf8', from[n], to[n]));
      records.push({ fields, count });
    });
    splitter.write(Buffer.from(head));
    if (head.length < CHUNK) splitter.end();
  } catch (error) {
    if (!(error instanceof CsvTrouble)) throw error;
    // What is wrong further down is told when it is come to.
    if (records.length === 0) trouble = error.message;
  }
  const header = records[0]?.fields ?? [];
  const even = records.filter(({ count }) => count === header.length).length;
  return { header, trouble, score: header.length <= 1 ? header.length - 1 : (header.length * even) / records.length };
}

function namesOf(header: readonly string[]): Pick<CsvFile, 'header' | 'renamed'> {
  const names = new Set<string>();
  const renamed: string[] = [];
  for (const [index, cell] of header.entries()) {
    const own = cell.trim() || `column ${index + 1}`;
    let name = own;
    for (let count = 2; names.has(name); count++) name = `${own} (${count})`;
    names.add(name);
    if (name !== cell.trim()) renamed.push(name);
  }
  return { header: [...names], renamed };
}
