import { createHash } from 'node:crypto';
import type { Check, Finding, FindingDraft } from './types.ts';

/** Nobody has more records. */
const MOST_DIGITS = 9;

/**
 * By what a finding is known again, and stays dismissed: its check, the check's version, the type, and its subject, or
 * without one its records; a state by its order of magnitude, and by the one below and all above. 32 hexadecimal digits are
 * plenty for one portal, and half of what a model has to copy.
 */
export function fingerprintsOf(
  check: Pick<Check, 'id' | 'version' | 'objectType'>,
  draft: FindingDraft,
): Pick<Finding, 'fingerprint' | 'alsoKnownBy'> {
  const { subject, kind = '', recordsDigest, total, isState, objectType = check.objectType } = draft;
  const known = (...about: readonly unknown[]) => {
    const text = JSON.stringify([check.id, check.version, objectType, ...about]);
    return createHash('sha256').update(text).digest('hex').slice(0, 32);
  };
  if (isState) {
    const digits = String(total).length;
    const others = Array.from({ length: MOST_DIGITS }, (_, at) => at + 1).filter(
      (each) => each >= digits - 1 && each !== digits,
    );
    const ofDigits = (each: number) => known('state', subject ?? '', each);
    return { fingerprint: ofDigits(digits), alsoKnownBy: others.map(ofDigits) };
  }
  return { fingerprint: subject === undefined ? known('records', kind, recordsDigest) : known('subject', subject) };
}

/** All by which a finding is known, the present one first. */
export function knownBy({ fingerprint, alsoKnownBy = [] }: Finding): readonly string[] {
  return [fingerprint, ...alsoKnownBy];
}
