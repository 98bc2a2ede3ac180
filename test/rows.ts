import * as z from 'zod';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const table = z.looseObject({ columns: z.array(z.string()), rows: z.array(z.array(cell)) });

/** The rows of a tool's answer. */
export function rowsOf(data: unknown): z.output<typeof cell>[][] {
  return table.parse(data).rows;
}

/** The same by column. */
export function recordsOf(data: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  const { columns } = data;
  const names: readonly unknown[] = Array.isArray(columns) ? columns : [];
  return rowsOf(data).map((row) => Object.fromEntries(names.map((name, place) => [String(name), row[place]])));
}
