/** E-mail addresses, telephone numbers, profiles and organisations, of persons. */

import { editsBetween } from '../../normal/edits.ts';
import { codeAt, type Feature, type Features, holdersOf, Texts } from '../features/feature.ts';
import type { Sharing } from '../features/sharing.ts';
import { type Made, madeFrom } from './derived.ts';
import { type Factor, type Level, level, missing } from './factor.ts';
import { isFartherThan, isOneSlip, letterLikeness, likeness } from './likeness.ts';
import { nameLevel } from './names.ts';

export const phoneLevel = {
  missing: 0,
  same: 1,
  two: 2,
  many: 3,
  extension: 4,
  slip: 5,
  different: 6,
  office: 7,
} as const;

const personPhone: readonly Level[] = [
  missing,
  level('same number', 42, { mates: 0.02 }),
  level('same number, which two people share', 5, { mates: 0.05 }),
  level('same number, which several people share', 3, { mates: 0.4 }),
  level('same number, other extension', 0.3, { mates: 0.1 }),
  level('one digit off', 4, 0.00002),
  level('different', 45, 0.985),
];

export const organisationPhone: readonly Level[] = [
  missing,
  level('same number', 50, { mates: 0.05 }),
  level('same number, at two addresses', 10, { mates: 0.1 }),
  level('same number, at several addresses', 8, { mates: 0.8 }),
  level('same number, other extension', 0.5, { mates: 0.1 }),
  level('one digit off', 3, 0.00005),
  level('different', 28, 0.99),
  level("same number, which all of an organisation's sites have", 2, 'neutral'),
];

export function phoneFactor(
  features: Features,
  sharing: Sharing,
  levels = personPhone,
  elsewhere: (levels: Uint8Array) => boolean = () => false,
): Factor | undefined {
  const phone = features.get('phone');
  if (phone === undefined) return undefined;
  const extension = features.get('extension');
  const texts = new Texts(phone);
  return {
    field: 'phone',
    levels,
    compare(a, b, seen) {
      const shared = sameIn(phone, a, b);
      if (shared !== 0) {
        const people = sharing.people('phone', shared);
        if (people > 2 && elsewhere(seen)) return phoneLevel.office;
        if (people > 1 && extension !== undefined) {
          const [x, y] = [firstOf(extension, a), firstOf(extension, b)];
          if (x !== 0 && y !== 0) return x === y ? phoneLevel.same : phoneLevel.extension;
        }
        return people > 2 ? phoneLevel.many : people > 1 ? phoneLevel.two : phoneLevel.same;
      }
      const [x, y] = [firstOf(phone, a), firstOf(phone, b)];
      if (x === 0 || y === 0) return phoneLevel.missing;
      return !texts.areFarther(1, x, y) && oneDigitOff(texts.at(x), texts.at(y))
        ? phoneLevel.slip
        : phoneLevel.different;
    },
    shown: (row) => texts.at(firstOf(phone, row)),
  };
}

export const emailLevel = {
  missing: 0,
  same: 1,
  shared: 2,
  similar: 3,
  local: 4,
  spells: 5,
  fromName: 6,
  different: 7,
} as const;

