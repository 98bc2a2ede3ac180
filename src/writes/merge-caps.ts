/** How many records may be merged, in one run and in one day: what cannot be undone must not go on for a night. */

import type { Clock } from '../clock.ts';
import { UserError } from '../crm/index.ts';
import type { Author, ChangeQuery, Journal, StoredCall } from '../journal/journal.ts';
import type { Policy } from '../policy/index.ts';
import type { Change } from './change.ts';
import { loadChange } from './stored-change.ts';

/** Where the merges of the past are written down, and what the policy says of them. */
interface Merging {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly author: Author;
  readonly authority: { readonly policy: Pick<Policy, 'merges'> };
  portalId(): Promise<number>;
}

const DAY_MS = 86_400_000;
const PAGE = 100;

/** @throws UserError `merge_cap`: nothing was sent */
export async function requireMergesLeft(changes: readonly Change[], merging: Merging): Promise<void> {
  const more = changes.filter(({ kind }) => kind === 'merge').length;
  const over = more === 0 ? undefined : await overMergeCaps(merging, more);
  if (over === undefined) return;
  throw new UserError('merge_cap', over, { next: 'Merge fewer, wait, or ask the person who runs this server.' });
}

/**
 * Counts what every process that shares the journal has merged, or may have. A run is what the caller named so, else a
 * session.
 * @param more how many are about to be merged beside those that are written down
 * @returns what is exceeded, one sentence
 */
export async function overMergeCaps(merging: Merging, more: number): Promise<string | undefined> {
  const { clock, journal, author, authority } = merging;
  const { perRun, perDay } = authority.policy.merges;
  const over = (count: number, cap: number, of: string) =>
    count + more <= cap
      ? undefined
      : `The policy of this server allows ${cap} merges in one ${of}, and ${Math.max(0, cap - count)} are left. Nothing was merged.`;
  const { run, session } = author;
  const isOwn = (call: StoredCall) => (run === undefined ? call.session === session : call.run === run);
  const portalId = await merging.portalId();
  const ofRun = await countMerges(journal, portalId, run === undefined ? { session } : {}, isOwn);
  const ofDay = await countMerges(journal, portalId, { from: clock.now() - DAY_MS }, () => true);
  return over(ofRun, perRun, 'run') ?? over(ofDay, perDay, 'day');
}

async function countMerges(
  journal: Journal,
  portalId: number,
  query: ChangeQuery,
  isMeant: (call: StoredCall) => boolean,
): Promise<number> {
  let count = 0;
  for (let before: string | undefined; ; ) {
    const page = await journal.calls({
      ...query,
      tool: 'merge_records',
      limit: PAGE,
      ...(before !== undefined && { before }),
    });
    for (const call of page) {
      if (call.portalId !== portalId || !isMeant(call)) continue;
      count += call.rows.filter(
        ({ state, change }) => state !== 'intended' && state !== 'rejected' && loadChange(change)?.kind === 'merge',
      ).length;
    }
    before = page.at(-1)?.id;
    if (page.length < PAGE) return count;
  }
}
