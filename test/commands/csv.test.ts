import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CsvRow, openCsv } from '../../src/transfer/csv.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array): Promise<{ header: readonly string[]; rows: CsvRow[] }> {
  const file = join(folder, 'file.csv');
  await writeFile(file, content);
  const csv = await openCsv(file, ',');
  const rows: CsvRow[] = [];
  for await (const row of csv.rows()) rows.push(row);
  return { header: csv.header, rows };
}

function write(cells: readonly string[]): string {
  return cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',');
}

describe('A CSV file', () => {
  it('gives back the cells that were written, line breaks, quotes and commas included', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ü', '"', ',', '\n', '\r\n', ' ', ';') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { maxLength: 5 }),
        fc.constantFrom('', '\uFEFF'),
        async (cells, mark) => {
          const { header, rows } = await read(`${mark}A,B\r\n${cells.map(write).join('\r\n')}`);
          expect(header).toEqual(['A', 'B']);
          expect(rows).toEqual(cells.map((each, index) => ({ row: index + 2, cells: each })));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('counts rows as a spreadsheet does: blank lines count, line breaks inside fields do not', async () => {
    const { rows } = await read('A,B\n"one\ntwo",2\n\n3,4\n');
    expect(rows.map(({ row }) => row)).toEqual([2, 4]);
  });

  it('tells rows of another length, and goes on below them', async () => {
    const { rows } = await read('A,B\n1\n1,2,3\n1,2\n');
    expect(rows.map(({ broken }) => broken)).toEqual([
      'it has 1 fields and the header has 2',
      'it has 3 fields and the header has 2',
      undefined,
    ]);
  });

  it('is not read on below a quotation mark that cannot be, since nothing there can be trusted', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `${index},x`).join('\n');
    const { rows } = await read(`A,B\n${many}\n"q"z,5\n${many}\n`);
    expect(rows).toHaveLength(3_001);
    expect(rows.at(-1)).toMatchObject({ row: 3_002, broken: expect.stringContaining('nothing below it was read') });
    expect(rows.slice(0, -1).every(({ broken }) => broken === undefined)).toBe(true);
  });

  it.each([
    ['A,B\n1,2\n"q"z,5\n', /^something follows a closing quotation mark/u],
    ['A,B\n1,2\n"q,5\n', /^a quotation mark opens a field and none closes it/u],
    ['A,B\n1,2\nq"z",5\n', /^a quotation mark opens in the middle of a field/u],
  ])('says what is wrong with a quotation mark by its row, never by a line', async (content, reason) => {
    const broken = (await read(content)).rows.at(-1);
    expect(broken).toMatchObject({ row: 3, broken: expect.stringMatching(reason) });
    expect(broken?.broken).not.toMatch(/\bline\b|undefined/u);
  });

  it('that is not UTF-8 is refused row by row, so that no name is garbled for good', async () => {
    const { rows } = await read(
      Buffer.concat([Buffer.from('A,B\n1,2\nM'), Buffer.from([0xfc]), Buffer.from('ller,3\n')]),
    );
    expect(rows.map(({ broken }) => broken)).toEqual([undefined, 'it is not UTF-8: save the file as UTF-8']);
  });
});
