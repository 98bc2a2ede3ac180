/** What was said and done: notes, calls, e-mails, meetings, tasks and messages, each with the people it was about. */

import { isoTime } from '../../time.ts';
import type { Draft } from './ledger.ts';
import { messageTexts, noteTexts } from './words.ts';
import { DAY_MS, type World } from './world.ts';

export interface ActivityCounts {
  readonly notes: number;
  readonly calls: number;
  readonly emails: number;
  readonly meetings: number;
  readonly tasks: number;
  readonly messages: number;
}

/** HubSpot's ids of call outcomes. */
const outcomes = {
  'f240bbac-87c9-4f6e-bf70-924b57d47db7': 6,
  '73a0d17f-1163-4015-bdd5-ec830791da20': 3,
  'b2cf5968-551e-4856-9783-52b3da59a7d0': 2,
  '9d9162e7-6cf3-4944-bf63-4dff82258764': 1,
} as const;
const CONNECTED = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';

export function addActivities(world: World, counts: ActivityCounts): void {
  const { chance, ledger } = world;
  const subjects = subjectsOf(world);
  const make = (count: number, add: (world: World, about: Subject, at: number) => Draft) => {
    for (let i = 0; i < count; i++) {
      const about = chance.pick(subjects);
      const at = Math.max(about.contact.createdAt, chance.ago(0, 500));
      const activity = add(world, about, at);
      ledger.link(activity, about.contact);
      if (about.company) ledger.link(activity, about.company);
      if (about.deal && chance.odds(0.7)) ledger.link(activity, about.deal);
    }
  };
  make(counts.notes, note);
  make(counts.calls, call);
  make(counts.emails, email);
  make(counts.meetings, meeting);
  make(counts.tasks, task);
  make(counts.messages, message);
}

/** Somebody to talk with, and what it is about. */
interface Subject {
  readonly contact: Draft;
  readonly company: Draft | undefined;
  readonly deal: Draft | undefined;
}

/**
 * Whoever has a deal is talked with more often. Deals that nobody touched for half a year are left alone: some of them
 * went stale.
 */
function subjectsOf({ ledger, now }: World): Subject[] {
  const subjects: Subject[] = [];
  for (const contact of ledger.of('0-1')) {
    const [company] = ledger.linked(contact, '0-2');
    subjects.push({ contact, company, deal: undefined });
    for (const deal of ledger.linked(contact, '0-3')) {
      if (deal.updatedAt < now - 180 * DAY_MS) continue;
      for (let i = 0; i < 5; i++) subjects.push({ contact, company, deal });
    }
  }
  return subjects;
}

const told = (text: string, { contact }: Subject): string =>
  text
    .replaceAll('{first}', String(contact.properties['firstname']))
    .replaceAll('{city}', String(contact.properties['city']));

const owner = ({ contact, deal }: Subject) =>
  deal?.properties['hubspot_owner_id'] ?? contact.properties['hubspot_owner_id'];

function note({ chance, ledger }: World, about: Subject, at: number): Draft {
  const text = told(chance.some(noteTexts, chance.whole(1, 2)).join('\n'), about);
  return ledger.add('0-46', at, {
    hs_timestamp: isoTime(at),
    hs_note_body: chance.odds(0.5) ? `<p>${text.replaceAll('\n', '</p><p>')}</p>` : text,
    hubspot_owner_id: owner(about),
  });
}

function call({ chance, ledger }: World, about: Subject, at: number): Draft {
  const disposition = chance.weighed(outcomes);
  return ledger.add('0-48', at, {
    hs_timestamp: isoTime(at),
    hs_call_title: `Call with ${String(about.contact.properties['firstname'])} ${String(about.contact.properties['lastname'])}`,
    hs_call_body: disposition === CONNECTED ? told(chance.pick(noteTexts), about) : undefined,
    hs_call_direction: chance.odds(0.7) ? 'OUTBOUND' : 'INBOUND',
    hs_call_disposition: disposition,
    hs_call_duration: disposition === CONNECTED ? String(chance.whole(40, 1500) * 1000) : undefined,
    hs_call_status: disposition === CONNECTED ? 'COMPLETED' : 'NO_ANSWER',
    hs_call_to_number: about.contact.properties['phone'],
    hubspot_owner_id: owner(about),
  });
}

