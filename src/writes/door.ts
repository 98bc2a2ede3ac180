import type { Clock } from '../clock.ts';
import { UserError } from '../crm/index.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { Plan } from './change.ts';
import type { IdempotentResults } from './idempotent-results.ts';
import { reportDryRun, reportOutcomes, type WriteReport } from './report.ts';
import { send } from './send.ts';

export interface Door {
  readonly hubspot: HubSpot;
  readonly clock: Clock;
  readonly results: IdempotentResults;
  readonly options: CallOptions;
}

/** Plan -> check -> send -> outcome per row. Everything that has to happen around a write happens here. */
export function runPlan(plan: Plan, { hubspot, clock, results, options }: Door): Promise<WriteReport> {
  const check = async () => {
    const checked = await plan.check(clock.now());
    if (checked.length > 0) return checked;
    throw new UserError('nothing_to_write', 'The call names nothing to write. Nothing was sent.');
  };
  if (plan.input.dryRun) return check().then((checked) => reportDryRun(plan, checked));
  return results.once(plan, async () => {
    const checked = await check();
    const changes = checked.flatMap((row, index) => ('change' in row ? [{ index, change: row.change }] : []));
    return reportOutcomes(plan, checked, await send(hubspot, changes, options));
  });
}
