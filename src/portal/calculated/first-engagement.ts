/**
 * How soon somebody turned to a new contact.
 * Source: HubSpot's default contact properties, compared 2026-11-22.
 * Guess: the first engagement is the earliest call, meeting, sent e-mail or task that is done; the time to it is counted
 * from the contact's creation; a contact is unworked while it has an owner and nobody turned to it.
 */

import { ACTIVITIES, isOpenTask, isReceived, timeOf } from './activity-dates.ts';
import { moment } from './amounts.ts';
import { type Calculation, on, type Subject, type Values } from './calculated.ts';

interface Engagement {
  readonly id: string;
  readonly type: string;
  readonly description: string | undefined;
  readonly at: number;
}

export const firstEngagement: Calculation = {
  appliesTo: on('0-1'),
  reads: {
    [ACTIVITIES.call]: ['hs_timestamp', 'hs_meeting_start_time', 'hs_call_status'],
    [ACTIVITIES.meeting]: ['hs_timestamp', 'hs_meeting_start_time', 'hs_meeting_outcome'],
    [ACTIVITIES.email]: ['hs_timestamp', 'hs_meeting_start_time', 'hs_email_direction', 'hs_email_status'],
    [ACTIVITIES.task]: ['hs_timestamp', 'hs_meeting_start_time', 'hs_task_status'],
  },
  calculate(subject) {
    const first = engagements(subject).reduce<Engagement | undefined>(
      (earliest, each) => (earliest === undefined || each.at < earliest.at ? each : earliest),
      undefined,
    );
    const owned = subject.value('hubspot_owner_id') !== undefined;
    const worked = first !== undefined;
    const created = worked ? subject.time('createdate') : undefined;
    return {
      hs_sa_first_engagement_date: moment(first?.at),
      hs_sa_first_engagement_object_type: first?.type,
      hs_sa_first_engagement_descr: first?.description,
      hs_first_engagement_object_id: first?.id,
      hs_first_outreach_date: moment(first?.at),
      hs_time_to_first_engagement:
        first === undefined || created === undefined ? undefined : String(Math.max(0, first.at - created)),
      hs_is_unworked: owned ? String(!worked) : undefined,
      hs_count_is_unworked: owned ? String(Number(!worked)) : undefined,
      hs_count_is_worked: owned ? String(Number(worked)) : undefined,
    };
  },
};

function engagements({ linked, now }: Subject): Engagement[] {
  const of = (records: readonly Values[], type: string, describe: string): Engagement[] =>
    records.flatMap((record) => {
      const at = timeOf(record);
      return at === undefined || at > now ? [] : [{ id: record.id, type, description: record.value(describe), at }];
    });
  const sent = linked(ACTIVITIES.email).filter((email) => !isReceived(email));
  const done = linked(ACTIVITIES.task).filter((task) => !isOpenTask(task));
  return [
    ...of(linked(ACTIVITIES.call), 'CALL', 'hs_call_status'),
    ...of(linked(ACTIVITIES.meeting), 'MEETING_EVENT', 'hs_meeting_outcome'),
    ...of(sent, 'EMAIL', 'hs_email_status'),
    ...of(done, 'TASK', 'hs_task_status'),
  ];
}
