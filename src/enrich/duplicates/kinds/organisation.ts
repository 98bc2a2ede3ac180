/** How organisations are held beside each other: companies, and rows of a file. */

import type { Blocking } from '../block/blocks.ts';
import { part, rule } from '../block/keys.ts';
import { type Comparison, type Factor, type Gate, levelAt } from '../compare/factor.ts';
import { factFactor, identifierFactor, identifierLevel } from '../compare/identity.ts';
import {
  domainFactor,
  domainLevel,
  mailboxFactor,
  organisationNameFactor,
  organisationNameLevel,
} from '../compare/organisation.ts';
import { addressFactor, addressLevel, organisationAddress, placeFactor, placeLevel } from '../compare/place.ts';
import { firstOf, organisationPhone, phoneFactor, phoneLevel, profileFactor, sameIn } from '../compare/reach.ts';
import { codeAt, type Features } from '../features/feature.ts';
import type { Sharing } from '../features/sharing.ts';
import { sourceVeto } from './source-veto.ts';

const loose = { loose: true };

export const organisationBlocking: Blocking = {
  rules: [
    rule('identifier'),
    rule('profile'),
    rule('email'),
    rule('phone'),
    rule('core'),
    rule('domain'),
    rule('street number'),
    rule('core|rare core|rarer', { eitherWay: true }),
    rule('core|rare postcode'),
    rule('core|rare city'),
    rule('core|rare number'),
    rule('core|first4 city'),
    rule('number postcode'),
    rule('number street|rare'),
    rule('core|rare'),
    rule('core|rarer', loose),
    rule('core|first4', loose),
    rule('core|sound', loose),
    rule('phone|last7', loose),
    rule('street', loose),
  ],
  divideBy: ['core|rare', 'postcode', 'city', 'number', 'street', 'core|first4', 'country', 'phone', 'domain'].map(
    part,
  ),
};

export function organisationComparison(features: Features, sharing: Sharing): Comparison {
  const factors: Factor[] = [];
  const add = (factor: Factor | undefined): number => (factor === undefined ? -1 : factors.push(factor) - 1);
  const name = add(organisationNameFactor(features));
  const identifier = add(identifierFactor(features));
  add(profileFactor(features));
  const address = add(addressFactor(features, organisationAddress));
  const elsewhere = (levels: Uint8Array) =>
    levelAt(levels, address) === addressLevel.different ||
    levelAt(levels, address) === addressLevel.close ||
    levelAt(levels, address) === addressLevel.number;
  const phone = add(phoneFactor(features, sharing, organisationPhone, elsewhere));
  add(mailboxFactor(features));
  const domain = add(domainFactor(features, sharing, elsewhere));
  const place = add(placeFactor(features, (levels) => levelAt(levels, address) === addressLevel.same));
  for (const fact of features.keys()) if (fact.startsWith('fact:')) add(factFactor(features, fact));

  const parent = features.get('parent');
  const country = features.get('country');
  const ofSource = sourceVeto(features);
  const gate: Gate = {
    veto(a, b) {
      if (parent !== undefined) {
        const [x, y] = [codeAt(parent, 0, a), codeAt(parent, 0, b)];
        if ((x !== 0 && x === codeAt(parent, 1, b)) || (y !== 0 && y === codeAt(parent, 1, a))) {
          return 'One is the parent company of the other.';
        }
      }
      const numbers = features.get('identifier');
      if (numbers !== undefined && sameIn(numbers, a, b) === 0) {
        const [x, y] = [firstOf(numbers, a), firstOf(numbers, b)];
        if (x !== 0 && y !== 0 && factors[identifier]?.compare(a, b, none) === identifierLevel.different) {
          return 'They have two registration numbers.';
        }
      }
      return ofSource(a, b);
    },
    most(a, b, levels) {
      if (levelAt(levels, identifier) === identifierLevel.same) return undefined;
      if (country !== undefined && levelAt(levels, domain) === domainLevel.same) {
        const [x, y] = [firstOf(country, a), firstOf(country, b)];
        if (x !== 0 && y !== 0 && x !== y) return { probability: 0.45, why: 'One domain in two countries: related.' };
      }
      const strange = levelAt(levels, name) === organisationNameLevel.different;
      const reached =
        levelAt(levels, phone) === phoneLevel.same ||
        levelAt(levels, address) === addressLevel.same ||
        levelAt(levels, domain) === domainLevel.same;
      if (strange && !reached) return { probability: 0.4, why: 'Their names differ.' };
      if (elsewhere(levels)) return { probability: 0.94, why: 'Their addresses differ.' };
      // Every town has its 1 Main Street; a postcode may be mistyped.
      if (levelAt(levels, address) === addressLevel.same && levelAt(levels, place) === placeLevel.different)
        return { probability: 0.985, why: 'One street and number, but in two places.' };
      // At one address and number there may be several, which their names tell apart.
      const called = levelAt(levels, name);
      return called === organisationNameLevel.word || called === organisationNameLevel.number || strange
        ? { probability: 0.985, why: 'Their names have little in common.' }
        : undefined;
    },
  };
  return { factors, gate };
}

const none = new Uint8Array(0);
