/**
 * Checks the values of a write, all of them, and answers for all of them in one body.
 * Sources: developers.hubspot.com/docs/api-reference/error-handling and bodies that public clients recorded; compared
 * 2026-11-22. Guess: the words of INVALID_OWNER_ID.
 */

import { invalid } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { ownMembers } from '../own-members.ts';
import type { StoredRecord } from '../store/records.ts';
import { PORTAL, type Store } from '../store/store.ts';
import { followRules } from '../validations/follow-rules.ts';
import { appended, normalize } from './normalize.ts';
import { checkPipeline } from './pipeline.ts';

/** One bad value. */
export interface Problem {
  readonly message: string;
  readonly error: string;
  readonly name: string;
  /** Guess: HubSpot adds these two to unknown properties only. */
  readonly localizedErrorMessage?: string;
  readonly portalId?: number;
}

export type Changes = Readonly<Record<string, string | null>>;

/** What a write at `now` (milliseconds since the epoch) will store: normalised values, null for cleared ones. @throws PortalError 400 */
export function checkValues(
  store: Store,
  type: ObjectTypeFacts,
  sent: Changes,
  record: StoredRecord | undefined,
  now: number,
): Record<string, string | null> {
  const problems: Problem[] = [];
  const changes = ownMembers<string | null>({});
  for (const [name, raw] of Object.entries(sent)) {
    const property = store.properties.get(type.id, name);
    if (!property || property.archived) problems.push(unknownProperty(store, name));
    else {
      const checked = checkValue(store, type, property, raw, record, now);
      if ('value' in checked) changes[property.name] = checked.value;
      else problems.push({ ...checked, name });
    }
  }
  if (type.pipelines && !problems.some(({ name }) => name === type.pipelines?.stageProperty)) {
    problems.push(...checkStage(store, type, changes, record));
  }
  if (problems.length > 0) throw valuesInvalid(problems);
  keepLifecycleStage(store, type, changes, record);
  return changes;
}

function checkValue(
  store: Store,
  type: ObjectTypeFacts,
  property: Property,
  raw: string | null,
  record: StoredRecord | undefined,
  now: number,
): { value: string | null } | { error: string; message: string } {
  if (property.modificationMetadata.readOnlyValue || property.calculated) {
    // Recorded both ways; hs_object_id is called calculated.
    const kind = property.calculated || property.name === 'hs_object_id' ? 'calculated' : 'read only';
    return { error: 'READ_ONLY_VALUE', message: `"${property.name}" is a ${kind} property; its value cannot be set.` };
  }
  if (raw === null || raw.trim() === '') return { value: null };
  // Half a character is no text to SQLite, and would end the process that reads it.
  const checked = normalize(property, raw.replace(/\p{Surrogate}/gu, '\ufffd'));
  if ('error' in checked) return checked;
  if (property.referencedObjectType === 'OWNER' && !store.owners.get(PORTAL, checked.value)) {
    return { error: 'INVALID_OWNER_ID', message: `Owner ${checked.value} does not exist` };
  }
  if (property.type === 'enumeration' && property.fieldType === 'checkbox') {
    return { value: appended(record?.properties[property.name], checked.value) };
  }
  return followRules(store, type.id, property, checked.value, now);
}

function checkStage(
  store: Store,
  type: ObjectTypeFacts,
  changes: Record<string, string | null>,
  record: StoredRecord | undefined,
): Problem[] {
  const { pipelineProperty = '', stageProperty = '' } = type.pipelines ?? {};
  if (record && !(pipelineProperty in changes) && !(stageProperty in changes)) return [];
  const after = (name: string) => (name in changes ? (changes[name] ?? undefined) : record?.properties[name]);
  const values = { [pipelineProperty]: after(pipelineProperty), [stageProperty]: after(stageProperty) };
  const { problems, pipeline } = checkPipeline(store, type, values);
  if (pipeline !== undefined && values[pipelineProperty] === undefined) changes[pipelineProperty] = pipeline;
  return problems.map((problem) => ({ ...problem, error: 'INVALID_OPTION' }));
}

/**
 * The lifecycle stage moves forward only; clearing it is allowed.
 * Guess: HubSpot keeps the later stage without an error.
 */
function keepLifecycleStage(
  store: Store,
  type: ObjectTypeFacts,
  changes: Record<string, string | null>,
  record: StoredRecord | undefined,
): void {
  const next = changes['lifecyclestage'];
  const current = record?.properties['lifecyclestage'];
  if (!next || !current) return;
  const options = store.properties.get(type.id, 'lifecyclestage')?.options ?? [];
  const place = (value: string) => options.findIndex((option) => option.value === value);
  if (place(next) < place(current)) delete changes['lifecyclestage'];
}

/** A create must set one property of every required group. @throws PortalError 400 */
export function checkRequired(type: ObjectTypeFacts, changes: Changes): void {
  const missing = type.required.filter((group) => !group.some((name) => changes[name]));
  if (missing.length === 0) return;
  throw invalid(`Error creating ${type.fullyQualifiedName}. Some required properties were not set.`, {
    context: { properties: missing.flat() },
  });
}

function unknownProperty(store: Store, name: string): Problem {
  const message = `Property "${name}" does not exist`;
  const portalId = store.account.get(PORTAL, 'account')?.portalId;
  return {
    message,
    error: 'PROPERTY_DOESNT_EXIST',
    name,
    localizedErrorMessage: message,
    ...(portalId !== undefined && { portalId }),
  };
}

/** 400 with one embedded entry per problem. */
export function valuesInvalid(problems: readonly Problem[]) {
  const embedded = problems.map(({ message, error, name, ...more }) => ({
    isValid: false,
    message,
    error,
    name,
    ...more,
  }));
  return invalid(`Property values were not valid: ${JSON.stringify(embedded)}`, {
    errors: problems.map(({ message, error, name }) => ({ message, code: error, context: { propertyName: [name] } })),
  });
}
