/**
 * The answer of an association batch. Guess: a row whose records are not there, or that would go beyond a limit, is left out
 * and reported with a 207; types that are not there refuse the batch before.
 */

import { PortalError } from '../errors.ts';
import { batchAnswer, type RowError } from '../objects/batch-answer.ts';
import type { Answer, Call } from '../route.ts';

/** Runs `run`, which throws before it writes, for every input. `whole`: the first that fails refuses everything. */
export function associationBatch<T>(
  call: Call,
  status: 200 | 201,
  inputs: readonly T[],
  run: (call: Call, input: T) => readonly unknown[],
  failing: 'rows' | 'whole',
): Answer {
  const results: unknown[] = [];
  const errors: RowError[] = [];
  for (const input of inputs) {
    try {
      results.push(...run(call, input));
    } catch (error) {
      if (failing === 'whole' || !(error instanceof PortalError)) throw error;
      const { category = 'VALIDATION_ERROR', subCategory, message, context = {} } = error.body;
      errors.push({ status: 'error', category, ...(subCategory && { subCategory }), message, context });
    }
  }
  return batchAnswer(call, status, results, errors);
}
