/** The writes that every route, import and form is made of: create, update and archive one record, checked. */

import { requireUse } from '../definitions/sensitive-data.ts';
import { conflict } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { ownMembers } from '../own-members.ts';
import type { Call, PortalRules, Token } from '../route.ts';
import { apiSource, type ChangeSource } from '../store/history.ts';
import type { StoredRecord } from '../store/records.ts';
import { PORTAL } from '../store/store.ts';
import { type Changes, checkRequired, checkValues, valuesInvalid } from '../values/check.ts';
import { checkEnforced } from '../values/enforced.ts';
import type { ApiVersion } from '../versions.ts';
import { type NewLink, resolveLinks, unlinkAll } from './links.ts';
import { checkTypeRules, linksOfNew } from './type-rules.ts';

/** What a write needs to know of who asks for it. A `Call` is one. */
export interface Writer extends Pick<Call, 'store' | 'now'> {
  /** Who sets the values, for their history. Omitted: an integration, by the API. */
  readonly source?: ChangeSource;
  /** 2026-09 may ask for more than the versions before it. Omitted: what they ask for. */
  readonly version?: ApiVersion;
  readonly rules?: PortalRules;
  /** Whose scopes must reach to what is sensitive. Omitted: they were asked for before. */
  readonly token?: Token;
  /** What is calculated from the write may wait for the commit: nobody looks at the record before. */
  readonly settlesLater?: true;
}

/** @throws PortalError 400, 403 or 409; nothing is written then */
export function createRecord(
  writer: Writer,
  type: ObjectTypeFacts,
  sent: Changes,
  links: readonly NewLink[] = [],
): StoredRecord {
  const { store, now, source = apiSource } = writer;
  checkSensitive(writer, type, sent);
  const changes = checkValues(store, type, sent, undefined, now);
  if (enforces(writer)) checkEnforced(store, type, sent, undefined);
  checkRequired(type, changes);
  const properties = Object.assign(valuesSet(changes), originOf(source));
  checkUnique(writer, type, properties, undefined);
  const resolved = linksOfNew(store, type, resolveLinks(store, type, links));
  checkTypeRules(store, type, changes, (typeId, id) =>
    resolved.some(({ to }) => to.typeId === typeId && (id === undefined || to.id === id)),
  );
  const record = store.records.insert({ typeId: type.id, properties, createdAt: now, source });
  for (const { to, types } of resolved) store.associations.link(record, to, types);
  return settled(writer, record);
}

/** @throws PortalError 400, 403 or 409; nothing is written then */
export function updateRecord(writer: Writer, type: ObjectTypeFacts, record: StoredRecord, sent: Changes): StoredRecord {
  const { store, now, source } = writer;
  checkSensitive(writer, type, sent);
  const changes = checkValues(store, type, sent, record, now);
  if (enforces(writer)) checkEnforced(store, type, sent, record);
  checkUnique(writer, type, changes, record);
  checkTypeRules(store, type, changes, (typeId, id) =>
    id === undefined
      ? store.associations.count(record, typeId) > 0
      : store.associations.between(record, { typeId, id }).length > 0,
  );
  return settled(writer, store.records.update(record, changes, now, source));
}

/** Archives it and takes it off everything that it was linked with. */
export function archiveRecord({ store, now }: Writer, record: StoredRecord): void {
  unlinkAll(store, record);
  store.records.archive(record, now);
}

function checkSensitive({ store, token }: Writer, type: ObjectTypeFacts, sent: Changes): void {
  if (token) requireUse({ store, token }, type, Object.keys(sent), 'write');
}

/**
 * How the record came to be, as public clients recorded it of integrations. Guess: for imports and forms the same words as in
 * the history of values.
 */
function originOf({ sourceType, sourceId }: ChangeSource): Record<string, string> {
  return {
    hs_object_source: sourceType,
    hs_object_source_label: sourceType,
    ...(sourceId !== undefined && { hs_object_source_id: sourceId }),
  };
}

function enforces({ version, rules }: Writer): boolean {
  return version === '2026-09' && rules?.writeValidation === true;
}

function valuesSet(changes: Changes): Record<string, string> {
  const values = ownMembers<string>({});
  for (const [name, value] of Object.entries(changes)) if (value !== null) values[name] = value;
  return values;
}

/** The record with what was calculated after the write. */
function settled({ store, settlesLater }: Writer, record: StoredRecord): StoredRecord {
  if (settlesLater) return record;
  store.settle(record.typeId);
  return store.records.get(record.typeId, record.id) ?? record;
}

/** Nobody else may have the record's unique values. Guess: for an update the same answers as for a create. */
function checkUnique(
  { store }: Writer,
  type: ObjectTypeFacts,
  changes: Changes,
  record: StoredRecord | undefined,
): void {
  for (const { property, value } of store.uniqueValues.keys(type.id, valuesSet(changes))) {
    const holder = store.uniqueValues.holder(type.id, property, value);
    if (holder === undefined || holder === record?.id) continue;
    if (property === 'email' && type.name === 'contacts') {
      throw conflict(`Contact already exists. Existing ID: ${holder}`);
    }
    const portalId = store.account.get(PORTAL, 'account')?.portalId;
    const where = `PropertyValueCoordinates{portalId=${portalId}, objectTypeId=${type.id}, propertyName=${property}, value=${value}}`;
    // Guess: the words, which public clients quote.
    const message = `Cannot set ${where} on ${record?.id ?? 'a new record'}. ${holder} already has that value.`;
    throw valuesInvalid([{ message, error: 'CONFLICTING_UNIQUE_VALUE', name: property }]);
  }
}
