/** What each session has written within the last hour, so that many small calls can be judged like one large. */

import type { Clock } from '../clock.ts';
import type { WriteOperation } from './policy.ts';

/** Rows of the session's last hour that count together with those of an operation: the archived ones of an archive, all of another. */
export type Earlier = (operation: WriteOperation) => number;

export interface Held {
  /** As it was before these rows. */
  readonly earlier: Earlier;
  /** The rows are not written after all. */
  release(): void;
}

/** What one session has written. */
export interface Lately {
  earlier(): Earlier;
  /** Counts rows, each by what it does, before they are judged: calls at the same moment must not overlook each other. */
  hold(operations: readonly WriteOperation[]): Held;
}

const HOUR_MS = 3_600_000;
/** An hour moves in steps, so that a busy session takes no more memory than a quiet one. */
const STEP_MS = 60_000;
/** The one that has written nothing for the longest goes first. */
const SESSIONS = 10_000;

interface Step {
  readonly at: number;
  archived: number;
  written: number;
}

/** By session. */
export function createLately(clock: Pick<Clock, 'elapsed'>): (session: string) => Lately {
  const sessions = new Map<string, Step[]>();

  function stepsOf(session: string): Step[] {
    return (sessions.get(session) ?? []).filter(({ at }) => at + HOUR_MS + STEP_MS > clock.elapsed());
  }

  function earlier(session: string): Earlier {
    const steps = stepsOf(session);
    const archived = steps.reduce((sum, step) => sum + step.archived, 0);
    const written = steps.reduce((sum, step) => sum + step.written, 0);
    return (operation) => (operation === 'archive' ? archived : written);
  }

  function stepNow(session: string): Step {
    const steps = stepsOf(session);
    const at = Math.floor(clock.elapsed() / STEP_MS) * STEP_MS;
    const last = steps.at(-1);
    const step = last?.at === at ? last : { at, archived: 0, written: 0 };
    if (step !== last) steps.push(step);
    sessions.delete(session);
    sessions.set(session, steps);
    const [quietest] = sessions.keys();
    if (sessions.size > SESSIONS && quietest !== undefined) sessions.delete(quietest);
    return step;
  }

  return (session) => ({
    earlier: () => earlier(session),
    hold(operations) {
      const before = earlier(session);
      const step = stepNow(session);
      const archived = operations.filter((operation) => operation === 'archive').length;
      step.archived += archived;
      step.written += operations.length;
      return {
        earlier: before,
        release() {
          step.archived -= archived;
          step.written -= operations.length;
        },
      };
    },
  });
}
