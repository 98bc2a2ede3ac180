/** The only source of time, timers and chance. Everything else takes a {@link Clock} or a {@link Random}. */

import { randomBytes, randomUUID } from 'node:crypto';

/** Stops a timer; calling it twice, or after the timer fired, does nothing. */
export type Cancel = () => void;

export interface Clock {
  /** Wall time in milliseconds since the epoch. It may jump. */
  now(): number;
  /** Milliseconds that only go forward; for windows, deadlines and durations. */
  elapsed(): number;
  /** Calls `task` once after `ms` milliseconds. A `background` timer does not keep the process alive on its own. */
  after(ms: number, task: () => void, options?: { readonly background?: boolean }): Cancel;
}

export interface Random {
  /** In [0, 1). */
  float(): number;
  /** A version 4 UUID. */
  uuid(): string;
  /** 32 bytes in base64url that nobody can guess. */
  secret(): string;
}

/** setTimeout's largest delay; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, task, options) {
    const timer = setTimeout(task, Math.min(Math.max(0, ms), LONGEST_TIMER));
    if (options?.background) timer.unref();
    return () => clearTimeout(timer);
  },
};

export const systemRandom: Random = {
  float: () => Math.random(),
  uuid: () => randomUUID(),
  secret: () => randomBytes(32).toString('base64url'),
};

/** The same numbers for the same seed, on every machine (Mulberry32). Not for real secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const float = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(float() * 16).toString(16)).join('');
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const secret = () => Buffer.from(hex(64), 'hex').toString('base64url');
  return { float, uuid, secret };
}

/** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** The promise's value, or `otherwise` when it takes longer than `ms` milliseconds. */
export function within<T, Otherwise>(
  clock: Clock,
  ms: number,
  promise: Promise<T>,
  otherwise: Otherwise,
): Promise<T | Otherwise> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => resolve(otherwise), { background: true });
    promise.then(resolve, reject).finally(cancel);
  });
}
