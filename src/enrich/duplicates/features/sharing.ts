/** How many people hold one number or address: a switchboard's says less than a mobile's. */

import { groupedBy } from '../../interned.ts';
import { Likenesses, likeness } from '../compare/likeness.ts';
import { codeAt, type Feature, type Features, Texts } from './feature.ts';

export interface Sharing {
  /** 1 where all that hold a value may be one, by their names; more than that are not counted than `most`. */
  people(feature: string, code: number): number;
  readonly counts: ReadonlyMap<string, Uint8Array<SharedArrayBuffer>>;
}

/** More are as good as these. */
const most = 4;
/** So many rows of a value are looked at. */
const looked = 64;

/** Whether two rows, by what else they say, are two that hold a value: two people, two sites. */
export interface Telling {
  readonly differ: (a: number, b: number) => boolean;
  /** What it goes by. */
  readonly nameOf: (row: number) => string;
}

export function sharingOf(features: Features, names: readonly string[], telling: Telling): Sharing {
  const counts = new Map<string, Uint8Array<SharedArrayBuffer>>();
  for (const name of names) {
    const feature = features.get(name);
    if (feature !== undefined) counts.set(name, peopleBy(feature, telling));
  }
  return sharingFrom(counts);
}

export function sharingFrom(counts: Sharing['counts']): Sharing {
  return { counts, people: (feature, code) => counts.get(feature)?.[code] ?? 1 };
}

function peopleBy(feature: Feature, { differ, nameOf }: Telling): Uint8Array<SharedArrayBuffer> {
  const counts = new Uint8Array(new SharedArrayBuffer(feature.holders.length)).fill(1);
  const held = feature.slots.map((slot) => groupedBy(slot, feature.holders.length - 1));
  for (let code = 1; code < counts.length; code++) {
    if ((feature.holders[code] ?? 0) < 2) continue;
    const holding = new Set<number>();
    for (const { starts, rows } of held) {
      const from = starts[code] ?? 0;
      for (const row of rows.subarray(from, Math.min(starts[code + 1] ?? from, from + looked))) holding.add(row);
    }
    // In an order of their own, so that it does not matter in which the rows stand.
    const named = [...holding].map((row) => ({ row, name: nameOf(row) })).sort((a, b) => (a.name < b.name ? -1 : 1));
    const seen: number[] = [];
    for (const { row } of named) {
      if (seen.length < most && seen.every((other) => differ(other, row))) seen.push(row);
    }
    counts[code] = Math.max(1, seen.length);
  }
  return counts;
}

/** By names: two people. */
export function tellingPeople(features: Features): Telling {
  const given = features.get('given');
  const surname = features.get('surname');
  const texts = given ?? surname;
  if (texts === undefined) return nobody;
  const alike = new Likenesses(texts);
  const nameIn = (one: Feature | undefined, row: number) => (one === undefined ? '' : alike.text(codeAt(one, 0, row)));
  const differs = (one: Feature | undefined, a: number, b: number) => {
    if (one === undefined) return false;
    const [x, y] = [codeAt(one, 0, a), codeAt(one, 0, b)];
    return x !== 0 && y !== 0 && alike.of(x, y) <= likeness.faint;
  };
  const crossed = (a: number, b: number) =>
    given !== undefined &&
    surname !== undefined &&
    codeAt(given, 0, a) !== 0 &&
    alike.of(codeAt(given, 0, a), codeAt(surname, 0, b)) >= likeness.similar;
  return {
    differ: (a, b) => (differs(given, a, b) || differs(surname, a, b)) && !crossed(a, b),
    nameOf: (row) => `${nameIn(surname, row)} ${nameIn(given, row)}`,
  };
}

/** By addresses: two sites. */
export function tellingSites(features: Features): Telling {
  const street = features.get('street');
  const number = features.get('number');
  if (street === undefined || number === undefined) return nobody;
  const numbers = new Texts(number);
  const alike = new Likenesses(street);
  return {
    differ(a, b) {
      const [x, y] = [codeAt(number, 0, a), codeAt(number, 0, b)];
      if (x === 0 || y === 0) return false;
      const [p, q] = [codeAt(street, 0, a), codeAt(street, 0, b)];
      return x !== y || (p !== 0 && q !== 0 && alike.of(p, q) <= likeness.faint);
    },
    nameOf: (row) => `${alike.text(codeAt(street, 0, row))} ${numbers.at(codeAt(number, 0, row))}`,
  };
}

/** Where nothing tells rows apart. */
const nobody: Telling = { differ: () => false, nameOf: () => '' };
