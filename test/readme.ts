/** The parts of the README that are derived from the code, so that they cannot drift from it. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../src/command.ts';
import { commands, serve } from '../src/commands/index.ts';
import { toolsets } from '../src/config/tool-options.ts';
import { standardTypes } from '../src/crm/standard-types.ts';
import { checks } from '../src/enrich/anomalies/checks.ts';
import { optionsOf } from '../src/option.ts';
import { type Endpoint, hubspotEndpoints, hubspotPrefixes, shapeOf } from '../src/portal/facts/endpoints/endpoints.ts';
import { routes } from '../src/portal/routes.ts';
import { versionsOf } from '../src/portal/versions.ts';
import type { Tool } from '../src/tool.ts';
import { tools } from '../tools/index.ts';

const sections: Readonly<Record<string, () => string>> = {
  tools: () => toolsets.map((toolset) => toolTable(toolset)).join('\n\n'),
  scopes: () => `${toolsetScopes()}\n\n${typeScopes()}`,
  options: () => [serverOptionTables(), ...commands.map(commandOptions)].join('\n\n'),
  portal: portalTable,
  guesses: guessList,
  checks: checkTables,
};

/** A page with every `<!-- generated: name -->` part made anew. */
export function renewed(page: string): string {
  return page.replaceAll(
    /(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- \/generated -->)/g,
    (_all, open: string, name: string, close: string) => {
      const section = sections[name];
      if (section === undefined) throw new Error(`A page asks for a generated part "${name}" that nothing makes.`);
      return `${open}${section()}\n${close}`;
    },
  );
}

function toolTable(toolset: Tool['toolset']): string {
  const others = tools.filter((tool) => tool.toolset === toolset && tool.byDefault).map(({ name }) => code(name));
  const on = `on with \`--toolsets default,${toolset}\``;
  const about =
    toolset === 'crm' ? 'on by default' : others.length > 0 ? `${on}; ${others.join(', ')} are on by default` : on;
  return [
    `**Toolset \`${toolset}\`** (${about})`,
    '',
    table(
      ['Tool', 'What it does', 'Effect', 'Scopes'],
      tools
        .filter((tool) => tool.toolset === toolset)
        .map((tool) => [code(tool.name), firstLine(tool.description), tool.effect, tool.scopes.map(code).join(', ')]),
    ),
  ].join('\n');
}

/** Which scopes a toolset needs, with one `{type}` for all the names that tools give to an object type. */
function toolsetScopes(): string {
  const rows = toolsets.flatMap((toolset) => [
    ...(needs(toolset, true) === '' ? [] : [[`${toolset}, with \`--read-only\``, needs(toolset, true)]]),
    [toolset, needs(toolset, false)],
  ]);
  return table(['Toolset', 'Scopes, for each `{type}` that the agent may see'], rows);
}

function needs(toolset: Tool['toolset'], reads: boolean): string {
  const scopes = tools
    .filter((tool) => tool.toolset === toolset && (tool.effect === 'read' || !reads))
    .flatMap((tool) => tool.scopes.map((scope) => scope.replace(/\{\w+\}/, '{type}')));
  return [...new Set(scopes)].sort().map(code).join(', ');
}

/** What `{type}` stands for where the name of the type does not say it. */
function typeScopes(): string {
  const byScopes = new Map<string, string[]>();
  for (const { name, scopes } of standardTypes) {
    const key = [...scopes.read, ...scopes.write].join(' ');
    if (key === `crm.objects.${name}.read crm.objects.${name}.write`) continue;
    byScopes.set(key, [...(byScopes.get(key) ?? []), name]);
  }
  const rows = [...byScopes].map(([scopes, names]) => [
    names.map(code).join(', '),
    [...new Set(scopes.split(' '))].map(code).join(', '),
  ]);
  return `Types whose scopes are not called as they are:\n\n${table(['Object types', 'Any one of'], rows)}`;
}

/** The server's options by their groups; every command then names those groups that it takes whole. */
function serverOptionTables(): string {
  const options = currentOptions(serve);
  const tables = groupsOf(options).map(
    (group) => `**${group}**\n\n${optionTable(options.filter(([, option]) => option.group === group))}`,
  );
  return [`${code('hubspot-crm-mcp')}: ${serve.summary}`, ...tables].join('\n\n');
}

function commandOptions(command: Command): string {
  const options = currentOptions(command);
  const servers = new Map(Object.entries(serve.options.shape));
  const isServers = (name: string) => command.options.shape[name] === servers.get(name);
  const lacking = new Set(groupsOf(currentOptions(serve).filter(([name]) => !isServers(name))));
  const whole = groupsOf(options).filter((group) => !lacking.has(group));
  const own = options.filter(([, { group }]) => group === undefined || !whole.includes(group));
  return [
    `${code(`hubspot-crm-mcp ${command.name}`)}: ${command.summary}`,
    ...(own.length > 0 ? [optionTable(own)] : []),
    ...(whole.length > 0 ? [`And of the server's: ${whole.join('; ')}.`] : []),
  ].join('\n\n');
}

type NamedOption = ReturnType<typeof optionsOf>[number];

function currentOptions({ options }: Command): readonly NamedOption[] {
  return optionsOf(options).filter(([, { gone }]) => gone !== true);
}

function groupsOf(options: readonly NamedOption[]): readonly string[] {
  return [...new Set(options.flatMap(([, { group }]) => group ?? []))];
}

