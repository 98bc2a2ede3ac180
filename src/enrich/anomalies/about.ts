/** What tells findings of one check apart. */

import type { Finding } from './types.ts';

/** Evidence by example: `name of 37765128984`. */
const OF_ONE_RECORD = / of \d+$/;

/** What a finding is about beside its check, such as `stage: Contract Sent`; what records hold may be in it. */
export function aboutOf(evidence: Finding['evidence']): readonly string[] {
  return Object.entries(evidence).flatMap(([name, value]) =>
    typeof value === 'string' && !OF_ONE_RECORD.test(name) ? [`${name}: ${value}`] : [],
  );
}
