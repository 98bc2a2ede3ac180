/** What the demo reads of the tools' answers. */

import * as z from 'zod';
import { CommandFailure } from '../../command.ts';
import type { Agent, ToolAnswer } from './agent.ts';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)), total: z.int().optional() });
const words = z.array(z.string()).optional();
const refusal = z.object({ code: z.string(), message: z.string(), nearest: words, allowed: words });
const failure = refusal.extend({ index: z.int() });
const writes = table.extend({ applied: z.int(), failed: z.array(failure), unknown: z.array(failure) });

export type Cell = z.output<typeof cell>;
export type Rows = readonly Readonly<Record<string, Cell>>[];
export type Writes = z.output<typeof writes>;
export type Refusal = z.output<typeof refusal>;

/** The rows of an answer by their columns' names. Throws when the call failed. */
export function rowsOf(answer: ToolAnswer): Rows {
  const { columns, rows } = table.parse(dataOf(answer));
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])));
}

export function columnsOf(answer: ToolAnswer): readonly string[] {
  return table.parse(dataOf(answer)).columns;
}

/** How many records a search found. */
export function totalOf(answer: ToolAnswer): number {
  return z.object({ total: z.int() }).parse(dataOf(answer)).total;
}

/** A call in which every row failed is an error too, and still says of each row why. */
export function writesOf(answer: ToolAnswer): Writes {
  return writes.parse(answer.data ?? dataOf(answer));
}

/** Why a call was refused; undefined when it was not. */
export function refusalOf(answer: ToolAnswer): Refusal | undefined {
  if (!answer.isError) return undefined;
  const [lost] = answer.data === undefined ? [] : writesOf(answer).failed;
  if (lost !== undefined) return lost;
  try {
    return refusal.parse(JSON.parse(answer.text));
  } catch {
    return { code: 'unreadable', message: answer.text };
  }
}

/** The total of a search for records of one type, without reading them. */
export async function countRecords(agent: Agent, search: Readonly<Record<string, unknown>>): Promise<number> {
  return totalOf(await agent.call('search_records', { ...search, limit: 1 }));
}

function dataOf(answer: ToolAnswer): unknown {
  const refused = refusalOf(answer);
  if (refused !== undefined) throw new CommandFailure(refused.message);
  return answer.data;
}
