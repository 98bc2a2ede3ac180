/**
 * Reads the definition of a workflow. Source: HubSpot's published models of the automation API (v4), compared 2026-11-22.
 * Guess: lists and maps that the models require may be left out, as HubSpot's own examples leave them out.
 */

import { flag, integer, list, oneOf, optional, type Reader, shape, text, textMap } from '../body.ts';
import { invalid } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Store } from '../store/store.ts';
import { checkGraph, readAction } from './actions.ts';
import { checkCriteria, enrollmentCriteria } from './enrollment-criteria.ts';
import { members } from './members.ts';

const type = oneOf('ApiFlowType', ['CONTACT_FLOW', 'PLATFORM_FLOW']);

const common = {
  type,
  isEnabled: flag,
  actions: list(readAction),
  startActionId: optional(text),
  nextAvailableActionId: optional(text),
  name: optional(text),
  description: optional(text),
  uuid: optional(text),
  enrollmentCriteria: optional(enrollmentCriteria),
  enrollmentSchedule: optional(members),
  timeWindows: optional(list(members)),
  blockedDates: optional(list(members)),
  customProperties: optional(textMap),
};
const contactsOnly = {
  canEnrollFromSalesforce: optional(flag),
  suppressionListIds: optional(list(integer)),
  eventAnchor: optional(members),
  goalFilterBranch: optional(members),
  unEnrollmentSetting: optional(members),
};
const platformOnly = { suppressionFilterBranch: optional(members) };

const createRequest = shape('ApiFlowCreateRequest', {
  ...common,
  ...contactsOnly,
  ...platformOnly,
  objectTypeId: text,
  flowType: optional(oneOf('ApiAutomationFlowType', ['WORKFLOW', 'ACTION_SET', 'UNKNOWN'])),
  dataSources: optional(list(members)),
});
const putRequest = shape('ApiFlowPutRequest', { ...common, ...contactsOnly, ...platformOnly, revisionId: text });

type Written = ReturnType<typeof createRequest> | ReturnType<typeof putRequest>;

export const readCreate: Reader<ReturnType<typeof createRequest>> = createRequest;
export const readPut: Reader<ReturnType<typeof putRequest>> = putRequest;

/** The members of a workflow that a request sets; `before` is the next action id that it had. @throws PortalError 400 */
export function definitionOf(store: Store, objectType: ObjectTypeFacts, written: Written, before = 1) {
  // Guess: the words for a flow's type and object type that do not go together; that they must is known.
  const fitting = objectType.id === '0-1' ? 'CONTACT_FLOW' : 'PLATFORM_FLOW';
  if (written.type !== fitting) {
    throw invalid(`A flow of type ${written.type} cannot have objectTypeId ${objectType.id}: its type is ${fitting}`);
  }
  checkGraph(written.actions, written.startActionId);
  if (written.enrollmentCriteria) checkCriteria(store, objectType, written.enrollmentCriteria);
  const { actions, enrollmentCriteria: enrolled, nextAvailableActionId, ...rest } = written;
  const said = Number(nextAvailableActionId ?? 1);
  const next = Math.max(
    before,
    Number.isSafeInteger(said) ? said : 1,
    ...actions.map(({ action }) => Number(action.actionId) + 1),
  );
  const strange = new Set(Object.keys(fitting === 'CONTACT_FLOW' ? platformOnly : contactsOnly));
  return {
    timeWindows: [],
    blockedDates: [],
    customProperties: {},
    ...(fitting === 'CONTACT_FLOW' && { canEnrollFromSalesforce: false, suppressionListIds: [] }),
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !strange.has(name))),
    type: written.type,
    isEnabled: written.isEnabled,
    ...(written.name !== undefined && { name: written.name }),
    ...(written.uuid !== undefined && { uuid: written.uuid }),
    ...(written.startActionId !== undefined && { startActionId: written.startActionId }),
    actions: actions.map(({ action }) => action),
    nextAvailableActionId: String(next),
    ...(enrolled && { enrollmentCriteria: enrolled.criteria }),
  };
}
