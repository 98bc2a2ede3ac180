/** Ids of calls, jobs and processes begin with their time, so that they sort by it. */

import type { Clock, Random } from '../clock.ts';

const TIME_DIGITS = 9;

/** Ids of one source only go up, however the wall clock is set. */
export function idSource(clock: Clock, random: Random): () => string {
  let last = 0;
  let count = 0;
  return () => {
    const now = clock.now();
    count = now > last ? 0 : count + 1;
    last = Math.max(now, last);
    // Three digits are 46,655 within a millisecond.
    return `${idFloor(last)}${count.toString(36).padStart(3, '0')}${random.uuid().slice(0, 8)}`;
  };
}

/** No id of this moment, or of a later one, sorts before it. */
function idFloor(at: number): string {
  return Math.max(0, Math.floor(at)).toString(36).padStart(TIME_DIGITS, '0');
}

export function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, TIME_DIGITS), 36);
}
