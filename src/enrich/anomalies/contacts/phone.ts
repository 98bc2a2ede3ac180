/** Telephone numbers of contacts. */

import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import { byValue, groupedBy, interned } from '../../interned.ts';
import { countryCode, countryName } from '../../normal/country.ts';
import { fold } from '../../normal/fold.ts';
import { readPhone } from '../../normal/phone.ts';
import { remember } from '../../normal/remember.ts';
import { type Column, isEmptyAt, type Table, textAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { columnOf, columnsOf, rowsWhere, tableOf } from '../columns.ts';
import { changeFix, examples, fixOf, mostFrequent } from '../draft.ts';
import { found } from '../found.ts';
import { countryAt, countryProperties, numbersOf } from '../phones.ts';
import type { Check, FindingDraft, PortalData } from '../types.ts';

export const badPhone: Check = {
  id: 'C07',
  version: 1,
  title: 'Telephone number that cannot be dialled, or not in international form',
  about:
    'Too short or too long for its country (that of the record, else of the portal), digits typed for want of a number, or not written as E.164.',
  severity: 'medium',
  objectType: 'contacts',
  needs: { contacts: ['phone'] },
  uses: { contacts: ['mobilephone', ...countryProperties] },
  run(data) {
    const table = tableOf(data, 'contacts');
    return columnsOf(table, ['phone', 'mobilephone']).flatMap(({ property, column }) =>
      ofProperty(data, table, property, column),
    );
  },
};

function ofProperty(data: PortalData, table: Table, property: string, column: Column): FindingDraft[] {
  const { codes, keys } = numbersOf(data, table, column);
  const invalid: number[] = [];
  const loose: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (isEmptyAt(column, row)) continue;
    const key = keys[codes[row] ?? 0] ?? '';
    if (!key.startsWith('+')) invalid.push(row);
    else if (!isInternational(column, row)) loose.push(row);
  }
  const drafts: FindingDraft[] = [];
  if (invalid.length > 0) {
    drafts.push({
      ...affected(table, invalid),
      subject: `${property} no number`,
      evidence: { property, ...examples(table, invalid, property, 'country') },
      note: 'Nobody can be called by these: they are too short or too long for any number of the country, or typed for want of one.',
    });
  }
  if (loose.length > 0) {
    const changes = loose.slice(0, MOST_READ).flatMap((row) => {
      const read = readPhone(textAt(column, row), countryAt(data, table)(row));
      return read?.valid === true && read.extension === '' ? [{ row, properties: { [property]: read.e164 } }] : [];
    });
    drafts.push({
      ...affected(table, loose),
      subject: `${property} not international`,
      severity: 'low',
      evidence: { property, ...examples(table, loose, property) },
      note: 'Dialling from another country, calling by click, and the matching of duplicates need the international form.',
      ...fixOf(
        changeFix(
          table,
          changes,
          'Numbers with an extension, and those not given out in their country, are not in it.',
        ),
      ),
    });
  }
  return drafts;
}

/** A fix names 50; some more are read since some have extensions. */
const MOST_READ = 200;

const PLUS = 0x2b;

/** Whether it is written as E.164: a plus and digits, nothing else. */
function isInternational({ bytes, offsets }: Column, row: number): boolean {
  const from = offsets[row] ?? 0;
  const to = offsets[row + 1] ?? from;
  if (bytes[from] !== PLUS || to - from > 16) return false;
  for (let at = from + 1; at < to; at++) if ((bytes[at] ?? 0) < 0x30 || (bytes[at] ?? 0) > 0x39) return false;
  return true;
}

export const sharedPhone: Check = {
  id: 'C08',
  version: 1,
  title: 'One number for several people',
  about: 'Three or more contacts of different surnames have the same number.',
  severity: 'low',
  objectType: 'contacts',
  needs: { contacts: ['phone', 'lastname'] },
  uses: { contacts: countryProperties },
  run(data) {
    const table = tableOf(data, 'contacts');
    const column = columnOf(table, 'phone');
    const surname = columnOf(table, 'lastname');
    const { codes: numbers, keys } = numbersOf(data, table, column);
    const groups = groupedBy(numbers, keys.length - 1);
    const surnames = byValue(surname, fold);
    const { codes } = interned(surname);
    const counts = new Map<string, number>();
    const rows: number[] = [];
    for (let number = 1; number < keys.length; number++) {
      const own = groups.rows.subarray(groups.starts[number], groups.starts[number + 1]);
      if (own.length < 3) continue;
      const different = new Set(Array.from(own, (row) => surnames[codes[row] ?? 0] ?? ''));
      different.delete('');
      if (different.size < 3) continue;
      counts.set(keys[number] ?? '', own.length);
      for (const row of own) rows.push(row);
    }
    return found(table, rows, () => ({
      subject: 'all',
      evidence: { 'shared numbers': counts.size, ...mostFrequent(counts) },
      note: 'These are switchboards and desks: the number says where somebody works, not who it is, and reaches nobody directly.',
    }));
  },
};

export const phoneOfOtherCountry: Check = {
  id: 'C09',
  version: 1,
  title: 'Number of another country than the contact',
  about: "The number, in international form, is of another country than the contact's country property says.",
  severity: 'low',
  objectType: 'contacts',
  needs: { contacts: ['phone', 'country'] },
  run(data) {
    const table = tableOf(data, 'contacts');
    const phone = columnOf(table, 'phone');
    const country = columnOf(table, 'country');
    const { codes } = interned(country);
    const countries = byValue(country, countryCode);
    const counts = new Map<string, number>();
    const rows = rowsWhere(table, (row) => {
      const said = countries[codes[row] ?? 0] ?? '';
      // Only what names its country can contradict.
      if (said === '' || phone.bytes[phone.offsets[row] ?? 0] !== PLUS || isEmptyAt(phone, row)) return false;
      const text = textAt(phone, row);
      if (text.startsWith(callingCode(said))) return false;
      const read = readPhone(text, '');
      const of = read?.valid === true ? read.country : '';
      if (of === '' || of === said) return false;
      const pair = `${countryName(said)}, number of ${countryName(of)}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
      return true;
    });
    return found(table, rows, () => ({
      subject: 'all',
      evidence: { ...examples(table, rows, 'phone', 'country'), ...mostFrequent(counts) },
      note: 'Either the country or the number is wrong; territories and working hours are chosen by one of them.',
    }));
  },
};

/** `+49` of `DE`; of a country that has none, what no number begins with. */
const callingCode: (country: string) => string = remember((country) =>
  isSupportedCountry(country) ? `+${getCountryCallingCode(country)}` : 'none',
);
