/** For a portal that keeps to no limits: nobody waits for what nobody counts. */

import type { Ledger } from '../src/hubspot/ledger.ts';

/** More than a test ever sends. */
const ENDLESS = { limit: 1e9, remaining: 1e9 };

export const boundless: Ledger = {
  take: () => ({ end: () => undefined }),
  freeze: () => undefined,
  setLimit: () => undefined,
  learnDay: () => undefined,
  state: () => ({
    windows: {
      burst: { ...ENDLESS, windowMs: 10_000 },
      search: { ...ENDLESS, windowMs: 1_000 },
      associations: { ...ENDLESS, windowMs: 10_000 },
    },
  }),
  close: async () => {},
};
