/** A data dictionary as one page that needs nothing but itself: no network, no other file. */

import { createHash } from 'node:crypto';
import type { Pipeline } from '../../hubspot/index.ts';
import { html, Markup } from '../../text/markup.ts';
import { diagramOf } from './diagram.ts';
import type { Dictionary, LinkEntry, PropertyEntry, TypeEntry } from './dictionary.ts';
import { script, style } from './page-assets.ts';
import { filledWords, stageWords } from './words.ts';

export function pageOf(dictionary: Dictionary): string {
  const { title, about, types, links, gaps } = dictionary;
  const diagram = diagramOf(dictionary);
  // Even if something of a portal's became a script, the browser would not run it.
  const policy = `default-src 'none'; style-src 'sha256-${digest(style)}'; script-src 'sha256-${digest(script)}'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<nav>
<input type="search" id="find" placeholder="Find a property" aria-label="Find a property" autocomplete="off">
<ul>
${types.map(({ type, properties }) => html`<li><a href="#type-${type.id}">${type.plural}</a> <small>${properties}</small></li>\n`)}
</ul>
</nav>
<main>
<header><h1>${title}</h1><p>${about}</p></header>
${diagram && html`<figure>${diagram}<figcaption>Orange: the account's own types and labels. Grey: associations that HubSpot gives.</figcaption></figure>`}
${types.map((entry) => section(entry, links))}
${gaps.length > 0 ? html`<section><h2>Not read</h2><ul class="gaps">${gaps.map((gap) => html`<li>${gap}</li>`)}</ul></section>` : undefined}
<p id="nothing" hidden>No property has these words.</p>
</main>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function section(
  { type, records, properties, ownProperties, groups, pipelines }: TypeEntry,
  links: readonly LinkEntry[],
) {
  const own = links.filter(
    ({ from, to, own: labels }) => labels.length > 0 && (from.id === type.id || to.id === type.id),
  );
  const filled = records !== undefined;
  return html`<section id="type-${type.id}">
<h2>${type.plural} <code>${type.name}</code> <code>${type.id}</code></h2>
<p class="facts">${properties} properties, ${ownProperties} custom${filled ? ` · ${records} records` : ''}</p>
${pipelines.length > 0 ? html`<div class="pipelines">${pipelines.map(pipeline)}</div>` : undefined}
${own.length > 0 ? html`<h3>Association labels</h3><ul class="labels">${own.map(labels)}</ul>` : undefined}
${groups.map(
  (group) => html`<div class="group"><h3>${group.label} <small>${group.properties.length}</small></h3>
<table><thead><tr><th>Property</th><th>Type</th><th>Description and options</th>${filled ? html`<th>Filled</th>` : undefined}</tr></thead><tbody>
${group.properties.map((property) => row(property, filled))}</tbody></table></div>\n`,
)}
</section>
`;
}

function pipeline({ label, id, stages }: Pipeline): Markup {
  return html`<div><h3>${label} <code>${id}</code></h3><ol>${stages.map(
    (stage) => html`<li>${stage.label} <code>${stage.id}</code> <small>${stageWords(stage)}</small></li>`,
  )}</ol></div>`;
}

function labels({ from, to, own }: LinkEntry): Markup {
  return html`<li>${from.plural} – ${to.plural}: ${own.map(
    ({ label, backward, typeId }, i) =>
      html`${i > 0 ? ', ' : ''}<b>${backward === undefined ? label : `${label} / ${backward}`}</b> <code>${typeId}</code>`,
  )}</li>`;
}

function row({ property, kind, marks, filled }: PropertyEntry, withFilled: boolean): Markup {
  const { label, name, description, options, calculationFormula } = property;
  return html`<tr><td>${label}<br><code>${name}</code></td><td>${kind}${marks.map(
    (mark) => html` <span class="mark ${mark}">${mark}</span>`,
  )}</td><td>${description}${calculationFormula ? html`<code class="formula">${calculationFormula}</code>` : undefined}${
    options.length > 0
      ? html`<div class="options">${options.map(
          (option) =>
            html`<span>${option.label}${option.label === option.value ? undefined : html` <code>${option.value}</code>`}</span> `,
        )}</div>`
      : undefined
  }</td>${withFilled ? html`<td>${filled === undefined ? undefined : html`<meter max="100" value="${Math.round(filled)}"></meter> ${filledWords(filled)}`}</td>` : undefined}</tr>\n`;
}
