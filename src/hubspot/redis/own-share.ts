/** The part of the quota that one process keeps to while Redis is away. */

import type { Clock } from '../../clock.ts';
import type { SeenDay } from '../day.ts';
import type { Ledger } from '../ledger.ts';
import { createLedger, createWindows } from '../ledger.ts';
import type { BudgetName } from '../operations.ts';
import type { Seen } from '../window.ts';
import { isSlot } from '../window.ts';
import type { Known } from './known.ts';
import { outOfReach } from './known.ts';

export type OwnShare = Pick<Ledger, 'take' | 'freeze' | 'setLimit' | 'learnDay' | 'state'>;

/**
 * Its limits and what is told to it are those of the whole; nothing of it is used yet.
 * @param of.parts into how many equal ones the whole is divided, 1 at least
 */
export function createOwnShare(
  clock: Clock,
  of: {
    readonly parts: number;
    readonly known: Known;
    readonly day: SeenDay | undefined;
    readonly dayShare: number;
  },
): OwnShare {
  const part = (whole: number) => Math.floor(whole / of.parts);
  const sizeOf = (budget: BudgetName) => ({ ...of.known[budget], limit: part(of.known[budget].limit) });
  const sizes = { burst: sizeOf('burst'), search: sizeOf('search'), associations: sizeOf('associations') };
  const ledger = createLedger(clock, { share: of.dayShare, windows: createWindows(clock, sizes) });
  if (of.day) ledger.learnDay(of.day);

  const seenFromHere = (seen: Seen): Seen => {
    if (seen.limit === undefined) return seen;
    const limit = part(seen.limit);
    return { ...seen, limit, ...(seen.remaining === undefined ? {} : { remaining: Math.min(limit, seen.remaining) }) };
  };

  return {
    async take(budget, want) {
      if (ledger.state().windows[budget].limit < 1) {
        const why = `${of.parts} processes share it, which leaves none of HubSpot's ${budget} limit to each`;
        return { refused: outOfReach(why) };
      }
      const slot = await ledger.take(budget, want);
      if (!isSlot(slot)) return slot;
      return { end: (ending, seen) => slot.end(ending, seen && seenFromHere(seen)) };
    },
    freeze: (budget, ms) => ledger.freeze(budget, ms),
    setLimit: (budget, limit) => ledger.setLimit(budget, part(limit)),
    learnDay: (seen) => ledger.learnDay(seen),
    state: () => ledger.state(),
  };
}
