/** What a writing call gives back: what was written as a table, and every other row by its index with the reason. */

import * as z from 'zod';
import { cutText } from '../crm/record-table.ts';
import { referrer } from '../crm/say-once.ts';
import type { CheckedRow, Plan } from './change.ts';
import { type Cell, type Cells, MAX_TEXT, preview } from './describe.ts';
import { type Failure, failure, refusal, rejection, uncertainty } from './failure.ts';
import { differences } from './same-value.ts';
import type { Sent } from './send.ts';

/** The output of every writing tool. */
export const writeReport = z.object({
  dryRun: z.literal(true).optional(),
  /** The stored result of an earlier call with the same `idempotencyKey`. */
  replayed: z.literal(true).optional(),
  applied: z.number().int(),
  /** Rows for which nothing was left to write. */
  unchanged: z.number().int().optional(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  failed: z.array(failure),
  /** Sent without a certain answer. */
  unknown: z.array(failure),
  /** Where HubSpot holds another value than was asked for. */
  differences: z
    .array(
      z.object({ index: z.number().int(), id: z.string(), property: z.string(), asked: z.string(), found: z.string() }),
    )
    .optional(),
  notes: z.array(z.string()).optional(),
});

export type WriteReport = z.output<typeof writeReport>;
export type Difference = NonNullable<WriteReport['differences']>[number];

/** Lines of a dry run that are shown; a model need not read a thousand of them to see what would happen. */
const PREVIEW_LINES = 200;

/** What a dry run shows: one line per value that would change, nothing applied. */
export function reportDryRun(plan: Plan, checked: readonly CheckedRow[]): WriteReport {
  const ready = checked.flatMap((row, index) => ('change' in row ? [{ row, index }] : []));
  const lines = ready.flatMap(({ row, index }) =>
    preview(row.change, row.before).map((cells) => ({ index, ...cells })),
  );
  const hidden = lines.length - PREVIEW_LINES;
  return finish(plan, lines.slice(0, PREVIEW_LINES), 0, {
    dryRun: true,
    failed: refusals(checked),
    unknown: [],
    unchanged: countUnchanged(checked),
    differences: checked.flatMap(keptValues),
    notes: [
      `Dry run: ${ready.length} of ${checked.length} rows would be sent. Nothing was written.`,
      ...(hidden > 0 ? [`${hidden} more lines are not shown.`] : []),
      ...notesOf(checked),
    ],
  });
}

/** @param sent what became of the rows that passed the check, by their index */
export function reportOutcomes(
  plan: Plan,
  checked: readonly CheckedRow[],
  sent: ReadonlyMap<number, Sent>,
): WriteReport {
  const rows: Cells[] = [];
  const failed: Failure[] = [];
  const unknown: Failure[] = [];
  const found: Difference[] = [];
  const notes: string[] = [];
  for (const [index, row] of checked.entries()) {
    if ('refused' in row) {
      failed.push(refusal(index, row.refused, row.id));
      continue;
    }
    if ('unchanged' in row) {
      found.push(...keptValues(row, index));
      continue;
    }
    const { change, note } = row;
    const outcome = sent.get(index);
    if (outcome === undefined) throw new Error(`The outcome of row ${index} was lost.`);
    if (outcome.outcome === 'applied') {
      rows.push({ index, ...outcome.value.cells });
      found.push(...keptValues(row, index), ...differences(index, change, outcome.value.echo));
      if (note !== undefined) notes.push(note);
    } else if (outcome.outcome === 'unknown') {
      unknown.push(uncertainty(index, change, outcome.error));
    } else {
      failed.push(rejection(index, change, outcome.error, outcome.outcome === 'rejected'));
    }
  }
  return finish(plan, rows, rows.length, {
    failed,
    unknown,
    unchanged: countUnchanged(checked),
    differences: found,
    notes,
  });
}

interface Rest extends Pick<WriteReport, 'dryRun' | 'failed' | 'unknown'> {
  readonly unchanged: number;
  readonly differences: Difference[];
  readonly notes: string[];
}

function finish(
  plan: Plan,
  lines: readonly Cells[],
  applied: number,
  { unchanged, differences: found, notes, ...rest }: Rest,
): WriteReport {
  return {
    ...rest,
    applied,
    ...(unchanged > 0 && { unchanged }),
    ...tabulate(lines, 'objectType' in plan.input ? ['objectType'] : []),
    failed: sayOnce(rest.failed),
    unknown: sayOnce(rest.unknown),
    ...(found.length > 0 && { differences: found.map(cutDifference) }),
    ...(notes.length > 0 && { notes: [...new Set(notes)] }),
  };
}

/** The columns are all keys in order of first appearance, without those that the caller knows. */
function tabulate(lines: readonly Cells[], known: readonly string[]): { columns: string[]; rows: Cell[][] } {
  const columns = [...new Set(lines.flatMap(Object.keys))].filter((column) => !known.includes(column));
  return { columns, rows: lines.map((line) => columns.map((column) => line[column] ?? null)) };
}

/** A reason that a hundred rows share is told in full only once; what only one row has stays with it. */
function sayOnce(failures: readonly Failure[]): Failure[] {
  const refer = referrer();
  return failures.map((each) => {
    const { index, id, code, message, retryable, sent, property, existingId } = each;
    const told = refer(index, message);
    if (told === undefined || told === message) return each;
    return {
      index,
      ...(id !== undefined && { id }),
      code,
      message: told,
      retryable,
      sent,
      ...(property !== undefined && { property }),
      ...(existingId !== undefined && { existingId }),
    };
  });
}

function refusals(checked: readonly CheckedRow[]): Failure[] {
  return checked.flatMap((row, index) => ('refused' in row ? [refusal(index, row.refused, row.id)] : []));
}

function notesOf(checked: readonly CheckedRow[]): string[] {
  return checked.flatMap((row) => ('note' in row && row.note !== undefined ? [row.note] : []));
}

function countUnchanged(checked: readonly CheckedRow[]): number {
  return checked.filter((row) => 'unchanged' in row).length;
}

/** Both values from their beginning, the caller knows one of them in full and get_records gives the other. */
function cutDifference({ asked, found, ...where }: Difference): Difference {
  return { ...where, asked: cutText(asked, MAX_TEXT), found: cutText(found, MAX_TEXT) };
}

function keptValues(row: CheckedRow, index: number): Difference[] {
  if ('refused' in row || row.kept === undefined) return [];
  const id = 'unchanged' in row ? row.unchanged : 'id' in row.change ? row.change.id : '';
  return Object.entries(row.kept).map(([property, { asked, found }]) => ({ index, id, property, asked, found }));
}
