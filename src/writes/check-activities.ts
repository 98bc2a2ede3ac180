/** Notes, calls, e-mails, meetings, tasks and messages: what people say of them -> the records HubSpot keeps of them. */

import { type Crm, type ObjectType, UserError } from '../crm/index.ts';
import { LONGEST_VALUE } from '../crm/values.ts';
import type { CheckedRow } from './change.ts';
import { checkCreate, findAssociations, type SaidAssociation } from './check-creates.ts';
import { checkRows, writableType } from './check-rows.ts';

/** An activity, as a tool is told of it. */
export interface SaidActivity {
  readonly type: ActivityType;
  readonly subject?: string | undefined;
  readonly body?: string | undefined;
  /** When it happened; a task's due date. Now, if omitted. */
  readonly time?: string | undefined;
  readonly durationMinutes?: number | undefined;
  readonly direction?: 'inbound' | 'outbound' | undefined;
  readonly outcome?: string | undefined;
  /** An address or a number. */
  readonly from?: string | undefined;
  readonly to?: readonly string[] | undefined;
  readonly owner?: string | undefined;
  readonly fileIds?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  readonly associations?: readonly SaidAssociation[] | undefined;
}

export const ACTIVITY_TYPES = ['call', 'email', 'meeting', 'task', 'sms', 'whatsapp', 'linkedin'] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number] | 'note';

/** Where HubSpot keeps each part of an activity. A part that has no place cannot be said of that type. */
interface Shape {
  readonly objectType: string;
  readonly always?: Readonly<Record<string, string>>;
  readonly subject?: string;
  readonly body: string;
  readonly outcome?: string;
  readonly direction?: { readonly property: string; readonly inbound: string; readonly outbound: string };
  /** Properties for who spoke and to whom, and for how long; the units differ. */
  readonly people?: (from: string | undefined, to: readonly string[]) => Record<string, string>;
  readonly duration?: (start: string, minutes: number) => Record<string, string>;
}

/** Source: developers.hubspot.com/docs/api-reference/latest/crm/activities/{calls,…}/guide, compared 2026-11-22. */
const SHAPES: Readonly<Record<ActivityType, Shape>> = {
  note: { objectType: 'notes', body: 'hs_note_body' },
  call: {
    objectType: 'calls',
    always: { hs_call_status: 'COMPLETED' },
    subject: 'hs_call_title',
    body: 'hs_call_body',
    outcome: 'hs_call_disposition',
    direction: { property: 'hs_call_direction', inbound: 'INBOUND', outbound: 'OUTBOUND' },
    people: (from, [to]) => ({
      ...(from !== undefined && { hs_call_from_number: from }),
      ...(to !== undefined && { hs_call_to_number: to }),
    }),
    duration: (_start, minutes) => ({ hs_call_duration: String(Math.round(minutes * 60_000)) }),
  },
  email: {
    objectType: 'emails',
    always: { hs_email_direction: 'EMAIL', hs_email_status: 'SENT' },
    subject: 'hs_email_subject',
    body: 'hs_email_text',
    direction: { property: 'hs_email_direction', inbound: 'INCOMING_EMAIL', outbound: 'EMAIL' },
    people: (from, to) => ({
      hs_email_headers: JSON.stringify({
        ...(from !== undefined && { from: { email: from } }),
        to: to.map((email) => ({ email })),
        cc: [],
        bcc: [],
      }),
    }),
  },
  meeting: {
    objectType: 'meetings',
    subject: 'hs_meeting_title',
    body: 'hs_meeting_body',
    outcome: 'hs_meeting_outcome',
    duration: (start, minutes) => ({
      hs_meeting_start_time: start,
      hs_meeting_end_time: new Date(Date.parse(start) + minutes * 60_000).toISOString(),
    }),
  },
  task: {
    objectType: 'tasks',
    always: { hs_task_status: 'NOT_STARTED', hs_task_type: 'TODO' },
    subject: 'hs_task_subject',
    body: 'hs_task_body',
  },
  sms: message('SMS'),
  whatsapp: message('WHATS_APP'),
  linkedin: message('LINKEDIN_MESSAGE'),
};

function message(channel: string): Shape {
  return {
    objectType: 'communications',
    always: { hs_communication_channel_type: channel, hs_communication_logged_from: 'CRM' },
    body: 'hs_communication_body',
  };
}

/** HubSpot's own call outcomes; a portal's own ones are said by id. Same source as the shapes. */
const CALL_DISPOSITIONS: Readonly<Record<string, string>> = {
  busy: '9d9162e7-6cf3-4944-bf63-4dff82258764',
  connected: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
  'left live message': 'a4c4c377-d246-4b32-a13b-75a56a4cd0ff',
  'left voicemail': 'b2cf5968-551e-4856-9783-52b3da59a7d0',
  'no answer': '73a0d17f-1163-4015-bdd5-ec830791da20',
  'wrong number': '17b47fee-58de-441e-a44c-c6300d46f273',
};

