/** Names, domains and addresses of organisations. */

import {
  comparePreparedOrganisationNames,
  type PreparedOrganisationName,
  prepareOrganisationName,
} from '../../names/organisation.ts';
import { codeAt, type Feature, type Features, holdersOf, Texts } from '../features/feature.ts';
import type { Sharing } from '../features/sharing.ts';
import { type Factor, level, missing } from './factor.ts';
import { firstOf, sameIn } from './reach.ts';

export const organisationNameLevel = {
  missing: 0,
  same: 1,
  nearly: 2,
  part: 3,
  similar: 4,
  acronym: 5,
  word: 6,
  number: 7,
  different: 8,
  own: 9,
  nearlyOwn: 10,
} as const;

/** More rows with one name are a chain's, whatever its words. */
const ownRows = 5;
/** Of a name of its own no more strangers are to be expected than so many. */
const ownStrangers = 0.1;

export function organisationNameFactor(features: Features): Factor | undefined {
  const name = features.get('name');
  const core = features.get('core');
  if (name === undefined || core === undefined) return undefined;
  const names = new PreparedNames(name);
  return {
    field: 'name',
    levels: [
      missing,
      level('same', 45, { counted: 0.0005 }),
      level('nearly the same', 22, { counted: 0.0005 }),
      level('part of the other', 13, { counted: 0.002 }),
      level('similar', 7, { counted: 0.003 }),
      level('acronym of the other', 1, 0.0002),
      level('a word in common', 5, { counted: 0.08 }),
      level('the same but for a number', 1, 0.003),
      level('different', 6, 0.9),
      level('same, of words that nobody else has together', 45, { mates: 0.01 }),
      level('nearly the same, of words that nobody else has together', 22, { mates: 0.03 }),
    ],
    compare(a, b) {
      const [x, y] = [codeAt(name, 0, a), codeAt(name, 0, b)];
      if (x === 0 || y === 0) return organisationNameLevel.missing;
      const rows = holdersOf(core, codeAt(core, 0, a));
      if (x === y || codeAt(core, 0, a) === codeAt(core, 0, b))
        return names.strangers(x, y, rows) <= ownStrangers && rows <= ownRows
          ? organisationNameLevel.own
          : organisationNameLevel.same;
      const { level: how, similarity } = comparePreparedOrganisationNames(names.at(x), names.at(y));
      if (how === 'other number') return organisationNameLevel.number;
      if (how === 'acronym') return organisationNameLevel.acronym;
      if (similarity >= 0.86 && how !== 'part') {
        const all = rows + holdersOf(core, codeAt(core, 0, b));
        return names.strangers(x, y, all) <= ownStrangers && all <= ownRows
          ? organisationNameLevel.nearlyOwn
          : organisationNameLevel.nearly;
      }
      if (how === 'part' && similarity >= 0.6) return organisationNameLevel.part;
      if (similarity >= 0.6) return organisationNameLevel.similar;
      return names.rarestShared(x, y) > 0 ? organisationNameLevel.word : organisationNameLevel.different;
    },
    holders(a, b, found) {
      const [x, y] = [codeAt(name, 0, a), codeAt(name, 0, b)];
      return found === organisationNameLevel.same ? holdersOf(core, codeAt(core, 0, a)) : names.rarestShared(x, y);
    },
    shown: (row) => names.text(codeAt(name, 0, row)),
  };
}

const keptNames = 1 << 17;
/** Rows that a word might have beside those that are seen. */
const unseen = 0.05;

/** Names made ready once, with how common their words are in the table. */
class PreparedNames {
  readonly #texts: Texts;
  readonly #made: (PreparedOrganisationName | undefined)[];
  readonly #holders = new Map<string, number>();
  readonly #rows: number;

  constructor(name: Feature) {
    this.#texts = new Texts(name);
    this.#made = Array.from({ length: Math.min(keptNames, name.holders.length) });
    let rows = 0;
    for (let code = 1; code < name.holders.length; code++) {
      const held = name.holders[code] ?? 0;
      rows += held;
      for (const word of new Set(this.#texts.at(code).match(/[a-z0-9]+/g) ?? [])) {
        this.#holders.set(word, (this.#holders.get(word) ?? 0) + held);
      }
    }
    this.#rows = rows;
  }

  text(code: number): string {
    return this.#texts.at(code);
  }

  at(code: number): PreparedOrganisationName {
    const found = this.#made[code];
    if (found !== undefined) return found;
    const made = prepareOrganisationName(this.#texts.at(code), (word) => this.#telling(word));
    if (code < keptNames) this.#made[code] = made;
    return made;
  }

  /** Rows with the rarest word that both have; 0 where they have none in common. */
  rarestShared(x: number, y: number): number {
    const [one, two] = [this.at(x), this.at(y)];
    let rarest = 0;
    for (const { text } of one.words) {
      if (!two.words.some((other) => other.text === text)) continue;
      const rows = this.#holders.get(text) ?? this.#rows;
      if (rarest === 0 || rows < rarest) rarest = rows;
    }
    return rarest;
  }

  /**
   * How many rows of other organisations would have all the words that two names share, by how many have each; of
   * `own` rows it is known that they have them together.
   */
  strangers(x: number, y: number, own: number): number {
    const [one, two] = [this.at(x), this.at(y)];
    let expected = this.#rows;
    for (const { text } of one.words) {
      if (!two.words.some((other) => other.text === text)) continue;
      expected *= (Math.max(0, (this.#holders.get(text) ?? this.#rows) - own) + unseen) / this.#rows;
    }
    return expected;
  }

  /** What half of all rows have tells next to nothing, what one of ten thousand has is ordinary. */
  #telling(word: string): number {
    const rows = Math.max(1, this.#holders.get(word) ?? 1);
    const bits = Math.log2((this.#rows + 50) / (rows + 1));
    return Math.min(1.2, Math.max(0.15, bits / 9));
  }
}

export const domainLevel = { missing: 0, same: 1, different: 2, sites: 3 } as const;

/** Registrable domains: counted, because chains, hosts and agencies share theirs. */
export function domainFactor(
  features: Features,
  sharing: Sharing,
  elsewhere: (levels: Uint8Array) => boolean,
): Factor | undefined {
  const domain = features.get('domain');
  if (domain === undefined) return undefined;
  const texts = new Texts(domain);
  return {
    field: 'domain',
    levels: [
      missing,
      level('same', 78, { counted: 0.0005 }),
      level('different', 22, 0.999),
      level("same, which all of an organisation's sites have", 5, 'neutral'),
    ],
    compare(a, b, seen) {
      const shared = sameIn(domain, a, b);
      if (shared !== 0)
        return sharing.people('domain', shared) > 2 && elsewhere(seen) ? domainLevel.sites : domainLevel.same;
      return firstOf(domain, a) === 0 || firstOf(domain, b) === 0 ? domainLevel.missing : domainLevel.different;
    },
    holders: (a, b) => holdersOf(domain, sameIn(domain, a, b)),
    shown: (row) => texts.at(firstOf(domain, row)),
  };
}

/** A mailbox of an organisation. */
export function mailboxFactor(features: Features): Factor | undefined {
  const email = features.get('email');
  if (email === undefined) return undefined;
  const texts = new Texts(email);
  return {
    field: 'e-mail',
    levels: [missing, level('same address', 60, { mates: 0.05 }), level('different', 40, 0.999)],
    compare(a, b) {
      if (sameIn(email, a, b) !== 0) return 1;
      return firstOf(email, a) === 0 || firstOf(email, b) === 0 ? 0 : 2;
    },
    shown: (row) => texts.at(firstOf(email, row)),
  };
}
