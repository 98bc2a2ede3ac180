/** Deals as the checks see them: by row, numbers and flags, made once a run. */

import { interned, numbers, times } from '../../interned.ts';
import type { Table } from '../../table.ts';
import { unlessUsual } from '../habit.ts';
import type { PipelineFacts, PortalData } from '../types.ts';

export type Stage = PipelineFacts['stages'][number];

export interface DealView {
  readonly table: Table;
  /** By row: where in `stages` it is; -1 for a stage that no pipeline has. */
  readonly stageOf: Int32Array;
  readonly stages: readonly { readonly pipeline: string; readonly pipelineLabel: string; readonly stage: Stage }[];
  readonly open: Uint8Array;
  readonly won: Uint8Array;
  readonly lost: Uint8Array;
  /** NaN where there is none. */
  readonly amount: Float64Array;
  /** Milliseconds; NaN where there is none. */
  readonly closes: Float64Array;
  readonly created: Float64Array;
}

export const DAY = 86_400_000;

const views = new WeakMap<PortalData, DealView>();
const noNumbers = (rows: number) => new Float64Array(rows).fill(Number.NaN);

/** @throws RangeError for a portal without deals, which `needs` keeps away from checks */
export function dealsOf(data: PortalData): DealView {
  const found = views.get(data);
  if (found !== undefined) return found;
  const table = data.tables.get('deals');
  if (table === undefined) throw new RangeError('There are no deals.');
  const stages = (data.pipelines.get('deals') ?? []).flatMap((pipeline) =>
    pipeline.stages.map((stage) => ({ pipeline: pipeline.id, pipelineLabel: pipeline.label, stage })),
  );
  const { rows } = table;
  const stageOf = stageNumbers(table, stages);
  const open = new Uint8Array(rows);
  const won = new Uint8Array(rows);
  const lost = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const stage = stages[stageOf[row] ?? -1]?.stage;
    if (stage === undefined) continue;
    if (!stage.closed) open[row] = 1;
    else if ((stage.probability ?? 0) >= 1) won[row] = 1;
    else lost[row] = 1;
  }
  const number = (name: string, read: typeof numbers) => {
    const column = table.columns.get(name);
    return column === undefined ? noNumbers(rows) : read(column);
  };
  const view: DealView = {
    table,
    stageOf,
    stages,
    open,
    won,
    lost,
    amount: number('amount', numbers),
    closes: number('closedate', times),
    created: number('createdate', times),
  };
  views.set(data, view);
  return view;
}

/** Stage ids are unique among the pipelines of a portal but for those of its first ones; the pipeline decides between them. */
function stageNumbers(table: Table, stages: DealView['stages']): Int32Array {
  const stage = table.columns.get('dealstage');
  const pipeline = table.columns.get('pipeline');
  if (stage === undefined) return new Int32Array(table.rows).fill(-1);
  const ids = interned(stage);
  const pipelines = pipeline === undefined ? undefined : interned(pipeline);
  const known = new Map<number, number>();
  const width = (pipelines?.size ?? 0) + 1;
  return Int32Array.from(ids.codes, (code, row) => {
    const of = pipelines?.codes[row] ?? 0;
    const key = code * width + of;
    const found = known.get(key);
    if (found !== undefined) return found;
    const id = ids.text(code);
    const within = pipelines?.text(of) ?? '';
    const exact = stages.findIndex((one) => one.stage.id === id && one.pipeline === within);
    const at = exact >= 0 || within !== '' ? exact : stages.findIndex((one) => one.stage.id === id);
    known.set(key, at);
    return at;
  });
}

export function earliestOf(instants: Float64Array, rows: readonly number[]): number {
  return rows.reduce((least, row) => Math.min(least, instants[row] || least), Number.POSITIVE_INFINITY);
}

/**
 * Those of the rows that stand out in their pipeline: what nearly all deals of one lack, it does not use.
 * @param peers that were looked at
 * @param most a larger share of them is the habit of the pipeline
 */
export function unusualIn(
  { stages, stageOf }: DealView,
  peers: readonly number[],
  rows: readonly number[],
  most?: number,
): number[] {
  const pipelineOf = (row: number) => stages[stageOf[row] ?? -1]?.pipeline ?? '';
  const sizes = new Map<string, number>();
  for (const row of peers) sizes.set(pipelineOf(row), (sizes.get(pipelineOf(row)) ?? 0) + 1);
  const byPipeline = new Map<string, number[]>();
  for (const row of rows) {
    const own = byPipeline.get(pipelineOf(row));
    if (own === undefined) byPipeline.set(pipelineOf(row), [row]);
    else own.push(row);
  }
  return [...byPipeline]
    .flatMap(([pipeline, own]) => unlessUsual(own, sizes.get(pipeline) ?? 0, most))
    .sort((a, b) => a - b);
}

/** What stands behind deals, in money of the home currency where HubSpot has worked that out. */
export function moneyOf(view: DealView, rows: readonly number[]): number {
  const home = view.table.columns.get('amount_in_home_currency');
  const amounts = home === undefined ? view.amount : numbers(home);
  let sum = 0;
  for (const row of rows) sum += Math.max(0, amounts[row] || 0);
  return Math.round(sum);
}
