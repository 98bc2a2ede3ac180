/** What HubSpot sent, checked as far as the client relies on it. Anything else in an answer passes through untouched. */

import type {
  AccountDetails,
  ApiUsage,
  ObjectSchema,
  Owner,
  Pipeline,
  PipelineStage,
  Property,
  PropertyGroup,
  SchemaAssociation,
  TokenInfo,
} from './definitions.ts';
import { isObject } from './error-bodies.ts';
import type { HubSpotError } from './errors.ts';
import { failure } from './exchange.ts';
import type { OperationName } from './operations.ts';
import type { AssociationLabel, HubSpotRecord, Page } from './types.ts';

type Guard<T> = (value: unknown) => value is T;

/** The answer, if it is what the operation promises; otherwise a `bad_answer`. */
export function expect<T>(operation: OperationName, answer: unknown, guard: Guard<T>): T {
  if (guard(answer)) return answer;
  throw unexpected(operation);
}

function unexpected(operation: OperationName): HubSpotError {
  return failure(operation, `HubSpot's answer is not what ${operation} promises.`, {
    code: 'bad_answer',
    sent: 'maybe',
  });
}

/** `{ results: [...], paging: { next: { after } } }`. */
export function expectPage<T>(operation: OperationName, answer: unknown, guard: Guard<T>): Page<T> {
  const results = isObject(answer) ? answer.results : undefined;
  if (!Array.isArray(results)) throw unexpected(operation);
  const checked = results.map((result) => expect(operation, result, guard));
  const next = nextOf(answer);
  return next === undefined ? { results: checked } : { results: checked, next };
}

/** The cursor of the following page; undefined on the last. */
export function nextOf(answer: unknown): string | undefined {
  const paging = isObject(answer) ? answer.paging : undefined;
  const next = isObject(paging) ? paging.next : undefined;
  const after = isObject(next) ? next.after : undefined;
  return typeof after === 'string' || typeof after === 'number' ? String(after) : undefined;
}

/** A record with its associations as lists that say whether there are more. */
export function toRecord(operation: OperationName, answer: unknown): HubSpotRecord {
  const record = expect(operation, answer, isRecord);
  const associations: unknown = record.associations;
  if (!isObject(associations)) return record;
  const lists = Object.entries(associations).map(([toObjectType, list]) => {
    return [toObjectType, expectPage(operation, list, isAssociatedId)] as const;
  });
  return { ...record, associations: Object.fromEntries(lists) };
}

export const isRecord = (value: unknown): value is HubSpotRecord => hasText(value, 'id') && isObject(value.properties);

const isAssociatedId = (value: unknown): value is { id: string; type: string } => hasText(value, 'id', 'type');

export const isProperty = (value: unknown): value is Property =>
  hasText(value, 'name', 'label', 'type', 'fieldType') && (value.options === undefined || Array.isArray(value.options));

export const isPropertyGroup = (value: unknown): value is PropertyGroup => hasText(value, 'name', 'label');

export const isStage = (value: unknown): value is PipelineStage =>
  hasText(value, 'id', 'label') && isObject(value.metadata);

export const isPipeline = (value: unknown): value is Pipeline =>
  hasText(value, 'id', 'label') && Array.isArray(value.stages) && value.stages.every(isStage);

export const isOwner = (value: unknown): value is Owner => hasText(value, 'id');

export const isSchema = (value: unknown): value is ObjectSchema =>
  hasText(value, 'name', 'objectTypeId', 'fullyQualifiedName') && isObject(value.labels);

export const isSchemaAssociation = (value: unknown): value is SchemaAssociation =>
  hasText(value, 'id', 'fromObjectTypeId', 'toObjectTypeId');

export const isAssociationLabel = (value: unknown): value is AssociationLabel =>
  hasText(value, 'category') && typeof value.typeId === 'number';

export const isAccountDetails = (value: unknown): value is AccountDetails =>
  hasText(value, 'accountType', 'timeZone', 'companyCurrency') && typeof value.portalId === 'number';

export const isApiUsage = (value: unknown): value is ApiUsage =>
  isObject(value) && typeof value.currentUsage === 'number' && typeof value.usageLimit === 'number';

export const isTokenInfo = (value: unknown): value is TokenInfo =>
  isObject(value) && typeof value.hubId === 'number' && Array.isArray(value.scopes);

function hasText(value: unknown, ...members: readonly string[]): value is Readonly<Record<string, unknown>> {
  return isObject(value) && members.every((member) => typeof value[member] === 'string');
}
