/** Columns of telephone numbers, read once for all checks. */

import { byValue, interned } from '../interned.ts';
import { countryCode } from '../normal/country.ts';
import { phoneKey } from '../normal/phone.ts';
import { type Column, isEmptyAt, type Table, textAt } from '../table.ts';
import { columnsOf } from './columns.ts';
import type { PortalData } from './types.ts';

/** Where a record says which country it is in, the first that does. */
export const countryProperties = ['country', 'hs_country_region_code'];

export interface Numbers {
  /** By row; 0 where there is no number. */
  readonly codes: Uint32Array;
  /** By code: `phoneKey`'s, so E.164 where the number is possible. */
  readonly keys: readonly string[];
}

const known = new WeakMap<Column, Numbers>();

export function numbersOf(data: PortalData, table: Table, column: Column): Numbers {
  const found = known.get(column);
  if (found !== undefined) return found;
  const countryOf = countryAt(data, table);
  const codes = new Uint32Array(table.rows);
  const keys = [''];
  const numbered = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) {
    if (isEmptyAt(column, row)) continue;
    const key = phoneKey(textAt(column, row), countryOf(row));
    if (key === '') continue;
    let code = numbered.get(key);
    if (code === undefined) {
      code = keys.push(key) - 1;
      numbered.set(key, code);
    }
    codes[row] = code;
  }
  const made = { codes, keys };
  known.set(column, made);
  return made;
}

/** ISO 3166-1 alpha-2 of the record's country, or else the portal's. */
export function countryAt(data: PortalData, table: Table): (row: number) => string {
  const places = columnsOf(table, countryProperties).map(({ column }) => ({
    codes: interned(column).codes,
    countries: byValue(column, countryCode),
  }));
  return (row) => {
    for (const { codes, countries } of places) {
      const country = countries[codes[row] ?? 0] ?? '';
      if (country !== '') return country;
    }
    return data.country;
  };
}
