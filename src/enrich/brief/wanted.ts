/** What a brief reads: properties by object type. */

/** What a record is about, for its own brief: the first ones are told first. */
export const ownProperties: Readonly<Record<string, readonly string[]>> = {
  contacts: words(
    'firstname lastname email jobtitle company phone lifecyclestage hs_lead_status hubspot_owner_id country hs_email_optout notes_last_contacted',
  ),
  companies: words(
    'name domain industry numberofemployees annualrevenue city country lifecyclestage hubspot_owner_id hs_parent_company_id notes_last_contacted',
  ),
  deals: words(
    'dealname amount deal_currency_code pipeline dealstage closedate hubspot_owner_id hs_next_step createdate notes_last_updated notes_last_contacted notes_next_activity_date',
  ),
  tickets: words(
    'subject hs_pipeline hs_pipeline_stage hs_ticket_priority hubspot_owner_id createdate hs_last_message_received_at hs_last_message_sent_at hs_time_to_next_response_sla_at',
  ),
};

const linkedTypes: Readonly<Record<string, readonly string[]>> = {
  companies: words('name domain lifecyclestage'),
  contacts: words('firstname lastname email jobtitle'),
  deals: ownProperties['deals'] ?? [],
  tickets: ownProperties['tickets'] ?? [],
};

/** The first that has a value is what an activity says. */
export const activityTypes: Readonly<Record<string, readonly string[]>> = {
  notes: words('hs_note_body hs_timestamp'),
  emails: words('hs_email_subject hs_email_direction hs_timestamp'),
  calls: words('hs_call_title hs_call_body hs_timestamp'),
  meetings: words('hs_meeting_title hs_meeting_outcome hs_timestamp'),
  tasks: words('hs_task_subject hs_task_body hs_task_status hubspot_owner_id hs_timestamp'),
};

/** Of the records around one, by object type. */
export const linkedProperties = { ...linkedTypes, ...activityTypes };

/** The types that go with a record of the given one; several of its own type may too, and say less. */
export function typesAround(objectType: string): readonly string[] {
  return Object.keys(linkedProperties).filter((type) => type !== objectType);
}

function words(text: string): readonly string[] {
  return text.split(' ');
}
