/** One call of the client: its deadline, its cancellation, its place in line. */

import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.ts';
import { HubSpotError, refusedHere } from './errors.ts';
import type { CallOptions } from './types.ts';

export interface Call {
  /** Aborted with a HubSpotError, `deadline` or `cancelled`, as its reason. */
  readonly signal: AbortSignal;
  /** The same for what has been sent already, which may be waited for though the call was cancelled. */
  readonly sentSignal: AbortSignal;
  readonly priority: number;
  readonly caller: string | undefined;
  readonly deadlineAt: number;
  /** Milliseconds left. */
  left(): number;
}

/** Does `work` as one call; afterwards its timers and listeners are gone. */
export async function runCall<T>(
  clock: Clock,
  options: CallOptions | undefined,
  defaults: { readonly deadlineMs: number; readonly closed: AbortSignal },
  work: (call: Call) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const giving = new AbortController();
  // Many calls at once listen to one signal, and one call to its own in many places; each of them stops listening.
  setMaxListeners(0, ending.signal, giving.signal, defaults.closed, ...(options?.signal ? [options.signal] : []));
  const start = clock.elapsed();
  const deadlineAt = Math.min(
    options?.deadlineAt ?? Number.POSITIVE_INFINITY,
    start + (options?.deadlineMs ?? defaults.deadlineMs),
  );
  const end = (reason: HubSpotError) => {
    ending.abort(reason);
    giving.abort(reason);
  };
  const cancel = () => {
    const reason = refusedHere('cancelled', 'The call was cancelled.');
    if (options?.finishSent) ending.abort(reason);
    else end(reason);
  };
  const close = () => end(refusedHere('closed', 'The HubSpot client is closed.'));
  const pass = () => end(deadlinePassed());
  if (options?.signal?.aborted) cancel();
  if (defaults.closed.aborted) close();
  if (deadlineAt <= start) pass();
  const stopTimer = clock.after(deadlineAt - start, pass);
  options?.signal?.addEventListener('abort', cancel, { once: true });
  defaults.closed.addEventListener('abort', close, { once: true });
  try {
    return await work({
      signal: ending.signal,
      sentSignal: giving.signal,
      priority: Math.min(9, Math.max(0, Math.trunc(options?.priority ?? 5))),
      caller: options?.caller,
      deadlineAt,
      left: () => deadlineAt - clock.elapsed(),
    });
  } finally {
    stopTimer();
    options?.signal?.removeEventListener('abort', cancel);
    defaults.closed.removeEventListener('abort', close);
  }
}

/** Rejects with the signal's reason as soon as it is aborted, even when `work` never settles. */
export function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function deadlinePassed(): HubSpotError {
  return new HubSpotError('The deadline of this call passed.', { code: 'deadline', sent: 'no', retryable: true });
}
