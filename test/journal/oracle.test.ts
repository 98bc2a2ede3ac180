/** Any order of steps, any number of crashes: the journal says what a simple list of what was promised says. */

import { array, assert, asyncProperty, check, constantFrom, integer, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createJournal } from '../../src/journal/index.ts';
import type { Begun, Journal, OpenCall, StoredCall } from '../../src/journal/journal.ts';
import { fakeClock } from '../fake-clock.ts';
import { type TornOptions, type TornProcess, tornDisk } from './torn-disk.ts';

const kinds = [
  'begin',
  'begin',
  'send',
  'send',
  'tell',
  'finish',
  'leave',
  'abandon',
  'kill',
  'kill soon',
  'power cut',
  'wait',
] as const;
/** The same call is known by its key, or for some time by what it asks for. */
const KEYS = ['k0', 'k1', undefined, undefined];
const SAME_WITHIN_MS = 600_000;

interface Step {
  readonly kind: (typeof kinds)[number];
  readonly who: number;
  readonly key: number;
  readonly n: number;
}
const steps = array(
  record({
    kind: constantFrom(...kinds),
    who: integer({ min: 0, max: 1 }),
    key: integer({ min: 0, max: KEYS.length - 1 }),
    n: integer({ min: 0, max: 12 }),
  }),
  { maxLength: 60, size: 'max' },
);

interface Seat {
  readonly disk: TornProcess;
  readonly journal: Journal;
  readonly open: Map<number, OpenCall>;
}

/** What was promised of a call. */
interface Promised {
  owner: Seat | undefined;
  /** Rows that may have left. */
  readonly sent: Set<number>;
  /** Rows whose outcome was told, until it is lost with its process. */
  told: Map<number, 'applied' | 'rejected'>;
  next: number;
  finished?: { readonly n: number };
  /** What its process was at when it ended. */
  perhaps?: 'finish' | 'abandon' | 'leave';
}

function broken(what: string, details: unknown): never {
  throw new Error(`${what}: ${JSON.stringify(details)}`);
}