/** Addresses, given the names: what both names make anyway says nothing more. @param given place of the given name's factor, -1 if none */
export function emailFactor(
  features: Features,
  sharing: Sharing,
  [given, surname]: readonly [number, number],
): Factor | undefined {
  const email = features.get('email');
  const local = features.get('local');
  if (email === undefined || local === undefined) return undefined;
  const texts = new Texts(email);
  const locals = new Texts(local);
  const names = derivations(features, local, locals);
  return {
    field: 'e-mail',
    levels: [
      missing,
      level('same address', 45, { mates: 0.004 }),
      level('same address, which several people share', 3, { mates: 0.3 }),
      level('similar address', 10, 0.000005),
      level('same name before the @', 5, { counted: 0.00002 }),
      level("spells the other's name", 6, 0.0005),
      level('both made from the name', 50, 'neutral'),
      level('different', 31, 0.999),
    ],
    compare(a, b, levels) {
      const shared = sameIn(email, a, b);
      if (shared !== 0) return sharing.people('email', shared) > 2 ? emailLevel.shared : emailLevel.same;
      const [x, y] = [firstOf(email, a), firstOf(email, b)];
      const nameMissing = (place: number) =>
        place >= 0 && (levels[place] === nameLevel.missing || levels[place] === nameLevel.initial);
      const [la, lb] = [firstOf(local, a), firstOf(local, b)];
      if (nameMissing(given) || nameMissing(surname)) {
        if (la !== 0 && names.spells(locals.at(la), b)) return emailLevel.spells;
        if (lb !== 0 && names.spells(locals.at(lb), a)) return emailLevel.spells;
      }
      if (x === 0 || y === 0 || la === 0 || lb === 0) return emailLevel.missing;
      const [madeA, madeB] = [names.makes(la, a), names.makes(lb, b)];
      const derived = madeA !== 'no' && madeB !== 'no';
      if (la === lb) {
        // `joseph` at two domains says no more than that somebody is called so, though one is written otherwise.
        const ofOneName = madeA === 'one' || madeB === 'one';
        if ((derived || ofOneName) && digitsOf(locals.at(la)).length < 2) return emailLevel.fromName;
        return locals.at(la).length > 4 ? emailLevel.local : emailLevel.different;
      }
      if (derived && locals.areFarther(farthest, la, lb)) return emailLevel.fromName;
      if (texts.areFarther(farthest, x, y)) return derived ? emailLevel.fromName : emailLevel.different;
      const digits = digitsOf(locals.at(la));
      const sameDigits = digits === digitsOf(locals.at(lb));
      if (derived && !(sameDigits && digits.length > 1)) return emailLevel.fromName;
      if (haveLettersInCommon(locals.at(la), locals.at(lb)) && isTypo(texts.at(x), texts.at(y), sameDigits))
        return emailLevel.similar;
      return derived ? emailLevel.fromName : emailLevel.different;
    },
    holders: (a, b) => holdersOf(local, sameIn(local, a, b)),
    shown: (row) => texts.at(firstOf(email, row)),
  };
}

export const organisationLevel = { missing: 0, same: 1, similar: 2, explained: 3, different: 4 } as const;

/** Employers, by their names and domains alike. What a shared number, or the same address, says already is not counted again. */
export function organisationFactor(features: Features, explained: (levels: Uint8Array) => boolean): Factor | undefined {
  const organisation = features.get('organisation');
  if (organisation === undefined) return undefined;
  const texts = new Texts(organisation);
  return {
    field: 'organisation',
    levels: [
      missing,
      level('same', 62, { counted: 0.001 }),
      level('similar', 10, 0.0005),
      level('same, as the rest says already', 5, 'neutral'),
      level('different', 23, 0.998),
    ],
    compare(a, b, levels) {
      if (sameIn(organisation, a, b) !== 0)
        return explained(levels) ? organisationLevel.explained : organisationLevel.same;
      let [some, alike] = [false, false];
      for (const x of organisation.slots) {
        for (const y of organisation.slots) {
          const [p, q] = [x[a] ?? 0, y[b] ?? 0];
          if (p === 0 || q === 0) continue;
          some = true;
          alike ||= nearly(texts, p, q);
        }
      }
      if (!some) return organisationLevel.missing;
      if (!alike) return organisationLevel.different;
      return explained(levels) ? organisationLevel.explained : organisationLevel.similar;
    },
    holders: (a, b) => {
      const shared = sameIn(organisation, a, b);
      return holdersOf(organisation, shared);
    },
    shown: (row) => texts.at(firstOf(organisation, row)),
  };
}

/** Pages at LinkedIn and elsewhere: one person's each. */
export function profileFactor(features: Features): Factor | undefined {
  const profile = features.get('profile');
  if (profile === undefined) return undefined;
  const texts = new Texts(profile);
  return {
    field: 'profile',
    levels: [missing, level('same page', 90, { mates: 0.002 }), level('different page', 10, 0.9999)],
    compare(a, b) {
      if (sameIn(profile, a, b) !== 0) return 1;
      return firstOf(profile, a) === 0 || firstOf(profile, b) === 0 ? 0 : 2;
    },
    shown: (row) => texts.at(firstOf(profile, row)),
  };
}

