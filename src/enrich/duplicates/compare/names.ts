/** Given name and surname of a person. */

import { codeAt, type Feature, type Features, holdersOf } from '../features/feature.ts';
import { type Factor, level, missing } from './factor.ts';
import { Likenesses, likeness } from './likeness.ts';

export const nameLevel = {
  missing: 0,
  same: 1,
  variant: 2,
  slip: 3,
  similar: 4,
  part: 5,
  initial: 6,
  swapped: 7,
  faint: 8,
  different: 9,
} as const;

/** In the order of `likeness`. */
const byLikeness: readonly number[] = [
  nameLevel.different,
  nameLevel.faint,
  nameLevel.similar,
  nameLevel.slip,
  nameLevel.part,
  nameLevel.initial,
  nameLevel.variant,
  nameLevel.same,
];

/** Of two factors that are told apart by which of the names they hold first. */
export function nameFactors(features: Features): readonly Factor[] {
  const given = features.get('given');
  const surname = features.get('surname');
  const texts = given ?? surname;
  if (texts === undefined) return [];
  const alike = new Likenesses(texts);
  const made: Factor[] = [];
  if (given !== undefined) made.push(nameFactor('given name', given, surname, alike, givenLevels, true));
  if (surname !== undefined) made.push(nameFactor('surname', surname, given, alike, surnameLevels, false));
  return made;
}

const givenLevels = [
  missing,
  level('same', 72, { counted: 0.006 }),
  level('nickname or other form', 5, 0.004),
  level('one letter off', 8, 0.003),
  level('similar', 3, 0.006),
  level('part of the other', 1.5, 0.003),
  level('initial of the other', 2.5, 0.01),
  level('swapped with the surname', 2.5, { counted: 0.0006 }),
  level('faintly alike', 1.5, 0.05),
  level('different', 4, 0.92),
];

const surnameLevels = [
  missing,
  level('same', 78, { counted: 0.002 }),
  level('other form', 0.5, 0.0005),
  level('one letter off', 9, 0.0015),
  level('similar', 4, 0.004),
  level('part of the other', 1, 0.001),
  level('initial of the other', 0.5, 0.003),
  level('swapped with the given name', 2.5, { counted: 0.0006 }),
  level('faintly alike', 1, 0.04),
  level('different', 3.5, 0.945),
];

function nameFactor(
  field: string,
  own: Feature,
  other: Feature | undefined,
  alike: Likenesses,
  levels: Factor['levels'],
  countsOneWay: boolean,
): Factor {
  /** Both ways round, or one where the others are missing: that one is counted by the given name alone. */
  const swapped = (a: number, b: number): number | undefined => {
    if (other === undefined) return undefined;
    const [x, y] = [codeAt(own, 0, a), codeAt(own, 0, b)];
    const [p, q] = [codeAt(other, 0, a), codeAt(other, 0, b)];
    const [xq, yp] = [x !== 0 && x === q, y !== 0 && y === p];
    if (xq && yp) return nameLevel.swapped;
    if ((xq && (y === 0 || p === 0)) || (yp && (x === 0 || q === 0))) {
      return countsOneWay ? nameLevel.swapped : nameLevel.missing;
    }
    if ((xq && alike.of(y, p) >= likeness.similar) || (yp && alike.of(x, q) >= likeness.similar))
      return nameLevel.swapped;
    return undefined;
  };
  return {
    field,
    levels,
    compare(a, b) {
      const [x, y] = [codeAt(own, 0, a), codeAt(own, 0, b)];
      if (x !== 0 && x === y) return nameLevel.same;
      const crossed = swapped(a, b);
      if (crossed !== undefined) return crossed;
      if (x === 0 || y === 0) return nameLevel.missing;
      return byLikeness[alike.of(x, y)] ?? nameLevel.different;
    },
    holders(a, b, found) {
      if (found === nameLevel.same)
        return Math.max(holdersOf(own, codeAt(own, 0, a)), holdersOf(own, codeAt(own, 0, b)));
      const crossed = [
        [codeAt(own, 0, a), other === undefined ? 0 : codeAt(other, 0, b)] as const,
        [codeAt(own, 0, b), other === undefined ? 0 : codeAt(other, 0, a)] as const,
      ];
      const counts = crossed.flatMap(([x, y]) =>
        x !== 0 && x === y ? [holdersOf(own, x) + (other === undefined ? 0 : holdersOf(other, x))] : [],
      );
      // Of two that are swapped each name's factor counts one.
      return countsOneWay ? Math.min(...counts) : Math.max(...counts);
    },
    shown: (row) => alike.text(codeAt(own, 0, row)),
  };
}

/** What stands between given name and surname. */
export function middleFactors(features: Features): readonly Factor[] {
  const middle = features.get('middle');
  if (middle === undefined) return [];
  const alike = new Likenesses(middle);
  return [
    {
      field: 'middle name',
      levels: [
        missing,
        level('same', 60, { counted: 0.02 }),
        level('initial of the other', 20, 0.04),
        level('similar', 8, 0.02),
        level('different', 12, 0.92),
      ],
      compare(a, b) {
        const [x, y] = [codeAt(middle, 0, a), codeAt(middle, 0, b)];
        if (x === 0 || y === 0) return 0;
        const found = alike.of(x, y);
        if (found === likeness.same) return 1;
        if (found === likeness.initial) return 2;
        return found >= likeness.similar ? 3 : 4;
      },
      holders: (a) => holdersOf(middle, codeAt(middle, 0, a)),
      shown: (row) => alike.text(codeAt(middle, 0, row)),
    },
  ];
}
