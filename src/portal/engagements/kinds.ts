/**
 * How the fields of a legacy engagement are kept in the properties of an activity record.
 * Source: developers.hubspot.com/docs/methods/engagements/engagements-overview, compared 2026-11-22.
 */

import type { StoredRecord } from '../store/records.ts';

/** A text as it is, a time (ISO here, milliseconds there), a number, or several times separated by semicolons. */
type Form = 'text' | 'time' | 'number' | 'times';

export interface EngagementKind {
  readonly typeId: string;
  /** Its name in the legacy API; of an e-mail the one that goes out. */
  readonly type: string;
  readonly metadata: Readonly<Record<string, readonly [property: string, form: Form]>>;
}

export const kinds: readonly EngagementKind[] = [
  { typeId: '0-46', type: 'NOTE', metadata: { body: ['hs_note_body', 'text'] } },
  {
    typeId: '0-27',
    type: 'TASK',
    metadata: {
      body: ['hs_task_body', 'text'],
      subject: ['hs_task_subject', 'text'],
      status: ['hs_task_status', 'text'],
      forObjectType: ['hs_task_for_object_type', 'text'],
      taskType: ['hs_task_type', 'text'],
      priority: ['hs_task_priority', 'text'],
      reminders: ['hs_task_reminders', 'times'],
    },
  },
  {
    typeId: '0-48',
    type: 'CALL',
    metadata: {
      body: ['hs_call_body', 'text'],
      title: ['hs_call_title', 'text'],
      status: ['hs_call_status', 'text'],
      toNumber: ['hs_call_to_number', 'text'],
      fromNumber: ['hs_call_from_number', 'text'],
      disposition: ['hs_call_disposition', 'text'],
      durationMilliseconds: ['hs_call_duration', 'number'],
      recordingUrl: ['hs_call_recording_url', 'text'],
      externalId: ['hs_call_external_id', 'text'],
    },
  },
  {
    typeId: '0-47',
    type: 'MEETING',
    metadata: {
      body: ['hs_meeting_body', 'text'],
      title: ['hs_meeting_title', 'text'],
      startTime: ['hs_meeting_start_time', 'time'],
      endTime: ['hs_meeting_end_time', 'time'],
      location: ['hs_meeting_location', 'text'],
      meetingOutcome: ['hs_meeting_outcome', 'text'],
      internalMeetingNotes: ['hs_internal_meeting_notes', 'text'],
    },
  },
  {
    typeId: '0-49',
    type: 'EMAIL',
    metadata: {
      subject: ['hs_email_subject', 'text'],
      html: ['hs_email_html', 'text'],
      text: ['hs_email_text', 'text'],
      status: ['hs_email_status', 'text'],
    },
  },
];

/** From whom to whom an e-mail goes: one property holds them all, as JSON. */
const HEADERS = 'hs_email_headers';
const headers = ['from', 'to', 'cc', 'bcc'] as const;
const EMAILS = '0-49';

/** The names that a record of a kind goes by: an e-mail has one for each direction. */
const emailTypes = ['EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL'];

export function kindOf(type: string): EngagementKind | undefined {
  return kinds.find((kind) => kind.type === (emailTypes.includes(type) ? 'EMAIL' : type));
}

export function typeOf(kind: EngagementKind, record: StoredRecord): string {
  return kind.typeId === EMAILS ? (record.properties['hs_email_direction'] ?? kind.type) : kind.type;
}

/** The properties that metadata as sent stand for; members that mean nothing are left out. */
export function toProperties(
  kind: EngagementKind,
  type: string | undefined,
  metadata: Readonly<Record<string, unknown>>,
  record?: StoredRecord,
): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const [name, [property]] of Object.entries(kind.metadata)) {
    if (metadata[name] !== undefined) properties[property] = toText(metadata[name]);
  }
  if (kind.typeId !== EMAILS) return properties;
  if (type !== undefined) properties['hs_email_direction'] = type;
  const said = Object.fromEntries(headers.flatMap((name) => (name in metadata ? [[name, metadata[name]]] : [])));
  if (Object.keys(said).length > 0) {
    properties[HEADERS] = JSON.stringify({ ...parseHeaders(record?.properties[HEADERS]), ...said });
  }
  return properties;
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(toText).join(';');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function toMetadata(kind: EngagementKind, record: StoredRecord): Record<string, unknown> {
  const metadata: Record<string, unknown> = {};
  if (kind.typeId === EMAILS) Object.assign(metadata, parseHeaders(record.properties[HEADERS]));
  for (const [name, [property, form]] of Object.entries(kind.metadata)) {
    const value = record.properties[property];
    if (value !== undefined) metadata[name] = fromText(value, form);
  }
  return metadata;
}

function fromText(value: string, form: Form): unknown {
  switch (form) {
    case 'text':
      return value;
    case 'number':
      return Number(value);
    case 'time':
      return Date.parse(value);
    case 'times':
      return value.split(';').map(Number);
  }
}

/** What somebody wrote there by the newer API may be no JSON. */
function parseHeaders(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
