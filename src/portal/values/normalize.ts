/**
 * Turns a value as sent into the value as HubSpot keeps it, by the type of its property.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/properties/guide, compared 2026-11-22.
 * Guess: the words and codes of the errors other than INVALID_EMAIL, INVALID_OPTION, INVALID_INTEGER and INVALID_LONG;
 * that times outside of the years 0 to 9999, which no date of four digits says, are refused.
 */

import type { Property } from '../facts/definitions.ts';
import { isoTime } from '../time.ts';

export type Normalized = { readonly value: string } | { readonly error: string; readonly message: string };

/** The longest text that HubSpot keeps, notes included. */
export const MAX_TEXT = 65_536;

const FIRST_TIME = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_TIME = Date.parse('9999-12-31T23:59:59.999Z');

/** `raw` is not empty: an empty value clears, whatever the type. Options that live elsewhere are not checked here. */
export function normalize(property: Property, raw: string): Normalized {
  switch (property.type) {
    case 'number':
      return number(raw);
    case 'bool':
      return bool(raw);
    case 'date':
      return date(raw);
    case 'datetime':
      return datetime(raw);
    case 'enumeration':
      return property.options.length === 0 ? { value: raw } : enumeration(property, raw);
    default:
      return text(property, raw);
  }
}

function text(property: Property, raw: string): Normalized {
  const own = property.hubspotDefined ? meanings.get(property.name) : undefined;
  if (own) return own(raw);
  if (raw.length <= MAX_TEXT) return { value: raw };
  return {
    error: 'PROPERTY_VALUE_TOO_LONG',
    message: `${property.name} was too long: ${raw.length} characters, at most ${MAX_TEXT} are allowed`,
  };
}

/** Properties of HubSpot's own whose values mean more than their type says. */
const meanings = new Map<string, (raw: string) => Normalized>([
  ['email', email],
  ['domain', (raw) => ({ value: domain(raw) })],
]);

/** Guess: HubSpot keeps what stands between the scheme and the path, in lower case. */
function domain(raw: string): string {
  const host = raw
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#:].*$/s, '');
  return host === '' ? raw : host;
}

function email(raw: string): Normalized {
  const value = raw.trim().toLowerCase();
  if (/^[^\s@,;<>()"]+@[^\s@.,;<>()"]+(\.[^\s@.,;<>()"]+)+$/.test(value) && value.length <= 254) return { value };
  return { error: 'INVALID_EMAIL', message: `Email address ${raw} is invalid` };
}

function number(raw: string): Normalized {
  const said = raw.trim();
  if (/^[+-]?(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(said) && Number.isFinite(Number(said))) {
    return { value: /^-?(0|[1-9]\d*)(\.\d+)?$/.test(said) ? said : String(Number(said)) };
  }
  return { error: 'INVALID_INTEGER', message: `${raw} was not a valid number.` };
}

function bool(raw: string): Normalized {
  const value = raw.trim().toLowerCase();
  if (value === 'true' || value === 'false') return { value };
  return { error: 'INVALID_BOOLEAN', message: `${raw} was not a valid boolean.` };
}

/** `;A;B` adds to what is there; see `appended`. */
function enumeration(property: Property, raw: string): Normalized {
  const many = property.fieldType === 'checkbox';
  const values = many ? raw.split(';').filter((value) => value !== '') : [raw];
  const wrong = values.find((value) => !property.options.some((option) => option.value === value));
  if (wrong === undefined) return { value: raw };
  return { error: 'INVALID_OPTION', message: `${wrong} was not one of the allowed options` };
}

function date(raw: string): Normalized {
  const ms = readTime(raw);
  if (ms === undefined) {
    return { error: 'INVALID_DATE', message: `${raw} was not a valid date.` };
  }
  if (ms % 86_400_000 !== 0) {
    return { error: 'INVALID_DATE', message: `${raw} is at ${isoTime(ms)}, not midnight UTC.` };
  }
  return { value: new Date(ms).toISOString().slice(0, 10) };
}

function datetime(raw: string): Normalized {
  const ms = readTime(raw);
  if (ms === undefined) {
    return { error: 'INVALID_LONG', message: `${raw} was not a valid long.` };
  }
  return { value: isoTime(ms) };
}

/** Milliseconds since the epoch, of what is said in them or in ISO 8601. */
function readTime(raw: string): number | undefined {
  const said = raw.trim();
  const ms = /^-?\d+$/.test(said) ? Number(said) : parseTime(said);
  return ms !== undefined && ms >= FIRST_TIME && ms <= LAST_TIME ? ms : undefined;
}

/** Milliseconds since the epoch of an ISO 8601 date or date-time. Guess: one without an offset is in UTC. */
export function parseTime(said: string): number | undefined {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      said,
    );
  if (!match) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', offset = 'Z'] = match;
  const zone = /^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}${zone}`);
  const wholeDay = new Date(Date.parse(`${year}-${month}-${day}T00:00:00Z`));
  // Date.parse lets 31 February run over into March.
  if (Number.isNaN(ms) || wholeDay.getUTCDate() !== Number(day)) return undefined;
  return ms;
}

/** What a multiple-choice value becomes: a leading `;` adds to the options that are already chosen. */
export function appended(before: string | undefined, value: string): string {
  const chosen = value.startsWith(';') ? [...(before ?? '').split(';'), ...value.split(';')] : value.split(';');
  return [...new Set(chosen.filter((option) => option !== ''))].join(';');
}
