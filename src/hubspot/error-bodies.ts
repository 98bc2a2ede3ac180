/**
 * HubSpot's error bodies, read into fields. Every member of a body is optional, some bodies are HTML, and the useful
 * part may be JSON inside a sentence.
 * Source: developers.hubspot.com/docs/api-reference/error-handling, and bodies recorded from live calls, compared 2026-11-22.
 */

import type { HubSpotErrorCode, HubSpotErrorDetail, HubSpotErrorFields } from './errors.ts';

type Json = Readonly<Record<string, unknown>>;
type BodyFields = Omit<HubSpotErrorFields, 'code' | 'sent' | 'retryable' | 'status' | 'retryAfterMs' | 'operation'>;

const LONGEST_MESSAGE = 600;

/** The fields of one error object: a whole error body, or one entry of a batch's `errors`. */
export function readErrorBody(body: unknown): { message?: string; fields: BodyFields } {
  if (!isObject(body)) return { fields: {} };
  const inner = innerBody(body);
  const details = [...invalidProperties(inner), ...listOf(inner.errors).flatMap(detailOf)];
  const context = contextOf(inner.context);
  const message = withReasons(messageOf(inner, details), context);
  const missingScopes = scopesOf(inner);
  const existingId = /Existing ID: ?(\d+)/i.exec(message ?? '')?.[1];
  const first = details.find((detail) => detail.propertyName !== undefined);
  const fields = {
    category: text(inner.category) ?? text(inner.errorType),
    subCategory: text(inner.subCategory),
    correlationId: text(inner.correlationId),
    policyName: text(inner.policyName),
    propertyName: first?.propertyName ?? context?.propertyName?.[0],
    allowedValues: details.find((detail) => detail.allowedValues)?.allowedValues,
    missingScopes: missingScopes.length > 0 ? missingScopes : undefined,
    existingId,
    errors: details.length > 0 ? details : undefined,
    context,
  };
  return { ...(message === undefined ? {} : { message: quoted(message) }), fields: withoutUndefined(fields) };
}

/** HubSpot repeats what it was sent, and what it holds: a stranger's words must not read like this server's. */
function quoted(message: string): string {
  const words = message.length < LONGEST_MESSAGE ? message : `${message}…`;
  return `HubSpot: “${words.replace(/[“”]/g, '"')}”`;
}

/** What a status means; the body decides where one status stands for several things. */
export function codeOf(status: number, message: string, fields: BodyFields): HubSpotErrorCode {
  if (status === 429) {
    return fields.policyName === 'DAILY' || /daily limit/i.test(message) ? 'daily_limit' : 'rate_limited';
  }
  if (status === 403)
    return fields.category === 'MISSING_SCOPES' || fields.missingScopes ? 'missing_scope' : 'forbidden';
  const code = CODES[status];
  if (code) return code;
  if (namesMissingRecord(fields)) return 'not_found';
  if (status >= 500) return 'unavailable';
  // Such as a proxy's 407 or 408: nobody has looked at the values.
  return status === 400 || status === 422 || fields.category ? 'validation' : 'bad_answer';
}

/** The entries of a batch's `errors` carry a category and no HTTP status. */
export function codeOfEntry(fields: BodyFields): HubSpotErrorCode {
  return namesMissingRecord(fields) ? 'not_found' : (CATEGORIES[fields.category ?? ''] ?? 'validation');
}

/** A link to a record that is not there is a VALIDATION_ERROR. Source: HubSpot/hubspot-api-nodejs#646. */
function namesMissingRecord({ context }: BodyFields): boolean {
  return context?.['INVALID_OBJECT_IDS'] !== undefined;
}

const CODES: Readonly<Record<number, HubSpotErrorCode>> = {
  401: 'unauthorized',
  404: 'not_found',
  405: 'unsupported',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported',
  423: 'locked',
  477: 'unavailable',
  501: 'unsupported',
};

const CATEGORIES: Readonly<Record<string, HubSpotErrorCode>> = {
  OBJECT_NOT_FOUND: 'not_found',
  CONFLICT: 'conflict',
  MISSING_SCOPES: 'missing_scope',
  RATE_LIMITS: 'rate_limited',
};

