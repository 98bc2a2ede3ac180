/** Two apps that each write back what the other has changed. */

import { found } from '../found.ts';
import { pastOf } from '../history.ts';
import { taskFor } from '../tasks.ts';
import type { Check, FindingDraft, PastValue } from '../types.ts';

const DAY = 86_400_000;
const FEWEST = 3;
const WITHIN_DAYS = 7;
/** People change their minds; apps do not. Guess: HubSpot's source types of people's own changes. */
const PEOPLE = /^(?:CRM_UI|CONTACTS_WEB|MOBILE|SALES|FORM|IMPORT)/;

export const echo: Check = {
  id: 'P14',
  version: 1,
  title: 'Two sources write over each other',
  about: `A property goes from one value to another and back ${FEWEST} times within ${WITHIN_DAYS} days, by two sources in turn of which neither is a person.`,
  severity: 'high',
  objectType: '*',
  needs: {},
  history: { deals: ['amount', 'closedate', 'dealstage', 'hubspot_owner_id'] },
  run(data) {
    const drafts: FindingDraft[] = [];
    for (const [objectType, byRecord] of data.history) {
      const table = data.tables.get(objectType);
      if (table === undefined) continue;
      const properties = new Set([...byRecord.values()].flatMap((values) => values.map(({ property }) => property)));
      for (const property of [...properties].sort()) {
        const byPair = new Map<string, number[]>();
        for (const { row, past } of pastOf(data, objectType, property)) {
          const pair = echoing(past);
          if (pair === undefined) continue;
          byPair.set(pair, [...(byPair.get(pair) ?? []), row]);
        }
        for (const [pair, rows] of byPair) {
          drafts.push(
            ...found(table, rows, () => ({
              objectType,
              subject: `${property} ${pair}`,
              statistic: { name: 'times back and forth', value: FEWEST, threshold: FEWEST, n: rows.length },
              evidence: { property, sources: pair },
              note: 'Two sources write over each other again and again: which value stands is chance, and every turn starts workflows.',
              fix: taskFor(
                `Decide which of two apps may write ${property} of ${objectType}, and switch it off in the other`,
              ),
            })),
          );
        }
      }
    }
    return drafts;
  },
};

/** The two sources, where one took back what the other had written often enough. */
function echoing(past: readonly PastValue[]): string | undefined {
  const back: { readonly at: number; readonly pair: string }[] = [];
  past.forEach((value, index) => {
    const other = past[index - 1];
    const same = past[index - 2];
    if (other === undefined || same === undefined) return;
    const returns = value.value === same.value && value.value !== other.value;
    if (!returns || value.source === other.source || value.source !== same.source) return;
    if (PEOPLE.test(value.source) || PEOPLE.test(other.source)) return;
    back.push({ at: value.at, pair: [value.source, other.source].sort().join(' and ') });
  });
  return back.find(({ at, pair }, index) => {
    const last = back[index + FEWEST - 1];
    return last !== undefined && last.pair === pair && last.at - at <= WITHIN_DAYS * DAY;
  })?.pair;
}
