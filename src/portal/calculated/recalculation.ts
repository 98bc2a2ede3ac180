/**
 * Calculates all records of a type anew when a definition changed that they are calculated from: the first ones at once,
 * the others by and by.
 */

import type { PortalContext, Service } from '../route.ts';
import { PORTAL, type Store } from '../store/store.ts';

/** Few enough that the request which asks for it does not take long. */
const AT_ONCE = 2_000;
const PAUSE_MS = 5;

/** To be called in the transaction that changed the definition. */
export function recalculateType(store: Store, typeId: string): void {
  store.recalculations.put(PORTAL, typeId, { typeId, from: '0' });
  goOn(store, typeId);
}

/** Touches the next records of a type, so that the store calculates them before it commits. */
function goOn(store: Store, typeId: string): void {
  const waiting = store.recalculations.get(PORTAL, typeId);
  if (!waiting) return;
  const records = store.records.list(typeId, { limit: AT_ONCE + 1, from: waiting.from });
  store.touch(records.slice(0, AT_ONCE));
  const next = records[AT_ONCE];
  if (next) store.recalculations.put(PORTAL, typeId, { typeId, from: next.id });
  else store.recalculations.delete(PORTAL, typeId);
}

/** Goes on with what is waiting, also after a restart. */
export const recalculation: Service = ({ store, clock }: PortalContext) => {
  let cancel: (() => void) | undefined;
  const work = () => {
    cancel = undefined;
    const [waiting] = store.recalculations.list(PORTAL);
    if (waiting) store.transaction(() => goOn(store, waiting.typeId));
    plan();
  };
  const plan = () => {
    if (cancel || store.recalculations.list(PORTAL).length === 0) return;
    cancel = clock.after(PAUSE_MS, work, { background: true });
  };
  store.onWrite(plan);
  plan();
  return { close: () => cancel?.() };
};
