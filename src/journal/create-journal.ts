import type { Clock, Random } from '../clock.ts';
import { type BookedCall, createBook } from './book.ts';
import { claim, claimAt, keyClaims, successor } from './claims.ts';
import type { Disk, DiskLock, FileName } from './disk.ts';
import type { CallHead } from './entry.ts';
import { type CallFold, newFold } from './fold.ts';
import { idSource } from './ids.ts';
import { createJobs } from './jobs.ts';
import type { Begun, Journal, NewCall, RowState, StoredCall } from './journal.ts';
import { createLogReader } from './log-reader.ts';
import { createLogWriter } from './log-writer.ts';
import { openCall } from './open-call.ts';
import { createOwnership, FIRST } from './ownership.ts';
import { createProcesses } from './processes.ts';
import { createRecentRecords } from './recent.ts';
import { refusingDisk } from './refusing-disk.ts';
import { cleanUp, type Retention, usualRetention } from './retention.ts';
import { diskRefused, JournalUnusable } from './unusable.ts';

export interface JournalParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly random: Random;
  /** For the operator, one line: what was found broken, and what to do about it. */
  readonly onTrouble?: (message: string) => void;
  readonly retention?: Retention;
  /** A log that is longer gets a successor; 64 MiB if omitted. */
  readonly maxLogBytes?: number;
}

/** A call that this process is at. */
interface UnderWay {
  readonly id: string;
  readonly at: number;
  readonly fingerprint: string;
  readonly finished: Promise<StoredCall | undefined>;
}

