/** A last doubt before what cannot be undone: whether the names could be those of one person, or of one company. */

import { compareOrganisationNames } from '../names/organisation.ts';
import { comparePersonNames } from '../names/person.ts';
import type { RecordNow } from './types.ts';

/** Below it the comparison of names calls them different. */
const ALIKE = 0.6;

/** @param records the survivor first; no name is said, only ids */
export function unlikeNames(objectType: string, [survivor, ...losers]: readonly RecordNow[]): readonly string[] {
  const likeness = likenessOf[objectType];
  if (survivor === undefined || likeness === undefined) return [];
  const unlike = losers.filter((loser) => (likeness(survivor, loser) ?? 1) < ALIKE).map(({ id }) => id);
  if (unlike.length === 0) return [];
  return [
    `By their names, ${unlike.join(', ')} and ${survivor.id} look like different ones: make sure that they are one.`,
  ];
}

type Likeness = (a: RecordNow, b: RecordNow) => number | undefined;

/** Undefined where one has no name. */
const likenessOf: Readonly<Record<string, Likeness>> = {
  contacts: (a, b) => {
    const { similarity, level } = comparePersonNames(personName(a), personName(b));
    return level === 'missing' ? undefined : similarity;
  },
  companies: (a, b) => {
    const { similarity, level } = compareOrganisationNames(a.properties['name'] ?? '', b.properties['name'] ?? '');
    return level === 'missing' ? undefined : similarity;
  },
};

function personName({ properties }: RecordNow) {
  return { first: properties['firstname'] ?? '', last: properties['lastname'] ?? '' };
}
