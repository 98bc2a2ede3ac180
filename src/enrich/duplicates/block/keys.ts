/** Rules of blocking: rows that share a key of one are candidates for being the same. */

import { doubleMetaphone } from 'double-metaphone';
import { hashOfText } from '../../interned.ts';
import { textAt } from '../../table.ts';
import { type Feature, type Features, Texts } from '../features/feature.ts';

/** What of a value goes into a key. */
export type Cut =
  | 'whole'
  | 'initial'
  | 'first3'
  | 'first4'
  | 'sound'
  | 'year'
  | 'yearless'
  | 'last7'
  | 'rare'
  | 'rarer';

export interface Part {
  readonly feature: string;
  readonly cut: Cut;
}

export interface Rule {
  readonly name: string;
  /** A row needs all of them. */
  readonly parts: readonly Part[];
  /** The two parts may stand in either order: given name and surname are swapped often. */
  readonly eitherWay?: boolean;
  /** What more is looked at where that costs little: large blocks are let go, other rules have the best of them. */
  readonly loose?: boolean;
}

/** `given`, or `surname|first4`. */
export function part(text: string): Part {
  const at = text.lastIndexOf('|');
  const cut = cuts.find((each) => each === text.slice(at + 1));
  return cut === undefined ? { feature: text, cut: 'whole' } : { feature: text.slice(0, at), cut };
}

/** @param parts such as `surname|sound given|initial`, in one text or one by one */
export function rule(parts: string | readonly string[], more: Pick<Rule, 'eitherWay' | 'loose'> = {}): Rule {
  const each = typeof parts === 'string' ? parts.split(' ') : parts;
  return { name: each.join(' '), parts: each.map(part), ...more };
}

const cuts: readonly Cut[] = [
  'whole',
  'initial',
  'first3',
  'first4',
  'sound',
  'year',
  'yearless',
  'last7',
  'rare',
  'rarer',
];

/** What of a row's value goes into a key, hashed; 0 where there is none. */
export type Valued = (row: number) => number;

/** Makes keys of features. What is cut from their values is kept: several rules want the same. */
export class KeyReader {
  readonly rows: number;
  readonly #features: Features;
  readonly #hashes = new Map<string, Uint32Array>();

  constructor(features: Features, rows: number) {
    this.#features = features;
    this.rows = rows;
  }

  /** Keys by row, one array for each way to choose one value of each part; 0 where there is none. */
  keys({ parts, eitherWay }: Rule): readonly Uint32Array[] {
    let made: readonly Uint32Array[] | undefined;
    for (const each of parts) {
      const values = this.values(each);
      made =
        made === undefined
          ? values.map((value) => this.#spread(value))
          : made.flatMap((keys) => values.map((value) => joined(keys, value, eitherWay === true)));
    }
    return made ?? [];
  }

  /** By slot. */
  values({ feature: name, cut }: Part): readonly Valued[] {
    const found = this.#features.get(name);
    if (found === undefined) return [];
    if (cut === 'whole')
      return found.slots.map((slot) => (row) => {
        const code = slot[row] ?? 0;
        return code === 0 ? 0 : mixed(code, 0x9e3779b9);
      });
    const id = `${name}|${cut}`;
    const hashes = this.#hashes.get(id) ?? hashesOf(found, cut);
    this.#hashes.set(id, hashes);
    return found.slots.map((slot) => (row) => hashes[slot[row] ?? 0] ?? 0);
  }

  /** What a row's key is made of. */
  text({ parts }: Rule, row: number): string {
    return parts
      .map(({ feature: name }) => {
        const found = this.#features.get(name);
        return found === undefined ? '' : textAt(found.texts, found.slots.find((slot) => slot[row] !== 0)?.[row] ?? 0);
      })
      .join(' ');
  }

  #spread(value: Valued): Uint32Array {
    const keys = new Uint32Array(this.rows);
    for (let row = 0; row < keys.length; row++) keys[row] = value(row);
    return keys;
  }
}

/** Both as one; 0 where one of them is. */
export function mixed(a: number, b: number): number {
  let hash = Math.imul(a ^ (b >>> 15), 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0x27d4eb2f);
  return (hash ^ (hash >>> 16)) >>> 0 || 1;
}

function joined(keys: Uint32Array, value: Valued, eitherWay: boolean): Uint32Array {
  const made = new Uint32Array(keys.length);
  for (let row = 0; row < made.length; row++) {
    const a = keys[row] ?? 0;
    if (a === 0) continue;
    const b = value(row);
    if (b !== 0) made[row] = eitherWay && a > b ? mixed(b, a) : mixed(a, b);
  }
  return made;
}

function hashesOf(feature: Feature, cut: Exclude<Cut, 'whole'>): Uint32Array {
  const texts = new Texts(feature);
  const words = cut === 'rare' || cut === 'rarer' ? countedWords(feature, texts) : undefined;
  const hashes = new Uint32Array(feature.holders.length);
  for (let code = 1; code < hashes.length; code++) {
    const piece = words === undefined ? pieceOf(texts.at(code), cut) : rareWord(texts.at(code), words, cut);
    if (piece !== '') hashes[code] = hashOfText(piece) || 1;
  }
  return hashes;
}

function pieceOf(text: string, cut: Cut): string {
  switch (cut) {
    case 'initial':
      return text.slice(0, 1);
    case 'first3':
      return text.replaceAll(' ', '').slice(0, 3);
    case 'first4':
      return text.replaceAll(' ', '').slice(0, 4);
    case 'sound':
      return doubleMetaphone(text)[0];
    case 'year':
      return text.slice(0, 4);
    case 'yearless':
      return text.slice(4) === '0000' ? '' : text.slice(4);
    case 'last7':
      return text.length < 7 ? '' : text.slice(-7);
    default:
      return text;
  }
}

/** In how many rows each word occurs. */
function countedWords(feature: Feature, texts: Texts): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let code = 1; code < feature.holders.length; code++) {
    for (const word of texts.at(code).split(' '))
      counts.set(word, (counts.get(word) ?? 0) + (feature.holders[code] ?? 0));
  }
  return counts;
}

/** The rarest word that another row has too, or the next to it: what is met once joins nothing. */
function rareWord(text: string, counts: ReadonlyMap<string, number>, cut: Cut): string {
  const words = [...new Set(text.split(' '))].filter((word) => word.length > 1 && (counts.get(word) ?? 0) > 1);
  words.sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || (a < b ? -1 : 1));
  return words[cut === 'rare' ? 0 : 1] ?? '';
}