/** Opens nothing before the first call begins or is asked for. The folder may be shared by any number of processes. */
export function createJournal(parts: JournalParts): Journal {
  const { clock, random, onTrouble = () => undefined, retention = usualRetention } = parts;
  const disk = refusingDisk(parts.disk);
  const newId = idSource(clock, random);
  const me = newId();
  const processes = createProcesses(disk, me);
  const reader = createLogReader(disk, processes, onTrouble);
  const log = createLogWriter({ disk, clock, writer: me, beforeLog, maxBytes: parts.maxLogBytes ?? 64 * 1_048_576 });
  const book = createBook(reader, () => log.written());
  const ownership = createOwnership({ disk, clock, processes, me, newId });
  const recent = createRecentRecords(clock);
  const counts: Record<RowState, number> = { intended: 0, sent: 0, applied: 0, rejected: 0, unknown: 0 };
  const underWay = new Map<string, UnderWay>();
  /** Calls that ask for the same, by what makes them so: they begin one after the other. */
  const same = new Map<string, UnderWay>();
  const beginning = new Map<string, Promise<unknown>>();
  let life: DiskLock | undefined;
  let cleaning: Promise<void> | undefined;
  let cleaned = Number.NEGATIVE_INFINITY;

  /** The lock says that this process lives; it is there before anything that others may ask about. */
  async function beforeLog(): Promise<void> {
    life ??= await disk.lock(`locks/${me}`);
    if (life === undefined) throw diskRefused('could not be locked', `another process holds locks/${me}`);
    tidy();
  }

  /** In the background, once a day and never twice at a time: there is a new log every day that anything is written. */
  function tidy(): void {
    if (cleaning !== undefined || clock.elapsed() - cleaned < CLEANED_EVERY_MS) return;
    cleaned = clock.elapsed();
    cleaning = cleanUp({ disk, clock, book, processes, retention })
      .catch((error: unknown) => onTrouble(`The journal could not be cleaned of what is old: ${String(error)}`))
      .finally(() => {
        cleaning = undefined;
      });
  }

  function start(id: string, call: NewCall, what: string | undefined, key?: FileName): Begun {
    const { sameWithinMs: _, ...head } = call;
    const fold = newFold(id);
    fold.head = { ...head, at: clock.now() };
    return {
      kind: 'new',
      call: carryOut(fold, fold.head, FIRST, what, { key }),
    };
  }

  function carryOut(
    fold: CallFold,
    head: CallHead,
    token: string,
    what: string | undefined,
    fresh?: { readonly key: FileName | undefined },
  ) {
    let settle: ((call: StoredCall | undefined) => void) | undefined;
    const finished = new Promise<StoredCall | undefined>((resolve) => {
      settle = resolve;
    });
    const entry: UnderWay = { id: fold.id, at: head.at, fingerprint: head.fingerprint, finished };
    underWay.set(fold.id, entry);
    if (what !== undefined) same.set(what, entry);
    return openCall({
      fold,
      head,
      isNew: fresh !== undefined,
      token,
      log,
      onRows(state, rows) {
        counts[state] += rows.length;
        if (state !== 'applied') return;
        for (const { index, record } of rows) {
          for (const each of fold.rows.get(index)?.records ?? []) recent.add(each);
          if (record !== undefined) recent.add(record);
        }
      },
      async onEnd(how) {
        try {
          // No log knows the call and its process lives, so nobody has made the claim that comes after this one.
          if (how === 'forgotten' && fresh?.key !== undefined) await disk.remove(fresh.key);
        } finally {
          underWay.delete(fold.id);
          if (what !== undefined && same.get(what) === entry) same.delete(what);
          settle?.(how === 'finished' ? storedAs(fold, head, 'finished', []) : undefined);
        }
      },
    });
  }

  async function stored({ fold, writer }: BookedCall): Promise<StoredCall | undefined> {
    const open = async () =>
      underWay.has(fold.id) || !(await ownership.free(fold.id, { writer, left: fold.left })) ? 'open' : 'interrupted';
    if (fold.head === undefined) return undefined;
    const status = fold.end === undefined ? await open() : 'finished';
    return storedAs(fold, fold.head, status, (await book.current()).calls.undoneBy(fold.id));
  }

  async function beginByKey(call: NewCall, chain: FileName): Promise<Begun> {
    for (let next = chain; ; ) {
      const mine = { token: newId(), writer: me, at: clock.now() };
      const held = await claim(disk, next, mine);
      if (held.token === mine.token) return start(held.token, call, chain, next);
      // Asked before the logs are read: what is gone by now writes nothing any more.
      const alive = await processes.alive(held.writer);
      const booked = await book.call(held.token);
      if (booked !== undefined) return goOn(booked, call, chain);
      const dropped = (await book.current()).calls.dropped(held.token);
      if (alive && held.writer !== me && !dropped) return { kind: 'elsewhere', id: held.token };
      if (!dropped && reader.damaged(held.writer)) throw lostCall(call);
      // It ended before it sent anything, or was forgotten. One that was given back has no successor.
      if ((await claimAt(disk, next))?.token !== held.token) continue;
      next = successor(chain, held);
      // That it was forgotten may still be lost with the power, and nobody would look for what comes after it.
      if (dropped && (await claimAt(disk, next)) === undefined)
        await log.commit({ call: held.token, n: 0, dropped: true });
    }
  }

  async function beginByFingerprint(call: NewCall, what: string): Promise<Begun> {
    const calls = await book.lately(call.sameWithinMs);
    const id = calls.same(call.fingerprint, call.caller, clock.now() - call.sameWithinMs);
    const booked = id === undefined ? undefined : await book.call(id);
    if (booked?.fold.head?.fingerprint !== call.fingerprint) return start(newId(), call, what);
    return goOn(booked, call, what);
  }

  /** The same call was begun before. */
  async function goOn({ fold, writer }: BookedCall, call: NewCall, what: string): Promise<Begun> {
    const { id, head } = fold;
    if (head?.fingerprint !== call.fingerprint) return { kind: 'mismatch', id };
    if (fold.end === undefined) {
      const owned = await ownership.take(id, { writer, left: fold.left });
      if (owned === undefined) return { kind: 'elsewhere', id };
      // Its process may have written until it ended.
      const now = await book.call(id);
      if (now?.fold.head !== undefined && now.fold.end === undefined) {
        const before = storedAs(now.fold, now.fold.head, 'interrupted', (await book.current()).calls.undoneBy(id));
        return { kind: 'interrupted', call: carryOut(now.fold, now.fold.head, owned.token, what), stored: before };
      }
    }
    const finished = await book.call(id);
    const found = finished === undefined ? undefined : await stored(finished);
    return found === undefined ? { kind: 'elsewhere', id } : { kind: 'finished', call: found };
  }

  async function begin(call: NewCall): Promise<Begun> {
    await log.ready();
    const { idempotencyKey: key } = call;
    if (key === undefined && call.sameWithinMs <= 0) return start(newId(), call, undefined);
    const chain = key === undefined ? undefined : keyClaims(call.portalId, key);
    const what = chain ?? `${call.caller}\n${call.fingerprint}`;
    while (beginning.has(what)) await beginning.get(what);
    const now = same.get(what);
    if (now !== undefined && (key !== undefined || clock.now() - now.at <= call.sameWithinMs)) {
      if (now.fingerprint !== call.fingerprint) return { kind: 'mismatch', id: now.id };
      return { kind: 'under_way', finished: now.finished };
    }
    const begun = chain === undefined ? beginByFingerprint(call, what) : beginByKey(call, chain);
    const over = begun.then(
      () => beginning.delete(what),
      () => beginning.delete(what),
    );
    beginning.set(what, over);
    return begun;
  }

  return {
    begin,
    async calls(query) {
      const { calls } = await book.current();
      const found: StoredCall[] = [];
      for (const id of calls.search(query)) {
        if (found.length === (query.limit ?? 50)) break;
        const booked = await book.call(id);
        const call = booked === undefined ? undefined : await stored(booked);
        if (call !== undefined && (!query.unsettled || isUnsettled(call))) found.push(call);
      }
      return found;
    },
    async call(id) {
      const booked = await book.call(id);
      return booked === undefined ? undefined : stored(booked);
    },
    async settle(id, outcomes) {
      await log.ready();
      const booked = await book.call(id);
      if (booked === undefined) throw new Error(`The journal knows no call ${id}.`);
      // Somebody goes on with it, and knows better.
      if ((await stored(booked))?.status === 'open') return;
      await log.commit({ call: id, n: booked.fold.n + LATER, outcomes });
      for (const { state, record, index } of outcomes) {
        counts[state] += 1;
        if (state !== 'applied') continue;
        for (const each of booked.fold.rows.get(index)?.records ?? []) recent.add(each);
        if (record !== undefined) recent.add(record);
      }
    },
    recent: (objectType, ms) => recent.of(objectType, ms),
    jobs: createJobs({ disk, book, log, clock, ownership, processes, me, newId }),
    state() {
      const broken = log.broken();
      const others = [...reader.sizes()].filter(([name]) => !name.startsWith(me)).map(([, size]) => size);
      return {
        rows: { ...counts },
        bytes: others.reduce((sum, size) => sum + size, log.bytes()),
        ...(broken !== undefined && { broken }),
      };
    },
    async close() {
      await cleaning;
      await log.close();
      await book.close();
      if (life === undefined) return;
      await life.release();
      await disk.remove(`locks/${me}`);
    },
  };
}

const CLEANED_EVERY_MS = 86_400_000;

/** Before whatever an owner writes that takes the call over meanwhile: what it sends is not overruled by an older look. */
const LATER = 0.25;

function storedAs(
  { id, rows, end }: CallFold,
  head: CallHead,
  status: StoredCall['status'],
  undoneBy: readonly string[],
): StoredCall {
  return {
    ...head,
    id,
    status,
    rows: [...rows.values()].toSorted((a, b) => a.index - b.index),
    ...(end !== undefined && { result: end.result }),
    undoneBy,
  };
}

/** Sent rows of a call that is open are on their way. */
function isUnsettled({ status, rows }: StoredCall): boolean {
  return rows.some(({ state }) => state === 'unknown' || (state === 'sent' && status !== 'open'));
}

function lostCall({ idempotencyKey }: NewCall): JournalUnusable {
  return new JournalUnusable(
    `The journal is damaged where it held what became of the call with the idempotencyKey ${JSON.stringify(idempotencyKey)}, so it may or may not have been sent. Look in HubSpot whether its records are there; if they are not, call again with another key.`,
  );
}
