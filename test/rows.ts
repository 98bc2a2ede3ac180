import * as z from 'zod';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const table = z.looseObject({ columns: z.array(z.string()), rows: z.array(z.array(cell)) });

/** The rows of a tool's answer. */
export function rowsOf(data: unknown): z.output<typeof cell>[][] {
  return table.parse(data).rows;
}
