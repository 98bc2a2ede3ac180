/** An audit as Markdown that GitHub, GitLab and a plain editor show. */

import type { AuditReport, ReportCluster, ReportFinding } from './audit-report.ts';
import { ageWords, mark, severities } from './figures.ts';
import { terms } from './terms.ts';
import { groupCalls, headline, moment, number, percent, severityWords, toolCall, writtenBy } from './words.ts';

/** How a file begins that this wrote: what an audit wrote, another may overwrite. */
export const MARKDOWN_HEAD = '<!-- hubspot-crm-mcp audit -->';

const SHOWN_FINDINGS = 200;
const SHOWN_CLUSTERS = 60;
const SHOWN_IDS = 10;

export function markdownOf(report: AuditReport): string {
  const { account, asOf, grade, objectTypes, severities: found, duplicates, ageing, fill, series, notes } = report;
  const parts = [
    MARKDOWN_HEAD,
    `# Data quality of HubSpot account ${account.portalId}`,
    `${grade === undefined ? '' : `**Grade ${grade.letter}** (${percent(grade.score)}). `}${headline(report)} As of ${moment(asOf)}.`,
    ...(notes.length === 0 ? [] : [notes.map(plain).join(' ')]),
    ...summaryParts(report),
    '## Findings by severity',
    table(
      ['Severity', 'Means', 'Findings'],
      severities.map((each) => [`${mark(each)} ${each}`, severityWords[each], number(found[each])]),
    ),
    '## Object types',
    table(
      ['Type', ...(grade ? ['Grade'] : []), 'Records', 'High', 'Medium', 'Low'],
      objectTypes.map(({ objectType, label, records, findings }) => [
        plain(label),
        ...(grade ? [grade.types.find((each) => each.objectType === objectType)?.letter ?? ''] : []),
        ...[records, findings.high, findings.medium, findings.low].map(number),
      ]),
    ),
    '## Duplicates by band',
    table(
      ['Type', 'Certain', 'Likely', 'Possible', 'Records fewer, once merged'],
      duplicates.map((each) => [
        each.objectType,
        ...[each.certain, each.likely, each.possible, each.extra].map(number),
      ]),
    ),
    ...(ageing.stages.length === 0
      ? []
      : [
          '## Open deals by stage and age',
          table(
            ['Pipeline', 'Stage', ...ageWords(ageing.ages), account.currency],
            ageing.stages.map(({ pipeline, stage, deals, amount }) => [
              plain(pipeline),
              plain(stage),
              ...deals.map(number),
              number(amount),
            ]),
          ),
        ]),
    ...(series.length === 0
      ? []
      : [
          '## Created a day',
          table(
            ['Type', 'From', 'Days', 'Records', 'Alarms'],
            series.map(({ objectType, firstDay, counts, alarms }) => [
              objectType,
              firstDay,
              number(counts.length),
              number(counts.reduce((sum, count) => sum + count, 0)),
              alarms.join(', '),
            ]),
          ),
        ]),
    '## Findings',
    ...report.findings.slice(0, SHOWN_FINDINGS).flatMap((each) => findingParts(each, account.currency)),
    ...leftOut(report.findings.length + report.findingsLeftOut - SHOWN_FINDINGS, 'find_anomalies'),
    '## Duplicates',
    ...duplicates.flatMap(({ objectType, clusters, certain, likely, possible }) => [
      `### ${objectType}`,
      ...(clusters.length === 0
        ? ['None.']
        : clusters.slice(0, SHOWN_CLUSTERS).map((each) => clusterText(objectType, each))),
      ...leftOut(certain + likely + possible - SHOWN_CLUSTERS, 'find_duplicates'),
    ]),
    '## How many have a value',
    table(
      ['Type', 'Property', 'Name', 'Filled'],
      fill.map(({ objectType, label, property, rate }) => [objectType, plain(label), code(property), percent(rate)]),
    ),
    '## Checks',
    `${number(report.checks)} ran. ${number(report.suppressed)} findings could be chance and ${number(report.dismissed)} were dismissed; both are left out.`,
    ...(report.notRun.length === 0
      ? []
      : [report.notRun.map(({ check, missing }) => `- ${check} did not run: ${plain(missing.join(', '))}`).join('\n')]),
    '## What the words mean',
    ...(grade === undefined ? [] : [`**Grade**: ${plain(grade.formula)}`]),
    ...terms.map(([word, meaning]) => `**${word}**: ${meaning}`),
  ];
  return `${parts.join('\n\n')}\n`;
}

function summaryParts({ summary }: AuditReport): readonly string[] {
  if (summary === undefined) return [];
  const { headline: says, bullets } = summary;
  return [
    '## In short',
    plain(says),
    ...(bullets.length === 0 ? [] : [bullets.map(({ text }) => `- ${plain(text)}`).join('\n')]),
    plain(writtenBy(summary)),
  ];
}

function leftOut(count: number, tool: string): readonly string[] {
  return count <= 0 ? [] : [`${number(count)} more: ${code(tool)} lists them all.`];
}

function findingParts(finding: ReportFinding, currency: string): readonly string[] {
  const { severity, title, check, objectType, total, note, evidence, amount, recordIds, fix, fingerprint } = finding;
  const shown = recordIds.slice(0, SHOWN_IDS);
  const facts = [
    ...Object.entries(evidence).map(([name, value]) => `- ${plain(name)}: ${plain(String(value))}`),
    ...(amount === undefined ? [] : [`- at stake: ${number(amount)} ${currency}`]),
    ...(shown.length === 0
      ? []
      : [`- records: ${shown.join(', ')}${total > shown.length ? ` and ${number(total - shown.length)} more` : ''}`]),
    ...(fix === undefined ? [] : [`- what to do: ${plain(fix.says)}${fix.reversible ? '' : ' It cannot be undone.'}`]),
    `- fingerprint: ${code(fingerprint)}`,
  ];
  return [
    `### ${mark(severity)} ${severity}: ${plain(title)} (${check}, ${objectType}, ${number(total)})`,
    plain(note),
    facts.join('\n'),
    ...(fix?.arguments === undefined ? [] : [block(toolCall(fix.tool, fix.arguments))]),
  ];
}

function clusterText(objectType: string, { ids, labels, probability, band, review, ...said }: ReportCluster): string {
  const { merge, part } = groupCalls(objectType, ids);
  return [
    `- **${band}, ${percent(probability)}**: ${ids.map((id, i) => `${id} ${plain(labels[i] ?? '')}`).join(' | ')}`,
    ...(said.for.length === 0 ? [] : [`  - for: ${plain(said.for.join('; '))}`]),
    ...(said.against.length === 0 ? [] : [`  - against: ${plain(said.against.join('; '))}`]),
    ...(review === undefined ? [] : [`  - look first: ${plain(review)}`]),
    `  - ${code(merge)}${part}`,
  ].join('\n');
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.';
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text without markup: what a portal's text holds of it is shown as it is written. */
function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>|~&#]/g, String.raw`\$&`)
    .replaceAll(/:\/\//g, String.raw`:\//`)
    .replaceAll(/\b(www)\./gi, String.raw`$1\.`);
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** Fenced by more ticks than are in it. */
function block(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
