/** What a new portal starts with. */

import { adoptRates } from '../settings/exchange-rates.ts';
import { keepUserRecords } from '../settings/users.ts';
import { PORTAL, type Store } from '../store/store.ts';
import { seedDemo } from './demo/index.ts';
import { type LoadProgress, loadPortalFile } from './file/load.ts';
import { openAccount } from './new-account.ts';

const DAY_MS = 86_400_000;

/** A portal file: see file/portal-file.ts. */
export interface FileSeed {
  readonly json: string;
  /** Hears how far it is, about every thousand rows. */
  readonly progress?: LoadProgress;
}

export type Seed = 'demo' | 'none' | FileSeed;

/**
 * Fills a new portal: `none` is an account on its first day, `demo` a believable business three years later, a file what
 * is in it. A portal that already has an account is left as it is. The same clock gives the same portal, and `now`
 * (milliseconds since the epoch) is its present. @throws PortalFileError; the portal is empty then
 */
export function seedPortal(store: Store, seed: Seed, now: number): void {
  if (store.account.get(PORTAL, 'account')) return;
  store.transaction(() => {
    const opened = seed === 'demo' ? now - 3 * 365 * DAY_MS : now;
    openAccount(store, opened);
    if (seed === 'demo') seedDemo(store, opened, now);
    else if (seed !== 'none') loadPortalFile(store, seed.json, now, seed.progress);
    keepUserRecords(store, store.owners.list(PORTAL), opened);
    adoptRates(store, opened);
  });
}
