/**
 * What became of rows that were sent without a certain answer, by what HubSpot makes certain: ids, unique values, a
 * parent's associations, names. It only reads, and it never takes a search's silence for absence.
 */

import { type Clock, sleep } from '../../clock.ts';
import { HubSpotError } from '../../hubspot/index.ts';
import { JournalUnusable } from '../../journal/index.ts';
import type { Change } from '../change.ts';
import { groupsOf } from '../send.ts';
import { lookAtCreates } from './look-at-creates.ts';
import { lookAtDefinitions } from './look-at-definitions.ts';
import { lookAtMerges } from './look-at-merges.ts';
import { lookAtPairs } from './look-at-pairs.ts';
import { lookAtArchives, lookAtValues } from './look-at-records.ts';
import type { Doubt, Looking, Verdict, Verdicts } from './verdict.ts';

/** What a request whose answer was lost may still need at HubSpot: whatever is not there is looked at again after so long. */
const PATIENCE_MS = [500, 1_500];

/** What a look takes at most, so that one is not begun that cannot end. */
const LOOK_MS = 1_000;

/** Looks until everything is certain, the patience is used up or the time is over. It never throws for what HubSpot or the journal did. */
export async function settle(doubts: readonly Doubt[], looking: Looking, clock: Clock): Promise<Verdicts> {
  const verdicts = new Map(await look(doubts, looking));
  const { deadlineAt = Number.POSITIVE_INFINITY, signal } = looking.options;
  for (const wait of PATIENCE_MS) {
    const open = doubts.filter(({ index }) => !isCertain(verdicts.get(index)));
    if (open.length === 0 || signal?.aborted || clock.elapsed() + wait + LOOK_MS > deadlineAt) break;
    // A caller that goes away is seen above.
    await sleep(clock, wait, signal).catch(() => undefined);
    for (const [index, verdict] of await look(open, looking)) verdicts.set(index, verdict);
  }
  return verdicts;
}

/** One look at each. What HubSpot or the journal did not tell leaves a row unknown. */
export async function look(doubts: readonly Doubt[], looking: Looking): Promise<Verdicts> {
  const verdicts = new Map<number, Verdict>(doubts.map(({ index }) => [index, { is: 'unknown' }]));
  for (const chunk of groupsOf(doubts).flat()) {
    try {
      for (const [index, verdict] of await lookAtKind(chunk, looking)) verdicts.set(index, verdict);
    } catch (error) {
      if (!(error instanceof HubSpotError || error instanceof JournalUnusable)) throw error;
    }
  }
  return verdicts;
}

function lookAtKind(chunk: readonly Doubt[], looking: Looking): Promise<Verdicts> {
  const kind = chunk[0]?.change.kind;
  switch (kind) {
    case 'create':
      return lookAtCreates(ofKind(chunk, ['create']), looking);
    case 'update':
    case 'upsert':
      return lookAtValues(ofKind(chunk, ['update', 'upsert']), looking);
    case 'archive':
      return lookAtArchives(ofKind(chunk, ['archive']), looking);
    case 'merge':
      return lookAtMerges(ofKind(chunk, ['merge']), looking);
    case 'associate':
    case 'dissociate':
      return lookAtPairs(ofKind(chunk, ['associate', 'dissociate']), looking);
    case 'define':
      return lookAtDefinitions(ofKind(chunk, ['define']), looking);
    case undefined:
      return Promise.resolve(new Map());
  }
}

function ofKind<K extends Change['kind']>(chunk: readonly Doubt[], kinds: readonly K[]) {
  return chunk.filter((doubt): doubt is Doubt<Extract<Change, { kind: K }>> =>
    kinds.some((kind) => kind === doubt.change.kind),
  );
}

function isCertain(verdict: Verdict | undefined): boolean {
  return verdict?.is === 'applied' || verdict?.is === 'rejected';
}
