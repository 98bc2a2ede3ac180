/** Pieces of the inputs of tools whose rows may become a job. */

import * as z from 'zod';
import { filterGroups as strictFilterGroups } from '../crm/schemas.ts';

/** More than this many rows do not fit a model's answer anyway; a program divides its work or names a search. */
const MOST_ROWS = 10_000;

export function manyRows<Row extends z.ZodType>(row: Row) {
  return z.array(row).min(1).max(MOST_ROWS);
}

/** As search_records takes them, and described only there: a model reads a schema once for all its tools. */
const filterGroups = z.array(z.unknown()).transform((said, context) => {
  const read = strictFilterGroups.safeParse(said);
  if (read.success) return read.data;
  for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

/** What takes the place of rows, and what begins the job. */
export const bulkArguments = { filterGroups: filterGroups.optional(), digest: z.string().optional() };
