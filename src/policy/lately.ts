/** What each session has written within the last hour, so that many small calls can be judged like one large. */

import type { Clock } from '../clock.ts';
import type { WriteOperation } from './policy.ts';

export interface Lately {
  /** Rows that are about to be sent, each by what it does. */
  note(session: string, operations: readonly WriteOperation[]): void;
  /** Of an archive the rows that were archived, of another operation all that were written. */
  rows(session: string, operation: WriteOperation): number;
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

export function createLately(clock: Pick<Clock, 'elapsed'>): Lately {
  const sessions = new Map<string, Step[]>();

  function stepsOf(session: string): Step[] {
    return (sessions.get(session) ?? []).filter(({ at }) => at + HOUR_MS + STEP_MS > clock.elapsed());
  }

  return {
    note(session, operations) {
      const steps = stepsOf(session);
      const at = Math.floor(clock.elapsed() / STEP_MS) * STEP_MS;
      const last = steps.at(-1);
      const step = last?.at === at ? last : { at, archived: 0, written: 0 };
      if (step !== last) steps.push(step);
      step.archived += operations.filter((operation) => operation === 'archive').length;
      step.written += operations.length;
      sessions.delete(session);
      sessions.set(session, steps);
      const [quietest] = sessions.keys();
      if (sessions.size > SESSIONS && quietest !== undefined) sessions.delete(quietest);
    },
    rows: (session, operation) =>
      stepsOf(session).reduce((sum, step) => sum + (operation === 'archive' ? step.archived : step.written), 0),
  };
}
