/**
 * The properties of activities. Source: developers.hubspot.com/docs/api-reference/latest/crm/activities/{notes,calls,
 * emails,meetings,tasks,postal-mail}/guide and .../crm/objects/communications/guide, compared 2026-11-22.
 * Guess: the labels, the properties that the guides do not name, and the read-only marks on them.
 */

import { system } from './system.ts';

const activity = `
hs_activity_type | Activity type | enumeration select | e
hs_all_assigned_business_unit_ids | Business units | enumeration checkbox | e
hs_at_mentioned_owner_ids | At-mentioned owner ids | enumeration checkbox | e
hs_attachment_ids | Attached file IDs | enumeration checkbox | e
hs_body_preview | Body preview | string text | r
hs_body_preview_html | HTML body preview | string html | r
hs_body_preview_is_truncated | Body preview truncated | bool booleancheckbox | r | true/false
hs_engagement_source | Engagement source | string text | rh
hs_engagement_source_id | Engagement source ID | string text | rh
hs_modified_by | Updated by | number number | r
hs_queue_membership_ids | List of queue IDs | enumeration checkbox | e
hs_timestamp | Activity date | datetime date
hubspot_owner_id | Activity assigned to | enumeration select | e
`;

const group = (name: string, label: string, own: string) => `[${name}] ${label}${own}${activity}${system}`;

export const notes = group(
  'note',
  'Note information',
  `
hs_note_body | Note body | string html
hs_note_ms_teams_payload | Microsoft Teams payload | string text | rh
`,
);

export const calls = group(
  'call',
  'Call information',
  `
hs_call_app_id | Call app ID | number number
hs_call_body | Call notes | string html
hs_call_callee_object_id | Callee object ID | number number
hs_call_callee_object_type | Callee object type | enumeration select |  | CONTACT=Contact; COMPANY=Company
hs_call_direction | Call direction | enumeration select |  | INBOUND=Inbound; OUTBOUND=Outbound
hs_call_disposition | Call outcome | enumeration select |  | 9d9162e7-6cf3-4944-bf63-4dff82258764=Busy; f240bbac-87c9-4f6e-bf70-924b57d47db7=Connected; a4c4c377-d246-4b32-a13b-75a56a4cd0ff=Left live message; b2cf5968-551e-4856-9783-52b3da59a7d0=Left voicemail; 73a0d17f-1163-4015-bdd5-ec830791da20=No answer; 17b47fee-58de-441e-a44c-c6300d46f273=Wrong number
hs_call_duration | Call duration | number number
hs_call_external_id | External call ID | string text
hs_call_from_number | From number | string text
hs_call_has_transcript | Transcript available | bool booleancheckbox | r | true/false
hs_call_recording_url | Recording URL | string text
hs_call_source | Call source | string text
hs_call_status | Call status | enumeration select |  | BUSY=Busy; CALLING_CRM_USER=Calling CRM user; CANCELED=Canceled; COMPLETED=Completed; CONNECTING=Connecting; FAILED=Failed; IN_PROGRESS=In progress; NO_ANSWER=No answer; QUEUED=Queued; RINGING=Ringing
hs_call_summary | Call summary | string html | r
hs_call_title | Call title | string text
hs_call_to_number | To number | string text
hs_call_video_recording_url | Video recording URL | string text
`,
);

export const emails = group(
  'email',
  'Email information',
  `
hs_email_bcc_email | Email BCC address | string text | r
hs_email_bcc_firstname | Email BCC first name | string text | r
hs_email_bcc_lastname | Email BCC last name | string text | r
hs_email_cc_email | Email CC address | string text | r
hs_email_cc_firstname | Email CC first name | string text | r
hs_email_cc_lastname | Email CC last name | string text | r
hs_email_click_count | Number of email clicks | number number | r
hs_email_direction | Email direction | enumeration select |  | EMAIL=Outgoing email; INCOMING_EMAIL=Incoming email; FORWARDED_EMAIL=Forwarded email
hs_email_from_email | Email from address | string text | r
hs_email_from_firstname | Email from first name | string text | r
hs_email_from_lastname | Email from last name | string text | r
hs_email_headers | Email headers | string text
hs_email_html | Email HTML body | string html
hs_email_message_id | Email message ID | string text
hs_email_open_count | Number of email opens | number number | r
hs_email_reply_count | Number of email replies | number number | r
hs_email_sender_email | Email sender address | string text | r
hs_email_status | Email send status | enumeration select |  | BOUNCED=Bounced; FAILED=Failed; SCHEDULED=Scheduled; SENDING=Sending; SENT=Sent
hs_email_subject | Email subject | string text
hs_email_text | Email body | string textarea
hs_email_thread_id | Email thread ID | string text
hs_email_to_email | Email to address | string text | r
hs_email_to_firstname | Email to first name | string text | r
hs_email_to_lastname | Email to last name | string text | r
`,
);

