/**
 * Many rows in as few requests as HubSpot's limits allow, and an outcome for every row.
 *
 * HubSpot may refuse a whole batch for one bad row. It is then divided until the bad rows stand alone, so that they never
 * cost the others: n rows with k bad ones take at most ceil(n/100) + 2k*log2(100) requests. Where one row after the other
 * is bad, the search for a good one among them ends at {@link MAX_REFUSED_ALONE}.
 */

import type { Call } from './call.ts';
import type { Client } from './client.ts';
import { HubSpotError } from './errors.ts';
import { failure } from './exchange.ts';
import type { BatchRow, JoinRule } from './join.ts';
import { joinAnswer } from './join.ts';
import type { Meaning, OperationName } from './operations.ts';
import { OPERATIONS } from './operations.ts';
import type { PathParameters, Query } from './paths.ts';
import type { CallOptions, FailedOutcome, Row } from './types.ts';

export interface Batch<I, T> extends JoinRule<I, T> {
  readonly operation: OperationName;
  readonly path: PathParameters;
  readonly query?: Query;
  readonly items: readonly I[];
  /** HubSpot's limit for one request of this operation. */
  readonly maxRows: number;
  body(rows: readonly BatchRow<I>[]): unknown;
  /** What is wrong with a row that is not worth sending. */
  objection?(item: I): string | undefined;
  /** Property names that a row sets, where it sets any. */
  propertiesOf?(item: I): Readonly<Record<string, unknown>>;
}

/**
 * Guess: HubSpot publishes no limit on the size of a request. Above this one, batches are split before HubSpot has to
 * answer 413.
 */
const MAX_BYTES = 2_000_000;

/** How many requests of one read are under way at once; writes go one after another, and stop where one is in doubt. */
const PARALLEL_READS = 4;

/**
 * After so many rows that were refused alone, one after the other, whatever is refused together is not divided any more:
 * a reason that all rows share would cost two requests a row, and with them the quota of everybody else.
 */
const MAX_REFUSED_ALONE = 16;

/** Refusals of what the batch holds; dividing it can help. Any other failure meets every batch alike. */
const REFUSALS = new Set<HubSpotError['code']>(['validation', 'conflict', 'not_found', 'too_large']);

export function runBatch<I, T>(client: Client, batch: Batch<I, T>, options?: CallOptions): Promise<Row<T>[]> {
  return client.run(options, (call) => runBatchIn(client, batch, call));
}

export async function runBatchIn<I, T>(client: Client, batch: Batch<I, T>, call: Call): Promise<Row<T>[]> {
  const { operation } = batch;
  const { meaning } = OPERATIONS[operation];
  /** Once set, nothing more is sent. */
  let stopped: HubSpotError | undefined;
  /** Rows refused alone since a request was last accepted. */
  let refusedAlone = 0;

  const attempt = async (rows: readonly BatchRow<I>[]): Promise<{ rows: Row<T>[]; accepted: boolean }> => {
    if (rows.length === 0) return { rows: [], accepted: true };
    if (stopped) return { rows: failed(rows, 'not_sent', stopped), accepted: false };
    const { path, query = {} } = batch;
    try {
      const answer = await client.send(operation, { path, query, body: batch.body(rows) }, call);
      refusedAlone = 0;
      return { rows: joinAnswer(operation, rows, answer, batch), accepted: true };
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      if (error.sent === 'yes' && REFUSALS.has(error.code))
        return { rows: await refused(rows, error), accepted: false };
      stopped ??= error;
      return { rows: failed(rows, outcomeOf(error), error), accepted: false };
    }
  };

  /** HubSpot was sent these rows together and applied none of them. */
  const refused = async (rows: readonly BatchRow<I>[], error: HubSpotError): Promise<Row<T>[]> => {
    if (rows.length === 1) refusedAlone += 1;
    if (rows.length === 1 || !isDivisible(error, meaning)) return failed(rows, 'rejected', error);
    if (refusedAlone >= MAX_REFUSED_ALONE) return failed(rows, 'rejected', refusedTogether(operation, error));
    const guilty = rows.filter((row) => namesUnknownProperty(batch.propertiesOf?.(row.item), error));
    if (guilty.length === 0) return divide(rows, error);
    const others = await attempt(rows.filter((row) => !guilty.includes(row)));
    return [...failed<T>(guilty, 'rejected', error), ...others.rows];
  };

  /** When the left half went through, what was refused is in the right one, which is not worth a request as a whole. */
  const divide = async (rows: readonly BatchRow<I>[], error: HubSpotError): Promise<Row<T>[]> => {
    const middle = Math.floor(rows.length / 2);
    const left = await attempt(rows.slice(0, middle));
    const right = rows.slice(middle);
    const implied = left.accepted && right.length > 1 && error.code !== 'too_large';
    return [...left.rows, ...(implied ? await divide(right, error) : (await attempt(right)).rows)];
  };

  const rows = batch.items.map((item, index) => ({ index, item }));
  const objections = new Map(rows.map((row) => [row, batch.objection?.(row.item)] as const));
  const done: Row<T>[] = rows.flatMap((row): Row<T>[] => {
    const message = objections.get(row);
    if (message === undefined) return [];
    return failed([row], 'not_sent', failure(operation, message, { code: 'invalid_argument', sent: 'no' }));
  });
  const chunks = chunksOf(
    rows.filter((row) => objections.get(row) === undefined),
    batch.maxRows,
  );
  const worker = async () => {
    for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
      // Each chunk is looked into at least once: good rows may begin in it.
      refusedAlone = Math.min(refusedAlone, MAX_REFUSED_ALONE - 1);
      done.push(...(await attempt(chunk)).rows);
    }
  };
  await Promise.all(Array.from({ length: meaning === 'read' ? PARALLEL_READS : 1 }, worker));
  return done.sort((a, b) => a.index - b.index);
}

