/**
 * A tool's output as a model or a program may have it: every text in it harmless, and where strangers' words stand said
 * beside it. Generic over outputs, so that no tool can forget it.
 */

import { legible } from './legible.ts';
import { isWebAddress, withoutForeignLinks } from './links.ts';
import { isTable } from './render.ts';

/** Where text came from, as far as HubSpot's names tell: `form` and `crm` may be anybody's, a definition an administrator's. */
export type Source =
  | 'call'
  | 'communication'
  | 'crm'
  | 'definition'
  | 'email'
  | 'feedback'
  | 'form'
  | 'letter'
  | 'meeting'
  | 'note'
  | 'task'
  | 'ticket';

export interface Reading<T> {
  /** The output, clean; with `untrusted` when there are words of strangers in it. */
  readonly data: T & { readonly untrusted?: Untrusted };
  /** Somebody outside wrote at length in it: what the text asks for must not be done unasked. */
  readonly taints: boolean;
}

/** By column, or by the path of a value or of another table's column: where its text came from. */
export type Untrusted = Readonly<Record<string, Source>>;

/** Activities and tickets are written by people outside, or quote them; their properties have names of their own. */
const sources: readonly (readonly [RegExp, Source])[] = [
  [/^hs_note_|^hs_body_preview/, 'note'],
  [/^hs_email_/, 'email'],
  [/^hs_call_/, 'call'],
  [/^hs_meeting_|^hs_internal_meeting_notes$/, 'meeting'],
  [/^hs_communication_/, 'communication'],
  [/^hs_task_/, 'task'],
  [/^hs_postal_mail_/, 'letter'],
  [/^(?:subject|content)$|^hs_ticket_|^hs_resolution|^closed_reason$/, 'ticket'],
  [/^message$/, 'form'],
  [/^hs_content$|^hs_survey_|^hs_feedback_|^hs_response_group$/, 'feedback'],
];

/** Words of this server, and of its caller, under the names that they have in all outputs. */
const OWN = new Set(
  'note notes message next nextCursor code id index property allowed nearest candidates missingScopes scopes scopesNoToolNeeds changes asked'.split(
    ' ',
  ),
);

/** How they quote a value or a name: behind its property, or behind its record, as in `notes 12 "…"`. */
const QUOTING = /(?<!\w)(\w{1,100})(?: \d{1,20})?(?: is)? "/g;

/** Types whose records have a stranger's words for a name. */
const NAMED: Readonly<Record<string, Source>> = {
  notes: 'note',
  emails: 'email',
  calls: 'call',
  meetings: 'meeting',
  communications: 'communication',
  tasks: 'task',
  postal_mail: 'letter',
  tickets: 'ticket',
  feedback_submissions: 'feedback',
};

/** What is no sentence: ids, dates, numbers, options, addresses, and a type with an id. */
const token = /^(?:[\w.:@+/-]{0,64}|\d[\d ]*(?:\+\w+)?|[a-z]\w* \d+)$/;

/** Names, titles and postal addresses are shorter, on however many lines. */
const LONGEST_NAME = 80;

