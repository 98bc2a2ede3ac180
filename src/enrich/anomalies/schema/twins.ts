/** Two properties that are one. */

import { interned } from '../../interned.ts';
import { fold } from '../../normal/fold.ts';
import { affected } from '../affected.ts';
import { changeFix } from '../draft.ts';
import type { Check, FindingDraft, PropertyFacts } from '../types.ts';
import { filledIn, type Watched, watched, watchedNames } from './watched.ts';

const SAME_WORDS = 0.8;
const SAME_VALUES = 0.8;
const FEWEST_BOTH = 50;
/** Rows that are looked at: enough to know how often two properties agree. */
const MOST_BOTH = 20_000;
/** A value that nearly all records have agrees by itself. */
const MOST_COMMON = 0.7;
/** What people put beside the name of what they make again. */
const EMPTY_WORDS: ReadonlySet<string> = new Set([
  'hs',
  'custom',
  'field',
  'property',
  'old',
  'new',
  'copy',
  'legacy',
  'deprecated',
  'the',
  'of',
  'name',
  'import',
  'imported',
]);

export const twins: Check = {
  id: 'P07',
  version: 1,
  title: 'Two properties that are one',
  about: `Names or labels share ${100 * SAME_WORDS} % of the words of the shorter, one of the two is custom, and ${100 * SAME_VALUES} % of at least ${FEWEST_BOTH} records with both hold the same.`,
  severity: 'medium',
  objectType: '*',
  needs: {},
  reads: watchedNames,
  run(data) {
    const all = watched(data);
    return all.flatMap((a, index) =>
      all.slice(index + 1).flatMap((b): FindingDraft[] => {
        if (a.table !== b.table || (a.facts.hubspotDefined && b.facts.hubspotDefined)) return [];
        return mayBeSame(a.facts, b.facts) ? agreeing(a, b) : [];
      }),
    );
  },
};

function mayBeSame(a: PropertyFacts, b: PropertyFacts): boolean {
  return (
    share(wordsOf(a.label), wordsOf(b.label)) >= SAME_WORDS || share(wordsOf(a.name), wordsOf(b.name)) >= SAME_WORDS
  );
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.flatMap((word) => word.split('_')).filter((word) => !EMPTY_WORDS.has(word) && !/^\d*$/.test(word)),
  );
}

/** Of the words of the shorter, those that the longer has too. */
function share(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shorter = Math.min(a.size, b.size);
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  return shorter === 0 ? 0 : both / shorter;
}

function agreeing(a: Watched, b: Watched): FindingDraft[] {
  const { table } = a;
  const ours = interned(a.column);
  const theirs = interned(b.column);
  const seen = new Map<number, number>();
  let n = 0;
  let same = 0;
  for (let row = 0; row < table.rows && n < MOST_BOTH; row++) {
    const our = ours.codes[row] ?? 0;
    const their = theirs.codes[row] ?? 0;
    if (our === 0 || their === 0) continue;
    n++;
    if (fold(ours.text(our)) === fold(theirs.text(their))) same++;
    seen.set(our, (seen.get(our) ?? 0) + 1);
  }
  const common = [...seen.values()].reduce((most, count) => Math.max(most, count), 0);
  const value = same / n;
  if (n < FEWEST_BOTH || value < SAME_VALUES || common > MOST_COMMON * n) return [];
  const [keep, other] = chosen(a, b);
  const kept = interned(keep.column).codes;
  const dropped = interned(other.column);
  const rows = [];
  for (let row = 0; row < table.rows; row++) if (kept[row] === 0 && dropped.codes[row] !== 0) rows.push(row);
  const fix = changeFix(
    table,
    rows.map((row) => ({ row, properties: { [keep.facts.name]: dropped.text(dropped.codes[row] ?? 0) } })),
    'When every value is in the one property, archive the other.',
  );
  return [
    {
      ...affected(table, rows),
      objectType: table.objectType,
      subject: [a.facts.name, b.facts.name].sort().join(' '),
      statistic: { name: 'share of the same values', value, threshold: SAME_VALUES, n },
      evidence: { keep: keep.facts.name, 'the same as': other.facts.name },
      note: 'Two properties hold the same: people fill one or the other, and each is half empty.',
      fix: fix ?? {
        tool: 'archive_properties',
        arguments: { objectType: table.objectType, propertyNames: [other.facts.name] },
        reversible: false,
        note: 'Look first whether a form, a workflow or an app names it.',
      },
    },
  ];
}

/** HubSpot's own stays, which its tools know; else the one that more records have. */
function chosen(a: Watched, b: Watched): readonly [Watched, Watched] {
  if (a.facts.hubspotDefined !== b.facts.hubspotDefined) return a.facts.hubspotDefined ? [a, b] : [b, a];
  return filledIn(a.column, a.table.rows) >= filledIn(b.column, b.table.rows) ? [a, b] : [b, a];
}
