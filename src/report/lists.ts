/** What was found, one by one. */

import { html, type Markup } from '../text/markup.ts';
import type { AuditReport, ReportCluster, ReportFinding, Severity } from './audit-report.ts';
import { mark, severities } from './figures.ts';
import { counted, groupCalls, number, percent, severityWords, toolCall } from './words.ts';

/** On the page; the JSON names more. */
const SHOWN_FINDINGS = 200;
const SHOWN_CLUSTERS = 60;
const SHOWN_IDS = 10;

export type Linked = (objectType: string, id: string) => Markup;

/** Leads to a record, where the account says how records are addressed. */
export function linker({ account, objectTypes }: AuditReport): Linked {
  const ids = new Map(objectTypes.map(({ objectType, objectTypeId }) => [objectType, objectTypeId]));
  return (objectType, id) => {
    const type = ids.get(objectType);
    if (account.records === undefined || type === undefined || !/^\d+$/.test(id)) return html`${id}`;
    const address = account.records.replace('{objectTypeId}', type).replace('{id}', id);
    return html`<a href="${address}" rel="noopener noreferrer">${id}</a>`;
  };
}

export function findingsList(report: AuditReport, linked: Linked): Markup {
  const shown = report.findings.slice(0, SHOWN_FINDINGS);
  const left = report.findings.length - shown.length + report.findingsLeftOut;
  return html`${severities.map((severity) => {
    const of = shown.filter((each) => each.severity === severity);
    return of.length === 0 ? undefined : group(severity, of, report, linked);
  })}${left > 0 ? html`<p>${counted(left, 'finding')} more: find_anomalies lists them all.</p>` : undefined}${
    shown.length === 0 ? html`<p>Nothing was found.</p>` : undefined
  }`;
}

function group(severity: Severity, of: readonly ReportFinding[], report: AuditReport, linked: Linked): Markup {
  return html`<h3 id="findings-${severity}">${mark(severity)} ${severity} <small>${severityWords[severity]}; ${counted(report.severities[severity], 'finding')}</small></h3>
${of.map((each) => finding(each, report, linked))}`;
}

function finding(each: ReportFinding, { account }: AuditReport, linked: Linked): Markup {
  const { check, title, severity, objectType, total, note, amount, evidence, statistic, recordIds, fix, fingerprint } =
    each;
  const facts: [string, Markup | string][] = [
    ...Object.entries(evidence).map(([name, value]): [string, string] => [
      name,
      typeof value === 'number' ? number(value) : value,
    ]),
    ...(amount === undefined ? [] : [['at stake', `${number(amount)} ${account.currency}`] satisfies [string, string]]),
    ...(statistic === undefined ? [] : [['statistic', statisticWords(statistic)] satisfies [string, string]]),
    ...(recordIds.length === 0
      ? []
      : [['records', listed(recordIds, total, (id) => linked(objectType, id))] satisfies [string, Markup]]),
  ];
  return html`<article class="item is-${severity}">
<h4><span class="tag t-${severity}">${mark(severity)} ${severity}</span>${title} <small>${check} · ${objectType} · ${number(total)}</small></h4>
<p>${note}</p>
<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${
  fix &&
  html`<p><b>What to do:</b> ${fix.says}${fix.reversible ? undefined : html` <b>It cannot be undone.</b>`}</p>${
    fix.arguments === undefined
      ? html`<p><small>The whole call: find_anomalies with fingerprints [&quot;${fingerprint}&quot;].</small></p>`
      : html`<details><summary>As a tool call</summary><pre><code>${toolCall(fix.tool, fix.arguments)}</code></pre></details>`
  }`
}
<p><small class="act">No fault? <code>dismiss_finding ${fingerprint}</code></small></p>
</article>\n`;
}

function statisticWords({ name, value, threshold, n, p }: NonNullable<ReportFinding['statistic']>): string {
  const chance = p === undefined ? '' : `, p = ${p.toPrecision(2)}`;
  return `${name} ${number(value)}, told from ${number(threshold)} on; seen in ${number(n)}${chance}`;
}

function listed(ids: readonly string[], total: number, show: (id: string) => Markup): Markup {
  const shown = ids.slice(0, SHOWN_IDS);
  return html`${shown.map((id, i) => html`${i > 0 ? ', ' : ''}${show(id)}`)}${
    total > shown.length ? ` and ${number(total - shown.length)} more` : undefined
  }`;
}

export function duplicatesList(report: AuditReport, linked: Linked): Markup {
  return html`${report.duplicates.map((each) => {
    const { objectType, clusters, certain, likely, possible, extra, oversized, proposedByHubSpot } = each;
    const total = certain + likely + possible;
    const label = report.objectTypes.find((type) => type.objectType === objectType)?.label ?? objectType;
    const shown = clusters.slice(0, SHOWN_CLUSTERS);
    return html`<h3 id="duplicates-${objectType}">${label} <small>${counted(total, 'group')}; merged, ${counted(extra, 'record')} fewer</small></h3>
${oversized > 0 ? html`<p><small>${counted(oversized, 'value')} shared by very many records: these were compared in part only.</small></p>` : undefined}
${proposedByHubSpot === undefined ? undefined : html`<p><small>HubSpot itself proposes ${counted(proposedByHubSpot, 'pair')}; they counted as evidence.</small></p>`}
${total === 0 ? html`<p>None.</p>` : shown.map((found) => cluster(objectType, found, linked))}
${total > shown.length ? html`<p>${number(total - shown.length)} more: find_duplicates lists them all.</p>` : undefined}`;
  })}`;
}

function cluster(
  objectType: string,
  { ids, labels, probability, band, review, ...said }: ReportCluster,
  linked: Linked,
) {
  const { merge, dismiss, part } = groupCalls(objectType, ids);
  return html`<article class="item is-${band}">
<h4><span class="tag">${band}, ${percent(probability)}</span>${labels[0]}</h4>
<ul class="reasons">${ids.map((id, i) => html`<li>${linked(objectType, id)} ${labels[i]}</li>`)}</ul>
<dl class="facts">${reasons('for', said.for)}${reasons('against', said.against)}${review && html`<dt>look first</dt><dd>${review}</dd>`}</dl>
<p><b>What to do:</b> if they are one, <code>${merge}</code>; if they are not, <code>${dismiss}</code>.${part}</p>
</article>\n`;
}

function reasons(name: string, of: readonly string[]): Markup | undefined {
  return of.length === 0 ? undefined : html`<dt>${name}</dt><dd>${of.join('; ')}</dd>`;
}
