/** HubSpot's own object types. Sources: see object-type.ts. */

import { commerceTypes } from './commerce-types.ts';
import { everything, hsPipeline, type ObjectTypeFacts, objectType, plainPipeline, readOnly } from './object-type.ts';

/** Activities have no scopes of their own: whoever may see contacts may see them. */
const activityScopes = { read: ['crm.objects.contacts.read'], write: ['crm.objects.contacts.write'] };

const activity = { scope: activityScopes, activity: true } as const;

/** HubSpot's own object types, in the order of their ids. */
export const objectTypes: readonly ObjectTypeFacts[] = [
  ...commerceTypes,
  objectType({
    id: '0-1',
    name: 'contacts',
    singular: 'contact',
    returned: ['firstname', 'lastname', 'email'],
    searched: [
      'firstname',
      'lastname',
      'email',
      'phone',
      'hs_additional_emails',
      'fax',
      'mobilephone',
      'company',
      'hs_marketable_until_renewal',
    ],
    created: 'createdate',
    modified: 'lastmodifieddate',
    display: 'email',
    required: [['email', 'firstname', 'lastname']],
    scope: 'contacts',
    operations: [...everything, 'merge', 'gdpr-delete'],
  }),
  objectType({
    id: '0-2',
    name: 'companies',
    singular: 'company',
    returned: ['name', 'domain'],
    searched: ['website', 'phone', 'name', 'domain'],
    created: 'createdate',
    display: 'name',
    required: [['name', 'domain']],
    scope: 'companies',
    operations: [...everything, 'merge'],
  }),
  objectType({
    id: '0-3',
    name: 'deals',
    singular: 'deal',
    returned: ['dealname', 'amount', 'closedate', 'pipeline', 'dealstage'],
    searched: ['dealname', 'pipeline', 'dealstage', 'description', 'dealtype'],
    created: 'createdate',
    display: 'dealname',
    required: [['dealname'], ['dealstage']],
    scope: 'deals',
    operations: [...everything, 'merge'],
    pipelines: {
      pipelineProperty: 'pipeline',
      stageProperty: 'dealstage',
      stageMetadata: 'probability',
      maxStages: 100,
    },
  }),
  objectType({
    id: '0-5',
    name: 'tickets',
    singular: 'ticket',
    returned: ['content', 'hs_pipeline', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_ticket_priority', 'subject'],
    searched: ['subject', 'content', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_ticket_id'],
    created: 'createdate',
    display: 'subject',
    required: [['subject'], ['hs_pipeline_stage']],
    scope: { read: ['tickets'], write: ['tickets'] },
    operations: [...everything, 'merge'],
    pipelines: { ...hsPipeline, stageMetadata: 'ticketState', maxStages: 100 },
  }),
  objectType({
    id: '0-18',
    name: 'communications',
    singular: 'communication',
    searched: ['hs_communication_body'],
    display: 'hs_communication_body',
    required: [['hs_communication_channel_type'], ['hs_communication_logged_from']],
    ...activity,
  }),
  objectType({
    id: '0-19',
    name: 'feedback_submissions',
    singular: 'feedback_submission',
    searched: ['hs_submission_name', 'hs_content'],
    display: 'hs_submission_name',
    scope: { read: ['crm.objects.feedback_submissions.read', 'crm.objects.contacts.read'], write: [] },
    operations: readOnly,
  }),
  objectType({
    id: '0-27',
    name: 'tasks',
    singular: 'task',
    searched: ['hs_task_body', 'hs_task_subject'],
    display: 'hs_task_subject',
    required: [['hs_timestamp']],
    pipelines: plainPipeline,
    ...activity,
  }),
  objectType({
    id: '0-46',
    name: 'notes',
    singular: 'note',
    searched: ['hs_note_body'],
    display: 'hs_note_body',
    required: [['hs_timestamp']],
    ...activity,
  }),
  objectType({
    id: '0-47',
    name: 'meetings',
    singular: 'meeting_event',
    labels: { singular: 'Meeting', plural: 'Meetings' },
    aliases: ['meeting', 'meeting_events'],
    searched: ['hs_meeting_title', 'hs_meeting_body'],
    display: 'hs_meeting_title',
    required: [['hs_timestamp', 'hs_meeting_start_time']],
    ...activity,
  }),
  objectType({
    id: '0-48',
    name: 'calls',
    singular: 'call',
    searched: ['hs_call_title', 'hs_body_preview'],
    display: 'hs_call_title',
    required: [['hs_timestamp']],
    ...activity,
  }),
  objectType({
    id: '0-49',
    name: 'emails',
    singular: 'email',
    searched: ['hs_email_subject'],
    display: 'hs_email_subject',
    required: [['hs_timestamp']],
    ...activity,
  }),
  objectType({
    id: '0-54',
    name: 'marketing_events',
    singular: 'marketing_event',
    searched: ['hs_event_name'],
    display: 'hs_event_name',
    scope: 'marketing_events',
    operations: readOnly,
  }),
  objectType({
    id: '0-74',
    name: 'goal_targets',
    singular: 'goal_target',
    aliases: ['goals', 'goal'],
    searched: ['hs_goal_name'],
    display: 'hs_goal_name',
    required: [['hs_goal_name']],
    scope: 'goals',
  }),
  objectType({
    id: '0-115',
    name: 'users',
    singular: 'user',
    searched: ['hs_email', 'hs_given_name', 'hs_family_name', 'hs_job_title'],
    display: 'hs_email',
    scope: 'users',
    associations: 'none',
  }),
  objectType({
    id: '0-116',
    name: 'postal_mail',
    singular: 'postal_mail',
    searched: ['hs_postal_mail_body'],
    display: 'hs_postal_mail_body',
    required: [['hs_timestamp']],
    ...activity,
  }),
  objectType({
    id: '0-136',
    name: 'leads',
    singular: 'lead',
    returned: [],
    searched: ['hs_lead_name'],
    display: 'hs_lead_name',
    required: [['hs_lead_name']],
    scope: 'leads',
    pipelines: plainPipeline,
  }),
  objectType({
    id: '0-162',
    name: 'services',
    singular: 'service',
    searched: ['hs_name'],
    display: 'hs_name',
    required: [['hs_name']],
    scope: 'services',
    pipelines: plainPipeline,
  }),
  objectType({
    id: '0-410',
    name: 'courses',
    singular: 'course',
    searched: ['hs_course_name'],
    display: 'hs_course_name',
    required: [['hs_course_name']],
    scope: 'courses',
    pipelines: plainPipeline,
  }),
  objectType({
    id: '0-420',
    name: 'listings',
    singular: 'listing',
    searched: ['hs_name'],
    display: 'hs_name',
    required: [['hs_name']],
    scope: 'listings',
    pipelines: plainPipeline,
  }),
  objectType({
    id: '0-421',
    name: 'appointments',
    singular: 'appointment',
    searched: ['hs_appointment_name'],
    display: 'hs_appointment_name',
    required: [['hs_appointment_start']],
    scope: 'appointments',
    pipelines: plainPipeline,
    operations: [...everything, 'merge', 'gdpr-delete'],
  }),
  objectType({
    id: '0-970',
    name: 'projects',
    singular: 'project',
    searched: ['hs_name'],
    display: 'hs_name',
    required: [['hs_name']],
    scope: 'projects',
    operations: [...everything, 'merge'],
  }),
  // HubSpot's ids of these are not published; they are not served.
  ...[
    { name: 'contracts', singular: 'contract' },
    { name: 'partner_clients', singular: 'partner_client', scope: 'partner-clients' },
    { name: 'partner_services', singular: 'partner_service', scope: 'partner-services' },
  ].map((row) => objectType({ scope: row.name, ...row, id: row.name, display: 'hs_name', emulated: false })),
].sort((a, b) => place(a) - place(b));

/** Those without an id of HubSpot's come last. */
function place({ id }: ObjectTypeFacts): number {
  return id.startsWith('0-') ? Number(id.slice(2)) : Number.MAX_SAFE_INTEGER;
}

const bySegment = new Map<string, ObjectTypeFacts>();
for (const type of objectTypes) {
  for (const segment of [type.id, type.name, type.singular, ...type.aliases]) bySegment.set(segment, type);
}

/** HubSpot's own type that a path segment means (`contacts`, `contact`, `CONTACT`, `0-1`), or undefined. */
export function standardObjectType(segment: string): ObjectTypeFacts | undefined {
  return bySegment.get(segment.toLowerCase());
}

const activityIds = objectTypes.filter((type) => type.activity).map((type) => type.id);

/** The types that share their ids with this one: an activity of any type is one engagement to the older APIs. */
export function sharingIds(typeId: string): readonly string[] {
  return activityIds.includes(typeId) ? activityIds : [typeId];
}
