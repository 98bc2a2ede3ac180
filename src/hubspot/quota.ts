/** Who may send now. A call takes a slot at once while there is quota; only calls that have to wait are put in order. */

import type { Clock } from '../clock.ts';
import type { QuotaState } from './definitions.ts';
import type { HubSpotError } from './errors.ts';
import { refusedHere } from './errors.ts';
import type { BudgetName } from './operations.ts';
import type { QuotaWindow, Seen, Slot } from './window.ts';
import { createWindow, isSlot } from './window.ts';

/**
 * HubSpot's limits for one private app on the smallest tier; headers correct them.
 * Source: developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines, compared 2026-11-22.
 */
const INITIAL: Readonly<Record<BudgetName, { limit: number; windowMs: number }>> = {
  burst: { limit: 100, windowMs: 10_000 },
  search: { limit: 5, windowMs: 1_000 },
  associations: { limit: 100, windowMs: 10_000 },
};

/** More than these cannot get a slot within any sensible deadline. */
const MAX_WAITING = 1_000;

const SHORTEST_FREEZE_MS = 1_000;

/** After a daily 429 no call is sent for so long; when the day ends in the portal's time zone is not told. */
const DAILY_PAUSE_MS = 60_000;

export type Windows = Readonly<Record<BudgetName, QuotaWindow>>;

export interface Quota {
  /**
   * A slot, as soon as there is one; rejects with the signal's reason, or with `queue_full` or `daily_limit`, and with
   * `rate_limited` when HubSpot asked for a wait that is longer than the `leftMs` of the call.
   */
  enter(budget: BudgetName, priority: number, signal: AbortSignal, leftMs?: number): Promise<Slot>;
  /**
   * Ends a slot with HubSpot's answer. Its headers teach the limits and what other users of the portal have taken; a
   * 429 freezes the budget, or the day, for every call.
   */
  answered(budget: BudgetName, slot: Slot, headers: Readonly<Record<string, string>>, refusal?: HubSpotError): void;
  state(): QuotaState;
}

export function createQuota(
  clock: Clock,
  options: { readonly maxWaiting?: number; readonly windows?: Windows } = {},
): Quota {
  const maxWaiting = options.maxWaiting ?? MAX_WAITING;
  const gate = (budget: BudgetName) =>
    createGate(clock, budget, options.windows?.[budget] ?? createWindow(clock, INITIAL[budget]), maxWaiting);
  const gates = { burst: gate('burst'), search: gate('search'), associations: gate('associations') };
  let daily: { limit: number; remaining: number } | undefined;
  let dayOver: { until: number; error: HubSpotError } | undefined;

  const dayEnded = () => (dayOver && clock.elapsed() < dayOver.until ? dayOver.error : undefined);

  return {
    async enter(budget, priority, signal, leftMs = Number.POSITIVE_INFINITY) {
      const refusal = dayEnded();
      if (refusal) throw refusal;
      const slot = await gates[budget].enter(priority, signal, leftMs);
      const refusedSince = dayEnded();
      if (!refusedSince) return slot;
      slot.end('not_sent');
      throw refusedSince;
    },
    answered(budget, slot, headers, refusal) {
      const seen = budget === 'burst' ? burstIn(headers) : undefined;
      slot.end('answered', seen);
      if (refusal?.code === 'rate_limited') gates[budget].refused(refusal);
      else if (refusal?.code === 'daily_limit')
        dayOver = { until: clock.elapsed() + DAILY_PAUSE_MS, error: refusal.with({ sent: 'no' }) };
      else gates[budget].calm();
      if (seen?.limit !== undefined) gates.associations.window.setLimit(associationsLimit(seen.limit));
      if (budget !== 'associations') daily = dailyIn(headers) ?? daily;
    },
    state() {
      const { burst, search, associations } = gates;
      const states = { burst: burst.state(), search: search.state(), associations: associations.state() };
      return daily ? { ...states, daily } : states;
    },
  };
}

interface Gate {
  readonly window: QuotaWindow;
  enter(priority: number, signal: AbortSignal, leftMs: number): Promise<Slot>;
  refused(refusal: HubSpotError): void;
  calm(): void;
  state(): QuotaState['burst'];
}

