/** An audit as one page that needs nothing but itself: no network, no other file, no script. */

import { createHash } from 'node:crypto';
import { html, Markup } from '../text/markup.ts';
import type { AuditReport } from './audit-report.ts';
import { figures } from './figures.ts';
import { duplicatesList, findingsList, linker } from './lists.ts';
import { style } from './page-style.ts';
import { terms } from './terms.ts';
import { headline, moment, number, percent, writtenBy } from './words.ts';

/** How a file begins that this wrote: what an audit wrote, another may overwrite. */
export const PAGE_HEAD = '<!doctype html><!-- hubspot-crm-mcp audit -->';

export function pageOf(report: AuditReport): string {
  const { account, asOf, objectTypes } = report;
  const title = `Data quality of HubSpot account ${account.portalId}`;
  // Even if something of a portal's became an element, the browser would neither run nor fetch it.
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const linked = linker(report);
  return html`${new Markup(PAGE_HEAD)}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
${head(report, title)}
<nav aria-label="Parts of this report"><ul><li><a href="#charts">Charts</a></li><li><a href="#findings">Findings</a></li><li><a href="#duplicates">Duplicates</a></li><li><a href="#types">Object types</a></li><li><a href="#terms">What the words mean</a></li></ul></nav>
<main id="main">
${inShort(report)}<section aria-labelledby="charts"><h2 id="charts">At a glance</h2><div class="charts">${figures(report).map((figure) => html`${figure}\n`)}</div></section>
<section class="new-page" aria-labelledby="findings"><h2 id="findings">Findings</h2><p>The gravest first; then by money at stake, then by how many records have it.</p>
${findingsList(report, linked)}</section>
<section class="new-page" aria-labelledby="duplicates"><h2 id="duplicates">Duplicates</h2><p>The likeliest first. The labels are those of the records; the reasons are about the weakest link of the group.</p>
${duplicatesList(report, linked)}</section>
<section class="new-page" aria-labelledby="types"><h2 id="types">Object types</h2>
<div class="wide"><table><thead><tr><th scope="col">Type</th>${report.grade && html`<th scope="col">Grade</th>`}<th scope="col" class="n">Records</th><th scope="col" class="n">▲ High</th><th scope="col" class="n">◆ Medium</th><th scope="col" class="n">● Low</th></tr></thead><tbody>${objectTypes.map(
    ({ objectType, label, records, findings }) =>
      html`<tr><th scope="row">${label}</th>${report.grade && html`<td>${gradeOf(report, objectType)}</td>`}<td class="n">${number(records)}</td><td class="n">${number(findings.high)}</td><td class="n">${number(findings.medium)}</td><td class="n">${number(findings.low)}</td></tr>`,
  )}</tbody></table></div>
${fillTables(report)}${notRun(report)}</section>
<section class="new-page" aria-labelledby="terms"><h2 id="terms">What the words mean</h2>
${report.grade && html`<p><b>Grade:</b> ${report.grade.formula}</p>`}
<dl class="terms">${terms.map(([word, meaning]) => html`<dt>${word}</dt><dd>${meaning}</dd>`)}</dl></section>
</main>
<footer><p>Made by hubspot-crm-mcp of what the account held at ${moment(asOf)}. Nothing was changed, and ${report.summary?.usd === undefined ? 'nothing was sent anywhere' : 'nothing but figures and ids of findings was sent to a model'}.${report.notes.map((note) => ` ${note}`)}</p></footer>
</body>
</html>
`.text;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0);
}

function head(report: AuditReport, title: string): Markup {
  const { grade, severities, duplicates, objectTypes } = report;
  const kpis: readonly (readonly [string, number])[] = [
    ['records', sum(objectTypes.map(({ records }) => records))],
    ['grave findings', severities.high],
    ['other findings', severities.medium + severities.low],
    ['certain duplicates', sum(duplicates.map(({ certain }) => certain))],
    ['other duplicates', sum(duplicates.map(({ likely, possible }) => likely + possible))],
  ];
  const words = html`<div><h1>${title}</h1><p class="lead">${headline(report)}</p><p class="soft">As of ${moment(report.asOf)}</p></div>`;
  const badge =
    grade &&
    html`<div class="grade" role="img" aria-label="Grade ${grade.letter}, ${percent(grade.score)}"><b>${grade.letter}</b><span>${percent(grade.score)}</span></div>`;
  return html`<header${badge ? undefined : html` class="plain"`}>${badge}${words}</header>
<ul class="kpis" aria-label="Key figures">${kpis.map(([label, value]) => html`<li><b>${number(value)}</b>${label}</li>`)}</ul>`;
}

function inShort({ summary }: AuditReport): Markup | undefined {
  if (summary === undefined) return undefined;
  const { headline: says, bullets } = summary;
  return html`<section aria-labelledby="short"><h2 id="short">In short</h2><p>${says}</p>${
    bullets.length === 0 ? undefined : html`<ul>${bullets.map(({ text }) => html`<li>${text}</li>`)}</ul>`
  }<p class="soft">${writtenBy(summary)}</p></section>
`;
}

function gradeOf({ grade }: AuditReport, objectType: string): string {
  const found = grade?.types.find((each) => each.objectType === objectType);
  return found === undefined ? '' : `${found.letter} (${percent(found.score)})`;
}

function fillTables({ objectTypes, fill }: AuditReport): Markup {
  return html`${objectTypes.map(({ objectType, label }) => {
    const of = fill.filter((each) => each.objectType === objectType);
    return of.length === 0
      ? undefined
      : html`<details><summary>${label}: all ${of.length} properties that were looked at</summary><div class="wide"><table><thead><tr><th scope="col">Property</th><th scope="col">Name</th><th scope="col" class="n">Filled</th></tr></thead><tbody>${of.map(
          (each) =>
            html`<tr><th scope="row">${each.label}</th><td><code>${each.property}</code></td><td class="n">${percent(each.rate)}</td></tr>`,
        )}</tbody></table></div></details>\n`;
  })}`;
}

function notRun({ notRun: waiting, checks, suppressed, dismissed }: AuditReport): Markup {
  const left = [
    ...(suppressed > 0 ? [`${number(suppressed)} could be chance, and are left out.`] : []),
    ...(dismissed > 0 ? [`${number(dismissed)} were dismissed by a person, and are left out.`] : []),
  ];
  return html`<h3>Checks</h3><p>${number(checks)} ran. ${left.join(' ')}</p>${
    waiting.length === 0
      ? undefined
      : html`<details><summary>${number(waiting.length)} did not run, for they lack something</summary><ul>${waiting.map(
          ({ check, missing }) => html`<li>${check}: ${missing.join(', ')}</li>`,
        )}</ul></details>`
  }`;
}
