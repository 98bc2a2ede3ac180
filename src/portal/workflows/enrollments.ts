/**
 * Enrolling contacts by hand, which only v2 can. Who is enrolled can be read; no action is carried out for them.
 * Source: developers.hubspot.com/docs/api-reference/legacy/create-manage-workflows-v2, compared 2026-11-22.
 */

import { accountOf } from '../account/details.ts';
import { notFound, PortalError } from '../errors.ts';
import { objectTypeOf } from '../object-type-of.ts';
import { requireRecord } from '../objects/find.ts';
import type { Call, Route } from '../route.ts';
import type { Flow } from '../store/flows.ts';
import type { StoredRecord } from '../store/records.ts';
import { PORTAL } from '../store/store.ts';
import { flowOf, workflowIdOf } from './flows.ts';

const common = {
  versions: ['v2'],
  scopes: () => ['automation'],
  budget: 'burst',
  source: {
    page: 'developers.hubspot.com/docs/api-reference/legacy/automation/workflows/v2/enroll-contact',
    compared: '2026-11-22',
  },
} as const;

export const enrollmentRoutes: readonly Route[] = [
  {
    ...common,
    method: 'POST',
    path: '/automation/workflows/{workflowId}/enrollments/contacts/{email}',
    handle(call) {
      const flow = workflowOf(call);
      const contact = contactByEmail(call);
      // Guess: the words for a workflow that is switched off; that the status is 412 is documented.
      if (!flow.isEnabled) {
        throw new PortalError(412, {
          message: `Workflow ${call.params['workflowId']} is not enabled`,
          category: 'VALIDATION_ERROR',
        });
      }
      call.store.flows.enrollments.put(flow.id, contact.id, {
        flowId: flow.id,
        contactId: contact.id,
        enrolledAt: call.now,
      });
      return { status: 204 };
    },
  },
  {
    ...common,
    method: 'DELETE',
    path: '/automation/workflows/{workflowId}/enrollments/contacts/{email}',
    /** Guess: taking out a contact who is not in is no error. */
    handle(call) {
      call.store.flows.enrollments.delete(workflowOf(call).id, contactByEmail(call).id);
      return { status: 204 };
    },
  },
  {
    ...common,
    method: 'GET',
    path: '/automation/workflows/enrollments/contacts/{vid}',
    /** The workflows that a contact is in, in v2's words as far as they mean something here. */
    handle(call) {
      const contact = requireRecord(call, objectTypeOf(call, 'contacts'), call.params['vid'] ?? '');
      const { portalId } = accountOf(call);
      const enrolled = call.store.flows.flows
        .list(PORTAL)
        .filter(({ id }) => call.store.flows.enrollments.get(id, contact.id) !== undefined);
      return {
        status: 200,
        body: enrolled.map((flow) => ({
          id: Number(workflowIdOf(call, flow.id)),
          portalId,
          insertedAt: Date.parse(flow.createdAt),
          updatedAt: Date.parse(flow.updatedAt),
          name: flow.name ?? '',
          enabled: flow.isEnabled,
          type: 'DRIP_DELAY',
        })),
      };
    },
  },
];

/** Guess: the words for a workflow that is not there. @throws PortalError 404 */
function workflowOf(call: Call): Flow {
  const id = call.params['workflowId'] ?? '';
  const workflow = call.store.flows.workflows.get(PORTAL, id);
  if (!workflow) throw notFound(`Workflow ${id} not found`);
  return flowOf(call, workflow.flowId);
}

function contactByEmail(call: Call): StoredRecord {
  return requireRecord(call, objectTypeOf(call, 'contacts'), call.params['email'] ?? '', { idProperty: 'email' });
}
