/** Reads a JSON value written by a person: what is wrong is refused with its place in the file and what to do about it. */

import { parseTime } from '../../values/normalize.ts';

/** Where a value stands; undefined is the whole file. */
export type Place = { readonly parent: Place; readonly key: string | number } | undefined;

/** A portal file that cannot be loaded. The message names the place, as in `records.contacts[3].properties.email`. */
export class PortalFileError extends Error {
  override readonly name = 'PortalFileError';
  constructor(place: Place, message: string, options?: ErrorOptions) {
    super(`${placeText(place)}: ${message}`, options);
  }
}

export function inside(parent: Place, key: string | number): Place {
  return { parent, key };
}

function placeText(place: Place): string {
  const keys: string[] = [];
  for (let at = place; at; at = at.parent) {
    const { key } = at;
    if (typeof key === 'number') keys.unshift(`[${key}]`);
    else keys.unshift(/^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
  }
  return keys.length === 0 ? 'The file' : keys.join('').replace(/^\./, '');
}

/** @throws PortalFileError */
export type Reader<T> = (value: unknown, place: Place) => T;

/** A member that may be absent or null. */
interface Optional<T> {
  readonly optional: Reader<T>;
}

type Fields = Readonly<Record<string, Reader<unknown> | Optional<unknown>>>;
type FieldOf<F> = F extends Optional<infer T> ? T : F extends Reader<infer T> ? T : never;
type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends Optional<unknown> ? K : never }[keyof F];
type ReadAs<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: FieldOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: FieldOf<F[K]>;
};

export function optional<T>(reader: Reader<T>): Optional<T> {
  return { optional: reader };
}

function refuse(expected: string, value: unknown, place: Place): PortalFileError {
  const shown = JSON.stringify(value) ?? 'nothing';
  return new PortalFileError(
    place,
    `expected ${expected}, not ${shown.length > 60 ? `${shown.slice(0, 57)}...` : shown}.`,
  );
}

/** Numbers and booleans are taken for the texts that HubSpot keeps them as. */
export const text: Reader<string> = (value, place) => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw refuse('a text', value, place);
};

export const word: Reader<string> = (value, place) => {
  const said = text(value, place);
  if (said.trim() === '') throw refuse('a text that is not empty', value, place);
  return said;
};

export const number: Reader<number> = (value, place) => {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof read === 'number' && Number.isFinite(read)) return read;
  throw refuse('a number', value, place);
};

export const integer: Reader<number> = (value, place) => {
  const read = number(value, place);
  if (Number.isSafeInteger(read)) return read;
  throw refuse('a whole number', value, place);
};

export const flag: Reader<boolean> = (value, place) => {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw refuse('true or false', value, place);
};

/** The id of a record: digits, as a text or a number. */
export const recordId: Reader<string> = (value, place) => {
  const said = text(value, place);
  if (/^[1-9]\d{0,14}$/.test(said)) return said;
  throw refuse('an id of 1 to 15 digits', value, place);
};

/** ISO 8601 or milliseconds since the epoch; gives milliseconds. */
export const time: Reader<number> = (value, place) => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= LATEST_TIME) return value;
  const ms = typeof value === 'string' ? parseTime(value.trim()) : undefined;
  if (ms !== undefined) return ms;
  throw refuse('a time as "2026-11-22T09:00:00Z", or milliseconds since 1970', value, place);
};

const LATEST_TIME = 8_640_000_000_000_000;

/** A time that is kept as HubSpot writes it in definitions: ISO 8601. */
export const isoText: Reader<string> = (value, place) => {
  const ms = time(value, place);
  return typeof value === 'string' ? value : new Date(ms).toISOString();
};

/** One of these words, whatever its case. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Reader<Word> {
  return (value, place) => {
    const found = words.find((candidate) => candidate.toLowerCase() === String(value).toLowerCase());
    if (found !== undefined) return found;
    throw refuse(`one of ${words.join(', ')}`, value, place);
  };
}

export function list<T>(item: Reader<T>): Reader<T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) throw refuse('a list [ ... ]', value, place);
    return value.map((entry: unknown, i) => item(entry, inside(place, i)));
  };
}

export function orNull<T>(reader: Reader<T>): Reader<T | null> {
  return (value, place) => (value === null ? null : reader(value, place));
}

/** Any JSON object; for members that are stored and given back as they came. */
export const object: Reader<Readonly<Record<string, unknown>>> = (value, place) => {
  if (!isObject(value)) throw refuse('an object { ... }', value, place);
  return value;
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with any names. */
export function dictionary<T>(entry: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, place) =>
    Object.fromEntries(
      Object.entries(object(value, place)).map(([name, member]) => [name, entry(member, inside(place, name))]),
    );
}

/**
 * An object with these members. `open`: others are ignored, for what is copied from HubSpot's own answers; else they are
 * refused, since they would do nothing.
 */
export function shape<F extends Fields>(fields: F, others: 'open' | 'closed'): Reader<ReadAs<F>> {
  const entries = Object.entries(fields);
  return (value, place) => {
    const given = object(value, place);
    const unknown = others === 'closed' ? Object.keys(given).find((name) => !Object.hasOwn(fields, name)) : undefined;
    if (unknown !== undefined) {
      throw new PortalFileError(
        inside(place, unknown),
        `there is no such member; there are ${Object.keys(fields).join(', ')}.`,
      );
    }
    // Its members are those of `fields`, read one by one.
    const read = Object.create(Object.prototype);
    for (const [name, field] of entries) {
      const member = given[name];
      if (typeof field === 'function') {
        if (member === undefined) throw new PortalFileError(place, `the member ${JSON.stringify(name)} is missing.`);
        read[name] = field(member, inside(place, name));
      } else if (member !== undefined && member !== null) {
        read[name] = field.optional(member, inside(place, name));
      }
    }
    return read;
  };
}
