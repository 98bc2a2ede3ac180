/** Custom properties that nobody uses, that say nothing, or that have the wrong type. */

import { byValue, type Interned, interned } from '../../interned.ts';
import type { Table } from '../../table.ts';
import { affected } from '../affected.ts';
import { cut } from '../draft.ts';
import type { Check, FindingDraft, Fix, PropertyFacts } from '../types.ts';
import { filledIn, type Watched, watched, watchedNames } from './watched.ts';

const DAY = 86_400_000;
const HARDLY = 0.005;
const UNTOUCHED_DAYS = 365;
const FEWEST_RECORDS = 200;
const base = { version: 1, objectType: '*', needs: {}, reads: watchedNames } as const;
const custom = ({ hubspotDefined }: PropertyFacts) => !hubspotDefined;

export const unused: Check = {
  ...base,
  id: 'P06',
  title: 'Properties that nobody uses',
  about: `A custom property that less than ${100 * HARDLY} % of at least ${FEWEST_RECORDS} records have, and whose definition nobody has touched for ${UNTOUCHED_DAYS} days.`,
  severity: 'low',
  run: (data) =>
    byTable(
      watched(
        data,
        (facts) => custom(facts) && facts.updatedAt !== undefined && data.now - facts.updatedAt > UNTOUCHED_DAYS * DAY,
      ).filter(
        ({ table, column }) => table.rows >= FEWEST_RECORDS && filledIn(column, table.rows) < HARDLY * table.rows,
      ),
    ).map(([table, names]) => ({
      ...affected(table, []),
      objectType: table.objectType,
      subject: names.join(' '),
      evidence: { properties: names.slice(0, 20).join(', '), count: names.length },
      note: 'Hardly any record has these custom properties: they make every form, list and import longer.',
      fix: archive(
        table,
        names,
        'Look first whether a form, a workflow or an app names them: their values are lost with them.',
      ),
    })),
};

const CONSTANT = 0.99;

export const constant: Check = {
  ...base,
  id: 'P09',
  title: 'Properties that are always the same',
  about: `A custom property that at least half of ${FEWEST_RECORDS} or more records have, more than ${100 * CONSTANT} % of them with the same value.`,
  severity: 'low',
  run: (data) =>
    byTable(
      watched(data, custom).filter(({ table, column }) => {
        const filled = filledIn(column, table.rows);
        const most = interned(column).counts.reduce((top, count, code) => (code === 0 ? top : Math.max(top, count)), 0);
        return filled >= FEWEST_RECORDS && 2 * filled >= table.rows && most > CONSTANT * filled;
      }),
    ).map(([table, names]) => ({
      ...affected(table, []),
      objectType: table.objectType,
      subject: names.join(' '),
      evidence: { properties: names.slice(0, 20).join(', '), count: names.length },
      note: 'These custom properties hold the same value on all records, so they tell none from another.',
      fix: archive(
        table,
        names,
        'Look first whether a form, a workflow or an app needs them: their values are lost with them.',
      ),
    })),
};

function byTable(found: readonly Watched[]): [Table, string[]][] {
  const names = new Map<Table, string[]>();
  for (const { table, facts } of found) names.set(table, [...(names.get(table) ?? []), facts.name].sort());
  return [...names];
}

const archive = ({ objectType }: Table, propertyNames: readonly string[], note: string): Fix => ({
  tool: 'archive_properties',
  arguments: { objectType, propertyNames: propertyNames.slice(0, 100) },
  reversible: false,
  note,
});

const SAME_KIND = 0.95;
const FEWEST_VALUES = 50;
/** What looks like a number and is a name. */
const CODES =
  /(?:^|_)(?:ids?|code|zip|plz|cep|postal|phone|mobile|fax|tel|tax|vat|iban|sku|no|nr|ref|key|year|jahr|ano|annee)(?:_|$)|n[uú]mber$|nummer|n[uú]mero|num_|kennung|codigo|kode$/i;
const kinds = [
  { type: 'number', is: (text: string) => /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(text) },
  { type: 'date', is: (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) },
  { type: 'datetime', is: (text: string) => /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(text) },
] as const;

