/**
 * The pipelines of a new account. Source: recorded from live accounts (deals, tasks, tickets).
 * Guess: ids and labels of the lead and order stages; displayOrder and metadata of the ticket stages.
 */

import type { Pipeline, PipelineStage } from './definitions.ts';

type Stage = readonly [id: string, label: string, metadata: Readonly<Record<string, string>>];

const deal = (probability: string): Record<string, string> => ({
  isClosed: String(probability === '1.0' || probability === '0.0'),
  probability,
});
const ticket = (ticketState: 'OPEN' | 'CLOSED'): Record<string, string> => ({
  isClosed: String(ticketState === 'CLOSED'),
  ticketState,
});
const state = (of: 'OPEN' | 'CLOSED'): Record<string, string> => ({ isClosed: String(of === 'CLOSED'), state: of });

const pipelines: Readonly<Record<string, { id: string; label: string; stages: readonly Stage[] }>> = {
  '0-3': {
    id: 'default',
    label: 'Sales Pipeline',
    stages: [
      ['appointmentscheduled', 'Appointment Scheduled', deal('0.2')],
      ['qualifiedtobuy', 'Qualified To Buy', deal('0.4')],
      ['presentationscheduled', 'Presentation Scheduled', deal('0.6')],
      ['decisionmakerboughtin', 'Decision Maker Bought-In', deal('0.8')],
      ['contractsent', 'Contract Sent', deal('0.9')],
      ['closedwon', 'Closed Won', deal('1.0')],
      ['closedlost', 'Closed Lost', deal('0.0')],
    ],
  },
  '0-5': {
    id: '0',
    label: 'Support Pipeline',
    stages: [
      ['1', 'New', ticket('OPEN')],
      ['2', 'Waiting on contact', ticket('OPEN')],
      ['3', 'Waiting on us', ticket('OPEN')],
      ['4', 'Closed', ticket('CLOSED')],
    ],
  },
  '0-27': {
    id: '3d314325-1b2a-4225-9388-375f49c57ec3',
    label: 'Task Pipeline',
    stages: [
      ['af0e6a5c-2ea3-4c72-b69f-7c6cb3fdb591', 'Not Started', state('OPEN')],
      ['5996831934', 'In progress', state('OPEN')],
      ['dd5826e4-c976-4654-a527-b59ada542e52', 'Waiting', state('OPEN')],
      ['61bafb31-e7fa-46ed-aaa9-1322438d6e67', 'Completed', state('CLOSED')],
      ['fc8148fb-3a2d-4b59-834e-69b7859347cb', 'Deferred', state('OPEN')],
      ['6049725638', 'Cancelled', state('CLOSED')],
    ],
  },
  '0-123': {
    id: '14a2e10e-5471-408a-906e-c51f3b04369e',
    label: 'Order Pipeline',
    stages: [
      ['4b27b500-f031-4927-9811-68a0b525cbae', 'Open', state('OPEN')],
      ['937ea84d-0a4f-4dcf-9028-3f9c2aafbf03', 'Processed', state('OPEN')],
      ['aa99e8d0-c1d5-4071-b915-d240bbb1aed9', 'Shipped', state('OPEN')],
      ['3725360f-519b-4b18-a593-494d60a29c9f', 'Delivered', state('CLOSED')],
      ['3c85a297-e9ce-400b-b42e-9f16853d69d6', 'Cancelled', state('CLOSED')],
    ],
  },
  '0-136': {
    id: 'lead-pipeline-id',
    label: 'Lead Pipeline',
    stages: [
      ['new-stage-id', 'New', state('OPEN')],
      ['attempting-stage-id', 'Attempting', state('OPEN')],
      ['connected-stage-id', 'Connected', state('OPEN')],
      ['qualified-stage-id', 'Qualified', state('CLOSED')],
      ['unqualified-stage-id', 'Unqualified', state('CLOSED')],
    ],
  },
};

/** The pipelines that a type starts with, all made at `at` (ISO); none for most types. */
export function defaultPipelines(typeId: string, at: string): Pipeline[] {
  const pipeline = pipelines[typeId];
  if (!pipeline) return [];
  const dates = { createdAt: at, updatedAt: at, archived: false };
  const stages = pipeline.stages.map(
    ([id, label, metadata], displayOrder): PipelineStage => ({
      id,
      label,
      displayOrder,
      metadata,
      ...dates,
      writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
    }),
  );
  return [{ id: pipeline.id, label: pipeline.label, displayOrder: 0, stages, ...dates }];
}
