/** How many people hold one number or address: a switchboard's says less than a mobile's. */

import { groupedBy } from '../../interned.ts';
import { Likenesses, likeness } from '../compare/likeness.ts';
import { codeAt, type Feature, type Features } from './feature.ts';

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
export type Telling = (a: number, b: number) => boolean;

export function sharingOf(features: Features, names: readonly string[], differ: Telling): Sharing {
  const counts = new Map<string, Uint8Array<SharedArrayBuffer>>();
  for (const name of names) {
    const feature = features.get(name);
    if (feature !== undefined) counts.set(name, peopleBy(feature, differ));
  }
  return sharingFrom(counts);
}

export function sharingFrom(counts: Sharing['counts']): Sharing {
  return { counts, people: (feature, code) => counts.get(feature)?.[code] ?? 1 };
}

function peopleBy(feature: Feature, differ: Telling): Uint8Array<SharedArrayBuffer> {
  const counts = new Uint8Array(new SharedArrayBuffer(feature.holders.length)).fill(1);
  const held = feature.slots.map((slot) => groupedBy(slot, feature.holders.length - 1));
  for (let code = 1; code < counts.length; code++) {
    if ((feature.holders[code] ?? 0) < 2) continue;
    const seen: number[] = [];
    let looks = 0;
    for (const { starts, rows: grouped } of held) {
      for (let at = starts[code] ?? 0; at < (starts[code + 1] ?? 0) && seen.length < most && looks < looked; at++) {
        const row = grouped[at] ?? 0;
        looks++;
        if (seen.every((other) => differ(other, row))) seen.push(row);
      }
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
  if (texts === undefined) return () => false;
  const alike = new Likenesses(texts);
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
  return (a, b) => (differs(given, a, b) || differs(surname, a, b)) && !crossed(a, b);
}

/** By addresses: two sites. */
export function tellingSites(features: Features): Telling {
  const street = features.get('street');
  const number = features.get('number');
  if (street === undefined || number === undefined) return () => false;
  const alike = new Likenesses(street);
  return (a, b) => {
    const [x, y] = [codeAt(number, 0, a), codeAt(number, 0, b)];
    if (x === 0 || y === 0) return false;
    const [p, q] = [codeAt(street, 0, a), codeAt(street, 0, b)];
    return x !== y || (p !== 0 && q !== 0 && alike.of(p, q) <= likeness.faint);
  };
}
