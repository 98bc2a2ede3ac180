/**
 * Transactions of a store: what was written in them, what has to follow before they commit, and who hears of it afterwards.
 */

import type { Database } from '../../sqlite.ts';
import type { RecordRef } from './associations.ts';
import type { Change, Commit } from './changes.ts';
import { apiSource, type ChangeSource } from './history.ts';
import { keyOf } from './record-ref.ts';

/** A record that something has to follow from. */
export interface Touched extends RecordRef {
  /** Those of its values that became others; `all`: each may have. */
  readonly properties: ReadonlySet<string> | 'all';
}

/**
 * Makes what follows from records. Where only one type is wanted `until` names it: what comes after it may be left for
 * later, and is given back.
 */
export type Settler = (records: readonly Touched[], until?: string) => readonly Touched[] | undefined;

export interface Transactions {
  /**
   * Runs `work` whole or not at all. Only inside may anything be written. May be nested. `by`, of the outermost: on whose
   * behalf; omitted, the portal's own app.
   */
  transaction<T>(work: () => T, by?: ChangeSource): T;
  /**
   * Hears of every commit, in their order, once it is done. It may write in a transaction of its own, which is told to all
   * after this one. What was written before the first listener came is told to nobody.
   */
  onCommit(listener: (commit: Commit) => void): void;
  /** Hears after every transaction that changed anything at all, once all have heard of its commit. */
  onWrite(listener: () => void): void;
  /** Called before a commit, and by whoever reads what depends on links, with the records written since; see ../calculated. */
  beforeCommit(settle: Settler): void;
  /** With a type: as far as records of that type need it. What reads them may wait for the commit, which many writes share. */
  settle(until?: string): void;
  /** Lets records be calculated anew, though nobody wrote them: what they are calculated from changed. */
  touch(records: Iterable<RecordRef>): void;
  /**
   * Called once in a transaction, when everything is calculated, with every record that it changes: for what must be as
   * true as the records. It may write, but no record.
   */
  followRecords(follower: (records: readonly RecordRef[]) => void): void;
}

/** For the tables of the store: what they tell of their writes. */
export interface Journal {
  /** A record was written; omitted `properties`: all of its values may be others. */
  changed(record: RecordRef, properties?: ReadonlySet<string>): void;
  /** A record has other calculated values: nothing more follows from that here. */
  derived(record: RecordRef): void;
  happened(change: Change): void;
  /** A snapshot was restored, which touched these. */
  restored(records: readonly RecordRef[]): void;
  readonly depth: number;
}

/** What one transaction, or one nested in it, wrote so far. */
interface Layer {
  readonly outer: Layer | undefined;
  touched: Map<string, Touched>;
  readonly changed: Map<string, RecordRef>;
  readonly changes: Change[];
}

const layer = (outer?: Layer): Layer => ({ outer, touched: new Map(), changed: new Map(), changes: [] });

/** `flush` writes to SQLite what waits in memory, `rolledBack` and `committed` hear of each transaction's end. */
export function transactions(
  database: Database,
  options: { flush(): void; begin(): { rolledBack(): void }; committed(): void },
): { transactions: Transactions; journal: Journal } {
  const commitListeners: ((commit: Commit) => void)[] = [];
  const writeListeners: (() => void)[] = [];
  const settlers: Settler[] = [];
  const followers: ((records: readonly RecordRef[]) => void)[] = [];

  let current = layer();
  let depth = 0;
  let restored = false;

  const touch = (record: RecordRef, properties: ReadonlySet<string> | 'all'): void => {
    const key = keyOf(record);
    const known = current.touched.get(key)?.properties;
    const all = known === undefined ? properties : either(known, properties);
    if (all !== known) current.touched.set(key, { typeId: record.typeId, id: record.id, properties: all });
  };

  const change = (record: RecordRef): void => {
    const key = keyOf(record);
    if (!current.changed.has(key)) current.changed.set(key, { typeId: record.typeId, id: record.id });
  };

  const settle = (until?: string): void => {
    let left: Touched[] = [];
    // Those outside wait on: this transaction may be rolled back.
    for (let each = until === undefined ? current.outer : undefined; each; each = each.outer) {
      for (const record of each.touched.values()) touch(record, record.properties);
    }
    // What is calculated may change records in turn.
    while (current.touched.size > 0) {
      const batch = [...current.touched.values()];
      current.touched = new Map();
      for (const settler of settlers) left = left.concat(settler(batch, until) ?? []);
    }
    for (const record of left) touch(record, record.properties);
  };

  const nested = <T>(work: () => T): T => {
    const outer = current;
    current = layer(outer);
    const begun = options.begin();
    // What waits belongs to the transaction outside, which stays.
    options.flush();
    depth++;
    try {
      const value = database.transaction(() => {
        const value = work();
        if (depth === 1) finish();
        return value;
      });
      absorb(outer, current);
      return value;
    } catch (error) {
      begun.rolledBack();
      if (depth === 1) restored = false;
      throw error;
    } finally {
      current = outer;
      depth--;
    }
  };

  const finish = (): void => {
    settle();
    if (current.changed.size > 0 && !restored)
      for (const follower of followers) follower([...current.changed.values()]);
    options.flush();
  };

  const absorb = (outer: Layer, inner: Layer): void => {
    const before = current;
    current = outer;
    for (const record of inner.touched.values()) touch(record, record.properties);
    for (const [key, record] of inner.changed) outer.changed.set(key, record);
    for (const change of inner.changes) outer.changes.push(change);
    current = before;
  };

  const commits: Commit[] = [];
  let telling = false;
  /** A listener may write: its commit is told when everybody has heard of this one. */
  const tell = (by: ChangeSource) => {
    const { changed, changes } = current;
    if (changed.size > 0 || restored) commits.push({ records: [...changed.values()], by, changes, restored });
    current = layer();
    restored = false;
    if (telling) return;
    telling = true;
    try {
      for (let commit = commits.shift(); commit; commit = commits.shift()) {
        for (const listener of commitListeners) listener(commit);
      }
    } finally {
      telling = false;
    }
  };

  const totalChanges = database.prepare<{ total: number }>('SELECT total_changes() AS total');
  const transaction = <T>(work: () => T, by: ChangeSource = apiSource): T => {
    if (depth > 0) return nested(work);
    const before = totalChanges.get()?.total;
    const result = nested(work);
    options.committed();
    const wrote = totalChanges.get()?.total !== before;
    tell(by);
    if (wrote) for (const listener of writeListeners) listener();
    return result;
  };

  return {
    transactions: {
      transaction,
      onCommit: (listener) => commitListeners.push(listener),
      onWrite: (listener) => writeListeners.push(listener),
      beforeCommit: (settler) => settlers.push(settler),
      settle,
      touch(records) {
        for (const record of records) touch(record, 'all');
      },
      followRecords: (follower) => followers.push(follower),
    },
    journal: {
      changed(record, properties) {
        touch(record, properties ?? 'all');
        change(record);
      },
      derived: change,
      // A portal that is being filled need not remember what nobody hears.
      happened(change) {
        if (commitListeners.length > 0) current.changes.push(change);
      },
      restored(records) {
        for (const record of records) current.changed.set(keyOf(record), record);
        restored = true;
      },
      get depth() {
        return depth;
      },
    },
  };
}

function either(one: ReadonlySet<string> | 'all', other: ReadonlySet<string> | 'all'): ReadonlySet<string> | 'all' {
  if (one === 'all' || other === 'all') return 'all';
  if (one === other || other.size === 0) return one;
  return new Set([...one, ...other]);
}
