import { createHash } from 'node:crypto';
import type { Check, FindingDraft } from './types.ts';

/**
 * By what a finding is known again, and stays dismissed: its check, the check's version, the type, and its subject, or
 * without one its records. 32 hexadecimal digits are plenty for one portal, and half of what a model has to copy.
 */
export function fingerprintOf(check: Pick<Check, 'id' | 'version' | 'objectType'>, draft: FindingDraft): string {
  const about =
    draft.subject === undefined ? ['records', draft.kind ?? '', draft.recordsDigest] : ['subject', draft.subject];
  const text = JSON.stringify([check.id, check.version, draft.objectType ?? check.objectType, ...about]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
