/** Addresses and places. */

import { textAt } from '../../table.ts';
import { codeAt, type Features, holdersOf } from '../features/feature.ts';
import { type Factor, type Level, level, missing } from './factor.ts';
import { Likenesses, likeness } from './likeness.ts';
import { firstOf, sameIn } from './reach.ts';

export const addressLevel = { missing: 0, same: 1, street: 2, number: 3, close: 4, different: 5 } as const;

/** Street and number. */
export function addressFactor(features: Features, levels: readonly Level[] = personAddress): Factor | undefined {
  const street = features.get('street');
  if (street === undefined) return undefined;
  const number = features.get('number');
  const alike = new Likenesses(street);
  const alikeIn = (a: number, b: number) => {
    let best: number = likeness.none;
    let some = false;
    for (const x of street.slots) {
      for (const y of street.slots) {
        const [p, q] = [x[a] ?? 0, y[b] ?? 0];
        if (p === 0 || q === 0) continue;
        some = true;
        const found = alike.of(p, q);
        // A word in common (`st`, `n`) is not much of a street.
        if (found !== likeness.part && found > best) best = found;
        else if (found === likeness.part) best = Math.max(best, streetPart(alike.text(p), alike.text(q)));
      }
    }
    return some ? best : -1;
  };
  return {
    field: 'address',
    levels,
    compare(a, b) {
      const found = alikeIn(a, b);
      const [x, y] = number === undefined ? [0, 0] : [codeAt(number, 0, a), codeAt(number, 0, b)];
      const sameNumber = x !== 0 && x === y;
      if (found === -1) return sameNumber ? addressLevel.number : addressLevel.missing;
      const sameStreet = found >= likeness.similar;
      if (sameStreet && sameNumber) return addressLevel.same;
      if (sameStreet && x !== 0 && y !== 0) return addressLevel.close;
      if (sameStreet) return addressLevel.street;
      return sameNumber ? addressLevel.number : addressLevel.different;
    },
    holders: (a, b) => holdersOf(street, sameIn(street, a, b)),
    shown: (row) =>
      [number === undefined ? '' : textAt(number.texts, codeAt(number, 0, row)), alike.text(firstOf(street, row))]
        .filter((each) => each !== '')
        .join(' '),
  };
}

const personAddress: readonly Level[] = [
  missing,
  level('same street and number', 66, 0.0002),
  level('same street', 10, 0.002),
  level('same number only', 8, 0.015),
  level('same street, other number', 6, 0.002),
  level('different', 10, 0.98),
];

export const organisationAddress: readonly Level[] = [
  missing,
  level('same street and number', 75, 0.0004),
  level('same street', 6, 0.003),
  level('same number only', 6, 0.01),
  level('same street, other number', 4, 0.015),
  level('different', 9, 0.97),
];

/** `n main st` and `main` may be one street; `n main st` and `w oak st` are none. */
function streetPart(one: string, two: string): number {
  const [a, b] = [tellingWords(one), tellingWords(two)];
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  return few.length > 0 && few.every((word) => many.includes(word)) ? likeness.part : likeness.faint;
}

function tellingWords(street: string): readonly string[] {
  return street.split(' ').filter((word) => word.length > 2 || /\d/.test(word));
}

export const placeLevel = { missing: 0, same: 1, one: 2, nearly: 3, state: 4, explained: 5, different: 6 } as const;

/** Postcode, city and state as one: each of them says most of what the others do. */
export function placeFactor(features: Features, explained: (levels: Uint8Array) => boolean): Factor | undefined {
  const postcode = features.get('postcode');
  const city = features.get('city');
  const state = features.get('state');
  if (postcode === undefined && city === undefined && state === undefined) return undefined;
  const codes = postcode === undefined ? undefined : new Likenesses(postcode);
  const cities = city === undefined ? undefined : new Likenesses(city);
  /** 1 same, .5 nearly, 0 different, -1 unknown. */
  const compared = (feature: typeof city, alike: Likenesses | undefined, a: number, b: number): number => {
    if (feature === undefined || alike === undefined) return -1;
    const [x, y] = [firstOf(feature, a), firstOf(feature, b)];
    if (x === 0 || y === 0) return -1;
    if (sameIn(feature, a, b) !== 0) return 1;
    const found = alike.of(x, y);
    return found >= likeness.similar && found !== likeness.initial && found !== likeness.variant ? 0.5 : 0;
  };
  return {
    field: 'place',
    levels: [
      missing,
      level('same', 62, { counted: 0.01 }),
      level('same city or postcode, the other differs', 8, 0.02),
      level('nearly the same', 12, 0.004),
      level('same state only', 4, 0.2),
      level('same, as the rest says already', 4, 'neutral'),
      level('different', 10, 0.75),
    ],
    compare(a, b, levels) {
      const byCode = compared(postcode, codes, a, b);
      const byCity = compared(city, cities, a, b);
      const best = Math.max(byCode, byCity);
      if (best > 0 && explained(levels)) return placeLevel.explained;
      if (best === 1) return byCode === 0 || byCity === 0 ? placeLevel.one : placeLevel.same;
      if (best === 0.5) return placeLevel.nearly;
      const sameState = state !== undefined && sameIn(state, a, b) !== 0;
      if (sameState) return placeLevel.state;
      if (best === 0) return placeLevel.different;
      return state !== undefined && firstOf(state, a) !== 0 && firstOf(state, b) !== 0
        ? placeLevel.different
        : placeLevel.missing;
    },
    holders(a, b) {
      const [x, y] = [postcode === undefined ? 0 : sameIn(postcode, a, b), city === undefined ? 0 : sameIn(city, a, b)];
      const counts = [
        x === 0 || postcode === undefined ? Infinity : holdersOf(postcode, x),
        y === 0 || city === undefined ? Infinity : holdersOf(city, y),
      ];
      return Math.min(...counts);
    },
    shown: (row) =>
      [
        postcode === undefined || codes === undefined ? '' : codes.text(firstOf(postcode, row)),
        city === undefined || cities === undefined ? '' : cities.text(firstOf(city, row)),
      ]
        .filter((each) => each !== '')
        .join(' '),
  };
}