function optionTable(options: readonly NamedOption[]): string {
  const rows = options.map(([, { argument, flag = argument, variable, text }]) => [
    flag === undefined ? '' : code(flag),
    variable === undefined ? '' : code(variable),
    text,
  ]);
  return table(['Flag', 'Variable', 'Meaning'], rows);
}

/** How much of each group of HubSpot's API answers, and both lists behind it, folded away. */
function portalTable(): string {
  const inventory = hubspotEndpoints();
  const emulated = new Set(routes.map(shapeOf));
  const missing = inventory.filter((endpoint) => !emulated.has(shapeOf(endpoint)));
  const known = new Set(inventory.map(shapeOf));
  const others = routes.filter((route) => !known.has(shapeOf(route)));
  const rows = [...new Set(inventory.map(({ group }) => group))].map((group) => {
    const inGroup = (endpoints: readonly Endpoint[]) => endpoints.filter((endpoint) => endpoint.group === group);
    const [all, not] = [inGroup(inventory), inGroup(missing)];
    return [group, String(all.length - not.length), String(not.length), wholeAreas(all, not)];
  });
  return [
    table(
      ['Group', 'Emulated', '501', 'Wholly emulated areas'],
      [...rows, ["Older, or not in HubSpot's inventory", String(others.length), '', '']],
    ),
    '',
    folded(
      `The ${routes.length} emulated endpoints, each under its v1 to v4 path and its dated paths`,
      emulatedTable(),
    ),
    '',
    folded(`The ${missing.length} endpoints that answer 501`, missingTable(missing)),
  ].join('\n');
}

function wholeAreas(all: readonly Endpoint[], missing: readonly Endpoint[]): string {
  const lacking = new Set(missing.map(({ area }) => area));
  return [...new Set(all.map(({ area }) => area))].filter((area) => !lacking.has(area)).join(', ');
}

/** One row for each path: which methods it answers, in which versions, and what it was compared with. */
function emulatedTable(): string {
  const rows = [...new Set(routes.map(({ path }) => path))].map((path) => {
    const those = routes.filter((route) => route.path === path);
    const sources = those.map(({ source }) => `${source.page.replace(DOCS, '')} (${source.compared})`);
    return [
      code(path),
      [...new Set(those.map(({ method }) => method))].join(' '),
      [...new Set(those.flatMap((route) => versionsOf(route)))].join(' '),
      [...new Set(sources)].join(', '),
    ];
  });
  return table(['Path, without its version', 'Methods', 'Versions', `Compared with ${DOCS}…`], rows);
}

const DOCS = 'developers.hubspot.com/docs/';

function missingTable(missing: readonly Endpoint[]): string {
  const rows = [...new Set(missing.map(({ path }) => path))].map((path) => {
    const those = missing.filter((endpoint) => endpoint.path === path);
    return [
      [...new Set(those.map(({ group, area }) => `${group}: ${area}`))].join(', '),
      code(path),
      those.map(({ method }) => method).join(' '),
    ];
  });
  const whole = hubspotPrefixes().map(([area, prefixes]) => [
    area,
    prefixes.map((prefix) => code(`${prefix}/…`)).join(' '),
    'all',
  ]);
  return table(['Area', 'Path, without its version', 'Methods'], [...rows, ...whole]);
}

function folded(summary: string, text: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

/** What the comments of the portal call a guess, file by file. */
function guessList(): string {
  const root = join(import.meta.dirname, '../src/portal');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .flatMap((file) => {
      const guesses = guessesIn(readFileSync(join(root, file), 'utf8'));
      return guesses.length === 0
        ? []
        : [[`**\`${file}\`**`, '', ...guesses.map((guess) => `- ${guess}`), ''].join('\n')];
    })
    .join('\n');
}

/** From the word to the end of its comment, behind the name of what the comment is about. */
function guessesIn(source: string): string[] {
  const comments = source.matchAll(/^[ \t]*\/\*\*?[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n?)+|\/\/.*/gm);
  return [...comments].flatMap((found) => {
    const [comment] = found;
    const text = comment
      .replaceAll(/^\s*(\/\*\*?|\*\/|\*(?!\/)|\/\/)|\*\/\s*$/gm, ' ')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/ @throws .*$/g, '')
      .trim();
    const [, name] = DECLARED.exec(source.slice(found.index + comment.length)) ?? [];
    return text
      .split(/\bGuess(?:ed)?: /)
      .slice(1)
      .map((guess) => (name === undefined ? plain(guess.trim()) : `${code(name)}: ${plain(guess.trim())}`));
  });
}

/** A declaration that starts right there. */
const DECLARED = /^\s*(?:export )?(?:async )?(?:const|function\*?|class|interface|type) (\w+)/;

/** As text of a page, not as its markup. */
function plain(text: string): string {
  const [first = '', ...rest] = text.replaceAll('<', '&lt;');
  return first.toUpperCase() + rest.join('');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** The checks of anomalies by the type that they look at. */
function checkTables(): string {
  const types = [...new Set(checks.map(({ objectType }) => objectType))];
  return types
    .map((type) => {
      const rows = checks
        .filter(({ objectType }) => objectType === type)
        .map(({ id, title, about, severity, statistical }) => [
          id,
          title,
          statistical === true ? `${about} (tested)` : about,
          severity,
        ]);
      return `### ${type === '*' ? 'Any type' : type}\n\n${table(['Id', 'Check', 'What it takes', 'Severity'], rows)}`;
    })
    .join('\n\n');
}
