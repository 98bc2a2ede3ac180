/**
 * What the activities of a contact, company, deal or ticket say: when it was last contacted, what comes next, and how
 * often.
 * Source: HubSpot's default properties, knowledge.hubspot.com/properties/hubspots-default-contact-properties, compared
 * 2026-11-22.
 * Guess: archived activities do not count; an activity is past once its time is; e-mails received contact nobody, and
 * are the only engagement that is known; what comes next is the earliest open task, call or meeting, and a task that is
 * done is not open; without activities there are no dates and no counts.
 */

import { amount, earliest, latest, moment } from './amounts.ts';
import { type Calculation, on, type Subject, type Values } from './calculated.ts';

export const ACTIVITIES = {
  communication: '0-18',
  task: '0-27',
  note: '0-46',
  meeting: '0-47',
  call: '0-48',
  email: '0-49',
  postalMail: '0-116',
} as const;

const all = Object.values(ACTIVITIES);
const counted = ['num_notes', 'num_contacted_notes'];

export const isOpenTask = (task: Values) => !['COMPLETED', 'DEFERRED'].includes(task.value('hs_task_status') ?? '');
export const isReceived = (email: Values) => email.value('hs_email_direction') === 'INCOMING_EMAIL';

/** When an activity takes place. */
export function timeOf(activity: Values): number | undefined {
  return activity.time('hs_timestamp') ?? activity.time('hs_meeting_start_time');
}

/** What calculations look at in activities, whichever kind they are of. */
const looked = [
  'hs_timestamp',
  'hs_meeting_start_time',
  'hs_meeting_outcome',
  'hs_task_status',
  'hs_email_direction',
  'hs_call_direction',
  'hs_call_duration',
];

export const activityDates: Calculation = {
  appliesTo: on('0-1', '0-2', '0-3', '0-5'),
  reads: Object.fromEntries(all.map((typeId) => [typeId, looked])),
  calculate(subject) {
    const { linked, now } = subject;
    const every = all.flatMap((typeId) => linked(typeId));
    if (every.length === 0 && counted.every((property) => subject.value(property) === undefined)) return {};
    const calls = linked(ACTIVITIES.call);
    const meetings = linked(ACTIVITIES.meeting);
    const emails = linked(ACTIVITIES.email);
    const openTasks = linked(ACTIVITIES.task).filter(isOpenTask);
    const past = (activities: readonly Values[]) =>
      activities.filter((activity) => (timeOf(activity) ?? Number.POSITIVE_INFINITY) <= now);
    const received = past(emails.filter(isReceived));
    const contacted = past([
      ...calls,
      ...meetings,
      ...emails.filter((email) => !isReceived(email)),
      ...linked(ACTIVITIES.communication),
      ...linked(ACTIVITIES.postalMail),
    ]);
    const lastReply = latest(received.map(timeOf));
    return {
      notes_last_updated: moment(latest(past(every).map(timeOf))),
      notes_last_contacted: moment(latest(contacted.map(timeOf))),
      num_notes: every.length === 0 ? undefined : String(every.length),
      num_contacted_notes: every.length === 0 ? undefined : String(contacted.length),
      hs_num_times_contacted: every.length === 0 ? undefined : String(contacted.length),
      hs_latest_meeting_activity: moment(latest(meetings.map(timeOf))),
      hs_sales_email_last_replied: moment(lastReply),
      hs_last_sales_activity_timestamp: moment(lastReply),
      hs_last_sales_activity_date: moment(lastReply),
      hs_last_sales_activity_type: lastReply === undefined ? undefined : 'EMAIL_REPLY',
      ...next(subject, { calls, meetings, openTasks }),
      ...(subject.type.id === '0-2' && {
        hs_last_booked_meeting_date: moment(latest(meetings.map(timeOf))),
        hs_last_logged_call_date: moment(latest(past(calls).map(timeOf))),
        hs_last_logged_outgoing_email_date: moment(
          latest(past(emails.filter((email) => !isReceived(email))).map(timeOf)),
        ),
        hs_last_open_task_date: moment(latest(openTasks.map(timeOf))),
      }),
      ...(subject.type.id === '0-3' && callsAndTasks(subject, { calls, meetings, openTasks })),
    };
  },
};

interface Planned {
  readonly calls: readonly Values[];
  readonly meetings: readonly Values[];
  readonly openTasks: readonly Values[];
}

function next({ now }: Subject, { calls, meetings, openTasks }: Planned) {
  const coming = (activities: readonly Values[]) =>
    earliest(activities.map(timeOf).filter((at) => at !== undefined && at > now));
  const byType = { CALL: coming(calls), MEETING: coming(meetings), TASK: coming(openTasks) };
  const at = earliest(Object.values(byType));
  const type = Object.entries(byType).find(([, when]) => when !== undefined && when === at)?.[0];
  return { notes_next_activity_date: moment(at), hs_notes_next_activity_type: type };
}

function callsAndTasks({ now }: Subject, { calls, meetings, openTasks }: Planned) {
  const durations = calls.flatMap((call) => call.number('hs_call_duration') ?? []);
  const directed = (direction: string) =>
    String(calls.filter((call) => call.value('hs_call_direction') === direction).length);
  const total = durations.reduce((sum, each) => sum + each, 0);
  return {
    hs_average_call_duration: durations.length === 0 ? undefined : amount(total / durations.length),
    hs_number_of_call_engagements: String(calls.length),
    hs_number_of_inbound_calls: directed('INBOUND'),
    hs_number_of_outbound_calls: directed('OUTBOUND'),
    hs_number_of_overdue_tasks: String(openTasks.filter((task) => (timeOf(task) ?? now) < now).length),
    hs_number_of_scheduled_meetings: String(
      meetings.filter((meeting) => meeting.value('hs_meeting_outcome') === 'SCHEDULED').length,
    ),
  };
}
