/** A message that a call is about: its text as given, or what a record holds of it, and who is named in it. */

import { type Crm, type ObjectType, UserError } from '../crm/index.ts';
import { legible } from '../text/legible.ts';
import { ifReadable, mayLeave } from './portal-facts.ts';

export interface Message {
  readonly text: string;
  /** Of the contact it is associated with. */
  readonly firstName?: string;
  /** Of people and their companies, as the associated contacts have them. */
  readonly names: readonly string[];
  /** False where it holds what HubSpot calls sensitive. */
  readonly mayLeave: boolean;
}

export interface SaidMessage {
  readonly text?: string | undefined;
  readonly objectType?: string | undefined;
  readonly recordId?: string | undefined;
}

/** Where each type keeps what somebody wrote; of several the first that is filled counts, behind the subject. */
const places: ReadonlyMap<string, { readonly subject?: string; readonly bodies: readonly string[] }> = new Map(
  Object.entries({
    tickets: { subject: 'subject', bodies: ['content'] },
    emails: { subject: 'hs_email_subject', bodies: ['hs_email_text', 'hs_email_html'] },
    notes: { bodies: ['hs_note_body'] },
    calls: { subject: 'hs_call_title', bodies: ['hs_call_body'] },
    communications: { bodies: ['hs_communication_body'] },
    meetings: { subject: 'hs_meeting_title', bodies: ['hs_meeting_body'] },
  }),
);

const LONGEST = 20_000;
/** Markup is some of it: so much is read to find as much text, and no value in HubSpot is longer. */
const LONGEST_MARKUP = 65_536;
const MOST_CONTACTS = 5;

/** @throws UserError `no_text` where there is nothing to read, `not_possible` for a type that holds no messages */
export async function messageAsked(crm: Crm, { text, objectType, recordId }: SaidMessage): Promise<Message> {
  if (text !== undefined && recordId !== undefined) {
    throw new UserError('invalid_arguments', 'Both text and recordId are given.', {
      property: 'text',
      next: 'Give one of them: text, or objectType and recordId.',
    });
  }
  if (text !== undefined) return { text: required(text), names: [], mayLeave: true };
  if (recordId === undefined) {
    throw new UserError('no_text', 'There is nothing to read.', { next: 'Give text, or objectType and recordId.' });
  }
  const type = await crm.objectTypes.resolve(objectType ?? 'tickets');
  const place = places.get(type.name);
  if (place === undefined) {
    throw new UserError('not_possible', `${type.plural} hold no message.`, { allowed: [...places.keys()] });
  }
  const index = await crm.properties.of(type);
  const { subject, bodies } = place;
  const names = [...(subject === undefined ? [] : [subject]), ...bodies].filter(
    (name) => index.has(name) && index.get(name).restricted !== 'mask',
  );
  const [row] = await crm.records.read(type, [recordId], { properties: names });
  if (row === undefined || row.outcome !== 'applied') {
    throw row?.error ?? new UserError('not_found', 'There is no such record.');
  }
  const { properties } = row.value;
  const body = bodies.map((name) => properties[name]).find((value) => value) ?? '';
  const head = subject === undefined ? '' : (properties[subject] ?? '');
  const people = await peopleOf(crm, type, row.value.id);
  return {
    text: required([head, body].filter((part) => part !== '').join('\n\n')),
    mayLeave: names.every((name) => mayLeave(index.get(name))),
    ...people,
  };
}

function required(said: string): string {
  const text = legible(said.slice(0, LONGEST_MARKUP));
  if (text.trim() !== '') return text.slice(0, LONGEST);
  throw new UserError('no_text', 'There is nothing to read: the text is empty.', {
    next: 'Give another text or record; get_records shows what this one holds.',
  });
}

/** Nobody where contacts may not be read: then there is no greeting by name. */
async function peopleOf(crm: Crm, type: ObjectType, id: string): Promise<Pick<Message, 'firstName' | 'names'>> {
  const contacts = await ifReadable(async () => {
    const to = await crm.objectTypes.resolve('contacts');
    const [linked] = await crm.associations.read(type, to, [id], MOST_CONTACTS);
    const ids = linked?.outcome === 'applied' ? linked.value.to.map(({ toObjectId }) => toObjectId) : [];
    if (ids.length === 0) return [];
    const index = await crm.properties.of(to);
    const seen = ['firstname', 'lastname', 'company'].filter(
      (name) => index.has(name) && index.get(name).restricted !== 'mask',
    );
    const rows = await crm.records.read(to, ids.slice(0, MOST_CONTACTS), { properties: seen });
    return rows.flatMap((row) => (row.outcome === 'applied' ? [row.value.properties] : []));
  });
  const named = contacts ?? [];
  // Of several nobody knows who wrote.
  const [only] = named.length === 1 ? named : [];
  return {
    names: named.flatMap((each) => ['firstname', 'lastname', 'company'].map((name) => each[name] ?? '')),
    ...(only?.['firstname'] ? { firstName: only['firstname'].slice(0, 60) } : {}),
  };
}
