/**
 * The answer of a batch: what worked, and what did not by row.
 * Source: developers.hubspot.com/docs/api-reference/error-handling ("Multi-status errors"), compared 2026-11-22.
 */

import { type ErrorDetail, invalid, PortalError } from '../errors.ts';
import type { Answer, Call } from '../route.ts';
import { isoTime } from '../time.ts';

/** One member of `errors[]`. */
export interface RowError {
  readonly status: 'error';
  readonly category: string;
  readonly message: string;
  readonly subCategory?: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly ErrorDetail[];
}

/** Whether this answer tells of bad rows in its body and by no status; see PortalRules. */
function tellsInBody(call: Call): boolean {
  return call.version === '2026-09' && call.rules.batchErrors === 'body';
}

/** 200 (or 201), or 207 where a row failed and the version says so by its status. */
export function batchAnswer(
  call: Call,
  status: 200 | 201,
  results: readonly unknown[],
  errors: readonly RowError[],
): Answer {
  const times = { startedAt: isoTime(call.now), completedAt: isoTime(call.clock.now()) };
  return {
    status: errors.length > 0 && !tellsInBody(call) ? 207 : status,
    body: {
      status: 'COMPLETE',
      results,
      ...(errors.length > 0 && { numErrors: errors.length, errors }),
      ...times,
    },
  };
}

/** Recorded by public clients. @throws PortalError 400 */
export function checkSize(inputs: readonly unknown[], max: number): void {
  if (inputs.length > max) {
    throw invalid(
      `The maximum number of inputs supported in a batch is ${max}. Please reduce the number of items and try again`,
    );
  }
}

/**
 * Runs one row after the other. Where every row carries an `objectWriteTraceId` of its own, or the version tells of bad
 * rows in the body, a row that fails is left out and reported; otherwise, or where `whole`, the first one that fails
 * refuses the whole batch.
 */
export function runRows<T extends { readonly objectWriteTraceId?: string | undefined }, R>(
  call: Call,
  rows: readonly T[],
  run: (row: T) => R,
  { whole = false }: { readonly whole?: boolean } = {},
): { results: R[]; errors: RowError[] } {
  const traces = new Set(
    rows.map((row) => row.objectWriteTraceId).filter((trace) => trace !== undefined && trace !== ''),
  );
  const apart = !whole && (traces.size === rows.length || tellsInBody(call));
  const results: R[] = [];
  const errors: RowError[] = [];
  for (const row of rows) {
    try {
      results.push(call.store.transaction(() => run(row)));
    } catch (error) {
      if (!apart || !(error instanceof PortalError)) throw error;
      errors.push(rowError(error, row.objectWriteTraceId));
    }
  }
  return { results, errors };
}

function rowError({ body }: PortalError, trace: string | undefined): RowError {
  return {
    status: 'error',
    category: body.category ?? 'VALIDATION_ERROR',
    ...(body.subCategory && { subCategory: body.subCategory }),
    message: body.message,
    ...(body.errors && { errors: body.errors }),
    context: { ...body.context, ...(trace !== undefined && { objectWriteTraceId: [trace] }) },
  };
}
