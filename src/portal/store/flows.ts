/** Workflows ("flows"), what they were before, and who was enrolled in them. */

import type { Counters } from './counters.ts';
import type { DefinitionSet, DefinitionTables } from './definitions.ts';

/** A workflow as it is read; what its type brings beyond these members is kept as it came. */
export interface Flow {
  readonly id: string;
  readonly type: 'CONTACT_FLOW' | 'PLATFORM_FLOW';
  readonly flowType: string;
  readonly objectTypeId: string;
  readonly isEnabled: boolean;
  readonly revisionId: string;
  readonly name?: string;
  readonly uuid?: string;
  readonly actions: readonly FlowAction[];
  readonly startActionId?: string;
  readonly nextAvailableActionId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly [member: string]: unknown;
}

export interface FlowAction {
  readonly actionId: string;
  readonly type: string;
  readonly [member: string]: unknown;
}

export interface FlowEnrollment {
  readonly flowId: string;
  readonly contactId: string;
  readonly enrolledAt: number;
}

export interface FlowTables {
  /** In scope `PORTAL`, by flow id. */
  readonly flows: DefinitionSet<Flow>;
  /** By flow id and revision id, the current one included. */
  readonly revisions: DefinitionSet<Flow>;
  /** In scope `PORTAL`, by workflow id: what v2 and v3 know a contacts' flow under. */
  readonly workflows: DefinitionSet<{ readonly workflowId: string; readonly flowId: string }>;
  /** By flow id and contact id. */
  readonly enrollments: DefinitionSet<FlowEnrollment>;
  nextFlowId(): string;
  nextWorkflowId(): string;
}

export function flowTables(ids: Counters, definitions: DefinitionTables): FlowTables {
  return {
    flows: definitions.set('flow'),
    revisions: definitions.set('flowRevision'),
    workflows: definitions.set('workflow'),
    enrollments: definitions.set('flowEnrollment'),
    nextFlowId: () => ids.next('flow', FIRST_FLOW_ID),
    nextWorkflowId: () => ids.next('workflow', FIRST_WORKFLOW_ID),
  };
}

const FIRST_FLOW_ID = 1_698_324_629;
const FIRST_WORKFLOW_ID = 61_204_311;