/** Some messages are a whole error body once more, as a JSON string. */
function innerBody(body: Json): Json {
  const message = text(body.message);
  if (!message?.startsWith('{')) return body;
  const inner = parsed(message);
  return isObject(inner) ? { ...body, message: undefined, ...inner } : body;
}

function messageOf(body: Json, details: readonly HubSpotErrorDetail[]): string | undefined {
  const own = text(body.message) ?? text(body.msg) ?? text(body.error_description);
  const prefix = 'Property values were not valid';
  const useful = own?.startsWith(prefix) && details.length > 0 ? undefined : own;
  const said = useful ?? `${prefix}: ${[...new Set(details.map((detail) => detail.message))].slice(0, 5).join('; ')}`;
  return own === undefined && details.length === 0 ? undefined : said.slice(0, LONGEST_MESSAGE);
}

/** `One or more associations are invalid` says which ones in its context alone. */
function withReasons(message: string | undefined, context: BodyFields['context']): string | undefined {
  const reasons = Object.entries(context ?? {}).flatMap(([key, said]) => (key.startsWith('INVALID_') ? said : []));
  return message === undefined || reasons.length === 0
    ? message
    : `${message}: ${reasons.slice(0, 5).join('; ')}`.slice(0, LONGEST_MESSAGE);
}

/** `Property values were not valid: [{...}]`, or the older `validationResults`. */
function invalidProperties(body: Json): HubSpotErrorDetail[] {
  const message = text(body.message) ?? '';
  const start = message.indexOf('[{');
  const embedded = start < 0 ? undefined : parsed(message.slice(start, message.lastIndexOf(']') + 1));
  return [...listOf(embedded), ...listOf(body.validationResults)].filter(isObject).map((entry) => {
    const said = text(entry.message) ?? 'The value is not valid.';
    return withoutUndefined({
      message: said.slice(0, LONGEST_MESSAGE),
      code: text(entry.error),
      propertyName: text(entry.name),
      allowedValues: allowedValuesIn(said),
    });
  });
}

function detailOf(entry: unknown): HubSpotErrorDetail[] {
  if (!isObject(entry)) return [];
  const said = text(entry.message) ?? '';
  const context = contextOf(entry.context);
  const detail = {
    message: said.slice(0, LONGEST_MESSAGE),
    code: text(entry.code),
    propertyName: context?.propertyName?.[0] ?? text(entry.in),
    allowedValues: allowedValuesIn(said),
  };
  return said === '' && detail.code === undefined ? [] : [withoutUndefined(detail)];
}

/** `... was not one of the allowed options: [a, b]`, `Valid options are: ... : [a, b]`, or options in full with `value: "a"`. */
function allowedValuesIn(message: string): readonly string[] | undefined {
  const list = /(?:allowed|valid) options[^[]*\[([\s\S]*)\]/i.exec(message)?.[1];
  if (list === undefined) return undefined;
  const full = [...list.matchAll(/\bvalue: "((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
  const values = full.length > 0 ? full : list.split(',').map((value) => value.trim());
  return values.filter((value) => value !== '');
}

function scopesOf(body: Json): string[] {
  const contexts = [body.context, ...listOf(body.errors).map((entry) => (isObject(entry) ? entry.context : undefined))];
  const named = (key: string) => contexts.flatMap((context) => contextOf(context)?.[key] ?? []);
  const granular = named('requiredGranularScopes');
  return [...new Set(granular.length > 0 ? granular : named('requiredScopes'))];
}

/** HubSpot's context values are lists of strings; a lone value is read as a list of one. */
function contextOf(context: unknown): Record<string, readonly string[]> | undefined {
  if (!isObject(context)) return undefined;
  const entries = Object.entries(context).map(([key, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return [key, values.filter((item) => typeof item === 'string' || typeof item === 'number').map(String)] as const;
  });
  return Object.fromEntries(entries);
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without members that are undefined. */
export function withoutUndefined<T extends object>(value: T): Present<T>;
export function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
