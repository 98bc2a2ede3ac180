/** How persons are held beside each other: contacts, and rows of a file. */

import type { Blocking } from '../block/blocks.ts';
import { part, rule } from '../block/keys.ts';
import { type Comparison, type Factor, type Gate, levelAt } from '../compare/factor.ts';
import { birthFactor, birthLevel, factFactor, identifierFactor } from '../compare/identity.ts';
import { middleFactors, nameFactors, nameLevel } from '../compare/names.ts';
import { addressFactor, addressLevel, placeFactor } from '../compare/place.ts';
import {
  emailFactor,
  emailLevel,
  organisationFactor,
  organisationLevel,
  phoneFactor,
  phoneLevel,
  profileFactor,
} from '../compare/reach.ts';
import { wholeNames } from '../compare/whole-name.ts';
import { codeAt, type Features } from '../features/feature.ts';
import type { Sharing } from '../features/sharing.ts';
import { sourceVeto } from './source-veto.ts';

const loose = { loose: true };

export const personBlocking: Blocking = {
  rules: [
    rule('identifier'),
    rule('email'),
    rule('profile'),
    rule('phone'),
    rule('given surname', { eitherWay: true }),
    rule('words|rare words|rarer', { eitherWay: true }),
    rule('local'),
    rule('surname organisation'),
    rule('given organisation'),
    rule('birth given|initial'),
    rule('birth surname|initial'),
    rule('birth city'),
    rule('birth postcode'),
    rule('surname birth|year'),
    rule('given birth|year'),
    rule('given birth|yearless'),
    rule('surname birth|yearless'),
    rule('surname|sound given|initial'),
    rule('surname|first4 given|initial city|first4'),
    rule('given|first3 surname|first3'),
    rule('surname number'),
    rule('given number'),
    rule('street number'),
    rule('surname postcode'),
    rule('given postcode'),
    rule('surname city'),
    rule('given city'),
    rule('city birth|year'),
    rule('birth', loose),
    rule('words|rare', loose),
    rule('words|rarer', loose),
    rule('surname', loose),
    rule('given', loose),
    rule('surname|sound', loose),
    rule('local|first4', loose),
    rule('phone|last7', loose),
  ],
  divideBy: [
    'organisation',
    'birth|year',
    'city',
    'postcode',
    'given|first3',
    'surname|first4',
    'phone',
    'local',
    'number',
    'email',
  ].map(part),
};

export function personComparison(features: Features, sharing: Sharing): Comparison {
  const factors: Factor[] = [];
  const places = new Map<string, number>();
  const add = (factor: Factor | undefined): number => {
    if (factor === undefined) return -1;
    places.set(factor.field, factors.length);
    return factors.push(factor) - 1;
  };
  const parts = [...nameFactors(features), ...middleFactors(features)];
  const whole = features.get('whole');
  const names = whole && wholeNames(whole, parts);
  for (const factor of names?.factors ?? parts) add(factor);
  const given = places.get('given name') ?? -1;
  const surname = places.get('surname') ?? -1;
  const middle = places.get('middle name') ?? -1;
  const identifier = add(identifierFactor(features));
  const profile = add(profileFactor(features));
  const phone = add(phoneFactor(features, sharing));
  const email = add(emailFactor(features, sharing, [given, surname]));
  const sharedPhone = (levels: Uint8Array) =>
    levelAt(levels, phone) === phoneLevel.two ||
    levelAt(levels, phone) === phoneLevel.many ||
    levelAt(levels, phone) === phoneLevel.extension;
  const sameEmail = (levels: Uint8Array) =>
    levelAt(levels, email) === emailLevel.same || levelAt(levels, email) === emailLevel.shared;
  const organisation = add(organisationFactor(features, (levels) => sharedPhone(levels) || sameEmail(levels)));
  const isOneFirm = (levels: Uint8Array) =>
    levelAt(levels, organisation) === organisationLevel.same ||
    levelAt(levels, organisation) === organisationLevel.explained;
  const birth = add(birthFactor(features));
  const address = add(addressFactor(features));
  add(
    placeFactor(
      features,
      (levels) =>
        sharedPhone(levels) ||
        levelAt(levels, organisation) === organisationLevel.same ||
        levelAt(levels, address) === addressLevel.same,
    ),
  );
  for (const name of features.keys()) if (name.startsWith('fact:')) add(factFactor(features, name));

  /** Without these two rows are known by their names, and perhaps by a place or an occupation. */
  const telling = [identifier, profile, phone, email, organisation, birth, address];
  const generation = features.get('generation');
  const ofSource = sourceVeto(features);
  const gate: Gate = {
    veto(a, b) {
      if (generation !== undefined) {
        const [x, y] = [codeAt(generation, 0, a), codeAt(generation, 0, b)];
        if (x !== 0 && y !== 0 && x !== y) return 'Their names say that they are of two generations.';
      }
      return ofSource(a, b);
    },
    most(a, b, levels) {
      const numbered = levelAt(levels, identifier) === 1 || levelAt(levels, profile) === 1;
      const birthdays = levelAt(levels, birth);
      if (generation !== undefined && !numbered && (birthdays === 0 || birthdays > birthLevel.digit)) {
        const [x, y] = [codeAt(generation, 0, a), codeAt(generation, 0, b)];
        if ((x === 0) !== (y === 0))
          return { probability: 0.9, why: 'Only one of them says of which generation it is.' };
      }
      const [first, last] = [levelAt(levels, given), levelAt(levels, surname)];
      const named = first !== nameLevel.missing && last !== nameLevel.missing;
      const identified =
        levelAt(levels, identifier) === 1 ||
        levelAt(levels, identifier) === 3 ||
        levelAt(levels, identifier) === 2 ||
        levelAt(levels, profile) === 1 ||
        levelAt(levels, email) === emailLevel.same ||
        (named && levelAt(levels, email) === emailLevel.similar);
      const apart = birthdays === birthLevel.different && !numbered;
      if (identified) return apart ? { probability: 0.985, why: 'Their birth dates differ.' } : undefined;
      const born = levelAt(levels, birth);
      const sameBirth = born === birthLevel.same || born === birthLevel.swapped || born === birthLevel.digit;
      if (first === nameLevel.different && last === nameLevel.different && !sameBirth) {
        return { probability: 0.85, why: 'Both names differ.' };
      }
      const household =
        (levelAt(levels, phone) >= phoneLevel.same && levelAt(levels, phone) <= phoneLevel.extension) ||
        levelAt(levels, address) === addressLevel.same;
      if (
        first === nameLevel.different &&
        last !== nameLevel.different &&
        household &&
        !sameBirth &&
        levelAt(levels, middle) !== 1
      ) {
        return { probability: 0.4, why: 'Two first names at one address or number: a household.' };
      }
      const mailboxes = levelAt(levels, email);
      const twoBoxes = mailboxes === emailLevel.similar || (mailboxes === emailLevel.different && isOneFirm(levels));
      // Of what colleagues share - firm, switchboard, a name - nothing makes two mailboxes one person's for certain.
      if (!named && twoBoxes && !sameBirth && levelAt(levels, address) !== addressLevel.same)
        return { probability: 0.985, why: 'Two e-mail addresses, and their whole names are not known.' };
      if (telling.every((place) => levelAt(levels, place) === 0)) {
        if (names?.areTwo(a, b) === true) return { probability: 0.4, why: 'As a whole their names differ.' };
        return { probability: 0.985, why: 'Little but their names is known.' };
      }
      return apart ? { probability: 0.985, why: 'Their birth dates differ.' } : undefined;
    },
  };
  return { factors, gate };
}
