/** What a new portal starts with. */

import { PORTAL, type Store } from '../store/store.ts';
import { seedDemo } from './demo/index.ts';
import { openAccount } from './new-account.ts';

const DAY_MS = 86_400_000;

/**
 * Fills a new portal: `none` is an account on its first day, `demo` a believable business three years later. A portal
 * that already has an account is left as it is. The same clock gives the same portal, and `now` (milliseconds since the
 * epoch) is its present.
 */
export function seedPortal(store: Store, seed: 'demo' | 'none', now: number): void {
  if (store.account.get(PORTAL, 'account')) return;
  store.transaction(() => {
    const opened = seed === 'none' ? now : now - 3 * 365 * DAY_MS;
    openAccount(store, opened);
    if (seed === 'demo') seedDemo(store, opened, now);
  });
}
