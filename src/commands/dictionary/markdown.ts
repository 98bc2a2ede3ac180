/** A data dictionary as Markdown that GitHub, GitLab and a plain editor show. */

import type { Pipeline, PropertyOption } from '../../hubspot/index.ts';
import type { Dictionary, LinkEntry, PropertyEntry, TypeEntry } from './dictionary.ts';
import { filledWords, stageWords } from './words.ts';

export function markdownOf({ title, about, types, links, gaps }: Dictionary): string {
  const parts = [
    `# ${plain(title)}`,
    plain(about),
    '## Object types',
    table(
      ['Object type', 'Name', 'Id', 'Properties', 'Custom', 'Pipelines', 'Records'],
      types.map((entry) => [
        `[${plain(entry.type.plural)}](#${anchor(entry)})`,
        code(entry.type.name),
        code(entry.type.id),
        String(entry.properties),
        String(entry.ownProperties),
        String(entry.pipelines.length),
        entry.records === undefined ? '' : String(entry.records),
      ]),
    ),
    ...(links.length === 0
      ? []
      : ['## Associations', table(['From', 'To', 'Own labels', "HubSpot's"], links.map(linkRow))]),
    ...types.flatMap(typeParts),
    ...(gaps.length === 0 ? [] : ['## Not read', gaps.map((gap) => `- ${plain(gap)}`).join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function linkRow({ from, to, own, given }: LinkEntry): string[] {
  const labels = own.map(({ label, backward, typeId }) => {
    const words = backward === undefined ? plain(label) : `${plain(label)} / ${plain(backward)}`;
    return `${words} (${code(String(typeId))})`;
  });
  return [plain(from.plural), plain(to.plural), labels.join(', '), given.map(plain).join(', ')];
}

function typeParts(entry: TypeEntry): string[] {
  const filled = entry.records !== undefined;
  return [
    `<a id="${anchor(entry)}"></a>`,
    `## ${plain(entry.type.plural)}`,
    `${code(entry.type.name)}, ${code(entry.type.id)}: ${entry.properties} properties, ${entry.ownProperties} of them custom.`,
    ...entry.pipelines.flatMap(pipelineParts),
    ...entry.groups.flatMap(({ label, properties }) => [
      `### ${plain(label)}`,
      table(
        ['Label', 'Name', 'Type', '', 'Description', 'Options', ...(filled ? ['Filled'] : [])],
        properties.map((property) => propertyRow(property, filled)),
      ),
    ]),
  ];
}

function pipelineParts({ label, id, stages }: Pipeline): string[] {
  return [
    `### Pipeline: ${plain(label)} (${code(id)})`,
    table(
      ['Stage', 'Id', ''],
      stages.map((stage) => [plain(stage.label), code(stage.id), plain(stageWords(stage))]),
    ),
  ];
}

function propertyRow({ property, kind, marks, filled }: PropertyEntry, withFilled: boolean): string[] {
  const formula = property.calculationFormula ? ` ${code(property.calculationFormula)}` : '';
  return [
    plain(property.label),
    code(property.name),
    plain(kind),
    marks.join(', '),
    plain(property.description ?? '') + formula,
    property.options.map(optionWords).join(', '),
    ...(withFilled ? [filledWords(filled)] : []),
  ];
}

function optionWords({ label, value }: PropertyOption): string {
  return label === value ? code(value) : `${plain(label)} ${code(value)}`;
}

function anchor({ type }: TypeEntry): string {
  return `type-${type.id}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Text that stays text: no markup, no table cell, no line of its own. */
function plain(text: string): string {
  return (
    text
      .replaceAll(/\s+/g, ' ')
      .trim()
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/[\\`*_[\]|~$#!]/g, String.raw`\$&`)
      // An address in a portal's text becomes no link.
      .replaceAll('://', String.raw`\://`)
      .replaceAll(/\bwww\./gi, String.raw`www\.`)
  );
}

/** A name to copy. A tick or a bar in it would end the code or the cell. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line === '' || /[`|\\]/.test(line) ? plain(line === '' ? '(empty)' : line) : `\`${line}\``;
}