function createGate(clock: Clock, budget: BudgetName, window: QuotaWindow, maxWaiting: number): Gate {
  /** One job at a time: the first in line. It waits for the window's next slot, and everybody else behind it. */
  let opening: ReturnType<typeof openLine> | undefined;
  let waiting = 0;
  let refusals = 0;
  let frozen: { until: number; by: HubSpotError } | undefined;
  let wakeFirst: (() => void) | undefined;

  /** A slot that comes back, or whose time to come back is now known, is news for the first in line. */
  const watched = (slot: Slot): Slot => ({
    end(ending, seen) {
      slot.end(ending, seen);
      wakeFirst?.();
    },
  });

  const pause = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        cancel?.();
        signal.removeEventListener('abort', done);
        wakeFirst = undefined;
        resolve();
      };
      const cancel = Number.isFinite(ms) ? clock.after(Math.ceil(ms), done) : undefined;
      signal.addEventListener('abort', done, { once: true });
      wakeFirst = done;
    });

  const firstInLine = async (signal: AbortSignal): Promise<Slot | undefined> => {
    while (!signal.aborted) {
      const taken = await window.take();
      if (isSlot(taken)) return watched(taken);
      await pause(taken.waitMs, signal);
    }
    return undefined;
  };

  const inLine = async (priority: number, signal: AbortSignal): Promise<Slot | undefined> => {
    opening ??= openLine();
    const line = await opening;
    return line.schedule({ priority }, () => firstInLine(signal));
  };

  /** A call that gives up leaves at once; its place in the line is skipped when its turn comes. */
  const queue = (priority: number, signal: AbortSignal) =>
    new Promise<Slot>((resolve, reject) => {
      const leave = () => reject(signal.reason);
      if (signal.aborted) return leave();
      signal.addEventListener('abort', leave, { once: true });
      inLine(priority, signal)
        .then((slot) => (signal.aborted || !slot ? slot?.end('not_sent') : resolve(slot)), reject)
        .finally(() => signal.removeEventListener('abort', leave));
    });

  return {
    window,
    async enter(priority, signal, leftMs) {
      signal.throwIfAborted();
      const frozenMs = frozen ? frozen.until - clock.elapsed() : 0;
      if (frozen && frozenMs >= leftMs) throw frozen.by.with({ retryAfterMs: Math.ceil(frozenMs) });
      if (waiting === 0) {
        const taken = await window.take();
        if (isSlot(taken)) return watched(taken);
      }
      if (waiting >= maxWaiting) {
        throw refusedHere('queue_full', `${maxWaiting} calls already wait for HubSpot's ${budget} limit.`);
      }
      waiting += 1;
      try {
        return await queue(priority, signal);
      } finally {
        waiting -= 1;
      }
    },
    refused(refusal) {
      const { windowMs } = window.state();
      const now = clock.elapsed();
      if (now >= (frozen?.until ?? 0)) refusals += 1;
      const guess = refusals > 1 ? windowMs : windowMs / 4;
      const ms = Math.max(SHORTEST_FREEZE_MS, refusal.retryAfterMs ?? guess);
      frozen = { until: Math.max(frozen?.until ?? 0, now + ms), by: refusal };
      window.freeze(ms);
    },
    calm() {
      refusals = 0;
    },
    state: () => ({ ...window.state(), waiting }),
  };
}

/** Loaded when a call has to wait for the first time. */
async function openLine() {
  const { default: Bottleneck } = await import('bottleneck/light.js');
  return new Bottleneck({ maxConcurrent: 1 });
}

/** Search answers carry none of these. */
function burstIn(headers: Readonly<Record<string, string>>): Seen {
  const limit = count(headers['x-hubspot-ratelimit-max']);
  const remaining = count(headers['x-hubspot-ratelimit-remaining']);
  const windowMs = count(headers['x-hubspot-ratelimit-interval-milliseconds']);
  return {
    ...(limit ? { limit } : {}),
    ...(limit && remaining !== undefined ? { remaining } : {}),
    ...(windowMs ? { windowMs } : {}),
  };
}

function dailyIn(headers: Readonly<Record<string, string>>): { limit: number; remaining: number } | undefined {
  const limit = count(headers['x-hubspot-ratelimit-daily']);
  const remaining = count(headers['x-hubspot-ratelimit-daily-remaining']);
  return limit === undefined || remaining === undefined ? undefined : { limit, remaining };
}

function count(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}

/**
 * The associations API has a limit of its own that follows the tier: 100, 150, or 200 with the add-on.
 * Guess: what the headers of its own answers speak of is not documented, so they are not read.
 */
function associationsLimit(burst: number): number {
  if (burst >= 250) return 200;
  return Math.min(burst, 150);
}
