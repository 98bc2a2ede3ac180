/** The charts of an audit, each with its words and its numbers. */

import { html, type Markup } from '../text/markup.ts';
import type { AuditReport, Band, Severity } from './audit-report.ts';
import { type Bar, barChart } from './charts/bars.ts';
import { dayAfter, seriesChart } from './charts/series.ts';
import { bandWords, counted, number, percent, severityWords } from './words.ts';

export const bands: readonly Band[] = ['certain', 'likely', 'possible'];
export const severities: readonly Severity[] = ['high', 'medium', 'low'];

/** The emptiest: what is full needs no picture. */
const FILL_BARS = 14;
/** Not all that HubSpot alone sets says so. */
const SET_BY_HUBSPOT =
  /^(?:hs_(?:v2_)?(?:date_|time_|cumulative_|is_|object_|lastmodified|created|analytics_|num_|email_|sales_email|pipeline_)|num_|notes_|recent_|first_deal_|createdate|lastmodifieddate|total_revenue)/;
/** A year of days is a thicket; the JSON has them all. */
const SHOWN_DAYS = 182;
/** Stages of a portal with many pipelines; the table below has them all. */
const STAGE_BARS = 16;

export function figures(report: AuditReport): readonly Markup[] {
  return [
    severityFigure(report),
    duplicateFigure(report),
    ...report.series.map((series, i) => seriesFigure(report, series, i)),
    ...report.objectTypes.flatMap(({ objectType }) => fillFigure(report, objectType)),
    ...ageingFigure(report),
  ];
}

function key(entries: readonly (readonly [fill: string, says: string])[]): Markup {
  return html`<ul class="key">${entries.map(
    ([fill, says]) =>
      html`<li><svg width="12" height="12" aria-hidden="true"><rect class="${fill}" width="12" height="12"/></svg>${says}</li>`,
  )}</ul>`;
}

function severityFigure({ severities: of }: AuditReport): Markup {
  const most = Math.max(1, ...severities.map((each) => of[each]));
  const bars = severities.map(
    (each): Bar => ({
      label: `${mark(each)} ${each}: ${severityWords[each]}`,
      says: number(of[each]),
      parts: [{ share: of[each] / most, fill: each }],
    }),
  );
  const text = severities.map((each) => `${each}: ${of[each]}`).join(', ');
  return html`<figure><h3>Findings by severity</h3>${barChart({ id: 'c-severity', title: 'Findings by severity', text }, bars)}<figcaption>A finding is one thing that is wrong, in however many records.</figcaption></figure>`;
}

function duplicateFigure({ duplicates, objectTypes }: AuditReport): Markup {
  const most = Math.max(1, ...duplicates.map(({ certain, likely, possible }) => certain + likely + possible));
  const labelOf = new Map(objectTypes.map(({ objectType, label }) => [objectType, label]));
  const bars = duplicates.map(
    (each): Bar => ({
      label: labelOf.get(each.objectType) ?? each.objectType,
      says: `${number(each.certain)} + ${number(each.likely)} + ${number(each.possible)}`,
      parts: bands.map((band) => ({ share: each[band] / most, fill: band })),
    }),
  );
  const text = duplicates
    .map((each) => `${each.objectType}: ${bands.map((band) => `${each[band]} ${band}`).join(', ')}`)
    .join('; ');
  return html`<figure><h3>Duplicates by band</h3>${key(bands.map((band) => [band, `${band} (${bandWords[band]})`]))}${
    bars.length === 0
      ? html`<p>No type was compared.</p>`
      : barChart({ id: 'c-duplicates', title: 'Groups of duplicates by band', text }, bars)
  }<figcaption>Groups of records that may be one and the same: certain + likely + possible.</figcaption></figure>`;
}

function seriesFigure(report: AuditReport, series: AuditReport['series'][number], i: number): Markup {
  const { objectType, counts, alarms, firstDay } = latest(series);
  const label = report.objectTypes.find((each) => each.objectType === objectType)?.label ?? objectType;
  const total = sum(counts);
  const said = alarms.length === 0 ? 'no alarm' : `${counted(alarms.length, 'alarm')}: ${alarms.slice(-12).join(', ')}`;
  const text = `${total} records over ${counts.length} days from ${firstDay} on; ${said}`;
  return html`<figure><h3>${label} created a day</h3>${key([
    ['age1', 'created'],
    ['expected-key', 'dashed: expected'],
    ['high', '▼ alarm'],
  ])}${seriesChart({ id: `c-series-${i}`, title: `${label} created a day`, text }, latest(series))}<figcaption>${number(total)} in ${counted(counts.length, 'day')}; ${said}.</figcaption></figure>`;
}

