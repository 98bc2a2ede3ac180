/** Open deals that look like one. */

import { byValue, interned } from '../../interned.ts';
import { textAt } from '../../table.ts';
import { found } from '../found.ts';
import type { Check } from '../types.ts';
import { DAY, dealsOf, moneyOf } from './deal-view.ts';

const SAME_NAME = 0.8;
const SAME_DAYS = 14;
/** A company with more open deals in a pipeline than this is a marketplace, not a buyer. */
const MOST_OPEN = 50;
/** What so many deals cost is a price, and says nothing of whether two are one. */
const PRICE_DEALS = 5;
const PRICE_SHARE = 0.02;

export const twins: Check = {
  id: 'D14',
  version: 1,
  title: 'Open deals that look like one',
  about: `Two open deals of one company in one pipeline whose names share ${100 * SAME_NAME} % of their words (numbers alike), or that have the same amount, no usual price (${PRICE_DEALS} deals and ${100 * PRICE_SHARE} % have that), and were created within ${SAME_DAYS} days.`,
  severity: 'high',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'dealname', 'createdate'] },
  uses: { deals: ['amount', 'amount_in_home_currency'] },
  associations: ['deals>companies'],
  run(data) {
    const view = dealsOf(data);
    const { table, open, created, amount, stageOf, stages } = view;
    const column = table.columns.get('dealname');
    if (column === undefined) return [];
    const names = interned(column);
    const words = byValue(column, wordsOf);
    const blocks = new Map<string, number[]>();
    const linked = data.associations.get('deals>companies');
    for (let row = 0; row < table.rows; row++) {
      if (open[row] !== 1) continue;
      for (const company of linked?.get(textAt(table.ids, row)) ?? []) {
        const key = `${company} ${stages[stageOf[row] ?? -1]?.pipeline ?? ''}`;
        const block = blocks.get(key);
        if (block === undefined) blocks.set(key, [row]);
        else block.push(row);
      }
    }
    const isPrice = pricesOf(amount);
    const same = (a: number, b: number) =>
      alike(words[names.codes[a] ?? 0], words[names.codes[b] ?? 0]) ||
      ((amount[a] ?? 0) > 0 &&
        amount[a] === amount[b] &&
        !isPrice(amount[a] ?? 0) &&
        Math.abs((created[a] ?? 0) - (created[b] ?? Number.NaN)) <= SAME_DAYS * DAY);
    const rows = new Set<number>();
    const pairs: (readonly [number, number])[] = [];
    for (const block of blocks.values()) {
      if (block.length > MOST_OPEN) continue;
      block.forEach((a, index) => {
        for (const b of block.slice(index + 1)) {
          if (a === b || !same(a, b)) continue;
          pairs.push([a, b]);
          rows.add(a).add(b);
        }
      });
    }
    const [first] = pairs;
    if (first === undefined) return [];
    const both = [...rows].sort((a, b) => a - b);
    return found(table, both, () => ({
      amount: moneyOf(
        view,
        pairs.map(([, second]) => second),
      ),
      evidence: { pairs: pairs.length },
      note: 'Pairs of open deals look like one: the pipeline counts the same money twice.',
      fix: {
        tool: 'plan_merge',
        arguments: { objectType: 'deals', ids: first.map((row) => textAt(table.ids, row)) },
        reversible: false,
        note: 'Of the first pair; each pair has its own plan, and nothing is merged before a person approves it.',
      },
    }));
  },
};

function pricesOf(amounts: Float64Array): (amount: number) => boolean {
  const counts = new Map<number, number>();
  for (const amount of amounts) counts.set(amount, (counts.get(amount) ?? 0) + 1);
  return (amount) => (counts.get(amount) ?? 0) >= Math.max(PRICE_DEALS, PRICE_SHARE * amounts.length);
}

interface Words {
  readonly words: ReadonlySet<string>;
  readonly numbers: string;
}

function wordsOf(name: string): Words {
  const words =
    name
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return {
    words: new Set(words),
    numbers: words
      .filter((word) => /\p{N}/u.test(word))
      .sort()
      .join(' '),
  };
}

/** Dice's coefficient of the words; deals of two years or phases differ in a number alone. */
function alike(a: Words | undefined, b: Words | undefined): boolean {
  if (a === undefined || b === undefined || a.words.size === 0 || a.numbers !== b.numbers) return false;
  let shared = 0;
  for (const word of a.words) if (b.words.has(word)) shared++;
  return (2 * shared) / (a.words.size + b.words.size) >= SAME_NAME;
}
