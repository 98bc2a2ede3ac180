/** Birth dates, numbers that belong to one alone, and other facts. */

import { editsBetween } from '../../normal/edits.ts';
import { codeAt, type Features, holdersOf, Texts } from '../features/feature.ts';
import { type Factor, level, missing } from './factor.ts';
import { isFartherThan, Likenesses, likeness } from './likeness.ts';
import { firstOf, sameIn } from './reach.ts';

export const birthLevel = {
  missing: 0,
  same: 1,
  swapped: 2,
  digit: 3,
  digits: 4,
  year: 5,
  three: 6,
  different: 7,
} as const;

export function birthFactor(features: Features): Factor | undefined {
  const birth = features.get('birth');
  if (birth === undefined) return undefined;
  const texts = new Texts(birth);
  return {
    field: 'birth',
    levels: [
      missing,
      level('same day', 72, { counted: 0.00005 }),
      level('day and month swapped', 1.5, 0.00008),
      level('one digit off', 12, 0.0008),
      level('two digits off', 7, 0.008),
      level('same year', 2, 0.012),
      level('three digits off', 3, 0.05),
      level('different', 2.5, 0.93),
    ],
    compare(a, b) {
      const [x, y] = [codeAt(birth, 0, a), codeAt(birth, 0, b)];
      if (x === 0 || y === 0) return birthLevel.missing;
      if (x === y) return birthLevel.same;
      return comparedDays(texts.at(x), texts.at(y));
    },
    holders: (a) => holdersOf(birth, codeAt(birth, 0, a)),
    shown: (row) => texts.at(codeAt(birth, 0, row)),
  };
}

function comparedDays(x: string, y: string): number {
  let off = 0;
  for (let at = 0; at < 8; at++) {
    // What one of them does not say cannot differ.
    if (at >= 4 && (x.slice(4) === '0000' || y.slice(4) === '0000')) break;
    if (x[at] !== y[at]) off++;
  }
  if (x.slice(0, 4) === y.slice(0, 4) && x.slice(4, 6) === y.slice(6) && x.slice(6) === y.slice(4, 6))
    return birthLevel.swapped;
  if (off === 0) return birthLevel.year;
  if (off === 1) return birthLevel.digit;
  if (off === 2) return birthLevel.digits;
  if (x.slice(0, 4) === y.slice(0, 4)) return birthLevel.year;
  return off === 3 ? birthLevel.three : birthLevel.different;
}

export const identifierLevel = { missing: 0, same: 1, slip: 2, slips: 3, different: 4 } as const;

/** Numbers given to one alone: national ids, tax and registration numbers. */
export function identifierFactor(features: Features): Factor | undefined {
  const identifier = features.get('identifier');
  if (identifier === undefined) return undefined;
  const texts = new Texts(identifier);
  return {
    field: 'identifier',
    levels: [
      missing,
      level('same', 80, { mates: 0.001 }),
      level('one character off', 12, 0.00003),
      level('two characters off', 2, 0.0006),
      level('different', 6, 0.999),
    ],
    compare(a, b) {
      if (sameIn(identifier, a, b) !== 0) return identifierLevel.same;
      // Of two kinds, a passport's and a licence's, nothing can be told; of several the nearest speaks.
      let nearest: number = identifierLevel.missing;
      for (let slot = 0; slot < identifier.slots.length; slot++) {
        const [x, y] = [codeAt(identifier, slot, a), codeAt(identifier, slot, b)];
        if (x === 0 || y === 0) continue;
        const found = comparedNumbers(texts.at(x), texts.at(y));
        if (nearest === identifierLevel.missing || found < nearest) nearest = found;
      }
      return nearest;
    },
    shown: (row) => texts.at(firstOf(identifier, row)),
  };
}

function comparedNumbers(x: string, y: string): number {
  if (Math.min(x.length, y.length) < 6 || isFartherThan(2, x, y)) return identifierLevel.different;
  const edits = editsBetween(x, y);
  return edits === 1 ? identifierLevel.slip : edits === 2 ? identifierLevel.slips : identifierLevel.different;
}

/** A column that says something of its row, as it is folded: an occupation, a gender. */
export function factFactor(features: Features, name: string): Factor | undefined {
  const fact = features.get(name);
  if (fact === undefined) return undefined;
  const values = fact.holders.reduce((sum, rows) => sum + (rows > 0 ? 1 : 0), 0);
  const filled = fact.holders.reduce((sum, rows) => sum + rows, 0);
  const alike = new Likenesses(fact);
  // Of few values each stands for itself: `f` and `m` are not alike.
  const few = values < 30 && filled > 3 * values;
  return {
    field: name.replace(/^fact:/, ''),
    levels: [
      missing,
      level('same', 70, { counted: 0.05 }),
      level('similar', 10, 0.01),
      level('part of the other', 5, 0.01),
      level('different', 15, 0.93),
    ],
    compare(a, b) {
      const [x, y] = [codeAt(fact, 0, a), codeAt(fact, 0, b)];
      if (x === 0 || y === 0) return 0;
      if (x === y) return 1;
      if (few) return 4;
      const found = alike.of(x, y);
      return found === likeness.part
        ? 3
        : found === likeness.slip || found === likeness.similar || found === likeness.same
          ? 2
          : 4;
    },
    holders: (a) => holdersOf(fact, codeAt(fact, 0, a)),
    shown: (row) => alike.text(codeAt(fact, 0, row)),
  };
}
