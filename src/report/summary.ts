/** An audit in a few lines, for the terminal. */

import type { AuditReport } from './audit-report.ts';
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
    ...findings
      .slice(0, SHOWN)
      .map(
        ({ severity, check, title, objectType, total: records }) =>
          `  ${severity.padEnd(6)}  ${check}  ${title}: ${number(records)} (${objectType})`,
      ),
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

/** A template would say what stands above. */
function summaryLines({ summary }: AuditReport): readonly string[] {
  if (summary === undefined || (summary.usd === undefined && summary.note === undefined)) return [];
  const { headline: says, bullets } = summary;
  return ['', `  ${says}`, ...bullets.map(({ text }) => `  - ${text}`), `  ${writtenBy(summary)}`];
}
