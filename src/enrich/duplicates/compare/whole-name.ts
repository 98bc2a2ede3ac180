/** Names of persons that a table has in one column: where given name and surname part, each row tells otherwise. */

import { comparePreparedPersonNames, type PreparedPersonName, preparePersonName } from '../../names/person.ts';
import { codeAt, type Feature, Texts } from '../features/feature.ts';
import { type Factor, level, missing } from './factor.ts';

/** Below it the comparison of names calls them different; from `alike` on they differ by spelling and slips. */
const other = 0.6;
const alike = 0.86;
const equal = 0.97;

export interface WholeNames {
  /** Those of the names' parts, which do not speak against where the words are divided otherwise, and what then speaks for. */
  readonly factors: readonly Factor[];
  /** Whether they are two names, whatever parts of them are the same. */
  areTwo(a: number, b: number): boolean;
}

/** @param parts given name and surname first, each where there is one */
export function wholeNames(whole: Feature, parts: readonly Factor[]): WholeNames {
  const names = new Names(whole);
  const divided = lastKept(
    (a, b) =>
      parts.slice(0, 2).some((part) => speaksAgainst(part, part.compare(a, b, none))) &&
      names.similarity(a, b) >= alike,
  );
  const factor: Factor = {
    field: 'whole name',
    levels: [
      missing,
      level('the same words, otherwise divided', 5, 0.000001),
      level('nearly the same words, otherwise divided', 3, 0.000003),
      level('as its parts say', 92, 0.999996),
    ],
    compare: (a, b) => (!divided(a, b) ? 3 : names.similarity(a, b) >= equal ? 1 : 2),
    shown: (row) => names.text(row),
  };
  const softened = parts.map(
    (part): Factor => ({
      ...part,
      compare(a, b, levels) {
        const found = part.compare(a, b, levels);
        return speaksAgainst(part, found) && divided(a, b) ? 0 : found;
      },
    }),
  );
  return {
    factors: [...softened, factor],
    areTwo: (a, b) => names.isKnown(a) && names.isKnown(b) && names.similarity(a, b) < other,
  };
}

const none = new Uint8Array(0);

/** Of two strangers more compare so. */
function speaksAgainst({ levels }: Factor, found: number): boolean {
  const { same, others } = levels[found] ?? missing;
  return typeof others === 'number' && 100 * others > same;
}

/** The answer for the pair that was asked of last: each factor asks the same. */
function lastKept(answer: (a: number, b: number) => boolean): (a: number, b: number) => boolean {
  let [x, y, found] = [-1, -1, false];
  return (a, b) => {
    if (a !== x || b !== y) [x, y, found] = [a, b, answer(a, b)];
    return found;
  };
}

const kept = 1 << 17;

class Names {
  readonly #whole: Feature;
  readonly #texts: Texts;
  readonly #made: (PreparedPersonName | undefined)[];

  constructor(whole: Feature) {
    this.#whole = whole;
    this.#texts = new Texts(whole);
    this.#made = Array.from({ length: Math.min(kept, whole.holders.length) });
  }

  text(row: number): string {
    return this.#texts.at(codeAt(this.#whole, 0, row));
  }

  isKnown(row: number): boolean {
    return codeAt(this.#whole, 0, row) !== 0;
  }

  /** 0 where one has no name. */
  similarity(a: number, b: number): number {
    const [x, y] = [codeAt(this.#whole, 0, a), codeAt(this.#whole, 0, b)];
    if (x === 0 || y === 0) return 0;
    return x === y ? 1 : comparePreparedPersonNames(this.#at(x), this.#at(y)).similarity;
  }

  #at(code: number): PreparedPersonName {
    const found = this.#made[code];
    if (found !== undefined) return found;
    const made = preparePersonName(this.#texts.at(code));
    if (code < kept) this.#made[code] = made;
    return made;
  }
}
