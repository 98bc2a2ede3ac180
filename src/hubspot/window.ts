/**
 * An exact rolling window over one budget of calls.
 *
 * A slot is taken before a request is sent and given back one window after its answer. HubSpot counts a request at some
 * moment between the two; so every request it has counted within the last window still holds a slot, and HubSpot can
 * never count more than there are slots, whatever the network does.
 */

import type { Clock } from '../clock.ts';
import type { SeenDay } from './day.ts';

/** How an exchange ended: with an answer, without one, or before anything was sent. */
export type Ending = 'answered' | 'lost' | 'not_sent';

/** What an answer's headers say of the budget, other users of the portal included. */
export interface Seen {
  readonly limit?: number;
  readonly remaining?: number;
  readonly windowMs?: number;
  /** Of the account's day; `over` when HubSpot refused because of it. */
  readonly day?: SeenDay | 'over';
}

export interface Slot {
  end(ending: Ending, seen?: Seen): void;
}

/** No slot now. Asking again is useless for so long, unless a slot comes back earlier; Infinity until one does. */
export interface Wait {
  readonly waitMs: number;
  /** There are slots, but not yet for a call that keeps to the even pace. */
  readonly paced?: boolean;
}

export interface QuotaWindow {
  /**
   * `even`: for a call that leaves room to others. It gets a slot only where all calls together have not been faster than
   * the window allows on average, so that such calls never empty it in one gulp, and what is used comes back as evenly.
   */
  take(even?: boolean): Slot | Wait;
  /** No slot for `ms`. */
  freeze(ms: number): void;
  state(): { readonly limit: number; readonly remaining: number; readonly windowMs: number };
  /** Corrects what was assumed before the portal's limit was known. */
  setLimit(limit: number): void;
}

export const isSlot = (taken: object): taken is Slot => 'end' in taken;

/** HubSpot's clock and this one both round to milliseconds. */
const CLOCK_MARGIN_MS = 1;

/** A request whose sending was broken off may still be on its way for so long. */
export const LONGEST_ARRIVAL_MS = 2_000;

interface Held {
  readonly takenAt: number;
  /** How many slots were held when this one was taken, itself included, and how many had ever been taken. */
  readonly heldThen: number;
  readonly takenThen: number;
  answeredAt?: number;
  freeAt: number;
}

export function createWindow(
  clock: Clock,
  initial: { readonly limit: number; readonly windowMs: number },
): QuotaWindow {
  let { limit, windowMs } = initial;
  let held: Held[] = [];
  let taken = 0;
  let frozenUntil = 0;
  let evenAt = 0;
  let others = { count: 0, until: 0 };

  const othersAt = (now: number) => (now < others.until ? others.count : 0);

  const freeSlots = (now: number) => {
    if (held.some((slot) => slot.freeAt <= now)) held = held.filter((slot) => slot.freeAt > now);
    return limit - held.length - othersAt(now);
  };

  const end = (slot: Held, ending: Ending, seen: Seen | undefined) => {
    if (slot.freeAt !== Number.POSITIVE_INFINITY) return;
    const now = clock.elapsed();
    if (ending === 'not_sent') {
      slot.freeAt = now;
      return;
    }
    const counted = ending === 'answered' ? now : now + LONGEST_ARRIVAL_MS;
    slot.freeAt = counted + windowMs + CLOCK_MARGIN_MS;
    if (ending === 'answered') slot.answeredAt = now;
    if (seen) observe(slot, seen, now);
  };

  /**
   * The rest of what HubSpot counted are other users' calls. Of our own, it has surely counted those answered before
   * this one was sent, and at most those that held a slot meanwhile: between these two lies what others have used.
   */
  const observe = (slot: Held, seen: Seen, now: number) => {
    limit = seen.limit ?? limit;
    windowMs = seen.windowMs ?? windowMs;
    if (seen.remaining === undefined) return;
    const used = Math.max(0, limit - seen.remaining);
    const possiblyOurs = slot.heldThen + (taken - slot.takenThen);
    const surelyOurs = held.filter((other) => {
      return other === slot || ((other.answeredAt ?? now) < slot.takenAt && other.takenAt > now - windowMs);
    }).length;
    const atLeast = Math.max(0, used - possiblyOurs);
    const atMost = Math.max(0, used - surelyOurs);
    others = { count: Math.min(Math.max(othersAt(now), atLeast), atMost), until: now + windowMs };
  };

  return {
    take(even = false) {
      const now = clock.elapsed();
      if (now < frozenUntil) return { waitMs: frozenUntil - now };
      if (freeSlots(now) <= 0) {
        const changes = held.map((slot) => slot.freeAt);
        if (othersAt(now) > 0) changes.push(others.until);
        return { waitMs: Math.min(...changes) - now };
      }
      if (even && now < evenAt) return { waitMs: evenAt - now, paced: true };
      evenAt = Math.min(now + windowMs, Math.max(now, evenAt) + windowMs / limit);
      taken += 1;
      const slot: Held = {
        takenAt: now,
        heldThen: held.length + 1,
        takenThen: taken,
        freeAt: Number.POSITIVE_INFINITY,
      };
      held.push(slot);
      return { end: (ending, seen) => end(slot, ending, seen) };
    },
    freeze(ms) {
      frozenUntil = Math.max(frozenUntil, clock.elapsed() + ms);
    },
    state() {
      const now = clock.elapsed();
      return { limit, windowMs, remaining: now < frozenUntil ? 0 : Math.max(0, freeSlots(now)) };
    },
    setLimit(next) {
      limit = next;
    },
  };
}
