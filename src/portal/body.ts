/**
 * Reads a JSON body the way HubSpot's servers do: wrong shapes are refused with line and column, numbers and booleans
 * are taken for texts, unknown members are ignored. Source of the words: bodies that public clients recorded.
 */

import { invalid, PortalError } from './errors.ts';
import { locate, type Path } from './json-location.ts';
import { ownMembers } from './own-members.ts';
import type { Call } from './route.ts';

/** Reads one value; `at` is where it stands in the body. Throws {@link Misread}. */
export type Reader<T> = (value: unknown, at: Path) => T;

/** A member that may be absent or null. */
export interface Optional<T> {
  readonly optional: Reader<T>;
}

type Fields = Readonly<Record<string, Reader<unknown> | Optional<unknown>>>;
type FieldOf<F> = F extends Optional<infer T> ? T : F extends Reader<infer T> ? T : never;
type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends Optional<unknown> ? K : never }[keyof F];
export type ReadAs<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: FieldOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: FieldOf<F[K]>;
};

/** Something in the body has the wrong shape. */
class Misread extends Error {
  readonly at: Path;
  /** What stands between the place and the message. */
  readonly separator: ':' | '.';
  /** Which character of the place is named. */
  readonly edge: 'start' | 'end';
  constructor(message: string, at: Path, separator: ':' | '.' = ':', edge: 'start' | 'end' = 'start') {
    super(message);
    this.at = at;
    this.separator = separator;
    this.edge = edge;
  }
}

/** The body of a request. @throws PortalError 400 or 415 */
export function readBody<T>(call: Call, reader: Reader<T>): T {
  const type = call.contentType.split(';')[0]?.trim().toLowerCase();
  // Guess: the words of the 415.
  if (call.text !== '' && type !== 'application/json') {
    throw new PortalError(415, { message: 'HTTP 415 Unsupported Media Type' });
  }
  if (call.text.trim() === '') throw invalid('Invalid JSON input: a request body was expected, but none found');
  return readJson(call.text, reader);
}

/** JSON that is a part of a request. @throws PortalError 400 */
export function readJson<T>(json: string, reader: Reader<T>): T {
  // Guess: the words for a body that is nested too deep; HubSpot's reader stops at this depth. Whatever is read deeper could not be stored.
  if (isDeeperThan(MAX_DEPTH, json)) {
    throw inputError(1, 1, `Document nesting depth exceeds the maximum allowed (${MAX_DEPTH})`);
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    const { line, column } = locate(json, 'error');
    throw inputError(line, column, 'Unexpected character or end of input');
  }
  try {
    return reader(value, []);
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    const { line, column } = locate(json, error.at, error.edge);
    // What is missing is noticed inside the object, one character on.
    throw inputError(line, error.separator === '.' ? column + 1 : column, error.message, error.separator);
  }
}

const MAX_DEPTH = 1000;

/** Whether a text that may be JSON nests that deep. */
function isDeeperThan(most: number, json: string): boolean {
  if (json.length <= most) return false;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (quoted && character === '\\') i++;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > most) return true;
  }
  return false;
}

function inputError(line: number, column: number, message: string, separator = ':'): PortalError {
  // Recorded without a category.
  return new PortalError(400, {
    message: `Invalid input JSON on line ${line}, column ${column}${separator} ${message}`,
  });
}

/** What HubSpot's reader calls a value. */
function tokenOf(value: unknown): readonly [kind: string, token: string] {
  if (Array.isArray(value)) return ['Array', 'START_ARRAY'];
  if (value === null) return ['null', 'VALUE_NULL'];
  switch (typeof value) {
    case 'object':
      return ['Object', 'START_OBJECT'];
    case 'string':
      return ['String', 'VALUE_STRING'];
    case 'boolean':
      return ['Boolean', value ? 'VALUE_TRUE' : 'VALUE_FALSE'];
    default:
      return Number.isInteger(value) ? ['Integer', 'VALUE_NUMBER_INT'] : ['Floating-point', 'VALUE_NUMBER_FLOAT'];
  }
}

