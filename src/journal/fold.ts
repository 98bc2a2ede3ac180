import type { CallEntry, CallHead } from './entry.ts';
import type { JournalRow, Json, RowOutcome, RowState, StoredRow } from './journal.ts';

/** A call as its entries tell it. */
export interface CallFold {
  readonly id: string;
  /** Missing when the beginning was lost. */
  head?: CallHead;
  /** The highest number of an entry. */
  n: number;
  readonly rows: Map<number, StoredRow>;
  end?: { readonly result: Json };
  readonly left: Set<string>;
  dropped: boolean;
}

export function newFold(id: string): CallFold {
  return { id, n: 0, rows: new Map(), left: new Set(), dropped: false };
}

export function foldEntries(id: string, entries: readonly CallEntry[]): CallFold {
  const fold = newFold(id);
  for (const entry of entries.toSorted((a, b) => a.n - b.n)) apply(fold, entry);
  return fold;
}

/** Entries of one call have to come in the order of their numbers. */
export function apply(fold: CallFold, entry: CallEntry): void {
  fold.n = Math.max(fold.n, entry.n);
  if (entry.head !== undefined) fold.head = entry.head;
  for (const row of entry.rows ?? []) {
    const known = fold.rows.get(row.index);
    fold.rows.set(row.index, { ...known, ...row, state: known?.state ?? 'intended' });
  }
  const at = entry.sentAt !== undefined && { sentAt: entry.sentAt };
  for (const index of entry.sent ?? []) change(fold, { index, state: 'sent', ...at });
  for (const outcome of entry.outcomes ?? []) change(fold, outcome);
  if (entry.end !== undefined) fold.end = entry.end;
  if (entry.left !== undefined) fold.left.add(entry.left);
  if (entry.dropped) fold.dropped = true;
}

/** A row of which nothing but its number is known was damaged in the log: that it may have been sent must not be forgotten. */
const lost: Omit<JournalRow, 'index'> = { change: null, records: [] };

type News = Omit<RowOutcome, 'state'> & Pick<StoredRow, 'state' | 'sentAt'>;

function change(fold: CallFold, { index, ...news }: News): void {
  const row = fold.rows.get(index) ?? { ...lost, index, state: 'intended' };
  if (!isFinal(row.state)) fold.rows.set(index, { ...row, ...news });
}

export function isFinal(state: RowState): boolean {
  return state === 'applied' || state === 'rejected';
}
