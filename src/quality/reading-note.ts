/** How a tool says that the first reading of a portal is still under way. */

import * as z from 'zod';
import type { Reading } from './types.ts';

/** Present while there is no result yet. */
export const readingShape = {
  state: z.enum(['reading']).optional(),
  read: z.int().optional(),
  of: z.int().optional(),
};

/** @param tool whose call is to be repeated */
export function readingNote(
  { objectType, read, of, secondsLeft }: Extract<Reading<unknown>, { state: 'reading' }>,
  tool: string,
) {
  const when = secondsLeft === undefined ? 'in half a minute' : `in about ${secondsLeft} seconds`;
  return {
    state: 'reading' as const,
    read,
    ...(of !== undefined && { of }),
    note: `${objectType} are being read for the first time; it goes on by itself, and later calls read only what changed.`,
    next: `Repeat ${tool} ${when}.`,
  };
}
