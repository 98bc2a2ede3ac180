/** Who may send now. A call takes a slot at once while there is quota; only calls that have to wait are put in order. */

import type { Clock } from '../clock.ts';
import { untilAborted } from './call.ts';
import type { SeenDay } from './day.ts';
import type { QuotaState } from './definitions.ts';
import type { HubSpotError } from './errors.ts';
import { refusedHere } from './errors.ts';
import type { Ledger, Taken } from './ledger.ts';
import { createLedger } from './ledger.ts';
import { associationsLimit, burstIn, dayIn } from './limit-headers.ts';
import { createLine, isBackground, type Waiting } from './line.ts';
import type { BudgetName } from './operations.ts';
import { createPause } from './pause.ts';
import { createShares } from './shares.ts';
import type { Seen, Slot, Wait } from './window.ts';
import { isSlot } from './window.ts';

/** More than these cannot get a slot within any sensible deadline. */
const MAX_WAITING = 1_000;

/** Where slots are kept elsewhere, each costs a round trip; so many are asked for together. */
const MOST_AT_ONCE = 16;

const SHORTEST_FREEZE_MS = 1_000;

/** Who wants to send. */
export interface Entrant {
  readonly signal: AbortSignal;
  readonly priority: number;
  readonly caller?: string | undefined;
  /** Milliseconds after which a request is given up once it was sent; as long as the call has left, if omitted. */
  readonly requestMs?: number | undefined;
  /** Milliseconds that the call has left. */
  left(): number;
}

export interface Quota {
  /**
   * A slot, as soon as there is one; rejects with the signal's reason, or with `queue_full` or `daily_limit`, with
   * `rate_limited` when HubSpot asked for a wait that is longer than the call has, and with `unavailable` when shared
   * quota is out of reach and this process has no share of its own.
   */
  enter(budget: BudgetName, entrant: Entrant): Promise<Slot>;
  /**
   * Ends a slot with HubSpot's answer. Its headers teach the limits and what other users of the portal have taken; a
   * 429 freezes the budget, or the day, for every call.
   */
  answered(budget: BudgetName, slot: Slot, headers: Readonly<Record<string, string>>, refusal?: HubSpotError): void;
  /** What the account itself says of its day; answers' headers know better. */
  learnDay(seen: SeenDay): void;
  state(): QuotaState;
}

export function createQuota(
  clock: Clock,
  {
    maxWaiting = MAX_WAITING,
    ledger = createLedger(clock),
  }: { readonly maxWaiting?: number; readonly ledger?: Ledger } = {},
): Quota {
  const gate = (budget: BudgetName) => createGate(clock, budget, ledger, maxWaiting);
  const gates = { burst: gate('burst'), search: gate('search'), associations: gate('associations') };
  let burstLimit: number | undefined;

  return {
    enter: (budget, entrant) => gates[budget].enter(entrant),
    answered(budget, slot, headers, refusal) {
      const day = refusal?.code === 'daily_limit' ? 'over' : budget === 'associations' ? undefined : dayIn(headers);
      const seen: Seen = { ...(budget === 'burst' ? burstIn(headers) : {}), ...(day && { day }) };
      slot.end('answered', seen);
      if (refusal?.code === 'rate_limited') gates[budget].refused(refusal);
      else gates[budget].calm();
      if (seen.limit === undefined || seen.limit === burstLimit) return;
      burstLimit = seen.limit;
      ledger.setLimit('associations', associationsLimit(seen.limit));
    },
    learnDay: (seen) => ledger.learnDay(seen),
    state() {
      const { windows, day, degraded } = ledger.state();
      const stateOf = (budget: BudgetName) => ({ ...windows[budget], waiting: gates[budget].waiting() });
      return {
        burst: stateOf('burst'),
        search: stateOf('search'),
        associations: stateOf('associations'),
        ...(day && { daily: day }),
        ...(degraded !== undefined && { degraded }),
      };
    },
  };
}

interface Gate {
  enter(entrant: Entrant): Promise<Slot>;
  refused(refusal: HubSpotError): void;
  calm(): void;
  waiting(): number;
}

/** A call in the line, and how it ends. */
interface Queued extends Waiting {
  readonly left: () => number;
  readonly requestMs: number | undefined;
  grant(slot: Slot): void;
  fail(error: unknown): void;
}

