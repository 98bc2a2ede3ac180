/** What of a pair is sent, by redaction. The more is left out, the more is said of how the two compare. */

import { createHash } from 'node:crypto';
import { allowedIn, comparedBy, type JudgedKind, type Nature } from './allowed.ts';
import { cleanText } from './clean.ts';
import { createPseudonyms } from './pseudonyms.ts';
import type { PairToJudge, Redaction } from './types.ts';

export interface PairContent {
  /** Of the content, so that nobody who writes into a record can know another pair's. */
  readonly pairId: string;
  readonly a?: Readonly<Record<string, string>>;
  readonly b?: Readonly<Record<string, string>>;
  /** How pseudonyms that differ are alike. */
  readonly alike?: readonly string[];
  readonly compared?: readonly Comparison[];
}

interface Comparison {
  readonly what: string;
  readonly how: string;
  /** How common the shared value is. */
  readonly rarity?: string;
}

export function pairContent(pair: PairToJudge, kind: JudgedKind, redaction: Redaction): PairContent {
  const content = contentOf(pair, kind, redaction);
  const pairId = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  return { pairId, ...content };
}

function contentOf(pair: PairToJudge, kind: JudgedKind, redaction: Redaction): Omit<PairContent, 'pairId'> {
  const compared = comparisons(pair, kind);
  if (redaction === 'features') return { compared };
  const natures = allowedIn(kind);
  const [a, b] = [shown(pair.a, natures), shown(pair.b, natures)];
  if (redaction === 'none') return { a: said(a), b: said(b) };
  const pseudonyms = createPseudonyms();
  const fields = [...a, ...b];
  for (const { nature, text } of fields) pseudonyms.learn(nature, text);
  const hidden = (record: readonly Field[]) =>
    said(record.map((field) => ({ ...field, text: pseudonyms.write(field.nature, field.text) })));
  return { a: hidden(a), b: hidden(b), alike: pseudonyms.likenesses(), compared };
}

interface Field {
  readonly property: string;
  readonly nature: Nature;
  readonly text: string;
}

function shown(record: Readonly<Record<string, string>>, natures: ReadonlyMap<string, Nature>): readonly Field[] {
  return [...natures].flatMap(([property, nature]) => {
    const text = cleanText(record[property] ?? '');
    return text === '' ? [] : [{ property, nature, text }];
  });
}

function said(fields: readonly Field[]): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ property, text }) => [property, text]));
}

/** Without values, and without what the matcher makes of them: the model is a witness of its own. */
function comparisons({ explanation, withheld = [] }: PairToJudge, kind: JudgedKind): readonly Comparison[] {
  return explanation.waterfall
    .filter(({ field, level }) => level !== 'missing' && comparedBy(kind, field, withheld))
    .map(({ field, level, rarity }) => ({ what: field, how: level, ...(rarity !== undefined && { rarity }) }));
}
