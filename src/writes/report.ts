/** What a writing call gives back: what was written as a table, and every other row by its index with the reason. */

import * as z from 'zod';
import { cutText } from '../crm/record-table.ts';
import { referrer } from '../crm/say-once.ts';
import type { CheckedRow, Plan } from './change.ts';
import { type Cell, type Cells, MAX_TEXT, preview } from './describe.ts';
import { type Difference, difference, type Failure, failure, refusal } from './failure.ts';
import type { RowResult } from './row-result.ts';

/** The output of every writing tool. */
export const writeReport = z.object({
  dryRun: z.literal(true).optional(),
  /** What the journal calls this call; undo_changes takes it. */
  callId: z.string().optional(),
  /** The result of an earlier call that asked for the same. */
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
  differences: z.array(difference).optional(),
  notes: z.array(z.string()).optional(),
});

export type WriteReport = z.output<typeof writeReport>;

/** Lines of a dry run that are shown; a model need not read a thousand of them to see what would happen. */
const PREVIEW_LINES = 200;

/** What a dry run shows: one line per value that would change, nothing applied. */
export function reportDryRun(plan: Plan, checked: readonly CheckedRow[], approval: readonly string[]): WriteReport {
  const ready = checked.flatMap((row, index) => ('change' in row ? [{ row, index }] : []));
  const lines = ready.flatMap(({ row, index }) =>
    preview(row.change, row.before).map((cells) => ({ index, ...cells })),
  );
  const { previewLines = PREVIEW_LINES } = plan;
  const hidden = lines.length - previewLines;
  return finish(plan, lines.slice(0, previewLines), 0, {
    dryRun: true,
    failed: refusals(checked),
    unknown: [],
    unchanged: countUnchanged(checked),
    differences: checked.flatMap(keptValues),
    notes: [
      `Dry run: ${ready.length} of ${checked.length} rows would be sent. Nothing was written.`,
      ...(hidden > 0 ? [`${hidden} more lines are not shown.`] : []),
      ...approval,
      ...notesOf(checked),
    ],
  });
}

/**
 * @param checked every row of the call, by its index
 * @param results what became of those that passed the check
 */
export function reportOutcomes(
  plan: Plan,
  callId: string,
  checked: ReadonlyMap<number, CheckedRow>,
  results: ReadonlyMap<number, RowResult>,
): WriteReport {
  const rows: Cells[] = [];
  const failed: Failure[] = [];
  const unknown: Failure[] = [];
  const found: Difference[] = [];
  const notes: string[] = [];
  for (const [index, row] of checked) {
    if ('refused' in row) {
      failed.push(refusal(index, row.refused, row.id));
      continue;
    }
    if ('unchanged' in row) {
      found.push(...keptValues(row, index));
      continue;
    }
    const result = results.get(index);
    if (result === undefined) throw new Error(`The outcome of row ${index} was lost.`);
    if (result.state === 'applied') {
      rows.push({ index, ...result.cells });
      found.push(...keptValues(row, index), ...(result.differences ?? []));
      if (row.note !== undefined) notes.push(row.note);
    } else if (result.state === 'unknown') {
      unknown.push(result.failure);
    } else {
      failed.push(result.failure);
    }
  }
  return finish(plan, rows, rows.length, {
    ...(rows.length + unknown.length > 0 && { callId }),
    failed,
    unknown,
    unchanged: countUnchanged([...checked.values()]),
    differences: found,
    notes,
  });
}

/** The report that the first caller got, with what became known since of rows whose fate was open then. */
export function reportAgain(
  plan: Plan,
  report: WriteReport,
  later: (index: number) => RowResult | undefined,
  note?: string,
): WriteReport {
  const settled = report.unknown.flatMap((row) => {
    const result = later(row.index);
    return result === undefined || result.state === 'unknown' ? [] : [{ index: row.index, result }];
  });
  const rows = settled.flatMap(({ index, result }) => (result.state === 'applied' ? [{ index, ...result.cells }] : []));
  const added = tabulate(rows, known(plan));
  const columns = [...new Set([...report.columns, ...added.columns])];
  const cells = (from: readonly string[], row: readonly Cell[]) =>
    columns.map((column) => row[from.indexOf(column)] ?? null);
  return {
    ...report,
    replayed: true,
    applied: report.applied + rows.length,
    columns,
    rows: [
      ...report.rows.map((row) => cells(report.columns, row)),
      ...added.rows.map((row) => cells(added.columns, row)),
    ],
    failed: [...report.failed, ...settled.flatMap(({ result }) => ('failure' in result ? [result.failure] : []))],
    unknown: report.unknown.filter(({ index }) => !settled.some((row) => row.index === index)),
    ...(note !== undefined && { notes: [...(report.notes ?? []), note] }),
  };
}

interface Rest extends Pick<WriteReport, 'dryRun' | 'callId' | 'failed' | 'unknown'> {
  readonly unchanged: number;
  readonly differences: Difference[];
  readonly notes: string[];
}

function finish(
  plan: Plan,
  lines: readonly Cells[],
  applied: number,
  { unchanged, differences: found, notes: ofRows, ...rest }: Rest,
): WriteReport {
  const notes = [...ofRows, ...(plan.notes ?? [])];
  return {
    ...rest,
    applied,
    ...(unchanged > 0 && { unchanged }),
    ...tabulate(lines, known(plan)),
    failed: sayOnce(rest.failed),
    unknown: sayOnce(rest.unknown),
    ...(found.length > 0 && { differences: found.map(cutDifference) }),
    ...(notes.length > 0 && { notes: [...new Set(notes)] }),
  };
}

/** Columns that the caller knows by what it asked for. */
function known({ input }: Plan): readonly string[] {
  return 'objectType' in input ? ['objectType'] : [];
}

/** The columns are all keys in order of first appearance, without those that the caller knows. */
function tabulate(lines: readonly Cells[], without: readonly string[]): { columns: string[]; rows: Cell[][] } {
  const columns = [...new Set(lines.flatMap(Object.keys))].filter((column) => !without.includes(column));
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
