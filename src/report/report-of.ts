/** An audit out of what the scans gave, of bounded size however large the portal is. */

import { AGES } from '../enrich/anomalies/deals/ageing.ts';
import { checks } from '../enrich/anomalies/index.ts';
import type { Finding } from '../enrich/anomalies/types.ts';
import { gradeOfAudit } from '../quality/grade-of-audit.ts';
import { namesOf } from '../quality/record-names.ts';
import type { AnomalyRun, DuplicateScan, FoundCluster } from '../quality/types.ts';
import { legible } from '../text/legible.ts';
import type { AuditReport, ReportCluster, ReportFinding } from './audit-report.ts';
import { fixInWords } from './words.ts';

export interface Audited {
  readonly account: AuditReport['account'];
  /** In the order in which they are told. */
  readonly types: readonly { readonly name: string; readonly id: string; readonly label: string }[];
  readonly run: AnomalyRun;
  /** By object type; of those that could be compared. */
  readonly scans: ReadonlyMap<string, DuplicateScan>;
  readonly notes: readonly string[];
}

const MOST_FINDINGS = 500;
const MOST_CLUSTERS = 200;
const MOST_MEMBERS = 20;
const MOST_FILL = 150;
const LONGEST_TEXT = 160;
/** A longer call would be most of the page: find_anomalies gives it by the fingerprint. */
const LONGEST_FIX = 4_000;

export function reportOf({ account, types, run, scans, notes }: Audited): AuditReport {
  const { report, dismissed, records, series, fill, ageing } = run;
  const severities = countBySeverity(report.findings);
  const titles = new Map(checks.map(({ id, title }) => [id, title]));
  const graded = new Map(types.map(({ name }) => [name, records.get(name) ?? 0]));
  const grade = gradeOfAudit({ report, records: graded, fill }, scans);
  const upTo = Math.min(run.upTo, ...[...scans.values()].map((scan) => scan.upTo));
  return {
    kind: 'hubspot-crm-mcp audit',
    version: 1,
    account,
    asOf: new Date(upTo).toISOString(),
    ...(grade && { grade }),
    objectTypes: types.map(({ name, id, label }) => ({
      objectType: name,
      objectTypeId: id,
      label: clean(label),
      records: records.get(name) ?? scans.get(name)?.table.rows ?? 0,
      findings: countBySeverity(report.findings.filter(({ objectType }) => objectType === name)),
    })),
    findings: report.findings.slice(0, MOST_FINDINGS).map((each) => findingOf(each, titles.get(each.check))),
    findingsLeftOut: Math.max(0, report.findings.length - MOST_FINDINGS),
    severities,
    checks: report.checks,
    notRun: report.notRun.map(({ check, missing }) => ({ check, missing: [...missing] })),
    suppressed: report.suppressed,
    dismissed,
    duplicates: types.flatMap(({ name }) => {
      const scan = scans.get(name);
      return scan === undefined ? [] : [duplicatesOf(name, scan)];
    }),
    fill: types.flatMap(({ name }) =>
      fill
        .filter(({ objectType }) => objectType === name)
        .slice(0, MOST_FILL)
        .map(({ objectType, property, label, rate, calculated }) => ({
          objectType,
          property,
          label: clean(label),
          ...(calculated && { calculated }),
          rate: Math.round(rate * 1e4) / 1e4,
        })),
    ),
    series: series.map(({ objectType, days, counts, expected, alarms }) => ({
      objectType,
      firstDay: days[0] ?? '',
      counts: [...counts],
      expected: [...expected],
      alarms: [...alarms],
    })),
    ageing: {
      ages: [...AGES],
      stages: ageing.map(({ pipeline, stage, deals, amount }) => ({
        pipeline: clean(pipeline),
        stage: clean(stage),
        deals: [...deals],
        amount,
      })),
    },
    notes: [...notes],
  };
}

function countBySeverity(findings: readonly Pick<Finding, 'severity'>[]) {
  const counts = { high: 0, medium: 0, low: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

function findingOf({ fix, statistic, evidence, recordIds, ...rest }: Finding, title = rest.check): ReportFinding {
  const { fingerprint, check, severity, objectType, total, amount, note } = rest;
  const short = fix !== undefined && JSON.stringify(fix.arguments).length <= LONGEST_FIX;
  return {
    fingerprint,
    check,
    title,
    severity,
    objectType,
    total,
    recordIds: [...recordIds],
    ...(amount !== undefined && { amount }),
    ...(statistic && {
      statistic: { ...statistic, value: short4(statistic.value), threshold: short4(statistic.threshold) },
    }),
    evidence: Object.fromEntries(
      Object.entries(evidence).map(([name, value]) => [clean(name), typeof value === 'string' ? clean(value) : value]),
    ),
    note,
    ...(fix && {
      fix: {
        says: fixInWords(fix, total),
        tool: fix.tool,
        ...(short && { arguments: { ...fix.arguments } }),
        reversible: fix.reversible,
        ...(fix.note !== undefined && { note: fix.note }),
      },
    }),
  };
}

function duplicatesOf(objectType: string, scan: DuplicateScan): AuditReport['duplicates'][number] {
  const counts = { certain: 0, likely: 0, possible: 0 };
  for (const { band } of scan.clusters) counts[band]++;
  const shown = scan.clusters.slice(0, MOST_CLUSTERS);
  const names = namesOf(
    scan.table,
    shown.flatMap(({ ids }) => ids.slice(0, MOST_MEMBERS)),
  );
  return {
    objectType,
    ...counts,
    extra: extraOf(scan.clusters),
    clusters: shown.map((cluster) => clusterOf(scan, cluster, names)),
    oversized: scan.scan.oversized.length,
    ...(scan.proposedByHubSpot !== undefined && { proposedByHubSpot: scan.proposedByHubSpot }),
  };
}

/** Records that would go if each of these were one. */
function extraOf(clusters: readonly FoundCluster[]): number {
  return clusters.reduce((sum, { ids }) => sum + ids.length - 1, 0);
}

function clusterOf(
  scan: DuplicateScan,
  { ids, probability, band, review, weakest }: FoundCluster,
  names: ReadonlyMap<string, string>,
): ReportCluster {
  const said = scan.explain(...weakest);
  const shown = ids.slice(0, MOST_MEMBERS);
  return {
    ids: shown,
    labels: shown.map((id) => clean(names.get(id) ?? id)),
    // Never 1: nobody is that sure.
    probability: Math.min(0.999, Math.round(probability * 1e3) / 1e3),
    band,
    for: said.for.map(clean),
    against: said.against.map(clean),
    ...(review !== undefined && { review }),
  };
}

/** As a reader may have it, and no longer than a line or two. */
function clean(text: string): string {
  const characters = Array.from(legible(text).replaceAll(/\s+/g, ' ').trim());
  return characters.length <= LONGEST_TEXT ? characters.join('') : `${characters.slice(0, LONGEST_TEXT - 1).join('')}…`;
}

const short4 = (value: number) => Number(value.toPrecision(4));
