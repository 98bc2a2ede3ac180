/**
 * Records as HubSpot sends them.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis, compared 2026-11-22.
 */

import { mayUse, requireUse } from '../definitions/sensitive-data.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call } from '../route.ts';
import { calculatedSource, type PropertyVersion } from '../store/history.ts';
import type { StoredRecord } from '../store/records.ts';
import { PORTAL } from '../store/store.ts';
import { isoTime } from '../time.ts';

export interface PublicObject {
  id: string;
  properties: Record<string, string | null>;
  propertiesWithHistory?: Record<string, PublicVersion[]>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  archivedAt?: string;
  url?: string;
  associations?: unknown;
  objectWriteTraceId?: string;
  new?: boolean;
}

interface PublicVersion {
  value: string;
  timestamp: string;
  sourceType: string;
  sourceId?: string;
  sourceLabel?: string;
  updatedByUserId?: number;
}

/** What to show of a record. Naming no properties shows the type's default ones. */
export interface Selection {
  readonly properties: readonly string[];
  readonly history?: readonly string[];
}

/** The value of any property: stored, calculated, or one of those that every record has. */
export function valueOf(type: ObjectTypeFacts, record: StoredRecord, property: string): string | undefined {
  return record.properties[property] ?? systemValue(type, record, property);
}

/** What a record has without storing it. */
export function systemValue(
  type: ObjectTypeFacts,
  record: Pick<StoredRecord, 'id' | 'createdAt' | 'updatedAt'>,
  property: string,
): string | undefined {
  if (property === 'hs_object_id') return record.id;
  if (property === 'hs_all_contact_vids' && type.id === '0-1') return record.id;
  if (property === type.createdProperty || property === 'hs_createdate') return isoTime(record.createdAt);
  if (property === type.modifiedProperty || property === 'hs_lastmodifieddate') return isoTime(record.updatedAt);
  return undefined;
}

/** The properties that every answer shows. */
function systemProperties(type: ObjectTypeFacts): string[] {
  return [type.createdProperty, type.modifiedProperty, 'hs_object_id'];
}

export function present(call: Call, type: ObjectTypeFacts, record: StoredRecord, selection: Selection): PublicObject {
  const known = (name: string) => call.store.properties.get(type.id, name)?.archived === false;
  const named = selection.properties.length > 0;
  const asked = named ? selection.properties.filter(known) : visible(call, type, type.returned);
  const history = (selection.history ?? []).filter(known);
  requireUse(call, type, [...(named ? asked : []), ...history], 'read');
  const properties: Record<string, string | null> = {};
  for (const name of [...new Set([...asked, ...history, ...systemProperties(type)])].sort()) {
    properties[name] = valueOf(type, record, name) ?? null;
  }
  return {
    id: record.id,
    properties,
    ...(history.length > 0 && { propertiesWithHistory: presentHistory(call, type, record, history) }),
    ...presentTimes(record),
    ...presentUrl(call, type, record),
  };
}

/** A record just created: every value that it has. */
export function presentWhole(call: Call, type: ObjectTypeFacts, record: StoredRecord): PublicObject {
  const names = [...Object.keys(record.properties), ...systemProperties(type)];
  return presentValues(call, type, record, names);
}

/** A record just updated: the values that were sent, as far as the caller may see them. */
export function presentValues(
  call: Call,
  type: ObjectTypeFacts,
  record: StoredRecord,
  names: readonly string[],
): PublicObject {
  const properties: Record<string, string | null> = {};
  for (const name of [...new Set([...visible(call, type, names), ...systemProperties(type)])].sort()) {
    properties[name] = valueOf(type, record, name) ?? null;
  }
  return { id: record.id, properties, ...presentTimes(record), ...presentUrl(call, type, record) };
}

function visible(call: Call, type: ObjectTypeFacts, names: readonly string[]): string[] {
  return names.filter((name) => {
    const property = call.store.properties.get(type.id, name);
    return !property || mayUse(call, type, property, 'read');
  });
}

function presentTimes(record: StoredRecord) {
  return {
    createdAt: isoTime(record.createdAt),
    updatedAt: isoTime(record.updatedAt),
    archived: record.archivedAt !== null,
    ...(record.archivedAt !== null && { archivedAt: isoTime(record.archivedAt) }),
  };
}

/** Answers of dated versions carry the address of the record's page. */
function presentUrl(call: Call, type: ObjectTypeFacts, record: StoredRecord): { url?: string } {
  if (call.version.startsWith('v')) return {};
  const account = call.store.account.get(PORTAL, 'account');
  return { url: `https://${account?.uiDomain}/contacts/${account?.portalId}/record/${type.id}/${record.id}` };
}

function presentHistory(
  call: Call,
  type: ObjectTypeFacts,
  record: StoredRecord,
  names: readonly string[],
): Record<string, PublicVersion[]> {
  const versions = (name: string): PublicVersion[] => {
    const { calculated, modificationMetadata } = call.store.properties.get(type.id, name) ?? {};
    // What nobody can write, HubSpot worked out, also where the record's own source is all that is kept.
    const source = calculated || modificationMetadata?.readOnlyValue ? calculatedSource : undefined;
    const stored = call.store.records.history(record, name);
    if (stored.length > 0) {
      return stored.map((version) =>
        presentVersion(source ? { value: version.value, at: version.at, ...source } : version),
      );
    }
    const value = valueOf(type, record, name);
    // What the record has without storing it, HubSpot works out.
    return value === undefined ? [] : [presentVersion({ value, at: record.updatedAt, ...calculatedSource })];
  };
  return Object.fromEntries(names.map((name) => [name, versions(name)]));
}

function presentVersion({ value, at, ...source }: PropertyVersion): PublicVersion {
  return { value, timestamp: isoTime(at), ...source };
}