function email({ chance, ledger }: World, about: Subject, at: number): Draft {
  const outgoing = chance.odds(0.65);
  const { firstname, email: address } = about.contact.properties;
  const person = { email: String(address), firstName: String(firstname) };
  const us = { email: 'sales@harborandpine.example', firstName: 'Harbor & Pine' };
  const [from, to] = outgoing ? [us, person] : [person, us];
  return ledger.add('0-49', at, {
    hs_timestamp: isoTime(at),
    hs_email_direction: outgoing ? 'EMAIL' : 'INCOMING_EMAIL',
    hs_email_status: outgoing && chance.odds(0.03) ? 'BOUNCED' : 'SENT',
    hs_email_subject: chance.pick([
      'Your quote',
      'Re: tasting',
      'Installation date',
      'Question about the invoice',
      'Re: offer',
    ]),
    hs_email_text: told(chance.pick([...messageTexts, ...noteTexts]), about),
    hs_email_headers: JSON.stringify({ from, to: [to], cc: [], bcc: [] }),
    hubspot_owner_id: owner(about),
  });
}

function meeting({ chance, ledger, now }: World, about: Subject, at: number): Draft {
  const start = chance.odds(0.12) ? chance.ago(-30, -1) : at;
  return ledger.add('0-47', Math.min(at, start), {
    hs_timestamp: isoTime(start),
    hs_meeting_title:
      `${chance.pick(['Tasting', 'Site visit', 'Quote review', 'Kick-off'])} ${String(about.company?.properties['name'] ?? '')}`.trim(),
    hs_meeting_body: told(chance.pick(noteTexts), about),
    hs_meeting_start_time: isoTime(start),
    hs_meeting_end_time: isoTime(start + chance.pick([30, 45, 60]) * 60_000),
    hs_meeting_outcome:
      start > now ? 'SCHEDULED' : chance.weighed({ COMPLETED: 8, NO_SHOW: 1, RESCHEDULED: 1, CANCELED: 1 }),
    hs_meeting_location: chance.odds(0.5) ? String(about.contact.properties['city']) : undefined,
    hubspot_owner_id: owner(about),
  });
}

/** Many are done, some are due soon, and too many are overdue. */
function task({ chance, ledger, now }: World, about: Subject, at: number): Draft {
  const done = chance.odds(0.6);
  const due = done ? at + 2 * DAY_MS : chance.ago(-21, 40);
  const created = Math.min(at, due, now - 60_000);
  return ledger.add('0-27', created, {
    hs_timestamp: isoTime(due),
    hs_task_subject: `${chance.pick(['Call', 'Follow up with', 'Send quote to', 'Check in with'])} ${String(about.contact.properties['firstname'])}`,
    hs_task_body: chance.odds(0.4) ? told(chance.pick(noteTexts), about) : undefined,
    hs_task_status: done ? 'COMPLETED' : chance.pick(['NOT_STARTED', 'NOT_STARTED', 'IN_PROGRESS', 'WAITING']),
    hs_task_priority: chance.pick(['NONE', 'LOW', 'MEDIUM', 'HIGH']),
    hs_task_type: chance.pick(['TODO', 'CALL', 'EMAIL']),
    hubspot_owner_id: owner(about),
  });
}

function message({ chance, ledger }: World, about: Subject, at: number): Draft {
  return ledger.add('0-18', at, {
    hs_timestamp: isoTime(at),
    hs_communication_channel_type: chance.pick(['SMS', 'WHATS_APP', 'LINKEDIN_MESSAGE']),
    hs_communication_logged_from: 'CRM',
    hs_communication_body: told(chance.pick(messageTexts), about),
    hubspot_owner_id: owner(about),
  });
}
