/** What must hold after a simulation, whatever happened in it. */

import type { Journal } from '../../src/journal/journal.ts';
import type { LoggedRequest } from '../../src/portal/control/request-log.ts';
import type { Story } from './agent.ts';
import type { Holdings } from './holdings.ts';
import { type Limits, overfullWindows } from './windows.ts';

/** Each list holds violations in words; all of them are to be empty. */
export interface Verdict {
  readonly seed: number;
  /** Rows that agents wanted written. */
  readonly writes: number;
  /** Those of them that the portal holds: in a world in which nothing works nothing goes wrong. */
  readonly written: number;
  /** Written more than once. */
  readonly duplicates: readonly string[];
  /** Said to be written and not there, or said to have failed and there. */
  readonly lost: readonly string[];
  readonly overQuota: readonly string[];
  /** Calls without an end, and rows of which the journal does not know what became of them. */
  readonly unsettled: readonly string[];
  readonly other: readonly string[];
}

export interface Evidence {
  readonly seed: number;
  readonly stories: readonly Story[];
  readonly holdings: Holdings;
  /** Of the processes' token. */
  readonly requests: readonly LoggedRequest[];
  readonly limits: Limits;
  readonly journal: Journal;
  /** Jobs and calls that never ended. */
  readonly endless: readonly string[];
  readonly trouble: readonly string[];
}

export async function judge(evidence: Evidence): Promise<Verdict> {
  const { seed, stories, holdings, requests, limits, journal, trouble } = evidence;
  const rows = stories.flatMap(({ deed, beliefs, asked }) =>
    beliefs.map((belief, row) => ({
      name: `${deed.mark}.${row} (${deed.tool}, asked ${asked} times)`,
      deed,
      row,
      belief,
      count: deed.count(holdings, row),
    })),
  );
  // Two agents may have wanted the same, and what one of them could not do the other may have done after it.
  const wanted = new Map(rows.map((each) => [`${each.deed.mark}.${each.row}`, each]));
  const hoped = new Set(rows.flatMap(({ deed, row, belief }) => (belief === 'failed' ? [] : [`${deed.mark}.${row}`])));
  const open = (await journal.calls({ limit: 10_000 })).flatMap(({ id, tool, status, rows: stored }) =>
    stored.flatMap(({ index, state }) =>
      state === 'sent' ? [`${tool} ${id}: row ${index} is ${state}, its call ${status}.`] : [],
    ),
  );
  return {
    seed,
    writes: wanted.size,
    written: [...wanted.values()].filter(({ count }) => count > 0).length,
    duplicates: [...wanted.values()].flatMap(({ name, count }) =>
      count > 1 ? [`${name} is there ${count} times.`] : [],
    ),
    lost: rows.flatMap(({ name, deed, row, belief, count }) => {
      if (belief === 'applied' && count === 0) return [`${name} was said to be written, and is not there.`];
      if (belief === 'failed' && count > 0 && !hoped.has(`${deed.mark}.${row}`))
        return [`${name} was said to have failed, and is there.`];
      return [];
    }),
    overQuota: [
      ...requests.flatMap(({ status, fault, path }) =>
        status === 429 && fault === undefined ? [`${path} was over the quota.`] : [],
      ),
      ...overfullWindows(requests, limits),
    ],
    unsettled: [...evidence.endless, ...stories.flatMap(({ endless }) => endless), ...open],
    other: [
      ...stories.flatMap(({ broken }) => broken),
      ...trouble.filter((each) => /failed unexpectedly|failed after it was given up/.test(each)),
    ],
  };
}