export const meetings = group(
  'meeting',
  'Meeting information',
  `
hs_attendee_owner_ids | Attendee owner IDs | enumeration checkbox | e
hs_contact_first_outreach_date | Contact first outreach date | datetime date | r
hs_internal_meeting_notes | Internal meeting notes | string html
hs_meeting_body | Meeting description | string html
hs_meeting_end_time | Meeting end time | datetime date
hs_meeting_external_url | External URL | string text
hs_meeting_location | Meeting location | string text
hs_meeting_location_type | Meeting location type | enumeration select |  | PHONE=Phone; ADDRESS=Address; CUSTOM=Custom
hs_meeting_outcome | Meeting outcome | enumeration select |  | SCHEDULED=Scheduled; COMPLETED=Completed; RESCHEDULED=Rescheduled; NO_SHOW=No show; CANCELED=Canceled
hs_meeting_source | Meeting source | string text
hs_meeting_start_time | Meeting start time | datetime date
hs_meeting_title | Meeting name | string text
`,
);

export const tasks = group(
  'task',
  'Task information',
  `
hs_pipeline | Pipeline | enumeration select | e
hs_pipeline_stage | Pipeline stage | enumeration select | e
hs_task_body | Task notes | string html
hs_task_completion_count | Task completion count | number number | r
hs_task_completion_date | Completed at | datetime date | r
hs_task_for_object_type | For object type | string text
hs_task_is_all_day | Is all day | bool booleancheckbox |  | true/false
hs_task_is_completed | Is completed | number calculation_equation | rc
hs_task_is_overdue | Is overdue | bool calculation_equation | rc | true/false
hs_task_is_past_due_date | Is past due date | bool calculation_equation | rc | true/false
hs_task_last_contact_outreach | Last contact outreach | datetime date | r
hs_task_priority | Priority | enumeration select |  | NONE=None; LOW=Low; MEDIUM=Medium; HIGH=High
hs_task_relative_reminders | Relative reminders | string text
hs_task_reminders | Reminders | string text
hs_task_repeat_interval | Repeat interval | string text
hs_task_send_default_reminder | Default reminder | bool booleancheckbox |  | true/false
hs_task_status | Task status | enumeration select |  | NOT_STARTED=Not started; IN_PROGRESS=In progress; WAITING=Waiting; COMPLETED=Completed; DEFERRED=Deferred
hs_task_subject | Task title | string text
hs_task_type | Task type | enumeration select |  | CALL=Call; EMAIL=Email; LINKED_IN=LinkedIn; LINKED_IN_CONNECT=LinkedIn - send connection request; LINKED_IN_MESSAGE=LinkedIn - send InMail; MEETING=Meeting; TODO=To-do
`,
);

export const communications = group(
  'communication',
  'Communication information',
  `
hs_communication_body | Communication body | string html
hs_communication_channel_type | Channel type | enumeration select |  | CUSTOM_CHANNEL_CONVERSATION=Custom channel; LINKEDIN_MESSAGE=LinkedIn message; SMS=SMS; WHATS_APP=WhatsApp
hs_communication_conversation_object_id | Conversation object ID | number number | r
hs_communication_logged_from | Logged from | enumeration select |  | CRM=CRM; BCC=BCC
`,
);

export const postalMail = group(
  'postal_mail',
  'Postal mail information',
  `
hs_postal_mail_body | Postal mail body | string html
`,
);
