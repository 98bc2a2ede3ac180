/** An audit in a few lines, for the terminal. */

import { aboutOf } from '../enrich/anomalies/about.ts';
import type { AuditReport, ReportFinding } from './audit-report.ts';
import { bands } from './figures.ts';
import { headline, moment, number, percent, writtenBy } from './words.ts';

const SHOWN = 8;

export function summaryOf(report: AuditReport): string {
  const { account, asOf, grade, findings, duplicates } = report;
  const total = findings.length + report.findingsLeftOut;
  return [
    `HubSpot account ${account.portalId}, as of ${moment(asOf)}${grade === undefined ? '' : `: grade ${grade.letter} (${percent(grade.score)})`}`,
    headline(report),
    ...(total === 0 ? [] : ['']),
    ...findings.slice(0, SHOWN).flatMap(findingLines),
    ...(total > SHOWN ? [`  ... and ${number(total - SHOWN)} more`] : []),
    '',
    ...duplicates.map(
      (each) =>
        `  duplicates of ${each.objectType}: ${bands.map((band) => `${number(each[band])} ${band}`).join(', ')}`,
    ),
    ...report.notes.map((note) => `  ${note}`),
    ...summaryLines(report),
    '',
  ].join('\n');
}

/** Several findings of one check differ only by what they are about, which stands in their evidence or their note. */
function findingLines({ severity, check, title, objectType, total, evidence, note }: ReportFinding): readonly string[] {
  return [
    `  ${severity.padEnd(6)}  ${check}  ${title}: ${number(total)} (${[objectType, ...aboutOf(evidence)].join('; ')})`,
    `${' '.repeat(15)}${note}`,
  ];
}

/** A template would say what stands above. */
function summaryLines({ summary }: AuditReport): readonly string[] {
  if (summary === undefined || (summary.usd === undefined && summary.note === undefined)) return [];
  const { headline: says, bullets } = summary;
  return ['', `  ${says}`, ...bullets.map(({ text }) => `  - ${text}`), `  ${writtenBy(summary)}`];
}
