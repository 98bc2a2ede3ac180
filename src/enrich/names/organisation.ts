/** Whether two names can be of one organisation, and how they differ. */

import { legalForms, weakWords } from '../normal/data/legal-forms.ts';
import { lettersOf } from '../normal/fold.ts';
import { readOrganisationName } from '../normal/organisation-name.ts';
import { type Alignment, align } from './align.ts';
import type { NameComparison, Telling } from './person.ts';
import { likeness, type Word, wordOf } from './word.ts';

/** How two names of organisations compare, in words, the surest first. */
export type OrganisationNameLevel =
  | 'same'
  | 'same but for the legal form'
  | 'spelling'
  | 'same words in another order'
  | 'acronym'
  | 'part'
  | 'typo'
  | 'similar'
  | 'other number'
  | 'different'
  | 'missing';

/** A name made ready: comparing thousands with it costs its preparation once. */
export interface PreparedOrganisationName {
  /** Its words, folded, without legal forms; `''` where there is no name. */
  readonly text: string;
  readonly words: readonly Word[];
  readonly weights: readonly number[];
  readonly contrasts: readonly number[];
  /** Classes of its legal forms: `limited`, `stock`, ... */
  readonly forms: readonly string[];
  readonly formText: string;
  readonly acronym: string;
  /** Words and legal forms without spaces. */
  readonly joined: string;
  readonly numbers: string;
}

/** @param telling of a folded word; words without meaning of their own (`the`, `group`) count less in any case */
export function prepareOrganisationName(name: string, telling?: Telling): PreparedOrganisationName {
  const { words, core, forms, acronym } = readOrganisationName(name);
  // Where little words are all there is (AT&T) they are the name.
  const few = core.length < 6 && core === words.join(' ');
  const weights = words.map((text) => ((few ? 1 : weakWords.get(text)) ?? 1) * (telling?.(text) ?? 1));
  return {
    text: words.join(' '),
    words: words.map(wordOf),
    weights,
    // Acme Systems and Acme Industries are two, though neither word says much by itself.
    contrasts: weights.map((weight) => (weight < 0.5 ? weight * 1.3 : Math.max(weight, 0.85))),
    forms: [...new Set(forms.map((form) => legalForms.get(form) ?? form))].sort(),
    formText: [...forms].sort().join(' '),
    acronym,
    joined: lettersOf(name),
    numbers: words
      .filter((text) => /^\d+$/.test(text))
      .sort()
      .join(' '),
  };
}

export function compareOrganisationNames(a: string, b: string): NameComparison<OrganisationNameLevel> {
  return comparePreparedOrganisationNames(prepareOrganisationName(a), prepareOrganisationName(b));
}

export function comparePreparedOrganisationNames(
  one: PreparedOrganisationName,
  two: PreparedOrganisationName,
): NameComparison<OrganisationNameLevel> {
  if (one.text === '' || two.text === '') return missing;
  // In one order, so that it does not matter which is compared with which.
  const [a, b] =
    one.text < two.text || (one.text === two.text && one.formText <= two.formText) ? [one, two] : [two, one];
  if (a.text === b.text && a.formText === b.formText) return same;
  if (a.joined === b.joined && a.formText !== b.formText) return { similarity: 0.97, level: 'spelling' };
  if (isAcronym(a, b) || isAcronym(b, a)) return { similarity: 0.8, level: 'acronym' };
  const found = align(a, b, false);
  const { against, surplus } = found;
  let similarity = found.agreement / found.matched || 0;
  similarity /= 1 + (2 * against) / Math.min(Math.max(found.matched, 0.5), 1.5);
  similarity /= 1 + (0.5 * surplus) / Math.max(found.matched, 0.5);
  if (!found.inOrder) similarity *= 0.98;
  const otherForm = a.forms.length > 0 && b.forms.length > 0 && !a.forms.some((form) => b.forms.includes(form));
  if (otherForm) similarity *= 0.85;
  else if (a.formText !== b.formText) similarity *= 0.99;
  if (a.numbers !== b.numbers) {
    if (a.numbers !== '' && b.numbers !== '') return { similarity: Math.min(similarity, 0.5), level: 'other number' };
    similarity *= 0.8;
  }
  return { similarity, level: levelOf(found, similarity, against, surplus, a.formText === b.formText) };
}

const missing: NameComparison<OrganisationNameLevel> = { similarity: 0, level: 'missing' };
const same: NameComparison<OrganisationNameLevel> = { similarity: 1, level: 'same' };

function levelOf(
  found: Alignment,
  similarity: number,
  against: number,
  surplus: number,
  sameForm: boolean,
): OrganisationNameLevel {
  if (similarity < 0.6) return 'different';
  if (against > 0) return 'similar';
  if (found.worst === likeness.typo) return 'typo';
  if (surplus > 0.3) return 'part';
  if (found.worst !== likeness.same) return 'spelling';
  if (!found.inOrder) return 'same words in another order';
  return sameForm ? 'same' : 'same but for the legal form';
}

function isAcronym(short: PreparedOrganisationName, long: PreparedOrganisationName): boolean {
  return long.acronym.length > 2 && short.words.length === 1 && short.words[0]?.text === long.acronym;
}
