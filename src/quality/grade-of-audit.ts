/** What the scans of a portal found -> its grade: for the tool and for the report alike. */

import { type Grade, gradeOf } from '../enrich/grade/index.ts';
import type { AnomalyRun, DuplicateScan } from './types.ts';

/** @param scans by object type, of those that were compared; @returns undefined where there are no records */
export function gradeOfAudit(
  { report, records, fill }: Pick<AnomalyRun, 'report' | 'records' | 'fill'>,
  scans: ReadonlyMap<string, Pick<DuplicateScan, 'clusters'>>,
): Grade | undefined {
  return gradeOf(
    [...records].map(([objectType, count]) => {
      const scan = scans.get(objectType);
      return {
        objectType,
        records: count,
        findings: report.findings.filter((finding) => finding.objectType === objectType),
        ...(scan && { extra: doubles(scan) }),
        fill: new Map(
          fill.filter((each) => each.objectType === objectType).map(({ property, rate }) => [property, rate]),
        ),
      };
    }),
  );
}

/** Records that would go if each likely or certain cluster were merged into one. */
export function doubles({ clusters }: Pick<DuplicateScan, 'clusters'>): number {
  return clusters.reduce((sum, { band, ids }) => sum + (band === 'possible' ? 0 : ids.length - 1), 0);
}
