/**
 * Who a workflow enrolls by itself. It is checked and kept; nobody is enrolled by it in this portal.
 * Source: developers.hubspot.com/docs/api-reference/automation-automation-v4-v4/action-enrollment-reference, compared
 * 2026-11-22.
 */

import { flag, list, oneOf, optional, type Reader, shape } from '../body.ts';
import { PortalError } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { readFilters } from '../lists/filters/branch.ts';
import type { Store } from '../store/store.ts';
import { type Members, members } from './members.ts';

const head = shape('ApiEnrollmentCriteria', {
  type: oneOf('ApiEnrollmentCriteriaType', ['EVENT_BASED', 'LIST_BASED', 'MANUAL']),
  shouldReEnroll: flag,
});
const eventBased = shape('ApiEventBasedEnrollmentCriteria', {
  eventFilterBranches: list(members),
  listMembershipFilterBranches: optional(list(members)),
  refinementCriteria: optional(members),
});
const listBased = shape('ApiListBasedEnrollmentCriteria', {
  listFilterBranch: members,
  reEnrollmentTriggersFilterBranches: optional(list(members)),
  unEnrollObjectsNotMeetingCriteria: optional(flag),
});

export interface EnrollmentCriteria {
  /** As it came. */
  readonly criteria: Members;
  readonly listFilterBranch?: Members;
}

export const enrollmentCriteria: Reader<EnrollmentCriteria> = (value, at) => {
  const { type } = head(value, at);
  const criteria = members(value, at);
  if (type === 'MANUAL') return { criteria };
  if (type === 'LIST_BASED') return { criteria, listFilterBranch: listBased(value, at).listFilterBranch };
  eventBased(value, at);
  return { criteria };
};

/** The filters are those of lists. @throws PortalError 400 */
export function checkCriteria(store: Store, type: ObjectTypeFacts, { listFilterBranch }: EnrollmentCriteria): void {
  if (!listFilterBranch) return;
  try {
    readFilters(store, type, listFilterBranch);
  } catch (error) {
    // What lists cannot evaluate here can still be kept: no workflow evaluates it.
    if (!(error instanceof PortalError) || error.status !== 501) throw error;
  }
}
