import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCsvFile, readRecords } from '../../../src/commands/duplicates/csv-file.ts';
import { CsvSplitter } from '../../../src/commands/duplicates/csv-records.ts';
import { UsageError } from '../../../src/option.ts';

const never = new AbortController().signal;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'csv-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const file = (content: string | Buffer) => {
  files += 1;
  const path = join(folder, `${files}.csv`);
  writeFileSync(path, content);
  return path;
};

async function read(content: string | Buffer) {
  const opened = await openCsvFile(file(content), never);
  const rows: string[][] = [];
  await readRecords(
    opened,
    ({ bytes, count, from, to }) => {
      rows.push(Array.from({ length: count }, (_, n) => bytes.toString('utf8', from[n], to[n])));
    },
    { signal: never, progress: () => undefined },
  );
  return { ...opened, rows };
}

/** Fields as the splitter reads them when the text comes in pieces of so many bytes. */
function split(text: string, piece: number): string[][] {
  const rows: string[][] = [];
  const splitter = new CsvSplitter(',', ({ bytes, count, from, to }) => {
    rows.push(Array.from({ length: count }, (_, n) => bytes.toString('utf8', from[n], to[n])));
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) splitter.write(Buffer.from(bytes.subarray(at, at + piece)));
  splitter.end();
  return rows;
}

describe('A CSV file', () => {
  it('is read as the library reads it, wherever the pieces of it end', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '漢', '😀', '"', ',', '\n', '\r', ' ', ';'),
      maxLength: 6,
    });
    const drawn = fc.record({
      rows: fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      quoted: fc.boolean(),
      lastEnd: fc.boolean(),
      piece: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(drawn, ({ rows, lineEnd, quoted, lastEnd, piece }) => {
        const text = stringify(rows, { record_delimiter: lineEnd, quoted, quoted_match: /[\r\n]/, eof: lastEnd });
        const options = { relax_column_count: true, record_delimiter: [lineEnd] };
        expect(split(text, piece)).toEqual(parse(text, options));
      }),
      { numRuns: 300 },
    );
  });

  it('may be divided by commas, semicolons, tabs or bars, with any line ends and a byte order mark', async () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      for (const lineEnd of ['\n', '\r\n', '\r']) {
        const lines = ['id|name|town', '1|"Smith, Ann; ""Jr"""|Bonn', '', '2|"two\nlines"|', ''];
        const text = `\uFEFF${lines.join(lineEnd).replaceAll('|', delimiter)}`;
        const { header, rows, ...found } = await read(text);
        expect(header).toEqual(['id', 'name', 'town']);
        expect(rows).toEqual([
          ['1', 'Smith, Ann; "Jr"', 'Bonn'],
          ['2', 'two\nlines', ''],
        ]);
        expect(found.delimiter).toBe(delimiter);
      }
    }
  });

  it('of one column is not taken apart', async () => {
    const { header, rows } = await read('full name\nAnn Smith\n\nBob Jones');
    expect(header).toEqual(['full name']);
    expect(rows).toEqual([['Ann Smith'], ['Bob Jones']]);
  });

  it('need not be UTF-8', async () => {
    const latin = await read(Buffer.from('id,name\n1,Müller\n2,Ødegård', 'latin1'));
    expect(latin.encoding).toBe('windows-1252');
    expect(latin.rows.map(([, name]) => name)).toEqual(['Müller', 'Ødegård']);
    const wide = await read(Buffer.from('\uFEFFid\tname\r\n1\tMüller\r\n', 'utf16le'));
    expect([wide.encoding, wide.rows]).toEqual(['utf-16le', [['1', 'Müller']]]);
  });

  it('is UTF-8 wherever its first piece of a megabyte cuts a character', async () => {
    for (const pad of [0, 1, 2, 3]) {
      const cut = `id,name\n${'x'.repeat(pad)},${'漢😀é'.repeat(130_000)}\n`;
      const { encoding, rows } = await read(cut);
      expect([encoding, rows[0]?.[1]?.length]).toEqual(['utf-8', 4 * 130_000]);
    }
    expect((await read(Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xc3])]))).encoding).toBe('windows-1252');
  });

  it('has a name for each column', async () => {
    const { header, renamed } = await read('id, name ,name,,name\n1,2,3,4,5\n');
    expect(header).toEqual(['id', 'name', 'name (2)', 'column 4', 'name (3)']);
    expect(renamed).toEqual(['name (2)', 'column 4', 'name (3)']);
  });

  it.each([
    ['', /is empty/],
    ['\n\n', /is empty/],
    ['a,"b\nc,d\n', /a quotation mark opens a field and none closes it/],
    ['a,b\n1,2\n3,"four"x\n', /row 3 cannot be read: something follows a closing quotation mark/],
    ['a,b\n"1\n1",2\n3,"four\n', /row 3 \(line 4\) cannot be read: a quotation mark opens/],
    ['PK\u0003\u0004\u0000\u0000', /is no text/],
  ])('that cannot be read is refused with the place: %j', async (content, message) => {
    await expect(read(content)).rejects.toThrow(UsageError);
    await expect(read(content)).rejects.toThrow(message);
  });

  it('that is not there, or no file, is refused', async () => {
    await expect(openCsvFile(join(folder, 'none.csv'), never)).rejects.toThrow('There is no file');
    await expect(openCsvFile(folder, never)).rejects.toThrow('is not a file');
    for (const text of ['{"a": 1}\n', '[{"a": 1}]', '\n{\n}']) {
      writeFileSync(join(folder, 'other'), text);
      await expect(openCsvFile(join(folder, 'other'), never)).rejects.toThrow('is JSON: save it as CSV');
    }
  });
});
