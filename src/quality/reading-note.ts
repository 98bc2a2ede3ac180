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
  { step, objectType, read, of, secondsLeft }: Extract<Reading<unknown>, { state: 'reading' }>,
  tool: string,
) {
  const when = secondsLeft === undefined ? 'in half a minute' : `in about ${secondsLeft} seconds`;
  return {
    state: 'reading' as const,
    read,
    ...(of !== undefined && { of }),
    note:
      step === undefined
        ? `${objectType} are being read for the first time; it goes on by itself, and later calls read only what changed.`
        : `${step} ${objectType} is under way, and goes on by itself.`,
    next: `Repeat ${tool} ${when}.`,
  };
}
