/** What the person who runs a portal can do with it, and no client of it can. */

import type { Faults } from '../faults/faults.ts';
import { refreshLists } from '../lists/keep.ts';
import type { PortalClock } from '../portal-clock.ts';
import { portalFileText } from '../seed/file/export.ts';
import type { PortalDiff } from '../store/diff.ts';
import type { Store } from '../store/store.ts';
import type { FailedEvent } from '../store/webhook-events.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';

export interface PortalControl {
  readonly clock: PortalClock;
  readonly faults: Faults;
  /** What arrived, oldest first; undefined where the portal was not asked to remember requests. */
  requests(): LoggedRequest[] | undefined;
  /** How many of them were forgotten to make room. */
  requestsForgotten(): number;
  clearRequests(): void;
  /** Remembers everything that the portal holds, under a name; an earlier snapshot of that name is forgotten. */
  snapshot(name: string): void;
  /** @throws NoSuchSnapshot */
  restore(name: string): void;
  /** @throws NoSuchSnapshot */
  dropSnapshot(name: string): void;
  /** @throws NoSuchSnapshot */
  diff(name: string): PortalDiff;
  snapshots(): string[];
  /** How many webhook events wait to be sent, and the last that nobody took, newest first. */
  webhooks(): { readonly waiting: number; readonly failed: readonly FailedEvent[] };
  /** The whole portal as a portal file (../seed/file/portal-file.ts), in pieces of text. */
  export(): IterableIterator<string>;
}

export function portalControl(parts: {
  clock: PortalClock;
  faults: Faults;
  log: RequestLog | undefined;
  store: Store;
}): PortalControl {
  const { clock, faults, log, store } = parts;
  /** A clock that moves with the writes of clients does not move with these. */
  const quietly = (work: () => void) => {
    const now = clock.now();
    work();
    if (clock.frozen) clock.set(now);
  };
  /** Time alone changes who is in a list. */
  const catchUp = () => quietly(() => store.transaction(() => refreshLists(store, clock.now())));
  return {
    clock,
    faults,
    requests: () => log?.list(),
    requestsForgotten: () => log?.forgotten ?? 0,
    clearRequests: () => log?.clear(),
    snapshot(name) {
      catchUp();
      quietly(() => store.snapshots.take(name));
    },
    restore: (name) => quietly(() => store.snapshots.restore(name)),
    dropSnapshot: (name) => quietly(() => store.snapshots.drop(name)),
    diff(name) {
      catchUp();
      return store.snapshots.diff(name);
    },
    snapshots: () => store.snapshots.names(),
    webhooks: () => ({ waiting: store.webhooks.events.waiting(), failed: store.webhooks.events.failed() }),
    export() {
      catchUp();
      return portalFileText(store);
    },
  };
}
