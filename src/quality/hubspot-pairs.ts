/** Pairs that HubSpot itself holds for duplicates, where the portal has that beta. */

import type { Clock } from '../clock.ts';
import type { ObjectType } from '../crm/index.ts';
import { type HubSpot, HubSpotError, type ProposedPair } from '../hubspot/index.ts';

export interface HubSpotPairs {
  readonly pairs?: readonly ProposedPair[];
  readonly calls: number;
  /** Why it could not be read just now, though the portal may have it. */
  readonly trouble?: string;
}

/** HubSpot's own view ends at 5,000 pairs, 200 a page. Guess: it looks for new ones about once a day. */
const MOST_PAGES = 25;
const FRESH_MS = 3_600_000;

interface Known {
  readonly pairs?: readonly ProposedPair[];
  readonly at: number;
}

/** Asked for at most once an hour; a portal that does not have it is not asked again. */
export function createHubSpotPairs(hubspot: HubSpot, clock: Clock) {
  const known = new Map<string, Known>();

  return async (type: ObjectType, signal: AbortSignal): Promise<HubSpotPairs> => {
    if (type.name !== 'contacts' && type.name !== 'companies') return { calls: 0 };
    const found = known.get(type.id);
    if (found !== undefined && (found.pairs === undefined || clock.elapsed() - found.at < FRESH_MS)) {
      return { calls: 0, ...(found.pairs && { pairs: found.pairs }) };
    }
    const pairs: ProposedPair[] = [];
    const call = { priority: 9, deadlineMs: 5 * 60_000, signal };
    let after: string | undefined;
    let calls = 0;
    do {
      calls++;
      const page = await hubspot.dataQuality.duplicatePairs(type.id, after, call).catch(troubleOf);
      if (page instanceof HubSpotError) return { calls, trouble: page.message };
      if (page === undefined) {
        known.set(type.id, { at: clock.elapsed() });
        return { calls };
      }
      pairs.push(...page.results);
      after = page.next;
    } while (after !== undefined && calls < MOST_PAGES);
    known.set(type.id, { pairs, at: clock.elapsed() });
    return { pairs, calls };
  };
}

/** One more source, and a beta: a scan does well without it. */
function troubleOf(error: unknown): HubSpotError {
  if (!(error instanceof HubSpotError) || error.code === 'cancelled' || error.code === 'closed') throw error;
  return error;
}
