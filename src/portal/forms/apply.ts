/**
 * What a submission does to records: it creates or updates a contact and what was sent of other types, and links them.
 * Guess: a value that its property does not take is left out; a company is known by its domain; every other record is
 * new; what lacks a required property is not created; a contact is made only with an e-mail address.
 */

import { PortalError } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { createRecord, updateRecord, type Writer } from '../objects/write.ts';
import type { StoredForm } from '../store/forms.ts';
import type { StoredRecord } from '../store/records.ts';
import { PORTAL } from '../store/store.ts';
import { checkValues } from '../values/check.ts';
import { pipelinesOf } from '../values/pipeline.ts';
import { converted } from './conversions.ts';
import type { Submission } from './submission.ts';

/** With its time in milliseconds since the epoch. */
type Dated = Submission & { readonly at: number };

const CONTACTS = '0-1';

/** `writer.source` says that the form set the values. */
export function applySubmission(writer: Writer, form: StoredForm, submission: Dated): void {
  const { store, now, source } = writer;
  const contact = applyContact(writer, form, submission);
  if (contact)
    store.records.update(contact, converted(contact.properties, conversionOf(form, submission)), now, source);
  const typeIds = new Set(submission.fields.map(({ objectTypeId }) => objectTypeId));
  for (const typeId of typeIds) {
    const type = store.objectType(typeId);
    if (!type || type.id === CONTACTS) continue;
    const record = applyOther(writer, type, valuesOf(submission, typeId));
    if (record && contact) link(writer, contact, record);
  }
}

function conversionOf(form: StoredForm, { at, context }: Dated): Parameters<typeof converted>[1] {
  const page = context?.['pageName'];
  return { formId: form.id, at, name: page === undefined ? form.name : `${page}: ${form.name}` };
}

function valuesOf({ fields }: Submission, typeId: string): Record<string, string> {
  const given = fields.filter(({ objectTypeId, value }) => objectTypeId === typeId && value.trim() !== '');
  return Object.fromEntries(given.map(({ name, value }) => [name, value]));
}

/** The contact with that address, or the one whose browser it was. */
function applyContact(writer: Writer, form: StoredForm, submission: Submission): StoredRecord | undefined {
  const { store } = writer;
  const type = store.objectType(CONTACTS);
  if (!type) return undefined;
  const values: Record<string, string> = { ...stageOf(form), ...valuesOf(submission, CONTACTS) };
  const email = values['email'];
  const hutk = submission.context?.['hutk']?.toLowerCase().replaceAll('-', '');
  const holder = email === undefined ? undefined : store.uniqueValues.holder(type.id, 'email', email.trim());
  const visitor = hutk === undefined ? undefined : store.forms.visitors.get(PORTAL, hutk);
  const takesVisitor = email === undefined || form.configuration['createNewContactForNewEmail'] !== true;
  const id = holder ?? (takesVisitor ? visitor : undefined);
  const known = id === undefined ? undefined : store.records.get(type.id, id);
  if (known && known.archivedAt === null) {
    return remember(writer, hutk, updateRecord(writer, type, known, accepted(writer, type, values, known)));
  }
  if (email === undefined) return undefined;
  return remember(writer, hutk, create(writer, type, accepted(writer, type, values, undefined)));
}

function remember({ store }: Writer, hutk: string | undefined, contact: StoredRecord | undefined) {
  if (hutk !== undefined && contact) store.forms.visitors.put(PORTAL, hutk, contact.id);
  return contact;
}

/** What the form makes of its contacts. */
function stageOf({ configuration }: StoredForm): { lifecyclestage?: string } {
  const stages = configuration['lifecycleStages'];
  const stage: unknown = Array.isArray(stages)
    ? stages.find((each) => Reflect.get(each, 'objectTypeId') === CONTACTS)
    : undefined;
  const value = typeof stage === 'object' && stage !== null ? Reflect.get(stage, 'value') : undefined;
  return typeof value === 'string' ? { lifecyclestage: value } : {};
}

function applyOther(writer: Writer, type: ObjectTypeFacts, values: Record<string, string>): StoredRecord | undefined {
  const { store } = writer;
  if (type.id === '0-2' && values['domain'] !== undefined) {
    const domain = values['domain'].trim().toLowerCase();
    for (const { id, value } of store.records.values(type.id, 'domain')) {
      const known = value?.toLowerCase() === domain ? store.records.get(type.id, id) : undefined;
      if (known) return updateRecord(writer, type, known, accepted(writer, type, values, known));
    }
  }
  const [pipeline] = pipelinesOf(store, type);
  const stage = pipeline?.stages.find(({ archived }) => !archived);
  const start = type.pipelines && stage ? { [type.pipelines.stageProperty]: stage.id } : {};
  return create(writer, type, accepted(writer, type, { ...start, ...values }, undefined));
}

/** Undefined where HubSpot would not have it. */
function create(writer: Writer, type: ObjectTypeFacts, values: Record<string, string>): StoredRecord | undefined {
  try {
    return createRecord(writer, type, values);
  } catch (error) {
    if (!(error instanceof PortalError)) throw error;
    return undefined;
  }
}

/** The values that their properties take and no other record holds as its own. */
function accepted(
  { store, now }: Writer,
  type: ObjectTypeFacts,
  values: Readonly<Record<string, string>>,
  record: StoredRecord | undefined,
): Record<string, string> {
  const takes = ([name, value]: [string, string]): boolean => {
    try {
      checkValues(store, type, { [name]: value }, record, now);
      const holder = store.uniqueValues.holder(type.id, name, value.trim());
      return holder === undefined || holder === record?.id;
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      return false;
    }
  };
  return Object.fromEntries(Object.entries(values).filter(takes));
}

/** As its primary one, where a contact has none of that type. */
function link({ store }: Writer, contact: StoredRecord, record: StoredRecord): void {
  const { associations, associationTypes } = store;
  if (!associationTypes.unlabelled(contact.typeId, record.typeId)) return;
  const primary = associationTypes.between(contact.typeId, record.typeId).find(({ single }) => single);
  const isFirst = primary && associations.primary(contact, record.typeId) === undefined;
  const types = isFirst ? [primary] : [];
  // The submission counts, linked or not.
  if (!associations.refusal(contact, record, types)) associations.link(contact, record, types);
}
