/** What the server is in, gathered from what it tells and from what its parts say of themselves. */

import type { Clock } from '../clock.ts';
import type { QuotaState } from '../hubspot/definitions.ts';
import type { HubSpotErrorCode } from '../hubspot/errors.ts';
import type { BreakerStates } from '../hubspot/hubspot.ts';
import type { JournalState } from '../journal/journal.ts';
import type { Happening } from './happening.ts';
import { createRecent } from './recent.ts';

/** What can be asked at any time, and opens nothing: absent where a part has not been needed yet. */
export interface Parts {
  hubspot(): { quota(): QuotaState; breakers(): BreakerStates } | undefined;
  journal(): { state(): JournalState } | undefined;
}

export interface Condition {
  /** Of the last five minutes. */
  readonly calls: { readonly ended: number; readonly errors: number };
  readonly refusedByLimit: number;
  readonly declined: number;
  /** Rows whose end nobody knows, since this process began. */
  readonly unknownRows: number;
  readonly quota?: QuotaState;
  readonly breakers: BreakerStates;
  readonly journal?: JournalState;
  readonly lastAnswer?: LastAnswer;
  /** Why audit lines cannot be written. */
  readonly auditTrouble?: string;
}

export interface LastAnswer {
  /** Wall time in milliseconds since the epoch. */
  readonly at: number;
  readonly status?: number;
  readonly error?: HubSpotErrorCode;
}

export interface Watch {
  hear(happening: Happening): void;
  auditTrouble(trouble: string | undefined): void;
  condition(): Condition;
}

/** What "lately" means, in milliseconds. */
export const LATELY_MS = 5 * 60_000;

/** Remembering more would tell no operator more. */
const MOST_UNKNOWN = 100_000;

export function createWatch(clock: Clock, parts: Parts): Watch {
  const lately = () => createRecent(clock, LATELY_MS);
  const [ended, errors, refused, declined] = [lately(), lately(), lately(), lately()];
  const unknown = new Set<string>();
  let lastAnswer: LastAnswer | undefined;
  let auditTrouble: string | undefined;

  return {
    hear(happening) {
      switch (happening.kind) {
        case 'call':
          ended.add();
          if (happening.outcome === 'error') errors.add();
          break;
        case 'request': {
          const { status, error } = happening;
          if (status === 429) refused.add();
          // What ended here says nothing about HubSpot.
          if (status === undefined && error !== 'network' && error !== 'deadline') break;
          lastAnswer = {
            at: clock.now(),
            ...(status !== undefined && { status }),
            ...(error !== undefined && { error }),
          };
          break;
        }
        case 'approval':
          if (happening.step === 'declined') declined.add();
          break;
        case 'written':
          for (const index of happening.unknown) {
            if (unknown.size < MOST_UNKNOWN) unknown.add(`${happening.callId} ${index}`);
          }
          break;
        case 'settled':
          for (const { index, state } of happening.rows) {
            if (state !== 'unknown' && state !== 'sent') unknown.delete(`${happening.callId} ${index}`);
          }
          break;
        default:
      }
    },
    auditTrouble(trouble) {
      auditTrouble = trouble;
    },
    condition() {
      const hubspot = parts.hubspot();
      const journal = parts.journal()?.state();
      return {
        calls: { ended: ended.count(), errors: errors.count() },
        refusedByLimit: refused.count(),
        declined: declined.count(),
        unknownRows: unknown.size,
        ...(hubspot && { quota: hubspot.quota() }),
        breakers: hubspot?.breakers() ?? { api: 'closed', forms: 'closed' },
        ...(journal && { journal }),
        ...(lastAnswer && { lastAnswer }),
        ...(auditTrouble !== undefined && { auditTrouble }),
      };
    },
  };
}
