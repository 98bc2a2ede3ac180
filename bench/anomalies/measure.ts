/** For each check: what it finds of planted faults, and what it finds where nothing is wrong. */

import { checks } from '../../src/enrich/anomalies/checks.ts';
import { runChecks } from '../../src/enrich/anomalies/run.ts';
import type { Finding } from '../../src/enrich/anomalies/types.ts';
import type { Size } from './clean.ts';
import type { Fault } from './fault.ts';
import { companyFaults, contactFaults } from './faults-people.ts';
import { portalFaults } from './faults-portal.ts';
import { dealFaults, ticketFaults } from './faults-sales.ts';
import { copyOf, dataOf, makePortal } from './portal.ts';
import { diceOf } from './random.ts';

export const faults: Readonly<Record<string, Fault>> = {
  ...contactFaults,
  ...companyFaults,
  ...dealFaults,
  ...ticketFaults,
  ...portalFaults,
};

export interface CheckFigure {
  readonly check: string;
  readonly title: string;
  readonly objectType: string;
  /** Records or subjects that were planted; 0 where nobody has written a fault. */
  readonly planted: number;
  readonly found: number;
  /** Of a clean portal: records in findings, and findings about no record. */
  readonly falseAlarms: number;
  /** Records of the check's type in it, of all types for a check over the portal. */
  readonly cleanRecords: number;
  /** Records that findings about planted ones name beside them. */
  readonly besides: number;
}

/** @param seeds each is a portal of its own */
export function checkFigures(size: Size, seeds: readonly number[]): CheckFigure[] {
  const figures = new Map(
    checks.map((check) => [check.id, { planted: 0, found: 0, falseAlarms: 0, cleanRecords: 0, besides: 0 }]),
  );
  for (const seed of seeds) {
    const portal = makePortal(size, seed);
    const clean = dataOf(portal);
    const cleanFindings = runChecks(clean).findings;
    for (const [index, { id, objectType }] of checks.entries()) {
      const figure = figures.get(id);
      if (figure === undefined) continue;
      figure.falseAlarms += alarmsOf(cleanFindings.filter(({ check }) => check === id));
      figure.cleanRecords +=
        objectType === '*'
          ? size.contacts + size.companies + size.deals + size.tickets
          : (clean.tables.get(objectType)?.rows ?? 0);
      const fault = faults[id];
      if (fault === undefined) continue;
      const broken = copyOf(portal);
      const { ids, about } = fault(broken, diceOf(seed * 1000 + index));
      const { findings } = runChecks(dataOf(broken), { checks: [id] });
      const named = new Set(findings.flatMap(({ recordIds }) => recordIds));
      const told = about.filter((test) => findings.some(test)).length;
      const records = ids.filter((one) => named.has(one)).length;
      figure.planted += ids.length + about.length;
      figure.found += records + told;
      const meant = new Set(ids);
      for (const finding of about.length > 0 ? [] : findings) {
        figure.besides += finding.total - finding.recordIds.filter((one) => meant.has(one)).length;
      }
    }
  }
  return checks.map(({ id, title, objectType }) => ({
    check: id,
    title,
    objectType,
    ...(figures.get(id) ?? { planted: 0, found: 0, falseAlarms: 0, cleanRecords: 0, besides: 0 }),
  }));
}

const alarmsOf = (findings: readonly Finding[]) => findings.reduce((sum, { total }) => sum + Math.max(1, total), 0);