function createGate(clock: Clock, budget: BudgetName, ledger: Ledger, maxWaiting: number): Gate {
  const size = () => ledger.state().windows[budget];
  const line = createLine<Queued>();
  const shares = createShares(clock, size);
  let desk: ReturnType<typeof openDesk> | undefined;
  let serving = false;
  /** Calls that found nobody waiting and ask for a slot, which takes a moment where slots are kept elsewhere. */
  let asking = 0;
  let refusals = 0;
  let frozen: { until: number; by: HubSpotError } | undefined;
  const pause = createPause(clock);

  const isEven = (call: Waiting) => isBackground(call) || shares.isGreedy(call.caller);
  const leavesRoom = (call: Queued) => isEven(call) && !line.isOverdue(call);

  const take = async (call: Waiting & Pick<Entrant, 'left' | 'requestMs'>, even: boolean): Promise<Taken> => {
    const requestMs = Math.min(call.left(), call.requestMs ?? Number.POSITIVE_INFINITY);
    // Counted before it is asked for, so that a burst that comes at once is seen to be one.
    const without = shares.took(call.caller);
    const taken = await ledger.take(budget, { even, requestMs });
    if (!isSlot(taken)) {
      without();
      return taken;
    }
    return {
      // A slot that comes back, or whose time to come back is now known, is news for the first in line.
      end(ending, seen) {
        taken.end(ending, seen);
        pause.wake();
      },
    };
  };

  /** Those whose turn it is, so many at most. */
  const chosen = (most: number, due: (call: Queued) => boolean): Queued[] => {
    const calls: Queued[] = [];
    for (let call = line.next(due); call; call = calls.length < most ? line.next(due, calls) : undefined)
      calls.push(call);
    return calls;
  };

  /** What came of asking, if it was a wait. */
  const settle = (call: Queued, taken: Taken | { readonly refused: unknown }): Wait | undefined => {
    if (isSlot(taken)) {
      if (line.served(call)) call.grant(taken);
      else taken.end('not_sent');
    } else if ('refused' in taken) {
      if (line.leave(call)) call.fail(taken.refused);
    } else return taken;
    return undefined;
  };

  /** Gives slots to those who wait, until nobody does: one tells how many more there are, and those come together. */
  const serve = async (): Promise<void> => {
    let evenAt = 0;
    let most = 1;
    while (line.size > 0) {
      const now = clock.elapsed();
      const known = pause.news();
      const calls = chosen(most, (each) => now >= evenAt || !leavesRoom(each));
      const settling = calls.map(async (call) => {
        const taken = await take(call, leavesRoom(call)).catch((error: unknown) => ({ refused: error }));
        return settle(call, taken) ?? [];
      });
      const waits = (await Promise.all(settling)).flat();
      most = waits.length > 0 ? 1 : Math.max(1, Math.min(size().remaining, MOST_AT_ONCE));
      for (const { paced, waitMs } of waits) if (paced) evenAt = now + waitMs;
      const whole = waits.filter(({ paced }) => !paced).map(({ waitMs }) => waitMs);
      if (whole.length > 0) await pause.wait(Math.min(...whole), known);
      else if (calls.length === 0) await pause.wait(evenAt - now, known);
    }
  };

  /** Bottleneck runs one job at a time: whoever serves the line. */
  const open = async (): Promise<void> => {
    if (serving) return pause.wake();
    serving = true;
    try {
      desk ??= openDesk();
      const opened = await desk;
      while (line.size > 0) await opened.schedule(serve);
    } catch (error) {
      for (let call = line.next(() => true); call; call = line.next(() => true)) {
        line.leave(call);
        call.fail(error);
      }
    } finally {
      serving = false;
    }
  };

  const queue = (entrant: Entrant, who: Waiting) =>
    new Promise<Slot>((resolve, reject) => {
      const { signal, requestMs } = entrant;
      const settle = () => signal.removeEventListener('abort', leave);
      const call: Queued = {
        ...who,
        left: () => entrant.left(),
        requestMs,
        grant(slot) {
          settle();
          resolve(slot);
        },
        fail(error) {
          settle();
          reject(error);
        },
      };
      const leave = () => {
        if (line.leave(call)) call.fail(signal.reason);
        pause.wake();
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      line.join(call);
      void open();
    });

  /** Ends with the call, though the answer be still to come. */
  const takeAtOnce = async (entrant: Entrant, who: Waiting): Promise<Taken> => {
    asking += 1;
    const asked = { ...who, left: () => entrant.left(), requestMs: entrant.requestMs };
    const taking = take(asked, isEven(who)).finally(() => (asking -= 1));
    try {
      return await untilAborted(entrant.signal, taking);
    } catch (error) {
      void giveBack(taking);
      throw error;
    }
  };

  const refuseTooMany = (caller: string) => {
    const free = maxWaiting - line.size;
    if (free <= 0) {
      throw refusedHere('queue_full', `${maxWaiting} calls already wait for HubSpot's ${budget} limit.`);
    }
    // However many want to fill the line, each leaves as many places as it has.
    const own = line.sizeOf(caller);
    if (caller !== '' && own >= free) {
      throw refusedHere('queue_full', `${own} calls of this caller already wait for HubSpot's ${budget} limit.`);
    }
  };

  return {
    async enter(entrant) {
      entrant.signal.throwIfAborted();
      const frozenMs = frozen ? frozen.until - clock.elapsed() : 0;
      if (frozen && frozenMs >= entrant.left()) throw frozen.by.with({ retryAfterMs: Math.ceil(frozenMs) });
      const who = { caller: entrant.caller ?? '', priority: entrant.priority };
      if (line.size === 0 && asking < maxWaiting) {
        const taken = await takeAtOnce(entrant, who);
        if (isSlot(taken)) return taken;
        if ('refused' in taken) throw taken.refused;
      }
      refuseTooMany(who.caller);
      return queue(entrant, who);
    },
    refused(refusal) {
      const { windowMs } = size();
      const now = clock.elapsed();
      if (now >= (frozen?.until ?? 0)) refusals += 1;
      const guess = refusals > 1 ? windowMs : windowMs / 4;
      const ms = Math.max(SHORTEST_FREEZE_MS, refusal.retryAfterMs ?? guess);
      frozen = { until: Math.max(frozen?.until ?? 0, now + ms), by: refusal };
      ledger.freeze(budget, ms);
    },
    calm() {
      refusals = 0;
    },
    waiting: () => line.size,
  };
}

async function giveBack(taking: Promise<Taken>): Promise<void> {
  // Where taking failed, there is nothing to give back.
  const taken = await taking.catch(() => undefined);
  if (taken && isSlot(taken)) taken.end('not_sent');
}

/** Loaded when a call has to wait for the first time. */
async function openDesk() {
  const { default: Bottleneck } = await import('bottleneck/light.js');
  return new Bottleneck({ maxConcurrent: 1 });
}