function mismatch(expected: string, value: unknown, at: Path): Misread {
  const [kind, token] = tokenOf(value);
  return new Misread(
    `Cannot deserialize value of type \`${expected}\` from ${kind} value (token \`JsonToken.${token}\`)`,
    at,
  );
}

export const text: Reader<string> = (value, at) => {
  if (typeof value === 'string') return value;
  // A number too large to be told apart from others is not taken for the text `Infinity`.
  if (Number.isFinite(value) || typeof value === 'boolean') return String(value);
  throw mismatch('java.lang.String', value, at);
};

export const integer: Reader<number> = (value, at) => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim())) return Number(value);
  throw mismatch('int', value, at);
};

export const flag: Reader<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw mismatch('java.lang.Boolean', value, at);
};

/** Anything; for members that are stored and given back as they came. */
export const anything: Reader<unknown> = (value) => value;

/** An object with any members. */
export const anyObject: Reader<Readonly<Record<string, unknown>>> = (value, at) => {
  if (isObject(value)) return value;
  throw mismatch('java.util.LinkedHashMap<java.lang.String,java.lang.Object>', value, at);
};

/** `name` is what HubSpot calls a list of these, where that is known. */
export function list<T>(item: Reader<T>, name = 'java.util.ArrayList<java.lang.Object>'): Reader<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw mismatch(name, value, at);
    return value.map((member: unknown, i) => item(member, [...at, i]));
  };
}

/** An object whose values are texts; null stands for none. What it gives has no prototype. */
export const textMap: Reader<Record<string, string | null>> = (value, at) => {
  if (!isObject(value)) {
    throw mismatch('java.util.LinkedHashMap<java.lang.String,java.lang.String>', value, at);
  }
  const entries = Object.entries(value).map(
    ([name, member]) => [name, member === null ? null : text(member, [...at, name])] as const,
  );
  return ownMembers(Object.fromEntries(entries));
};

export function optional<T>(reader: Reader<T>): Optional<T> {
  return { optional: reader };
}

/** One of these texts. */
export function oneOf<const T extends string>(name: string, values: readonly T[]): Reader<T> {
  return (value, at) => {
    const said = text(value, at);
    const known = values.find((v) => v === said);
    if (known === undefined) {
      throw new Misread(
        `Cannot deserialize value of type \`${name}\` from String "${said}": not one of the values accepted for Enum class: [${values.join(', ')}]`,
        at,
      );
    }
    return known;
  };
}

/** An object with these members; `name` is what HubSpot calls it, `incomplete` what it says when members are missing. */
export function shape<const F extends Fields>(
  name: string,
  fields: F,
  incomplete: (missing: string, at: Path) => Misread = requiredFields,
): Reader<ReadAs<F>> {
  return (value, at) => {
    if (!isObject(value)) throw mismatch(name, value, at);
    const missing = Object.entries(fields)
      .filter(([key, field]) => typeof field === 'function' && (value[key] === undefined || value[key] === null))
      .map(([key]) => key);
    if (missing.length > 0) {
      throw incomplete(missing.join(', '), at);
    }
    // Its members are those of `fields`, read one by one.
    const result = Object.create(Object.prototype);
    for (const [key, field] of Object.entries(fields)) {
      const member = value[key];
      if (typeof field === 'function') result[key] = field(member, [...at, key]);
      else if (member !== undefined && member !== null) result[key] = field.optional(member, [...at, key]);
    }
    return result;
  };
}

function requiredFields(missing: string, at: Path): Misread {
  return new Misread(`Some required fields were not set: [${missing}]`, at, '.');
}

/** What some of HubSpot's readers say instead. */
export function cannotBuild(name: string): (missing: string, at: Path) => Misread {
  return (missing, at) => new Misread(`Cannot build ${name}, some of required attributes are not set [${missing}]`, at);
}

/** An object whose members do not go together, as HubSpot notices at its end; `name` is its class there. */
export function cannotConstruct(name: string, problem: string, at: Path): Misread {
  return new Misread(`Cannot construct instance of \`${name}\`, problem: ${problem}`, at, ':', 'end');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