/** Checks activities that are to be logged, each one record together with its associations and attachments. */
export async function checkActivities(
  crm: Crm,
  said: readonly SaidActivity[],
  dryRun?: boolean,
): Promise<CheckedRow[]> {
  const types = new Map<string, ObjectType>();
  for (const { objectType } of said.map(({ type }) => SHAPES[type])) {
    if (types.has(objectType)) continue;
    const type = await writableType(crm, objectType, 'create');
    await crm.properties.of(type);
    types.set(objectType, type);
  }
  const associate = await findAssociations(crm, said, dryRun);
  return checkRows(said, async (activity) => {
    const type = types.get(SHAPES[activity.type].objectType);
    if (type === undefined) throw new Error(`${activity.type} was not looked up.`);
    const properties = await propertiesOf(crm, type, activity);
    return checkCreate(crm, type, { properties, associations: activity.associations }, associate);
  });
}

async function propertiesOf(crm: Crm, type: ObjectType, said: SaidActivity): Promise<Record<string, unknown>> {
  const shape = SHAPES[said.type];
  refuseMisplaced(said, shape);
  refuseEmpty(said);
  refuseLong(said);
  const { hs_timestamp: start = '' } = await crm.values.toWire(type, {
    hs_timestamp: said.time ?? 'now',
  });
  const { subject, body, outcome, direction, owner, from, to, fileIds, durationMinutes } = said;
  return {
    ...shape.always,
    hs_timestamp: start,
    ...(said.type === 'meeting' && { hs_meeting_start_time: start }),
    ...(subject !== undefined && shape.subject !== undefined && { [shape.subject]: subject }),
    ...(body !== undefined && { [shape.body]: body }),
    ...(outcome !== undefined && shape.outcome !== undefined && { [shape.outcome]: outcomeId(said.type, outcome) }),
    ...(direction !== undefined &&
      shape.direction !== undefined && { [shape.direction.property]: shape.direction[direction] }),
    ...((from !== undefined || to !== undefined) && shape.people?.(from, to ?? [])),
    ...(durationMinutes !== undefined && shape.duration?.(start, durationMinutes)),
    ...(owner !== undefined && { hubspot_owner_id: owner }),
    ...(fileIds !== undefined && fileIds.length > 0 && { hs_attachment_ids: fileIds.join(';') }),
    ...said.properties,
  };
}

/** Nothing that was said may vanish: a part for which this type has no property is refused. */
function refuseMisplaced(said: SaidActivity, shape: Shape): void {
  const misplaced = [
    said.subject !== undefined && shape.subject === undefined && 'subject',
    said.outcome !== undefined && shape.outcome === undefined && 'outcome',
    said.direction !== undefined && shape.direction === undefined && 'direction',
    (said.from !== undefined || said.to !== undefined) && shape.people === undefined && 'from and to',
    said.durationMinutes !== undefined && shape.duration === undefined && 'durationMinutes',
  ].filter((part) => part !== false);
  if (misplaced.length === 0) return;
  throw new UserError(
    'invalid_arguments',
    `HubSpot keeps no ${misplaced.join(', ')} of type ${said.type}. Put it into the body, or leave it out.`,
  );
}

/** A timeline entry that says nothing helps nobody: what was meant to be in it got lost on the way. */
function refuseEmpty(said: SaidActivity): void {
  const { type, subject, body, outcome, direction, durationMinutes, from, to = [], time, fileIds = [] } = said;
  const told = type === 'note' ? [body] : [subject, body, outcome, direction, durationMinutes, from, ...to, time];
  const parts = [...told, ...fileIds, ...Object.values(said.properties ?? {})];
  if (parts.some((part) => (part ?? '') !== '' && !(typeof part === 'string' && part.trim() === ''))) return;
  const wanted = SHAPES[type].subject === undefined ? 'a body' : 'a subject or a body';
  throw new UserError('nothing_to_write', `This ${type} is empty: give it ${wanted}.`);
}

function refuseLong({ body, type }: SaidActivity): void {
  if (body === undefined || body.length <= LONGEST_VALUE) return;
  throw new UserError(
    'too_long',
    `The body has ${body.length} characters; HubSpot takes ${LONGEST_VALUE}. Shorten it, or split it into several of type ${type}.`,
    { property: 'body' },
  );
}

function outcomeId(type: ActivityType, said: string): string {
  return type === 'call' ? (CALL_DISPOSITIONS[said.trim().toLowerCase()] ?? said) : said;
}
