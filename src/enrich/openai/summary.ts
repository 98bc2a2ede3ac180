/** A summary in sentences, checked word for word against what it was made from; else the template stands. */

import * as z from 'zod';
import { writeSummary as instructions } from '../../../prompts/write-summary.ts';
import { cleanText } from './clean.ts';
import type { Run } from './types.ts';

export interface Summary {
  readonly headline: string;
  readonly bullets: readonly { readonly text: string; readonly findingIds: readonly string[] }[];
}

/** Aggregates and ids alone: no record's text. Numbers as a reader is to see them, such as `"12.5 %"`. */
export interface SummaryFacts {
  /** Of the whole: `{ contacts: 20000, grade: 'B' }`. */
  readonly totals: Readonly<Record<string, number | string>>;
  readonly findings: readonly SummaryFinding[];
}

export interface SummaryFinding {
  readonly id: string;
  /** What is wrong, in words of ours. */
  readonly title: string;
  readonly severity: string;
  readonly figures: Readonly<Record<string, number | string>>;
}

export interface WrittenSummary {
  readonly summary: Summary;
  readonly by: 'template' | 'model';
  /** Why the template stands, where a model was asked. */
  readonly note?: string;
}

const LONGEST_HEADLINE = 140;
const LONGEST_BULLET = 300;
const MOST_BULLETS = 6;
const MOST_FINDINGS = 60;

const shape = z.strictObject({
  headline: z.string(),
  bullets: z.array(z.strictObject({ text: z.string(), findingIds: z.array(z.string()) })),
});

/** @param template is made first, and is what is given unless the model's text passes every check */
export async function writeSummary(facts: SummaryFacts, template: Summary, run: Run): Promise<WrittenSummary> {
  const sent: SummaryFacts = {
    totals: cleaned(facts.totals),
    findings: facts.findings.slice(0, MOST_FINDINGS).map(({ figures, ...rest }) => ({
      ...rest,
      title: cleanText(rest.title),
      figures: cleaned(figures),
    })),
  };
  const answer = await run.ask({
    name: 'write_summary',
    instructions,
    data: sent,
    schema: shape,
    maxOutputTokens: 1_200,
  });
  if (!answer.ok) return { summary: template, by: 'template', note: answer.note };
  const fault = faultIn(answer.value, sent);
  if (fault !== undefined) return { summary: template, by: 'template', note: fault };
  return { summary: answer.value, by: 'model' };
}

/** What is wrong with a summary, in a sentence of ours; undefined where nothing is. */
export function faultIn({ headline, bullets }: Summary, { totals, findings }: SummaryFacts): string | undefined {
  if (headline.trim() === '' || bullets.length === 0) return "The model's summary says nothing.";
  if (
    bullets.length > MOST_BULLETS ||
    headline.length > LONGEST_HEADLINE ||
    bullets.some(({ text }) => text.length > LONGEST_BULLET)
  )
    return "The model's summary is too long.";
  if ([headline, ...bullets.map(({ text }) => text)].some((text) => /:\/\/|www\.|\]\(|[<>`\p{Cc}]/iu.test(text)))
    return "The model's summary holds a link or marks.";
  const known = new Map(findings.map((finding) => [finding.id, finding]));
  const whole = numbersIn(JSON.stringify(totals));
  const everything = numbersIn(JSON.stringify({ totals, findings }));
  if (!within(headline, everything)) return "The model's headline has a number that is not in the data.";
  for (const { text, findingIds } of bullets) {
    const cited = findingIds.map((id) => known.get(id));
    if (cited.length === 0 || cited.includes(undefined))
      return "A bullet of the model's names no finding, or one that is not there.";
    const may = new Set([...whole, ...numbersIn(JSON.stringify(cited))]);
    if (!within(text, may)) return "A bullet of the model's has a number that its findings do not have.";
    // An id in the text is one that the bullet lists.
    const named = [...known.keys()].filter((id) => !/^\d*$/.test(id) && hasWord(text, id));
    if (named.some((id) => !findingIds.includes(id)))
      return "A bullet of the model's speaks of a finding that it does not list.";
  }
  return undefined;
}

/** Numbers written out count as numbers: what cannot be found again cannot be checked. */
export const NUMBER_WORDS =
  /\b(?:zero|one (?:in|of|out)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty\w*|hundreds?|thousands?|millions?|billions?|dozens?|half|halves|thirds?|quarters?|double[ds]?|triple[ds]?|twice|thrice|fold)\b/iu;
/** Runs of characters; those that hold a digit of any script are numbers: `12,345`, `2026-11-22`, `C02`, `5k`, `12 %`. */
const RUNS = /([\p{L}\p{N}_.,:/'’+-]+)(\s?(?:%|per\s?cent))?/giu;

function within(text: string, allowed: ReadonlySet<string>): boolean {
  return !NUMBER_WORDS.test(text) && [...numbersIn(text)].every((number) => allowed.has(number));
}

/** In one form each: `12,345`, `12345` and `12345.0` are one number; a sign before or a mark after it is none of it. */
export function numbersIn(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(RUNS)].flatMap(([, raw = '', share]) => {
      if (!/\p{N}/u.test(raw)) return [];
      const bare = raw.replaceAll(/^[^\p{L}\p{N}]+|(?<=[\p{L}\p{N}])[^\p{L}\p{N}]+$/gu, '');
      const plain = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
      const number = /^\d+(?:\.\d+)?$/.test(plain) ? String(Number(plain)) : plain.toLowerCase();
      return share === undefined ? number : `${number} %`;
    }),
  );
}

function hasWord(text: string, word: string): boolean {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_-]+/u)
    .includes(word.toLowerCase());
}

function cleaned(figures: Readonly<Record<string, number | string>>): Readonly<Record<string, number | string>> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      cleanText(name),
      typeof value === 'string' ? cleanText(value) : value,
    ]),
  );
}
