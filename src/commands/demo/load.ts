/** Sends the rows of a file to the server in batches, and keeps what became of each. */

import { inFull } from '../../crm/say-once.ts';
import type { CsvRow } from '../../transfer/csv.ts';
import type { Agent } from './agent.ts';
import { refusalOf, type Writes, writesOf } from './answers.ts';
import type { MappedColumn } from './mapping.ts';
import type { Progress } from './progress.ts';

/** HubSpot takes 100 records in one request; the server splits more, but then progress would come in larger steps. */
export const BATCH_ROWS = 100;

export interface LoadPlan {
  readonly objectType: string;
  readonly columns: readonly MappedColumn[];
  /** The unique property by which a record that exists already is found; without it every row becomes a new record. */
  readonly keyProperty?: string;
  /** Of this import alone: equal rows, further down or of the next import, are wanted once more. */
  readonly run: string;
}

/** What became of the rows. Every row below the header is in exactly one of the counts and lists. */
export interface Loaded {
  readonly created: number;
  readonly updated: number;
  readonly failed: readonly RowProblem[];
  /** Sent, and no answer says whether they were written. */
  readonly unknown: readonly RowProblem[];
  /** Never sent, because the import was ended early. */
  readonly notSent: number;
  /** How the values of each imported property are spread. */
  readonly spread: readonly Spread[];
  /** The records that were written, each once. */
  readonly ids: readonly string[];
  /** Why the import ended early. */
  readonly stopped?: string;
}

export interface RowProblem {
  readonly row: number;
  readonly reason: string;
}

export interface Spread {
  readonly property: string;
  readonly filled: number;
  readonly distinct: number;
}

interface Ready {
  readonly row: number;
  readonly properties: Readonly<Record<string, string>>;
}

/** Beyond this many different values nobody groups by them. */
const DISTINCT_KEPT = 1_000;

/** What {@link loadRows} tells and asks while it works. */
export interface Watch {
  readonly progress: Progress;
  /** Asked between two batches: whether to stop. */
  readonly ended: () => boolean;
}

export async function loadRows(
  agent: Agent,
  plan: LoadPlan,
  rows: AsyncIterable<CsvRow>,
  total: number,
  { progress, ended }: Watch,
): Promise<Loaded> {
  let seen = 0;
  let created = 0;
  let updated = 0;
  const failed: RowProblem[] = [];
  const unknown: RowProblem[] = [];
  const ids = new Set<string>();
  const spread = plan.columns.map(({ property }) => ({ property, filled: 0, values: new Set<string>() }));
  const rowOfKey = new Map<string, number>();
  let stopped: string | undefined;
  let batch: Ready[] = [];

  progress.start(`Importing ${plan.objectType}`, total);
  for await (const row of rows) {
    seen += 1;
    const ready = read(row, plan, rowOfKey);
    if ('reason' in ready) failed.push(ready);
    else {
      batch.push(ready);
      note(ready);
    }
    if (batch.length < BATCH_ROWS && seen < total) continue;
    stopped = ended() ? 'you asked it to stop' : await send(batch);
    progress.at(seen);
    if (stopped !== undefined) break;
    batch = [];
  }
  progress.stop();
  return {
    created,
    updated,
    failed: failed.sort((a, b) => a.row - b.row),
    unknown,
    notSent: total - created - updated - failed.length - unknown.length,
    spread: spread.map(({ property, filled, values }) => ({ property, filled, distinct: values.size })),
    ids: [...ids],
    ...(stopped !== undefined && { stopped }),
  };

  function note({ properties }: Ready): void {
    for (const each of spread) {
      const value = properties[each.property];
      if (value === undefined) continue;
      each.filled += 1;
      if (each.values.size < DISTINCT_KEPT) each.values.add(value);
    }
  }

  /** The reason to stop, if the server refuses the whole call or is gone. */
  async function send(sending: readonly Ready[]): Promise<string | undefined> {
    if (sending.length === 0) return undefined;
    let answer: Awaited<ReturnType<Agent['call']>>;
    try {
      answer = await agent.call(...callFor(plan, sending));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      unknown.push(...sending.map(({ row }) => ({ row, reason: 'the server ended while it was being sent' })));
      return ended() ? 'you asked it to stop' : reason;
    }
    if (answer.data === undefined) return refusalOf(answer)?.message ?? 'the server gave no result';
    take(writesOf(answer), sending);
    return undefined;
  }

  function take(writes: Writes, sending: readonly Ready[]): void {
    const columnOf = (name: string) => writes.columns.indexOf(name);
    for (const row of writes.rows) {
      if (plan.keyProperty === undefined || row[columnOf('new')] === true) created += 1;
      else updated += 1;
      const id = row[columnOf('id')];
      if (typeof id === 'string') ids.add(id);
    }
    failed.push(...problems(writes.failed, sending));
    unknown.push(...problems(writes.unknown, sending));
  }
}

/** The values of a row that have somewhere to go, or why it cannot be sent. Empty cells say nothing. */
function read(row: CsvRow, plan: LoadPlan, rowOfKey: Map<string, number>): Ready | RowProblem {
  const refuse = (reason: string) => ({ row: row.row, reason });
  if (row.broken !== undefined) return refuse(row.broken);
  const values = plan.columns.map(({ index, property }) => [property, row.cells[index]?.trim() ?? ''] as const);
  const properties = Object.fromEntries(values.filter(([, value]) => value !== ''));
  if (Object.keys(properties).length === 0) return refuse('none of the imported columns has a value');
  if (plan.keyProperty === undefined) return { row: row.row, properties };
  const key = properties[plan.keyProperty];
  if (key === undefined) return refuse('its key is empty');
  const earlier = rowOfKey.get(key.toLowerCase());
  if (earlier !== undefined) return refuse(`its key ${JSON.stringify(key)} is that of row ${earlier}`);
  rowOfKey.set(key.toLowerCase(), row.row);
  return { row: row.row, properties };
}

function callFor(plan: LoadPlan, sending: readonly Ready[]): [tool: string, args: Record<string, unknown>] {
  const records = sending.map(({ properties }) => ({ properties }));
  const { objectType, keyProperty, run } = plan;
  const common = { objectType, records, idempotencyKey: `${run}/${sending[0]?.row}` };
  return keyProperty === undefined
    ? ['create_records', common]
    : ['upsert_records', { ...common, idProperty: keyProperty }];
}

/** Rows that share a reason say it once and then refer to the first; here each row gets it in full. */
function problems(failures: Writes['failed'], sending: readonly Ready[]): RowProblem[] {
  const told = failures.map(({ index, message, allowed }) => ({ index, message: withAllowed(message, allowed) }));
  return inFull(told).map(({ index, message }) => ({ row: sending[index]?.row ?? 0, reason: message }));
}

const MOST_ALLOWED = 8;

function withAllowed(message: string, allowed: readonly string[] = []): string {
  if (allowed.length === 0) return message;
  const more = allowed.length > MOST_ALLOWED ? ', …' : '';
  return `${message} It takes: ${allowed.slice(0, MOST_ALLOWED).join(', ')}${more}.`;
}
