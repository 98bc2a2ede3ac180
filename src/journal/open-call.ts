/** A call while this process carries it out. */

import type { CallEntry, CallHead } from './entry.ts';
import { apply, type CallFold, isFinal } from './fold.ts';
import type { JournalRow, OpenCall, RowOutcome, RowState } from './journal.ts';
import type { LogWriter } from './log-writer.ts';

export interface OpenCallParts {
  readonly fold: CallFold;
  /** Present while the log does not know the call. */
  readonly head?: CallHead;
  readonly at: number;
  /** The owner's. */
  readonly token: string;
  readonly log: LogWriter;
  /** Rows that came into a state, for whoever counts. */
  readonly onRows: (state: RowState, rows: readonly { readonly index: number; readonly record?: string }[]) => void;
  /** `forgotten`: no log knows the call. */
  readonly onEnd: (how: 'finished' | 'left' | 'dropped' | 'forgotten') => Promise<void>;
}

/**
 * What is new about the call waits for the first of its entries that has to be on the disk, so that a call usually costs
 * two: one before it is sent, one after.
 */
export function openCall({ fold, head: newHead, at, token, log, onRows, onEnd }: OpenCallParts): OpenCall {
  let head = newHead;
  let rows: readonly JournalRow[] = [];
  /** Rows that the disk refused to note as sent, so that they were not: it may have noted it all the same. */
  let refused: readonly RowOutcome[] = [];
  /** Some entry of the call may be in a log. */
  let written = newHead === undefined;

  /** The next entry, with what has been waiting for it. */
  function entry(news: Omit<CallEntry, 'call' | 'n'>): CallEntry {
    const outcomes = [...refused, ...(news.outcomes ?? [])];
    const next: CallEntry = {
      ...news,
      call: fold.id,
      n: fold.n + 1,
      ...(head !== undefined && { head }),
      ...(rows.length > 0 && { rows }),
      ...(outcomes.length > 0 && { outcomes }),
    };
    [head, rows, refused, written] = [undefined, [], [], true];
    apply(fold, next);
    return next;
  }

  return {
    id: fold.id,
    at,
    async intend(more) {
      rows = [...rows, ...more];
      // The log hears of them with the next entry, this process at once.
      apply(fold, { call: fold.id, n: fold.n, rows: more });
      onRows('intended', more);
    },
    async sending(indexes) {
      const waiting = { head, rows };
      const next = entry({ sent: indexes });
      try {
        await log.tryCommit(next);
      } catch (error) {
        head = waiting.head;
        rows = [...waiting.rows, ...rows];
        const unsent = indexes.map((index) => ({ index, state: 'intended' as const }));
        refused = [...refused, ...unsent];
        apply(fold, { call: fold.id, n: fold.n, outcomes: unsent });
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
      try {
        if (written) await log.commit(entry({ dropped: true }));
      } finally {
        await onEnd(written ? 'dropped' : 'forgotten');
      }
    },
  };
}
