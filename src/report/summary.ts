/** An audit in a few lines, for the terminal. */

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
  const about = Object.entries(evidence).flatMap(([name, value]) =>
    typeof value === 'string' && !OF_ONE_RECORD.test(name) ? [`; ${name}: ${value}`] : [],
  );
  return [
    `  ${severity.padEnd(6)}  ${check}  ${title}: ${number(total)} (${objectType}${about.join('')})`,
    `${' '.repeat(15)}${note}`,
  ];
}

/** Evidence by example: `name of 37765128984`. */
const OF_ONE_RECORD = / of \d+$/;

/** A template would say what stands above. */
function summaryLines({ summary }: AuditReport): readonly string[] {
  if (summary === undefined || (summary.usd === undefined && summary.note === undefined)) return [];
  const { headline: says, bullets } = summary;
  return ['', `  ${says}`, ...bullets.map(({ text }) => `  - ${text}`), `  ${writtenBy(summary)}`];
}
