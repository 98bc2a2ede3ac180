/**
 * Quota that several processes share through Redis, and what is left of it while Redis is away.
 *
 * Without Redis each process keeps to its share of the limits. It does not begin with that before everything that the
 * others may have sent has left HubSpot's windows; and when Redis is back, nobody goes on before the same holds of what
 * was sent from the shares. So the sum stays within the limit as long as all processes lose Redis, and find it again,
 * together; where only some do, HubSpot's headers show each side the calls of the other.
 */

import type { Cancel, Clock, Random } from '../../clock.ts';
import { leftOf } from '../day.ts';
import type { Ledger, LedgerState, Taken, Want } from '../ledger.ts';
import type { BudgetName } from '../operations.ts';
import { coldFor, degradedTo, outOfReach, withRemaining } from './known.ts';
import type { RedisLink } from './link.ts';
import type { OwnShare } from './own-share.ts';
import { createOwnShare } from './own-share.ts';
import { COLD_MS, createSharedWindows, LONGEST_WAIT_MS } from './shared-windows.ts';

export interface SharedLedgerOptions {
  readonly link: RedisLink;
  readonly clock: Clock;
  readonly random: Random;
  /** What the processes share: the same for all of one token. It becomes the keys' hash tag. */
  readonly name: string;
  /** How many processes share the quota while Redis is away. Omitted: as many as were seen last. */
  readonly shares?: number;
  /** See `createDay`. */
  readonly dayShare?: number;
  /** Hears when Redis is lost and found. */
  log?(message: string): void;
}

const BEAT_MS = 1_000;

/** Whoever was away has looked for Redis again after so long, however little answers. */
const RETURN_MS = 6_000;

/** Whoever can miss Redis has noticed after so long. */
const LATEST_NOTICE_MS = 3_500;

export function createSharedLedger(options: SharedLedgerOptions): Ledger {
  const { link, clock, random, name, shares, dayShare = 1 } = options;
  let awaySince: number | undefined;
  /** When Redis was looked for last, and not found. */
  let missedAt = 0;
  let coldUntil = 0;
  /** Meanwhile nobody takes anything. */
  let changing: Promise<void> | undefined = undefined;
  /** Of this time without Redis. */
  let alone: OwnShare | undefined;
  let stopBeat: Cancel | undefined;
  let closed = false;

  const miss = (error: unknown, lookedAt = clock.elapsed()) => {
    missedAt = lookedAt;
    if (awaySince !== undefined) return;
    awaySince = clock.elapsed();
    windows.forgetMeetings();
    alone = undefined;
    options.log?.(`${degradedTo(partsNow())} (${error instanceof Error ? error.message : String(error)})`);
  };

  const isAway = () => awaySince !== undefined;
  const windows = createSharedWindows({ link, clock, random, name, dayShare, isAway, miss: (error) => miss(error) });
  const partsNow = () => shares ?? windows.heard().peers;

  const meet = async (pauseMs: number) => {
    const coldMs = await windows.meet(pauseMs);
    const now = clock.elapsed();
    if (coldMs > 0 && coldUntil <= now) options.log?.(coldFor(coldMs));
    coldUntil = now + coldMs;
  };

  const beat = async () => {
    const lookedAt = clock.elapsed();
    try {
      if (awaySince === undefined) await meet(0);
      else {
        // It asks for nothing, so nobody has to wait for whether Redis is there.
        await windows.reach();
        changing = meet(pauseAfter(lookedAt - awaySince));
        await changing;
        awaySince = undefined;
        options.log?.('Redis is back: quota is shared again.');
      }
    } catch (error) {
      miss(error, lookedAt);
    } finally {
      changing = undefined;
      if (!closed) stopBeat = clock.after(BEAT_MS, () => void beat(), { background: true });
    }
  };

  /** The first meeting; whoever comes before it is over waits for it, and it takes no longer than a command. */
  let first: Promise<void> | undefined;
  const begun = () => (first ??= beat());

  const ownShare = () => {
    const parts = partsNow();
    if (parts !== undefined && parts >= 1) alone ??= createOwnShare(clock, { ...windows.heard(), parts, dayShare });
    return alone;
  };

  const takeAlone = async (budget: BudgetName, want: Want): Promise<Taken> => {
    const now = clock.elapsed();
    const coldMs = (awaySince ?? 0) + COLD_MS - now;
    if (coldMs > 0) return { waitMs: Math.min(LONGEST_WAIT_MS, coldMs) };
    // After standing still Redis has to be looked for again first: it may have been back for long.
    if (now - missedAt > RETURN_MS) return { waitMs: LONGEST_WAIT_MS };
    const share = ownShare();
    if (!share) {
      return { refused: outOfReach('how many processes share it is not known; HUBSPOT_MCP_REDIS_SHARES can say it') };
    }
    return share.take(budget, want);
  };

  const degraded = (): string | undefined => {
    if (awaySince !== undefined) return degradedTo(partsNow());
    const coldMs = coldUntil - clock.elapsed();
    return coldMs > 0 ? coldFor(coldMs) : undefined;
  };

  return {
    async take(budget, want) {
      await begun();
      if (changing) await changing.catch(() => {}); // Whoever changes it hears of a failure.
      if (awaySince === undefined) {
        try {
          return await windows.take(budget, want);
        } catch (error) {
          miss(error);
        }
      }
      return takeAlone(budget, want);
    },
    freeze(budget, ms) {
      windows.freeze(budget, ms);
      alone?.freeze(budget, ms);
    },
    setLimit(budget, limit) {
      windows.setLimit(budget, limit);
      alone?.setLimit(budget, limit);
    },
    learnDay(seen) {
      windows.learnDay(seen);
      alone?.learnDay(seen);
    },
    state(): LedgerState {
      const said = degraded();
      const { known, day } = windows.heard();
      const because = said !== undefined && { degraded: said };
      if (awaySince === undefined) {
        const left = day && { limit: day.limit, remaining: leftOf(day.limit, day.limit - day.remaining, dayShare) };
        return { windows: known, ...(left && { day: left }), ...because };
      }
      const share = clock.elapsed() - awaySince < COLD_MS ? undefined : ownShare();
      return { ...(share ? share.state() : { windows: withRemaining(known, 0) }), ...because };
    },
    async close() {
      closed = true;
      stopBeat?.();
      if (awaySince === undefined) await windows.leave().catch(() => {}); // Others forget it.
      await link.close();
    },
  };
}

/** For how long everybody waits when a process finds Redis again after so long. */
function pauseAfter(absentMs: number): number {
  // Much may have been sent from shares, and who sent it may be dead.
  if (absentMs >= COLD_MS) return RETURN_MS + COLD_MS;
  // Who lost Redis earlier, or finds it later, may just have begun with its share; it makes all wait longer.
  return absentMs >= COLD_MS - RETURN_MS - LATEST_NOTICE_MS ? RETURN_MS : 0;
}
