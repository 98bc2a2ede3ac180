/** What of a report its summary may be made of. */

import type { AuditFigures } from '../quality/audit-summary.ts';
import type { AuditReport } from './audit-report.ts';

export function figuresIn({ grade, severities, objectTypes, duplicates, findings }: AuditReport): AuditFigures {
  return {
    letter: grade?.letter,
    severities,
    types: objectTypes.map(({ objectType, records }) => ({
      objectType,
      records,
      letter: grade?.types.find((each) => each.objectType === objectType)?.letter,
      duplicates: duplicates.find((each) => each.objectType === objectType),
    })),
    findings,
  };
}