/** What an error means for the rows that were to be sent. */
export function outcomeOf(error: HubSpotError): FailedOutcome {
  if (error.sent === 'no') return 'not_sent';
  return error.sent === 'maybe' ? 'unknown' : 'rejected';
}

/** The error that every row shares when the whole batch failed for one reason, such as a missing scope. */
export function wholeFailure(rows: readonly Row<unknown>[]): HubSpotError | undefined {
  const first = rows[0];
  if (!first || first.outcome === 'applied') return undefined;
  return rows.every((row) => row.outcome !== 'applied' && row.error === first.error) ? first.error : undefined;
}

function failed<T>(rows: readonly BatchRow<unknown>[], outcome: FailedOutcome, error: HubSpotError): Row<T>[] {
  return rows.map(({ index }) => ({ index, outcome, error }));
}

/** Whether a part of the batch may succeed where the whole was refused. */
function isDivisible(error: HubSpotError, meaning: Meaning): boolean {
  if (error.code === 'too_large') return true;
  // The ids of a read are looked up one by one; what is refused then is the question. So is an unknown object type.
  if (meaning === 'read' || /infer object type/i.test(error.message)) return false;
  return error.code !== 'not_found' || error.category === 'OBJECT_NOT_FOUND';
}

/** It may be another row's fault. */
function refusedTogether(
  operation: OperationName,
  { message, code, status, correlationId }: HubSpotError,
): HubSpotError {
  const said = `Refused together with other rows, and not tried alone after ${MAX_REFUSED_ALONE} rows in a row were refused: ${message}`;
  return failure(operation, said, {
    code,
    sent: 'yes',
    ...(status === undefined ? {} : { status }),
    ...(correlationId === undefined ? {} : { correlationId }),
  });
}

function chunksOf<I>(rows: readonly BatchRow<I>[], maxRows: number): BatchRow<I>[][] {
  const chunks: BatchRow<I>[][] = [];
  let current: BatchRow<I>[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row.item) ?? '');
    if (current.length === 0 || current.length >= maxRows || bytes + size > MAX_BYTES) {
      current = [];
      bytes = 0;
      chunks.push(current);
    }
    current.push(row);
    bytes += size;
  }
  return chunks;
}

/** A property that does not exist refuses every row that sets it, whatever its value. */
function namesUnknownProperty(properties: Readonly<Record<string, unknown>> | undefined, error: HubSpotError): boolean {
  return (error.errors ?? []).some(({ code, propertyName }) => {
    return (
      code === 'PROPERTY_DOESNT_EXIST' && propertyName !== undefined && Object.hasOwn(properties ?? {}, propertyName)
    );
  });
}