/** The value that both rows hold, in whatever slots, of several the rarest; 0 if there is none. */
export function sameIn({ slots, holders }: Feature, a: number, b: number): number {
  let rarest = 0;
  for (let x = 0; x < slots.length; x++) {
    const code = slots[x]?.[a] ?? 0;
    if (code === 0 || code === rarest) continue;
    for (let y = 0; y < slots.length; y++) {
      if (slots[y]?.[b] === code && (rarest === 0 || (holders[code] ?? 0) < (holders[rarest] ?? 0))) rarest = code;
    }
  }
  return rarest;
}

/** A row's first value. */
export function firstOf({ slots }: Feature, row: number): number {
  for (const slot of slots) {
    const code = slot[row] ?? 0;
    if (code !== 0) return code;
  }
  return 0;
}

function oneDigitOff(x: string, y: string): boolean {
  return Math.min(x.length, y.length) >= 7 && isOneSlip(x, y);
}

/** More edits make another address. */
const farthest = 4;

/** At one domain all else is the same: `a@` with one slip is `b@`, and another mailbox. */
function haveLettersInCommon(x: string, y: string): boolean {
  return editsBetween(x, y) < Math.max(x.length, y.length);
}

/** One address written with slips, as long as it is not another number behind the name. */
function isTypo(x: string, y: string, sameDigits: boolean): boolean {
  const long = Math.max(x.length, y.length);
  if (long < 8 || isFartherThan(sameDigits && long > 14 ? farthest : 2, x, y)) return false;
  const edits = editsBetween(x, y);
  return sameDigits ? edits <= (long > 14 ? 4 : 2) : edits <= 2 && long > 14 && !differInDigitsOnly(x, y);
}

function differInDigitsOnly(x: string, y: string): boolean {
  return x.replace(/\d+/g, '') === y.replace(/\d+/g, '');
}

function nearly(texts: Texts, p: number, q: number): boolean {
  const far = texts.areFarther(2, p, q);
  if (far && !texts.mayBegin(p, q)) return false;
  const [x, y] = [texts.at(p), texts.at(q)];
  if (x.length < 5 || y.length < 5) return false;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  if (short.length > 6 && long.startsWith(short)) return true;
  if (far) return false;
  const found = letterLikeness(x, y);
  return found === likeness.slip || (found === likeness.similar && long.length > 7 && editsBetween(x, y) <= 2);
}

interface Derivations {
  /** Which of the row's own names make its local part. */
  makes(code: number, row: number): Made;
  /** Whether a local part spells both names of a row. */
  spells(text: string, row: number): boolean;
}

const madeLevels: readonly Made[] = ['no', 'one', 'both'];

function derivations(features: Features, local: Feature, locals: Texts): Derivations {
  const given = features.get('given');
  const surname = features.get('surname');
  const texts = given ?? surname;
  if (texts === undefined) return { makes: () => 'no', spells: () => false };
  const names = new Texts(texts);
  const namesOf = (row: number): readonly [string, string] => [
    given === undefined ? '' : names.at(codeAt(given, 0, row)).replaceAll(' ', ''),
    surname === undefined ? '' : names.at(codeAt(surname, 0, row)).replaceAll(' ', ''),
  ];
  /** What was found of each row's first local part: it is asked of again with every pair. */
  const kept = new Uint8Array(local.slots[0]?.length ?? 0);
  return {
    makes(code, row) {
      const first = local.slots[0]?.[row] === code;
      const found = first ? madeLevels[(kept[row] ?? 0) - 1] : undefined;
      if (found !== undefined) return found;
      const made = madeFrom(locals.at(code), ...namesOf(row));
      if (first) kept[row] = madeLevels.indexOf(made) + 1;
      return made;
    },
    spells: (text, row) => madeFrom(text, ...namesOf(row)) === 'both',
  };
}

function digitsOf(text: string): string {
  return /\d/.test(text) ? text.replace(/\D+/g, '') : '';
}
