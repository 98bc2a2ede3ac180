/**
 * Sensitive properties: who may make them and see their values.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/properties/sensitive-data, compared 2026-11-22: Enterprise
 * accounts; scopes of their own for values and for creating and editing, none for reading definitions; what is highly
 * sensitive cannot be searched.
 * Guess: the words of the refusals; scopes with and without `.v2` count alike; who names such a property without its scope
 * is refused, and an answer that it was not asked for leaves it out.
 */

import { invalid, missingScopes, type PortalError } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call } from '../route.ts';
import { PORTAL } from '../store/store.ts';

export type Sensitivity = Property['dataSensitivity'];

const levels: readonly Sensitivity[] = ['non_sensitive', 'sensitive', 'highly_sensitive'];

/** @throws PortalError 400 for a word that is no sensitivity */
export function readSensitivity(said: string | null | undefined): Sensitivity {
  if (said === undefined || said === null) return 'non_sensitive';
  const level = levels.find((each) => each === said);
  if (level) return level;
  throw invalid(`Invalid data sensitivity ${said}. Valid values are: ${levels.join(', ')}`);
}

/** Any one of these lets see, or set, such values: `crm.objects.contacts.sensitive.read.v2` and its like. */
function sensitiveScopes(
  type: Pick<ObjectTypeFacts, 'scopes'>,
  level: Exclude<Sensitivity, 'non_sensitive'>,
  access: 'read' | 'write',
): string[] {
  const scopes = type.scopes[access].flatMap((scope) => {
    if (scope === 'tickets') return [`tickets.${level}`];
    return scope.startsWith('crm.objects.') ? [scope.replace(/\.(read|write)$/, `.${level}.${access}`)] : [];
  });
  return scopes.flatMap((scope) => [`${scope}.v2`, scope]);
}

/** Whether the caller may see or set values of a property; always for what is not sensitive. */
export function mayUse(
  { token }: Pick<Call, 'token'>,
  type: ObjectTypeFacts,
  { dataSensitivity: level }: Pick<Property, 'dataSensitivity'>,
  access: 'read' | 'write',
): boolean {
  return level === 'non_sensitive' || sensitiveScopes(type, level, access).some((scope) => token.scopes.has(scope));
}

/** @throws PortalError 403 where the caller may not see, or set, values of one of these properties */
export function requireUse(
  call: Pick<Call, 'token' | 'store'>,
  type: ObjectTypeFacts,
  names: Iterable<string>,
  access: 'read' | 'write',
): void {
  for (const name of names) {
    const property = call.store.properties.get(type.id, name);
    if (property && !mayUse(call, type, property, access)) throw refusal(type, property.dataSensitivity, access);
  }
}

/** Recorded: it names the newer of the scopes. */
function refusal(type: ObjectTypeFacts, level: Sensitivity, access: 'read' | 'write'): PortalError {
  const scopes = level === 'non_sensitive' ? [] : sensitiveScopes(type, level, access);
  return missingScopes(scopes.filter((scope) => scope.endsWith('.v2')));
}

/** Whether search, lists and workflows may look at its values. */
export function isSearchable({ dataSensitivity }: Pick<Property, 'dataSensitivity'>): boolean {
  return dataSensitivity !== 'highly_sensitive';
}

/** Whether the caller may make or edit such a property. @throws PortalError 400 or 403 */
export function checkSensitivity(call: Call, type: ObjectTypeFacts, level: Sensitivity): void {
  if (level === 'non_sensitive') return;
  const schema = call.store.schemas.get(PORTAL, type.id);
  if (call.tier !== 'enterprise' || schema?.allowsSensitiveProperties === false) {
    throw invalid('This portal is not enabled for sensitive data', {
      subCategory: 'PropertyValidationError.PORTAL_NOT_ENABLED_FOR_SENSITIVE_DATA',
    });
  }
  if (!mayUse(call, type, { dataSensitivity: level }, 'write')) {
    throw refusal(type, level, 'write');
  }
}
