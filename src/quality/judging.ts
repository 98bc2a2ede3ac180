/** A model's word on the pairs of which a scan is unsure, for one call. */

import type { Clock } from '../clock.ts';
import { type ObjectType, type PropertyIndex, UserError } from '../crm/index.ts';
import { allowedIn, type JudgedKind } from '../enrich/openai/allowed.ts';
import { estimateJudging, judgePairs } from '../enrich/openai/judge-pairs.ts';
import type { Ledger, Model, PairToJudge } from '../enrich/openai/types.ts';
import { pairKey } from '../enrich/openai/weigh.ts';
import { worthAsking } from '../enrich/openai/worth-asking.ts';
import { type Table, textAt, valueAt } from '../enrich/table.ts';
import type { Memory } from '../snapshot/types.ts';
import { mayLeave } from './portal-facts.ts';
import { basisOf, standing } from './standing.ts';
import type { DuplicateScan, JudgingReport } from './types.ts';

const DAY_MS = 86_400_000;

/** The operator's cap, over all processes that share the memory. */
export function dayLedger(memory: Memory, clock: Clock, cap: number): Ledger {
  return {
    async reserve(usd) {
      const now = clock.now();
      const reservation = await memory.reserve(usd, { since: now - DAY_MS, cap, at: now });
      return reservation === undefined ? undefined : { settle: (real) => memory.settle(reservation, real) };
    },
  };
}

/** @throws UserError `not_possible` for a type that no model judges */
export function judgedKind(type: ObjectType): JudgedKind {
  if (type.name === 'contacts' || type.name === 'companies') return type.name;
  throw new UserError('not_possible', `No model is asked about ${type.plural.toLowerCase()}.`, {
    allowed: ['contacts', 'companies'],
  });
}

export interface JudgingCall {
  readonly model: Model;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly type: ObjectType;
  /** As the call sees it. */
  readonly index: PropertyIndex;
  readonly scan: DuplicateScan;
  /** Nothing is sent if omitted. */
  readonly maxUsd: number | undefined;
  readonly signal: AbortSignal | undefined;
  progress(done: number, total: number): void;
}

export async function judged(call: JudgingCall): Promise<JudgingReport> {
  const { model, memory, clock, type, index, scan, maxUsd, signal } = call;
  const { table } = scan;
  const kind = judgedKind(type);
  const compared = [...allowedIn(kind).keys()].filter((name) => table.columns.has(name));
  const sends = compared.filter((name) => index.has(name) && mayLeave(index.get(name)));
  const withheld = compared.filter((name) => !sends.includes(name));
  const said = new Set(standing(await memory.judgements(type.name), table, kind).map(pairKey));
  const open = worthAsking(scan.scan)
    .map((pair) => ({ a: textAt(table.ids, pair.a), b: textAt(table.ids, pair.b), rows: pair }))
    .filter((pair) => !said.has(pairKey(pair)));
  const pairs = open.map(
    ({ a, b, rows }): PairToJudge => ({
      a: valuesOf(table, rows.a, sends),
      b: valuesOf(table, rows.b, sends),
      withheld,
      get explanation() {
        return scan.explain(a, b);
      },
    }),
  );
  const { options } = model;
  const common = async () => ({
    model: options.model,
    redaction: options.redaction,
    sends: options.redaction === 'features' ? [] : sends,
    leftUsd: Math.max(0, options.maxUsd - (await memory.spentSince(clock.now() - DAY_MS))),
  });
  if (maxUsd === undefined) {
    return { ...(await common()), estimate: await estimateJudging(pairs, { model, cache: memory }, kind) };
  }
  const judging = await judgePairs(
    pairs,
    { model, cache: memory, clock },
    { kind, maxUsd, ...(signal && { signal }), progress: (done, total) => call.progress(done, total) },
  );
  const at = clock.now();
  await memory.judge(
    type.name,
    judging.verdicts.flatMap(({ nth, verdict }) => {
      const pair = open[nth];
      const basis = pair && basisOf(table, kind, pair.a, pair.b);
      if (pair === undefined || basis === undefined || verdict === 'unsure') return [];
      return [{ a: pair.a, b: pair.b, same: verdict === 'same', by: 'model', at, basis } as const];
    }),
  );
  return { ...(await common()), judging };
}

function valuesOf(table: Table, row: number, properties: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(properties.map((property) => [property, valueAt(table, property, row)]));
}
