/** What the rest of the server tells of itself, as it happens; logs, counters, the audit log and alerts are made of it. */

import type { ApprovalStep } from '../approval/approval.ts';
import type { ExchangeEvent } from '../hubspot/client.ts';
import type { Author, RowState } from '../journal/journal.ts';
import type { CallOutcome } from './outcome.ts';

/** A tool call, or the read of a resource, came to its end. */
export interface CallEnded {
  readonly kind: 'call';
  readonly author: Author;
  /** A tool's name; `unknown` for what is none. Of a resource, the tool that shows the same. */
  readonly tool: string;
  /** The name of the resource that was read. */
  readonly resource?: string;
  readonly outcome: CallOutcome;
  /** Of the error. */
  readonly code?: string;
  readonly tookMs: number;
  /** In the journal. */
  readonly callId?: string;
}

/** A request to HubSpot was answered, or given up. */
export interface RequestEnded extends ExchangeEvent {
  readonly kind: 'request';
}

/** A call that wrote, or tried to, is over: what the journal holds of it. */
export interface Written {
  readonly kind: 'written';
  readonly author: Author;
  readonly tool: string;
  readonly callId: string;
  readonly portalId: number;
  readonly job?: string;
  readonly undoes?: readonly string[];
  readonly rows: Readonly<Record<RowState, number>>;
  /** Of the rows that were changed or may have been, such as `contacts 101`. */
  readonly records: readonly string[];
  /** The rows that nobody knows the end of. */
  readonly unknown: readonly number[];
}

/** What became of rows was found out after their call was over. */
export interface Settled {
  readonly kind: 'settled';
  readonly callId: string;
  readonly rows: readonly { readonly index: number; readonly state: RowState }[];
}

/** An alert, or that it is over. */
export interface AlertTold {
  readonly kind: 'alert';
  readonly alert: string;
  readonly status: 'firing' | 'resolved';
}

export type Happening = CallEnded | RequestEnded | ApprovalStep | Written | Settled | AlertTold;

/** Hears of everything; it must neither throw nor wait. */
export type Listener = (happening: Happening) => void;

export interface Hub {
  tell: Listener;
  listen(listener: Listener): void;
}

export function createHub(): Hub {
  const listeners: Listener[] = [];
  return {
    tell(happening) {
      for (const listener of listeners) listener(happening);
    },
    listen: (listener) => void listeners.push(listener),
  };
}

/**
 * A listener that is loaded when the first call ends, and then hears of everything that came before: what a process does
 * before its first list of tools must not become slower.
 */
export function late(load: () => Promise<Listener>, failed: (error: unknown) => void): Listener {
  let waiting: Happening[] | undefined = [];
  let listener: Listener | undefined;
  const begin = async () => {
    listener = await load();
    const kept = waiting ?? [];
    waiting = undefined;
    for (const happening of kept) listener(happening);
  };
  let loading: Promise<void> | undefined;
  return (happening) => {
    if (listener !== undefined) return listener(happening);
    if (waiting !== undefined && waiting.length < MOST_KEPT) waiting.push(happening);
    if (happening.kind === 'request') return;
    loading ??= begin().catch(failed);
  };
}

const MOST_KEPT = 1_000;
