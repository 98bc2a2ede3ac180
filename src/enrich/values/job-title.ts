/** What a job title says of the job function and the seniority, by a table of words. */

import { assistants, former, functionWords, managersOfThings, noRank, seniorityWords } from './data/job-words.ts';
import { byLength, phrases, spaced } from './phrases.ts';

export interface JobTitle {
  /** A key of HubSpot's `hs_role`. */
  readonly jobFunction?: Said;
  /** A key of HubSpot's `hs_seniority`. */
  readonly seniority?: Said;
}

interface Said {
  readonly key: string;
  /** 0 to 1. */
  readonly confidence: number;
}

const ranks = seniorityWords.map(([key, words]) => ({ key, words: phrases(words) }));
const functions = functionWords.map(([key, words]) => {
  const { long, short } = byLength(words);
  return { key, long: long === '' ? undefined : phrases(long), short: short === '' ? undefined : phrases(short) };
});
const isFormer = phrases(former);
const isAssistant = phrases(assistants);
const isNoRank = phrases(noRank);
const isOfThings = phrases(managersOfThings);

/** Reads a title in one of several languages. Of somebody who no longer has the job nothing is said. */
export function readJobTitle(text: string): JobTitle {
  const title = spaced(text);
  const gone = has(isFormer, title);
  const jobFunction = functionOf(title);
  if (gone) return jobFunction?.key === 'retired' ? { jobFunction } : {};
  const seniority = seniorityOf(title, jobFunction !== undefined);
  return { ...(jobFunction && { jobFunction }), ...(seniority && { seniority }) };
}

function seniorityOf(title: string, isKnownJob: boolean): Said | undefined {
  if (has(isAssistant, title)) return { key: 'employee', confidence: 0.75 };
  const bare = title.replaceAll(isNoRank, '-');
  const rank = ranks.find(({ words }) => has(words, bare));
  if (rank === undefined) return isKnownJob ? { key: 'employee', confidence: 0.6 } : undefined;
  // Above the president stands nobody, and above the vice president the president.
  if (rank.key === 'executive' && / vice presiden/.test(bare) && !has(chiefs, bare))
    return { key: 'vp', confidence: 0.9 };
  if (rank.key === 'director' && has(teams, bare)) return { key: 'manager', confidence: 0.75 };
  if (rank.key === 'manager' && has(isOfThings, bare)) return { key: 'manager', confidence: 0.6 };
  return { key: rank.key, confidence: 0.85 };
}

const chiefs = phrases('ceo; cfo; cto; coo; cmo; cio; managing director; chief * officer');
/** They lead a team or a project, not an organisation's department. */
const teams = phrases(
  'team*leiter*; gruppenleiter*; projektleiter*; filialleiter*; schichtleiter*; abteilungsleiter*; marktleiter*',
);

/** Phrases before single words: a `sales engineer` sells. Of several functions the one that is named first, and less sure. */
function functionOf(title: string): Said | undefined {
  const found: { key: string; at: number }[] = [];
  let rest = title;
  for (const kind of ['long', 'short'] as const) {
    for (const { key, [kind]: words } of functions) {
      if (words === undefined) continue;
      rest = rest.replaceAll(words, (hit, at: number) => {
        found.push({ key, at });
        return '-'.repeat(hit.length);
      });
    }
  }
  // Whoever founded it does whatever else the title says.
  const said = found.filter(({ key }) => key !== 'entrepreneurship');
  const [first] = (said.length > 0 ? said : found).toSorted((a, b) => a.at - b.at);
  if (first === undefined) return undefined;
  const others = said.some(({ key }) => key !== first.key);
  return { key: first.key, confidence: others ? 0.55 : 0.85 };
}

function has(words: RegExp, text: string): boolean {
  return text.search(words) >= 0;
}