/** @param hosts that links in text may lead to, beside HubSpot's own */
export function readingOf<T extends object>(output: T, hosts?: ReadonlySet<string>): Reading<T>;
export function readingOf(output: object, hosts: ReadonlySet<string> = new Set()): Reading<object> {
  const untrusted = new Map<string, Source>();
  let taints = false;

  /** Clean, and noted where a stranger can have written it. */
  function heard(text: string, path: string, source: Source): string {
    if (token.test(text)) return text;
    const clean = legible(text);
    if (token.test(clean)) return clean;
    if (!untrusted.has(path)) untrusted.set(path, source);
    const long = clean.length > LONGEST_NAME;
    if (source !== 'definition' && (source !== 'crm' || long) && /\p{L}/u.test(clean)) taints = true;
    // An address is a value: where a sentence around it could pass it off as something else, it is a link.
    return source === 'crm' && isWebAddress(clean) ? clean : harmless(clean, hosts);
  }

  /** Our own words, noted where they quote what a stranger wrote at length. */
  function own(value: unknown, path: string): unknown {
    const clean = harmlessIn(value, hosts);
    const source = quotedIn(clean);
    if (source === undefined) return clean;
    untrusted.set(path, source);
    taints = true;
    return clean;
  }

  function visit(value: unknown, path: string, source: Source = 'crm'): unknown {
    if (typeof value === 'string') return heard(value, path, source);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => visit(item, path, source));
    const table = isTable(value) ? readTable(value, path) : {};
    const members = Object.entries(value).map(([key, inner]) => {
      const name = harmless(key, hosts);
      if (Object.hasOwn(table, key)) return [name, Reflect.get(table, key)];
      const place = path === '' ? name : `${path}.${name}`;
      // A record's properties may have any name.
      if (OWN.has(key) && !path.endsWith('properties')) return [name, own(inner, place)];
      return [name, visit(inner, place, sourceIn(name, 'label' in value))];
    });
    return Object.fromEntries(members);
  }

  function readTable(
    { columns, rows }: { columns: readonly string[]; rows: readonly (readonly unknown[])[] },
    path: string,
  ) {
    const names = columns.map((column) => harmless(column, hosts));
    const paths = names.map((name) => (path === '' ? name : `${path}.${name}`));
    const property = names.indexOf('property');
    /** Where a cell's property is said beside it. */
    const beside = property >= 0 ? property : names.indexOf('field');
    const definitions = names.includes('label');
    const known = names.map((name) => sourceIn(name, definitions));
    const cell = (value: unknown, place: number, row: readonly unknown[]) => {
      if (typeof value !== 'string') return value;
      // What the caller wants to write, it has said itself.
      if (property >= 0 && names[place] === 'after') return harmless(value, hosts);
      const source = known[place] ?? 'crm';
      const named = source === 'crm' && beside >= 0 ? sourceOf(String(row[beside])) : source;
      return heard(value, paths[place] ?? path, named);
    };
    return { columns: names, rows: rows.map((row) => row.map((value, place) => cell(value, place, row))) };
  }

  const data = Object(visit(output, ''));
  return { data: untrusted.size > 0 ? { ...data, untrusted: Object.fromEntries(untrusted) } : data, taints };
}

function quotedIn(said: unknown): Source | undefined {
  if (Array.isArray(said)) return said.map(quotedIn).find((source) => source !== undefined);
  if (typeof said !== 'string') return undefined;
  const quoted = Array.from(said.matchAll(QUOTING), ([, word = '']) => NAMED[word] ?? sourceOf(word));
  return quoted.find((source) => source !== 'crm');
}

function sourceOf(property: string): Source {
  return sources.find(([pattern]) => pattern.test(property))?.[1] ?? 'crm';
}

/** @param definitions what stands beside it has a label, so it says what records look like */
function sourceIn(name: string, definitions: boolean): Source {
  const source = sourceOf(name);
  return definitions && source === 'crm' ? 'definition' : source;
}

/** The same plain data with every text in it harmless: for what this server says itself, and quotes strangers in. */
export function harmlessIn<T>(value: T, hosts?: ReadonlySet<string>): T;
export function harmlessIn(value: unknown, hosts: ReadonlySet<string> = new Set()): unknown {
  if (typeof value === 'string') return harmless(value, hosts);
  if (Array.isArray(value)) return value.map((item) => harmlessIn(item, hosts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [harmless(key, hosts), harmlessIn(inner, hosts)]),
  );
}

/** Text inside text is wrapped no deeper by accident. */
const ROUNDS = 8;

/** Making harmless what is harmless changes nothing. */
export function harmless(text: string, hosts: ReadonlySet<string> = new Set()): string {
  let rest = text;
  for (let round = 0; round < ROUNDS; round++) {
    const before = rest;
    rest = withoutForeignLinks(legible(rest), hosts);
    if (rest === before) return rest;
  }
  // As in legible(): a stranger chooses how many rounds it takes.
  return withoutForeignLinks(legible(rest.replace(/[<&]/g, '')), hosts);
}
