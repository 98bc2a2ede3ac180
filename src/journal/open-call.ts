/** A call while this process carries it out. */

import type { CallEntry, CallHead, WrittenRow } from './entry.ts';
import { apply, type CallFold, isFinal } from './fold.ts';
import type { OpenCall, RowOutcome, RowState, StoredRow } from './journal.ts';
import type { LogWriter } from './log-writer.ts';

export interface OpenCallParts {
  readonly fold: CallFold;
  readonly head: CallHead;
  /** No log knows the call yet. */
  readonly isNew: boolean;
  /** The owner's. */
  readonly token: string;
  readonly log: LogWriter;
  /** Wall time in milliseconds since the epoch. */
  readonly now: () => number;
  /** Rows that came into a state, for whoever counts. */
  readonly onRows: (state: RowState, rows: readonly { readonly index: number; readonly record?: string }[]) => void;
  /** `forgotten`: no log knows the call. */
  readonly onEnd: (how: 'finished' | 'left' | 'dropped' | 'forgotten') => Promise<void>;
}

/** What the next entry has to say beside its news. */
interface Waiting {
  readonly head?: CallHead;
  readonly rows: readonly WrittenRow[];
  readonly sent: readonly number[];
  readonly outcomes: readonly RowOutcome[];
}

const nothing: Waiting = { rows: [], sent: [], outcomes: [] };

/**
 * What is new about the call waits for the first of its entries that has to be on the disk, so that a call usually costs
 * two: one before it is sent, one after.
 */
export function openCall({ fold, head, isNew, token, log, now, onRows, onEnd }: OpenCallParts): OpenCall {
  // What another process wrote down, and was read, may still be lost with the power: it is said once more.
  let waiting: Waiting = { head, ...wholeOf([...fold.rows.values()]) };
  /** Some entry of the call may be in a log. */
  let written = !isNew;

  /** The next entry, with what has been waiting for it. */
  function entry(news: Pick<CallEntry, 'sent' | 'sentAt' | 'outcomes' | 'end' | 'left' | 'dropped'>): CallEntry {
    const sent = [...waiting.sent, ...(news.sent ?? [])];
    // Outcomes come after what is sent in the same entry, and these are of before.
    const old = waiting.outcomes.filter(({ index }) => !news.sent?.includes(index));
    const outcomes = [...old, ...(news.outcomes ?? [])];
    const next: CallEntry = {
      ...news,
      call: fold.id,
      n: fold.n + 1,
      ...(waiting.head !== undefined && { head: waiting.head }),
      ...(waiting.rows.length > 0 && { rows: waiting.rows }),
      ...(sent.length > 0 && { sent }),
      ...(outcomes.length > 0 && { outcomes }),
    };
    waiting = nothing;
    written = true;
    apply(fold, next);
    return next;
  }

  return {
    id: fold.id,
    at: head.at,
    async intend(rows) {
      waiting = { ...waiting, rows: [...waiting.rows, ...rows] };
      // The log hears of them with the next entry, this process at once.
      apply(fold, { call: fold.id, n: fold.n, rows });
      onRows('intended', rows);
    },
    async sending(indexes) {
      const before = waiting;
      try {
        await log.tryCommit(entry({ sent: indexes, sentAt: now() }));
      } catch (error) {
        waiting = { ...before, rows: [...before.rows, ...waiting.rows] };
        // They were not sent, though a broken disk may have it that they were.
        log.append(entry({ outcomes: indexes.map((index) => ({ index, state: 'intended' })) }));
        throw error;
      }
      onRows(
        'sent',
        indexes.map((index) => ({ index })),
      );
    },
    async outcomes(all) {
      const news = all.filter(({ index }) => !isFinal(fold.rows.get(index)?.state ?? 'intended'));
      if (news.length === 0) return;
      log.append(entry({ outcomes: news }));
      for (const outcome of news) onRows(outcome.state, [outcome]);
    },
    async finish(result) {
      try {
        await log.commit(entry({ end: { result } }));
      } finally {
        await onEnd('finished');
      }
    },
    async leave() {
      try {
        await log.commit(entry({ left: token }));
      } finally {
        await onEnd('left');
      }
    },
    async abandon() {
      const how = written ? 'dropped' : 'forgotten';
      try {
        if (written) await log.commit(entry({ dropped: true }));
      } finally {
        await onEnd(how);
      }
    },
  };
}

function wholeOf(rows: readonly StoredRow[]): Omit<Waiting, 'head'> {
  return {
    rows: rows.map(({ index, change, before, records, sentAt }) => ({
      index,
      change,
      records,
      ...(before !== undefined && { before }),
      ...(sentAt !== undefined && { sentAt }),
    })),
    sent: rows.filter(({ state }) => state === 'sent').map(({ index }) => index),
    outcomes: rows.flatMap(({ index, state, record, result }) =>
      state === 'intended' || state === 'sent'
        ? []
        : [{ index, state, ...(record !== undefined && { record }), ...(result !== undefined && { result }) }],
    ),
  };
}