/** @throws an error that says what was promised and not kept */
async function play(seed: number, all: readonly Step[], options: TornOptions = {}): Promise<void> {
  const random = seededRandom(seed);
  const folder = tornDisk(random, options);
  const clock = fakeClock();
  const seats: Seat[] = [];
  const promised = new Map<number, Promised>();

  const sit = (): Seat => {
    const disk = folder.process();
    return { disk, journal: createJournal({ disk, clock, random, maxLogBytes: 2_000 }), open: new Map() };
  };
  const seatOf = (who: number): Seat => {
    const seat = seats[who];
    if (seat?.disk.alive) return seat;
    const fresh = sit();
    seats[who] = fresh;
    return fresh;
  };
  /** The value, or undefined when its process ended meanwhile. */
  const orDeath = <T>(seat: Seat, work: Promise<T>) => Promise.race([work, seat.disk.killed.then(() => undefined)]);
  function checkRows(key: number, stored: StoredCall, was: Promised): void {
    for (const index of was.sent) {
      const row = stored.rows.find((each) => each.index === index) ?? broken('a sent row is gone', { key, index });
      if (row.state === 'intended') broken('a sent row is said not to be', { key, index });
      if (row.change === null) broken('what a sent row changes is gone', { key, index });
    }
    for (const [index, state] of was.told)
      if (stored.rows.find((each) => each.index === index)?.state !== state)
        broken('an outcome is gone', { key, index });
  }

  function checkBegun(key: number, seat: Seat, begun: Begun): void {
    const was = promised.get(key);
    const fresh = (): Promised => ({ owner: seat, sent: new Set(), told: new Map(), next: 0 });
    if (begun.kind === 'new') {
      if (
        was !== undefined &&
        was.perhaps !== 'abandon' &&
        (was.sent.size > 0 || was.finished || was.owner?.disk.alive)
      )
        broken('a call was begun a second time', { key });
      promised.set(key, fresh());
      seat.open.set(key, begun.call);
      return;
    }
    if (was === undefined) return void broken('a call is known that was never begun', { key, kind: begun.kind });
    if (begun.kind === 'under_way' && was.owner !== seat) broken('joined what it is not at', { key });
    if (begun.kind === 'mismatch') broken('mistook a call', { key });
    if (begun.kind === 'elsewhere' && !(was.owner?.disk.alive && was.owner !== seat))
      broken('nobody is at it', { key, perhaps: was.perhaps ?? 'nothing' });
    if (begun.kind === 'finished') {
      if (!was.finished && was.perhaps !== 'finish') broken('finished by nobody', { key });
      checkRows(key, begun.call, was);
      if (was.finished && JSON.stringify(begun.call.result) !== JSON.stringify(was.finished))
        broken('another result', { key });
    }
    if (begun.kind === 'interrupted') {
      if (was.finished || was.owner?.disk.alive) broken('taken from one that has it', { key });
      checkRows(key, begun.stored, was);
      const next = Math.max(-1, ...begun.stored.rows.map(({ index }) => index)) + 1;
      const { perhaps: _, ...rest } = was;
      promised.set(key, { ...rest, owner: seat, next: Math.max(next, was.next) });
      seat.open.set(key, begun.call);
    }
  }

  async function act(seat: Seat, { kind, key, n }: Step): Promise<void> {
    if (kind === 'begin') {
      const call = { caller: 'c', session: 's', tool: 't', portalId: 1, fingerprint: `f${key}` };
      const idempotencyKey = KEYS[key];
      const asked = { ...call, sameWithinMs: SAME_WITHIN_MS, ...(idempotencyKey && { idempotencyKey }) };
      const begun = await orDeath(seat, seat.journal.begin(asked));
      if (begun !== undefined) checkBegun(key, seat, begun);
      return;
    }
    const open = seat.open.get(key);
    const was = promised.get(key);
    if (open === undefined || was === undefined) return;
    const done = async (work: Promise<void>) =>
      (await orDeath(
        seat,
        work.then(() => true),
      )) ?? false;
    if (kind === 'send') {
      const index = was.next++;
      await open.intend([{ index, change: { index }, records: [] }]);
      if (await done(open.sending([index]))) was.sent.add(index);
    } else if (kind === 'tell') {
      const [index] = [...was.sent].filter((each) => !was.told.has(each));
      if (index === undefined) return;
      const state = n % 2 === 0 ? 'applied' : 'rejected';
      await open.outcomes([{ index, state }]);
      was.told.set(index, state);
    } else if (kind === 'finish') {
      was.perhaps = 'finish';
      if (await done(open.finish({ n }))) was.finished = { n };
      else forgetTold(was);
      seat.open.delete(key);
      was.owner = undefined;
    } else if (kind === 'leave') {
      was.perhaps = 'leave';
      if (!(await done(open.leave()))) forgetTold(was);
      seat.open.delete(key);
      was.owner = undefined;
    } else if (kind === 'abandon') {
      was.perhaps = 'abandon';
      if (await done(open.abandon())) promised.delete(key);
      else forgetTold(was);
      seat.open.delete(key);
      was.owner = undefined;
    }
  }

  function forgetTold(was: Promised): void {
    was.told = new Map();
  }

  /** Outcomes are promised only once a call ends, or is left. */
  function bury(): void {
    for (const was of promised.values()) {
      if (was.owner === undefined || was.owner.disk.alive) continue;
      forgetTold(was);
      was.owner = undefined;
    }
  }

  /** Without a key, what nobody is at is then another call. */
  async function wait(): Promise<void> {
    const keyless = [...promised].filter(([key]) => KEYS[key] === undefined);
    if (keyless.some(([, was]) => was.owner !== undefined)) return;
    await clock.advance(SAME_WITHIN_MS + 1);
    for (const [key] of keyless) promised.delete(key);
  }

  for (const step of all) {
    const seat = seatOf(step.who);
    if (step.kind === 'kill') seat.disk.kill();
    else if (step.kind === 'kill soon') seat.disk.killIn(step.n);
    else if (step.kind === 'power cut') folder.powerCut();
    else if (step.kind === 'wait') await wait();
    else await act(seat, step);
    bury();
  }
  folder.powerCut();
  bury();
  const last = sit();
  for (const key of promised.keys()) await act(last, { kind: 'begin', who: 0, key, n: 0 });
}

/** The word that a call was forgotten is read before it is on the disk, and then lost with the power. */
const forgottenThenLost = (key: number): Step[] => [
  { kind: 'begin', who: 0, key, n: 0 },
  { kind: 'send', who: 0, key, n: 0 },
  { kind: 'kill soon', who: 0, key: 0, n: 1 },
  { kind: 'abandon', who: 0, key, n: 0 },
  { kind: 'begin', who: 1, key, n: 0 },
  { kind: 'finish', who: 1, key, n: 0 },
];

describe('whatever happens to its processes', () => {
  test('a call is carried out by one at a time, and nothing that was sent or promised is forgotten', async () => {
    await assert(
      asyncProperty(integer(), steps, async (seed, all) => {
        await play(seed, all);
      }),
      { numRuns: 500, examples: KEYS.map((_, key) => [0, forgottenThenLost(key)]) },
    );
  });

  test('a disk that does not sync is noticed', async () => {
    const found = await check(
      asyncProperty(integer(), steps, async (seed, all) => {
        await play(seed, all, { skipSync: true });
      }),
      { numRuns: 300, endOnFailure: true },
    );
    expect(String(found.errorInstance)).toMatch(/is gone|second time/);
  });
});
