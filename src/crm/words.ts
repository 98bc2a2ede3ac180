/** How a word that somebody says is matched with the names and labels that a portal has. */

import { distance } from 'fastest-levenshtein';
import { UserError, type UserErrorDetails } from './user-error.ts';

/** The same for words that differ only in case, accents, punctuation or spacing: `Décision-Maker ` and `decision maker`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/gu, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export interface Named {
  readonly id: string;
  readonly label: string;
}

/** Nothing in HubSpot has a longer name or label; comparing a longer text with all of them would take seconds. */
const LONGEST_NAME = 300;

const NEAREST = 5;

/** At most `limit` of the things whose id or label resembles what was said, the nearest first. */
export function nearest(said: string, things: readonly Named[], limit = NEAREST): string[] {
  return nearestIn(said, things.map(folded), limit);
}

/** How a name is compared with others. */
interface Folded {
  readonly text: string;
  /** Without spaces. */
  readonly tight: string;
  readonly words: ReadonlySet<string>;
}

interface FoldedThing {
  readonly id: string;
  readonly names: readonly Folded[];
}

function folded({ id, label }: Named): FoldedThing {
  return { id, names: [...new Set([fold(id), fold(label)])].map(comparable) };
}

function comparable(text: string): Folded {
  return { text, tight: text.replaceAll(' ', ''), words: new Set(text.split(' ')) };
}

function nearestIn(said: string, things: readonly FoldedThing[], limit: number): string[] {
  if (said.length > LONGEST_NAME) return [];
  const wanted = comparable(fold(said));
  const ranked: { id: string; cost: number }[] = [];
  for (const { id, names } of things) {
    const cost = Math.min(...names.map((name) => unlikeness(wanted, name)));
    if (cost < FAR) ranked.push({ id, cost });
  }
  return ranked
    .sort((a, b) => a.cost - b.cost)
    .slice(0, limit)
    .map((thing) => thing.id);
}

interface Looked {
  readonly things: readonly FoldedThing[];
  /** What was found before, by the word that was said. */
  readonly found: Map<string, readonly string[]>;
}

const looked = new WeakMap<object, Looked>();

const MOST_REMEMBERED = 1_000;

/**
 * The same, for things that are looked through again and again: thousands of rows make one slip or a thousand, and whoever
 * sends them must not keep everybody else waiting.
 * @param list what the things are made of; it is known again by itself, not by what it holds
 */
export function nearestOf(
  list: readonly unknown[],
  said: string,
  things: () => readonly Named[],
  limit = NEAREST,
): readonly string[] {
  const known = looked.get(list) ?? { things: things().map(folded), found: new Map() };
  looked.set(list, known);
  const found = known.found.get(said) ?? nearestIn(said, known.things, limit);
  if (known.found.size >= MOST_REMEMBERED) known.found.clear();
  known.found.set(said, found);
  return found;
}

/** From here on names have too little in common to be meant for each other. */
const FAR = 0.5;

/** 0 is the same, 1 has nothing in common. Shared words and a common beginning count as well as single letters. */
function unlikeness(said: Folded, name: Folded): number {
  if (said.text === '' || name.text === '') return 1;
  const longest = Math.max(said.tight.length, name.tight.length);
  // As many letters differ at least, and exactly so many where one is a part of the other.
  const gap = Math.abs(said.tight.length - name.tight.length) / longest;
  if (said.tight.length >= 3 && (name.tight.includes(said.tight) || said.tight.includes(name.tight))) {
    return Math.min(gap, 0.3 + 0.15 * gap);
  }
  const letters = gap < FAR ? distance(said.tight, name.tight) / longest : 1;
  const shared = [...said.words].filter((word) => word.length > 2 && name.words.has(word)).length;
  return Math.min(letters, 1 - (0.8 * shared) / Math.max(said.words.size, name.words.size));
}

/** The longest list of alternatives an error carries. */
const LISTED = 8;

/**
 * The one thing that was meant: by id, then by id in any case, then by label. Throws UserError `unknown_…` with the
 * nearest and, where they are few, all that would do; `ambiguous_…` with the candidates.
 * @param details with `byLabel` where ids say nothing, and alternatives are shown by their labels alone
 * @param kind one or two words such as `stage`; they become part of the error code and of the message
 */
export function pickOne<T>(
  said: string,
  things: readonly T[],
  kind: string,
  describe: (thing: T) => Named & { readonly aliases?: readonly string[]; readonly hint?: string },
  details: UserErrorDetails & { readonly where?: string; readonly byLabel?: boolean } = {},
): T {
  const wanted = said.trim();
  const described = things.map((thing) => ({ thing, ...describe(thing) }));
  const folded = fold(wanted);
  const found =
    described.filter((entry) => entry.id === wanted)[0] ??
    only(described.filter((entry) => entry.id.toLowerCase() === wanted.toLowerCase())) ??
    described.filter(({ id, label, aliases = [] }) =>
      [label, id, ...aliases].some((name) => name === wanted || (folded !== '' && fold(name) === folded)),
    );
  if (!Array.isArray(found)) return found.thing;
  const { where = '', byLabel = false, ...rest } = details;
  const code = kind.replaceAll(' ', '_');
  if (found.length > 1) {
    throw new UserError(
      `ambiguous_${code}`,
      `${quote(said)} could be several ${plural(kind)}${where}. Say which by its id.`,
      {
        ...rest,
        candidates: found
          .slice(0, LISTED)
          .map(({ id, label, hint }) => ({ id, label: hint ? `${label} (${hint})` : label })),
      },
    );
  }
  if (found[0]) return found[0].thing;
  const shown = byLabel ? described.map(({ label }) => ({ id: label, label })) : described;
  // Something is near by any of its names, and told once.
  const names = () =>
    described.flatMap((each, place) =>
      [each.label, ...(each.aliases ?? [])].map((label) => ({ id: shown[place]?.id ?? each.id, label })),
    );
  const near = [...new Set(nearestOf(things, wanted, names, NEAREST * 4))].slice(0, NEAREST);
  const labels = shown.map(({ id, label }) => (fold(id) === fold(label) ? id : `${label} (${id})`));
  const allowed = labels.length > LISTED && near.length > 0 ? [] : firstOf(labels);
  throw new UserError(`unknown_${code}`, `There is no ${kind} ${quote(said)}${where}.${advice(near, labels)}`, {
    ...rest,
    ...(near.length > 0 ? { nearest: near } : {}),
    ...(allowed.length > 0 ? { allowed } : {}),
  });
}

/** The beginning of a list that a model is to read, and how much more there is. */
export function firstOf(words: readonly string[]): readonly string[] {
  return words.length <= LISTED ? words : [...words.slice(0, LISTED - 1), `… and ${words.length - LISTED + 1} more`];
}

function only<T>(things: readonly T[]): T | undefined {
  return things.length === 1 ? things[0] : undefined;
}

function advice(near: readonly string[], all: readonly string[]): string {
  if (near.length > 0) return ' Use one of the nearest.';
  return all.length <= LISTED && all.length > 0 ? ' Use one of those allowed.' : '';
}

const plural = (kind: string) => (kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`);

/** What was said, as a quotation of bounded length: it may be a stranger's text. */
export function quote(said: unknown): string {
  const text = typeof said === 'string' ? said : (JSON.stringify(said) ?? String(said));
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
