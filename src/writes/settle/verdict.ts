/** What can be said of a row that was sent without a certain answer. */

import type { CallOptions, HubSpot, HubSpotError, HubSpotRecord } from '../../hubspot/index.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Before } from '../before.ts';
import type { Change } from '../change.ts';
import type { Cells } from '../describe.ts';

/** A row in doubt. */
export interface Doubt<C extends Change = Change> {
  readonly index: number;
  readonly change: C;
  readonly before?: Before;
  /** When it was sent last, if that is known: milliseconds since the epoch. */
  readonly sentAt?: number;
}

export type Verdict =
  | { readonly is: 'applied'; readonly cells: Cells; readonly echo?: HubSpotRecord }
  /** It can never have been, or be, applied. */
  | { readonly is: 'rejected'; readonly error: HubSpotError }
  /** HubSpot does not show it, and sending it again cannot write it twice. */
  | { readonly is: 'absent' }
  /** `found`: what is there instead, one sentence. */
  | { readonly is: 'unknown'; readonly found?: string };

/** What a look needs to know beside the rows. */
export interface Looking {
  readonly hubspot: HubSpot;
  readonly journal: Journal;
  readonly options: CallOptions;
  readonly callId: string;
  /** When the call began, and what time it is: milliseconds since the epoch. */
  readonly since: number;
  readonly now: number;
}

export type Verdicts = ReadonlyMap<number, Verdict>;

/** What this machine's clock may be ahead of HubSpot's. */
export const SKEW_MS = 60_000;

/** The search shows what was written at the latest after so long, since it was sent. */
export const SEARCHABLE_MS = 60_000;

/** Guess: HubSpot does not act on a request any more that came so long ago; its own proxies give up after 100 seconds. */
export const OVER_MS = 300_000;