function latest(series: AuditReport['series'][number]): AuditReport['series'][number] {
  const from = Math.max(0, series.counts.length - SHOWN_DAYS);
  const firstDay = dayAfter(series.firstDay, from);
  return {
    ...series,
    firstDay,
    counts: series.counts.slice(from),
    expected: series.expected.slice(from),
    alarms: series.alarms.filter((day) => day >= firstDay),
  };
}

function fillFigure(report: AuditReport, objectType: string): readonly Markup[] {
  const rates = report.fill
    .filter((each) => each.objectType === objectType && each.calculated !== true && !SET_BY_HUBSPOT.test(each.property))
    .toSorted((a, b) => a.rate - b.rate || (a.property < b.property ? -1 : 1));
  const label = report.objectTypes.find((each) => each.objectType === objectType)?.label ?? objectType;
  if (rates.length === 0) return [];
  const partly = rates.filter(({ rate }) => rate > 0);
  const never = rates.length - partly.length;
  const shown = partly.slice(0, FILL_BARS);
  const bars = shown.map(
    ({ label: name, property, rate }): Bar => ({
      label: shortened(name === '' ? property : name),
      says: percent(rate),
      parts: [{ share: rate, fill: 'plain-fill' }],
    }),
  );
  const text = shown.map(({ property, rate }) => `${property}: ${percent(rate)}`).join(', ');
  return [
    html`<figure><h3>${label}: how many have a value</h3>${barChart({ id: `c-fill-${objectType}`, title: `Fill rates of ${label}`, text }, bars)}<figcaption>${
      partly.length > shown.length
        ? `The ${shown.length} emptiest of ${number(partly.length)} properties that people fill in and checks read.`
        : 'Properties that people fill in and checks read.'
    }${never > 0 ? ` ${number(never)} more have no value at all.` : ''}</figcaption></figure>`,
  ];
}

const LONGEST_LABEL = 34;
const shortened = (text: string) =>
  Array.from(text).length <= LONGEST_LABEL
    ? text
    : `${Array.from(text)
        .slice(0, LONGEST_LABEL - 1)
        .join('')}…`;

/** `up to 30 days`, ..., `older`. */
export function ageWords(ages: readonly number[]): readonly string[] {
  const spans = ages.map((age, i) => (i === 0 ? `up to ${age} days` : `${(ages[i - 1] ?? 0) + 1}–${age}`));
  return [...spans, `over ${ages.at(-1) ?? 0} days`];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}

function ageingFigure({ ageing: { ages, stages }, account }: AuditReport): readonly Markup[] {
  const open = stages.filter(({ deals }) => sum(deals) > 0);
  if (open.length === 0) return [];
  const most = Math.max(...open.map(({ deals }) => sum(deals)));
  const several = new Set(open.map(({ pipeline }) => pipeline)).size > 1;
  const named = (stage: (typeof open)[number]) => (several ? `${stage.stage} (${stage.pipeline})` : stage.stage);
  const words = ageWords(ages);
  const bars = open.slice(0, STAGE_BARS).map(
    (stage): Bar => ({
      label: shortened(named(stage)),
      says: counted(sum(stage.deals), 'deal'),
      parts: stage.deals.map((count, age) => ({ share: count / most, fill: `age${age + 1}` })),
    }),
  );
  const text = open
    .slice(0, STAGE_BARS)
    .map((stage) => `${named(stage)}: ${stage.deals.map((count, age) => `${count} ${words[age]}`).join(', ')}`)
    .join('; ');
  return [
    html`<figure><h3>Open deals by stage and age</h3>${key(words.map((says, age) => [`age${age + 1}`, says]))}${barChart({ id: 'c-ageing', title: 'Open deals by stage and age', text }, bars)}<figcaption>Age since the deal was created; the darker, the older (at night: the lighter).</figcaption></figure>`,
    html`<figure class="wide whole"><h3>Open deals by stage and age, in numbers</h3><table><thead><tr><th scope="col">Stage</th>${words.map((each) => html`<th scope="col" class="n">${each}</th>`)}<th scope="col" class="n">${account.currency}</th></tr></thead><tbody>${open.map(
      (stage) =>
        html`<tr><th scope="row">${named(stage)}</th>${stage.deals.map((count) => html`<td class="n">${number(count)}</td>`)}<td class="n">${number(stage.amount)}</td></tr>\n`,
    )}</tbody></table></figure>`,
  ];
}

const marks: Readonly<Record<Severity, string>> = { high: '▲', medium: '◆', low: '●' };

/** Beside its word, so that neither colour nor shape stands alone. */
export function mark(severity: Severity): string {
  return marks[severity];
}
