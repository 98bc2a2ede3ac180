/** Long work in the background that calls join: each of them waits as long as it can, and the work goes on. */

import type { Clock } from '../clock.ts';

export interface Progress {
  /** What is done to them; they are read if omitted. */
  readonly step?: string;
  readonly objectType: string;
  readonly read: number;
  readonly of?: number;
}

/** What a piece of work is given. */
export interface Task {
  readonly signal: AbortSignal;
  readonly tell: (progress: Progress) => void;
}

export interface Patience {
  /** Milliseconds; without an end if omitted. */
  readonly ms?: number;
  readonly signal?: AbortSignal;
  readonly progress?: (progress: Progress) => void;
}

export type Joined<T> =
  | { readonly done: true; readonly value: T }
  | { readonly done: false; readonly progress: Progress | undefined; readonly secondsLeft?: number };

export interface Joining<T> {
  /**
   * Joins the work of this key, or starts it; what ended after somebody was told to ask again later is given to the next
   * who asks, whatever came of it. Rejects as the work does, or with the signal's reason.
   */
  join(key: string, work: (task: Task) => Promise<T>, patience: Patience): Promise<Joined<T>>;
  /** Aborts what is under way, and waits for its end. */
  close(): Promise<void>;
}

interface UnderWay<T> {
  readonly end: Promise<T>;
  /** The step that is under way. */
  begunAt: number;
  /** How much of it was done by then, before a stop or by another process. */
  begunWith: number;
  readonly listeners: Set<(progress: Progress) => void>;
  progress?: Progress;
  /** Somebody went away without its result. */
  owed?: boolean;
}

interface Ended<T> {
  readonly end: Promise<T>;
  readonly at: number;
}

/** Who does not ask again for so long is not interested in a result that old. */
const OWED_MS = 10 * 60_000;

const notYet: unique symbol = Symbol('not yet');

export function createJoining<T>(clock: Clock): Joining<T> {
  const underWay = new Map<string, UnderWay<T>>();
  const owed = new Map<string, Ended<T>>();
  const closing = new AbortController();

  function settled(key: string): Promise<T> | undefined {
    const ended = owed.get(key);
    owed.delete(key);
    return ended !== undefined && clock.elapsed() - ended.at < OWED_MS ? ended.end : undefined;
  }

  function start(key: string, work: (task: Task) => Promise<T>): UnderWay<T> {
    const listeners: UnderWay<T>['listeners'] = new Set();
    const task: Task = {
      signal: closing.signal,
      tell(progress) {
        const { step, objectType, read } = begun.progress ?? { read: Number.POSITIVE_INFINITY };
        // Another step, or the same from its beginning.
        if (step !== progress.step || objectType !== progress.objectType || progress.read < read) {
          begun.begunAt = clock.elapsed();
          begun.begunWith = progress.read;
        }
        begun.progress = progress;
        for (const listener of listeners) listener(progress);
      },
    };
    const end = Promise.resolve()
      .then(() => work(task))
      .finally(() => {
        underWay.delete(key);
        if (begun.owed && listeners.size === 0) owed.set(key, { end, at: clock.elapsed() });
      });
    // Whoever waits hears of a failure, and whoever went away hears of it with the next call.
    end.catch(() => undefined);
    const begun: UnderWay<T> = { end, begunAt: clock.elapsed(), begunWith: 0, listeners };
    underWay.set(key, begun);
    return begun;
  }

  return {
    async join(key, work, { ms, signal, progress = () => undefined }) {
      const before = underWay.has(key) ? undefined : settled(key);
      if (before !== undefined) return { done: true, value: await before };
      const found = underWay.get(key) ?? start(key, work);
      const listener = (told: Progress) => progress(told);
      found.listeners.add(listener);
      try {
        const value = await waitFor(clock, found.end, ms, signal);
        if (value !== notYet) return { done: true, value };
        found.owed = true;
        return { done: false, progress: found.progress, ...estimate(found, clock.elapsed()) };
      } finally {
        found.listeners.delete(listener);
      }
    },
    async close() {
      closing.abort(new Error('The server ends.'));
      await Promise.allSettled([...underWay.values()].map(({ end }) => end));
    },
  };
}

function waitFor<T>(
  clock: Clock,
  end: Promise<T>,
  ms: number | undefined,
  signal: AbortSignal | undefined,
): Promise<T | typeof notYet> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal?.reason);
    if (signal?.aborted) stop();
    const cancel = ms === undefined ? undefined : clock.after(ms, () => resolve(notYet), { background: true });
    signal?.addEventListener('abort', stop, { once: true });
    end.then(resolve, reject).finally(() => {
      cancel?.();
      signal?.removeEventListener('abort', stop);
    });
  });
}

/** Of a step that has come no further nothing is known. */
function estimate({ progress, begunAt, begunWith }: UnderWay<unknown>, now: number): { secondsLeft?: number } {
  if (progress?.of === undefined || progress.read <= begunWith) return {};
  const perRecord = (now - begunAt) / (progress.read - begunWith);
  return { secondsLeft: Math.max(1, Math.ceil((perRecord * Math.max(0, progress.of - progress.read)) / 1000)) };
}
