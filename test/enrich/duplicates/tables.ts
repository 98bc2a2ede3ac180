/** Small tables for the matcher's tests. */

import { seededRandom } from '../../../src/clock.ts';
import { findDuplicates } from '../../../src/enrich/duplicates/index.ts';
import type { Kind, Matcher, ScanOptions } from '../../../src/enrich/duplicates/types.ts';
import { type Table, tableBuilder } from '../../../src/enrich/table.ts';

export type Row = Readonly<Record<string, string>>;

/** Ids are r0, r1, ... */
export function tableOf(rows: readonly Row[], objectType = 'contacts'): Table {
  const properties = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== 'id');
  const builder = tableBuilder(objectType, properties);
  for (const [nth, row] of rows.entries()) builder.add(row['id'] ?? `r${nth}`, row);
  return builder.build();
}

export function scanned(rows: readonly Row[], options: Partial<ScanOptions> = {}): Promise<Matcher> {
  return findDuplicates(tableOf(rows), { kind: 'contacts', threads: 0, ...options });
}

/** Contacts that have nothing to do with each other: what a small portal holds beside the rows of a test. */
export function strangers(count: number, seed = 1): readonly Row[] {
  const random = seededRandom(seed);
  const pick = (from: readonly string[]) => from[Math.floor(random.float() * from.length)] ?? '';
  const digits = (length: number) => Array.from({ length }, () => Math.floor(random.float() * 10)).join('');
  return Array.from({ length: count }, (_, nth) => {
    const [firstname, lastname] = [pick(givenNames), `${pick(beginnings)}${pick(endings)}`];
    const company = `${pick(beginnings)}${pick(endings)} ${pick(trades)}`;
    const domain = `${company.replaceAll(' ', '').toLowerCase()}${nth}.com`;
    return {
      id: `s${nth}`,
      firstname,
      lastname,
      email: random.float() < 0.8 ? `${firstname}.${lastname}@${domain}`.toLowerCase() : '',
      phone:
        random.float() < 0.6
          ? `+1${2 + Math.floor(random.float() * 8)}${digits(2)}${2 + Math.floor(random.float() * 8)}${digits(6)}`
          : '',
      company,
      city: pick(cities),
    };
  });
}

/** The probability of two rows being the same, by id; 0 where they are not among the pairs. */
export function probability({ scan, table }: Matcher, a: string, b: string): number {
  const [x, y] = [rowOf(table, a), rowOf(table, b)].sort((one, two) => one - two);
  const pair = scan.pairs.find((each) => each.a === x && each.b === y);
  return pair === undefined || pair.veto !== undefined ? 0 : pair.probability;
}

export function rowOf(table: Table, id: string): number {
  const decoder = new TextDecoder();
  for (let row = 0; row < table.rows; row++) {
    const [from, to] = [table.ids.offsets[row] ?? 0, table.ids.offsets[row + 1] ?? 0];
    if (decoder.decode(table.ids.bytes.slice(from, to)) === id) return row;
  }
  throw new Error(`No row has the id ${id}.`);
}

export const kinds: readonly Kind[] = [
  'contacts',
  'companies',
  'deals',
  'tickets',
  'persons',
  'organisations',
  'generic',
];

const givenNames =
  'Anna Ben Clara David Elena Felix Greta Hugo Ines Jonas Karla Leon Mira Nils Olga Paul Rosa Simon Tara Viktor Wanda Yusuf Zoe Amir Bruno'.split(
    ' ',
  );
const beginnings = 'Al Bren Cor Dal Es Fen Gar Hol Is Jor Kes Lan Mor Nor Os Pel Quin Ras Sol Tor'.split(' ');
const endings = 'berg dahl feld gart hoven ini kamp lund mann nik ov per quist rup sen tov ulla vik wick zak'.split(
  ' ',
);
const trades = 'Foods Software Logistics Media Energy Partners Textiles Health'.split(' ');
const cities = 'Aarhus Bilbao Cork Dresden Essen Faro Ghent Hull Izmir Jena Kiel Lyon Malmo Nantes Oslo Porto'.split(
  ' ',
);
