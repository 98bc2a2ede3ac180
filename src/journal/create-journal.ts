import type { Clock, Random } from '../clock.ts';
import { type BookedCall, createBook } from './book.ts';
import { type Claim, claim, endOf, keyClaims, keylessClaims } from './claims.ts';
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
import { createRecentElsewhere } from './recent-elsewhere.ts';
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
  const recent = createRecentRecords(clock, createRecentElsewhere(disk, processes, clock));
  const counts: Record<RowState, number> = { intended: 0, sent: 0, applied: 0, rejected: 0, unknown: 0 };
  const underWay = new Map<string, UnderWay>();
  /** By the chain of claims that calls share which ask for the same: they begin one after the other. */
  const same = new Map<FileName, UnderWay>();
  const beginning = new Map<FileName, Promise<unknown>>();
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

  /** @param claimed where the call's claim is, when it has one */
  function start(id: string, call: NewCall, chain?: FileName, claimed?: FileName): Begun {
    const { sameWithinMs: _, ...head } = call;
    const fold = newFold(id);
    fold.head = { ...head, at: clock.now() };
    return {
      kind: 'new',
      call: carryOut(fold, fold.head, FIRST, chain, { claimed }),
    };
  }

  function carryOut(
    fold: CallFold,
    head: CallHead,
    token: string,
    chain: FileName | undefined,
    fresh?: { readonly claimed: FileName | undefined },
  ) {
    let settle: ((call: StoredCall | undefined) => void) | undefined;
    const finished = new Promise<StoredCall | undefined>((resolve) => {
      settle = resolve;
    });
    const entry: UnderWay = { id: fold.id, fingerprint: head.fingerprint, finished };
    underWay.set(fold.id, entry);
    if (chain !== undefined) same.set(chain, entry);
    return openCall({
      fold,
      head,
      isNew: fresh !== undefined,
      token,
      log,
      now: () => clock.now(),
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
          if (how === 'forgotten' && fresh?.claimed !== undefined) await disk.remove(fresh.claimed);
        } finally {
          underWay.delete(fold.id);
          if (chain !== undefined && same.get(chain) === entry) same.delete(chain);
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

  /** @param since what began before is another call */
  async function beginClaimed(call: NewCall, chain: FileName, since: number): Promise<Begun> {
    for (;;) {
      const { last, next } = await endOf(disk, chain);
      if (last !== undefined) {
        const standing = await whatStands(last, call, chain, since);
        if (standing !== undefined) return standing;
        // One that was given back has no successor.
        if ((await endOf(disk, chain)).next !== next) continue;
      }
      const mine = { token: newId(), writer: me, at: clock.now() };
      if ((await claim(disk, next, mine)).token === mine.token) return start(mine.token, call, chain, next);
    }
  }

  /** Undefined when somebody may make the claim that comes after this one. */
  async function whatStands(held: Claim, call: NewCall, chain: FileName, since: number): Promise<Begun | undefined> {
    // Asked before the logs are read: what is gone by now writes nothing any more.
    const alive = await processes.alive(held.writer);
    const isOld = held.at < since;
    if (isOld && !alive) return undefined;
    const booked = await book.call(held.token);
    if (booked !== undefined) return isOld ? undefined : goOn(booked, call, chain);
    // It ended before it sent anything, or was forgotten.
    if ((await book.current()).calls.dropped(held.token)) return undefined;
    // However old: it may still give its claim back, which then must have no successor.
    if (alive && held.writer !== me) return { kind: 'elsewhere', id: held.token };
    if (reader.damaged(held.writer)) throw lostCall(call);
    return undefined;
  }

  /** The same call was begun before. */
  async function goOn({ fold, writer }: BookedCall, call: NewCall, chain: FileName): Promise<Begun> {
    const { id, head } = fold;
    if (head?.fingerprint !== call.fingerprint) return { kind: 'mismatch', id };
    if (fold.end === undefined) {
      const owned = await ownership.take(id, { writer, left: fold.left });
      if (owned === undefined) return { kind: 'elsewhere', id };
      // Its process may have written until it ended.
      const now = await book.call(id);
      if (now?.fold.head !== undefined && now.fold.end === undefined) {
        const before = storedAs(now.fold, now.fold.head, 'interrupted', (await book.current()).calls.undoneBy(id));
        return { kind: 'interrupted', call: carryOut(now.fold, now.fold.head, owned.token, chain), stored: before };
      }
    }
    const finished = await book.call(id);
    const found = finished === undefined ? undefined : await stored(finished);
    return found === undefined ? { kind: 'elsewhere', id } : { kind: 'finished', call: found };
  }

  async function begin(call: NewCall): Promise<Begun> {
    const { idempotencyKey: key, sameWithinMs } = call;
    const since = key === undefined ? clock.now() - sameWithinMs : Number.NEGATIVE_INFINITY;
    await log.ready();
    if (key === undefined && sameWithinMs <= 0) return start(newId(), call);
    const chain = key === undefined ? keylessClaims(call) : keyClaims(call.portalId, key);
    while (beginning.has(chain)) await beginning.get(chain);
    const now = same.get(chain);
    if (now !== undefined) {
      if (now.fingerprint !== call.fingerprint) return { kind: 'mismatch', id: now.id };
      return { kind: 'under_way', finished: now.finished };
    }
    const begun = beginClaimed(call, chain, since);
    const over = begun.then(
      () => beginning.delete(chain),
      () => beginning.delete(chain),
    );
    beginning.set(chain, over);
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
    recent: (objectType, ms, portalId) => recent.of(objectType, ms, portalId),
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

function lostCall({ idempotencyKey: key }: NewCall): JournalUnusable {
  const [which, then] =
    key === undefined
      ? ['an equal call of a moment ago', 'an idempotencyKey']
      : [`the call with the idempotencyKey ${JSON.stringify(key)}`, 'another key'];
  return new JournalUnusable(
    `The journal is damaged where it held what became of ${which}, so it may or may not have been sent. Look in HubSpot whether its records are there; if they are not, call again with ${then}.`,
  );
}
