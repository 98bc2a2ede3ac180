/** One thing in several spellings. */

import { byValue, interned } from '../interned.ts';
import { isOneCase } from '../normal/casing.ts';
import { countryCode, countryName } from '../normal/country.ts';
import { wordsOf } from '../normal/fold.ts';
import { valueAt } from '../table.ts';
import { columnsOf, rowsWithText, tableOf } from './columns.ts';
import { changeFix, fixOf, mostFrequent } from './draft.ts';
import { found } from './found.ts';
import type { Check, FindingDraft } from './types.ts';

const places = ['country', 'state', 'city', 'industry'];

export function spellings(id: string, objectType: string): Check {
  return {
    id,
    version: 1,
    title: 'One place or industry in several spellings',
    about:
      'Values of country (by any name or code of it), state, city or industry that are one but for casing, marks or language; only of free text, not of choices.',
    severity: 'medium',
    objectType,
    needs: { [objectType]: [] },
    uses: { [objectType]: places },
    run(data) {
      const table = tableOf(data, objectType);
      return columnsOf(table, places).flatMap(({ property, column }): FindingDraft[] => {
        if (data.properties.get(objectType)?.get(property)?.type === 'enumeration') return [];
        const view = interned(column);
        const keyOf = (text: string) =>
          property === 'country' ? countryCode(text) || foldedKey(text) : foldedKey(text);
        const bySpelling = new Map<string, { text: string; count: number }[]>();
        byValue(column, keyOf).forEach((key, code) => {
          if (key === '') return;
          const spelled = { text: view.text(code), count: view.counts[code] ?? 0 };
          bySpelling.set(key, [...(bySpelling.get(key) ?? []), spelled]);
        });
        const right = new Map<string, string>();
        for (const all of bySpelling.values()) {
          if (all.length < 2) continue;
          const best = property === 'country' ? bestCountry(all) : mostSaid(all);
          for (const { text } of all) if (text !== best) right.set(text, best);
        }
        if (right.size === 0) return [];
        const rows = rowsWithText(column, (text) => right.has(text));
        const counts = new Map(
          [...right].map(([text, best]) => [`${text} for ${best}`, view.counts[view.codeOf(text)] ?? 0]),
        );
        return found(table, rows, () => ({
          subject: property,
          severity: property === 'country' ? 'medium' : 'low',
          evidence: { property, spellings: right.size, ...mostFrequent(counts) },
          note: 'Lists and reports by it count one as several, and a filter for one spelling misses the others.',
          ...fixOf(
            changeFix(
              table,
              rows.map((row) => ({
                row,
                properties: { [property]: right.get(valueAt(table, property, row)) ?? '' },
              })),
            ),
          ),
        }));
      });
    },
  };
}

function foldedKey(text: string): string {
  return wordsOf(text).join(' ');
}

/** The most frequent; of those that are nearly as frequent rather one that is not all in capitals or small letters. */
function mostSaid(all: readonly { readonly text: string; readonly count: number }[]): string {
  const most = Math.max(...all.map(({ count }) => count));
  const worth = ({ text, count }: { readonly text: string; readonly count: number }) =>
    10 * count >= most && !isOneCase(text) ? 10 * count : count;
  return all.toSorted((a, b) => worth(b) - worth(a) || (a.text < b.text ? -1 : 1))[0]?.text ?? '';
}

/** The English name where it is said at all: what most people choose in HubSpot's forms. */
function bestCountry(all: readonly { readonly text: string; readonly count: number }[]): string {
  const most = mostSaid(all);
  const name = countryName(countryCode(most));
  return all.some(({ text }) => text === name) ? name : most;
}
