/**
 * Stops sending to a host that does not work, so that a failing HubSpot is neither hammered nor waited for. Server errors
 * and missing answers count; whatever a working HubSpot refuses, 429 included, does not.
 */

import type { Clock } from '../clock.ts';
import { HubSpotError } from './errors.ts';

/** It opens when of the requests that ended in the last {@link SPAN_MS}, at least so many and at least half failed. */
const MIN_FAILURES = 10;
const SPAN_MS = 10_000;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 15_000;

export interface Breaker {
  /** Whether nothing is to be sent, or nothing but what finds out whether the host works again. */
  isOpen(): boolean;
  /** Throws `unavailable` while nothing is to be sent. */
  check(): void;
  /** As `check`, for a request that is about to leave; the function it gives is told what came of it, once. */
  enter(): (end: RequestEnd) => void;
}

/** `neither`: it ended here, and says nothing about the host. */
export type RequestEnd = 'answered' | 'failed' | 'neither';

export function createBreaker(clock: Clock): Breaker {
  let ends: { readonly at: number; readonly failed: boolean }[] = [];
  let open: { until: number; pauseMs: number; probing: boolean } | undefined;

  const check = () => {
    if (!open) return;
    const now = clock.elapsed();
    if (now < open.until) refuse(open.until - now);
    if (open.probing) refuse(open.pauseMs);
  };

  const trip = (pauseMs: number) => {
    open = { until: clock.elapsed() + pauseMs, pauseMs, probing: false };
    ends = [];
  };

  const record = (failed: boolean) => {
    const now = clock.elapsed();
    ends = [...ends.filter(({ at }) => at > now - SPAN_MS), { at: now, failed }];
    const failures = ends.filter((end) => end.failed).length;
    if (failures >= MIN_FAILURES && failures * 2 >= ends.length) trip(FIRST_PAUSE_MS);
  };

  return {
    isOpen: () => open !== undefined,
    check,
    enter() {
      check();
      const probed = open;
      if (probed) probed.probing = true;
      return (end) => {
        if (probed !== open) return;
        if (!probed) {
          if (end !== 'neither') record(end === 'failed');
          return;
        }
        if (end === 'answered') open = undefined;
        else if (end === 'failed') trip(Math.min(LONGEST_PAUSE_MS, probed.pauseMs * 2));
        else probed.probing = false;
      };
    },
  };
}

function refuse(ms: number): never {
  throw new HubSpotError(
    'HubSpot has answered with server errors or not at all for a while, so nothing is sent to it at the moment.',
    { code: 'unavailable', sent: 'no', retryable: true, retryAfterMs: Math.max(1, Math.ceil(ms)) },
  );
}
