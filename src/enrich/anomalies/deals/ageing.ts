/** How long open deals have been open, by pipeline and stage: what the report draws. */

import type { PortalData } from '../types.ts';
import { DAY, dealsOf, moneyOf } from './deal-view.ts';

export interface StageAgeing {
  /** Labels. */
  readonly pipeline: string;
  readonly stage: string;
  /** Open deals by age: up to each of `AGES` in days since they were created, and older. */
  readonly deals: readonly number[];
  /** What all of them are worth, in the home currency where HubSpot has worked that out. */
  readonly amount: number;
}

export const AGES = [30, 60, 90, 180] as const;

/** Every stage in which a deal may be open, in the order of the portal; of deals without a date of creation nothing. */
export function pipelineAgeing(data: PortalData): readonly StageAgeing[] {
  if (!data.tables.has('deals')) return [];
  const view = dealsOf(data);
  const rowsOf: number[][] = view.stages.map(() => []);
  for (let row = 0; row < view.table.rows; row++) {
    if (view.open[row] === 1 && !Number.isNaN(view.created[row])) rowsOf[view.stageOf[row] ?? -1]?.push(row);
  }
  return view.stages.flatMap(({ pipelineLabel, stage }, at) => {
    const rows = rowsOf[at] ?? [];
    if (stage.closed) return [];
    const deals = [...AGES, 0].map(() => 0);
    for (const row of rows) {
      const days = (data.now - (view.created[row] ?? 0)) / DAY;
      const bin = AGES.findIndex((age) => days <= age);
      const place = bin < 0 ? AGES.length : bin;
      deals[place] = (deals[place] ?? 0) + 1;
    }
    return [{ pipeline: pipelineLabel, stage: stage.label, deals, amount: moneyOf(view, rows) }];
  });
}
