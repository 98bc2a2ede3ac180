/** The day's calls of the account: known from HubSpot's answers, and counted on between them. */

import type { Clock } from '../clock.ts';
import type { HubSpotError } from './errors.ts';
import { refusedHere } from './errors.ts';

/** What HubSpot says of the account's day. */
export interface SeenDay {
  readonly limit: number;
  readonly remaining: number;
}

/** While the day is used up, one call in so many milliseconds goes out to learn whether a new one has begun. */
export const DAY_PROBE_MS = 60_000;

export interface Day {
  /** Counts a call; its number, or undefined when the day is used up. */
  take(): number | undefined;
  /** A counted call was not sent. */
  giveBack(): void;
  /** An answer to the call of that number. Older news than what is known changes nothing. */
  answered(number: number, seen: SeenDay | undefined): void;
  /** HubSpot refused the call of that number because the day is used up. */
  over(number: number): void;
  /** What the account itself says of its use; headers know better. */
  learn(seen: SeenDay): void;
  state(): SeenDay | undefined;
}

/** @param share of the account's day, from 0 to 1, that may be used before calls are refused; the rest is for others */
export function createDay(clock: Clock, share: number): Day {
  let count = 0;
  /** `base` and `count` together are what HubSpot will have counted; `asOf` is the call whose answer said so. */
  let known: { limit: number; base: number; asOf: number } | undefined;
  let closed = false;
  let probeAt = 0;

  const isOver = () => closed || (known !== undefined && known.base + count >= Math.floor(known.limit * share));

  const learn = (number: number, { limit, remaining }: SeenDay) => {
    known = { limit, base: limit - remaining - number, asOf: number };
  };

  return {
    take() {
      if (isOver()) {
        const now = clock.elapsed();
        if (now < probeAt) return undefined;
        probeAt = now + DAY_PROBE_MS;
      }
      count += 1;
      return count;
    },
    giveBack() {
      if (known) known.base -= 1;
    },
    answered(number, seen) {
      if (number <= (known?.asOf ?? 0)) return;
      closed = false;
      if (seen) learn(number, seen);
      else if (known) known.asOf = number;
    },
    over(number) {
      closed = true;
      probeAt = clock.elapsed() + DAY_PROBE_MS;
      if (known) known.asOf = Math.max(known.asOf, number);
    },
    learn(seen) {
      if (!known) learn(count, seen);
    },
    state() {
      if (!known) return undefined;
      return { limit: known.limit, remaining: closed ? 0 : leftOf(known.limit, known.base + count, share) };
    },
  };
}

/** What this server may still use. */
export function leftOf(limit: number, used: number, share: number): number {
  return Math.max(0, Math.floor(limit * share) - used);
}

export function dayIsOver(share: number): HubSpotError {
  return refusedHere(
    'daily_limit',
    share < 1
      ? `${percent(share)} of the account's calls for today are used, and this server leaves the rest to others.`
      : "The account's calls for today are used up.",
  );
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