export const wrongType: Check = {
  ...base,
  id: 'P08',
  title: 'Numbers or dates kept as text',
  about: `A custom text property of which ${100 * SAME_KIND} % of at least ${FEWEST_VALUES} values are numbers, or dates as ISO 8601 writes them; ids and codes are left alone.`,
  severity: 'medium',
  run: (data) =>
    watched(data, (facts) => custom(facts) && facts.type === 'string' && !CODES.test(facts.name)).flatMap(
      ({ table, facts, column }): FindingDraft[] => {
        const view = interned(column);
        const { counts } = view;
        const filled = filledIn(column, table.rows);
        if (filled < FEWEST_VALUES) return [];
        const types = byValue(column, (text) => kinds.find(({ is }) => is(text.trim()))?.type);
        return kinds.flatMap(({ type }): FindingDraft[] => {
          const count = types.reduce(
            (sum, seen, code) => (code > 0 && seen === type ? sum + (counts[code] ?? 0) : sum),
            0,
          );
          const value = count / filled;
          if (value < SAME_KIND || (type === 'number' && areIds(view, filled))) return [];
          return [
            {
              ...affected(table, []),
              objectType: table.objectType,
              subject: facts.name,
              statistic: { name: 'share of values', value, threshold: SAME_KIND, n: filled },
              evidence: { property: facts.name, 'values look like': type },
              note: 'These values are kept as text: they cannot be added up, compared or filtered by range.',
              fix: {
                tool: 'create_properties',
                arguments: {
                  objectType: table.objectType,
                  properties: [{ name: `${facts.name.slice(0, 80)}_${type}`, label: `${facts.label} (${type})`, type }],
                },
                reversible: true,
                note: 'Then copy the values over, and archive the property of text.',
              },
            },
          ];
        });
      },
    ),
};

/** Whole numbers of one length that nearly every record has its own of: nobody adds these up. */
function areIds(view: Interned, filled: number): boolean {
  const { size } = view;
  if (size < 0.9 * filled) return false;
  const lengths = new Map<number, number>();
  for (let code = 1; code <= size; code++) {
    const value = view.text(code).trim();
    if (/^\d{5,}$/.test(value)) lengths.set(value.length, (lengths.get(value.length) ?? 0) + 1);
  }
  return Math.max(0, ...lengths.values()) >= 0.9 * size;
}

const MOST_DISTINCT = 30;
const REPEATED = 0.8;

export const repeated: Check = {
  ...base,
  id: 'P10',
  title: 'Free text that is a choice',
  about: `A custom text property with at most ${MOST_DISTINCT} values on at least ${FEWEST_RECORDS} records, ${100 * REPEATED} % of them in use more than once.`,
  severity: 'low',
  run: (data) =>
    watched(data, (facts) => custom(facts) && facts.type === 'string' && !CODES.test(facts.name)).flatMap(
      ({ table, facts, column }): FindingDraft[] => {
        const view = interned(column);
        const { size, counts } = view;
        const filled = filledIn(column, table.rows);
        if (filled < FEWEST_RECORDS || size < 2 || size > MOST_DISTINCT) return [];
        const often = counts.reduce((sum, count, code) => (code > 0 && count > 1 ? sum + 1 : sum), 0);
        if (often < REPEATED * size) return [];
        const values = Array.from({ length: size }, (_, index) => view.text(index + 1)).sort();
        if (values.every((value) => kinds.some(({ is }) => is(value)))) return [];
        return [
          {
            ...affected(table, []),
            objectType: table.objectType,
            subject: facts.name,
            statistic: { name: 'different values', value: size, threshold: MOST_DISTINCT, n: filled },
            evidence: { property: facts.name, values: values.slice(0, 10).map(cut).join(', ') },
            note: 'People type the same few words here: as a choice there would be one spelling of each.',
            fix: {
              tool: 'create_properties',
              arguments: {
                objectType: table.objectType,
                properties: [
                  {
                    name: `${facts.name.slice(0, 80)}_option`,
                    label: `${facts.label} (option)`,
                    type: 'enumeration',
                    options: values.map((label) => ({ label })),
                  },
                ],
              },
              reversible: true,
              note: 'Then copy the values over, and archive the property of text.',
            },
          },
        ];
      },
    ),
};
