/** What a request costs, what it can cost at most, and caps that hold however many requests are under way. */

import type { Held, Ledger, Prices } from './types.ts';

/** Whole billionths of a dollar: sums are exact, and a cap is a cap. */
const PER_USD = 1e9;
/** What chat formats add around messages. */
const FRAME_TOKENS = 64;

export function costOf({ input, output }: Prices, inputTokens: number, outputTokens: number): number {
  return (inputTokens * input + outputTokens * output) / 1e6;
}

/** No tokeniser makes more tokens than there are bytes, and no answer is longer than the request lets it be. */
export function mostOf(prices: Prices, requestBytes: number, maxOutputTokens: number): number {
  return costOf(prices, requestBytes + FRAME_TOKENS, maxOutputTokens);
}

/** A cap of this process alone. */
export function createLedger(maxUsd: number): Ledger & { readonly spentUsd: number } {
  const cap = Math.floor(maxUsd * PER_USD);
  let taken = 0;
  return {
    reserve(usd) {
      const amount = Math.ceil(usd * PER_USD);
      // Also when it is no number.
      if (!(amount >= 0 && taken + amount <= cap)) return Promise.resolve(undefined);
      taken += amount;
      let open = true;
      const held: Held = {
        settle(real) {
          const left = amount - Math.ceil(real * PER_USD);
          // What is no number, or less than nothing, was not told: then all of it is taken for spent.
          if (open && real >= 0 && left > 0) taken -= left;
          open = false;
          return Promise.resolve();
        },
      };
      return Promise.resolve(held);
    },
    get spentUsd() {
      return taken / PER_USD;
    },
  };
}

/** Both caps hold. */
export function bothOf(one: Ledger, other: Ledger): Ledger {
  return {
    async reserve(usd) {
      const first = await one.reserve(usd);
      if (first === undefined) return undefined;
      let second: Held | undefined;
      try {
        second = await other.reserve(usd);
      } finally {
        if (second === undefined) await first.settle(0);
      }
      if (second === undefined) return undefined;
      const held = second;
      return {
        async settle(real) {
          await Promise.all([first.settle(real), held.settle(real)]);
        },
      };
    },
  };
}
