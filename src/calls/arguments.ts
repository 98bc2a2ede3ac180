/**
 * A call's arguments as hosts send them -> what a tool's schema describes. Several hosts send nested objects as JSON
 * strings, ids as numbers and absent arguments as `null`. What the schema takes as it stands is never touched: only what
 * it refused is mended, at the very place it objected to. Names it does not know are refused at any depth.
 */

import * as z from 'zod';
import { UserError } from '../crm/user-error.ts';
import { nearest, quote } from '../crm/words.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A JSON string may hold another, so mending may have to look again; deeper than this nobody nests. */
const ROUNDS = 5;

/** No tool's arguments are nested so deeply. What is cannot be copied, compared or quoted without an overflowing stack. */
const DEEPEST = 64;

/** @throws {@link UserError} `invalid_arguments` or `unknown_argument` */
export function readArguments<Schema extends z.ZodObject>(schema: Schema, said: unknown): z.output<Schema> {
  if (isDeeper(said, DEEPEST)) throw tooDeep();
  let value: unknown = structuredClone(said ?? {});
  if (typeof value === 'string') value = parsed(value) ?? value;
  let result = schema.safeParse(value);
  for (let round = 0; !result.success && round < ROUNDS; round++) {
    if (!result.error.issues.map((issue) => mend(value, issue, [])).includes(true)) break;
    result = schema.safeParse(value);
  }
  // zod knows of strict objects' strange names too, and neither what they may be nor what is near.
  const named = result.success || result.error.issues.every(({ code }) => code === 'unrecognized_keys');
  const stray = named ? unknownName(schema, value, []) : undefined;
  if (stray !== undefined) throw stray;
  if (!result.success) throw refusal(value, result.error.issues);
  return result.data;
}

/** Changes the value at the issue's place into what was expected there, and says whether it did. */
function mend(root: unknown, issue: Issue, base: Path): boolean {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union') {
    return issue.errors.some((branch) => branch.length > 0 && branch.every((inner) => mend(root, inner, path)));
  }
  const key = path.at(-1);
  const holder = at(root, path.slice(0, -1));
  if (key === undefined || typeof holder !== 'object' || holder === null) return false;
  const found: unknown = Reflect.get(holder, key);
  if (found === null && !Array.isArray(holder)) return Reflect.deleteProperty(holder, key);
  if (issue.code === 'invalid_value') {
    const meant = issue.values.filter((value) => sameButForCase(value, found));
    return meant.length === 1 && Reflect.set(holder, key, meant[0]);
  }
  if (issue.code !== 'invalid_type') return false;
  const better = converted(found, issue.expected);
  return better !== undefined && Reflect.set(holder, key, better);
}

function sameButForCase(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' && one.toLowerCase() === other.toLowerCase();
}

/** The value as the expected type, or undefined when it cannot honestly be that. */
function converted(value: unknown, expected: string): unknown {
  if (expected === 'string') return Number.isSafeInteger(value) ? String(value) : undefined;
  if (value === undefined) return undefined;
  const inside = typeof value === 'string' ? parsed(value) : undefined;
  switch (expected) {
    case 'array':
      return inside !== undefined && Array.isArray(inside) ? inside : [value];
    case 'object':
    case 'record':
      return typeof inside === 'object' && inside !== null && !Array.isArray(inside) ? inside : undefined;
    case 'number':
    case 'int':
      return typeof inside === 'number' ? inside : undefined;
    case 'boolean':
      return typeof inside === 'boolean' ? inside : undefined;
    default:
      return undefined;
  }
}

/** What a JSON text holds; undefined when it is none. */
function parsed(text: string): unknown {
  const value = jsonIn(text);
  if (isDeeper(value, DEEPEST)) throw tooDeep();
  return value;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function tooDeep(): UserError {
  return new UserError('invalid_arguments', `The arguments are nested more than ${DEEPEST} levels deep.`);
}

function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}

function refusal(value: unknown, issues: readonly Issue[]): UserError {
  const first = issues[0];
  const lines = issues.slice(0, 3).map((issue) => complaint(value, issue));
  return new UserError('invalid_arguments', lines.join(' '), {
    ...(first !== undefined && first.path.length > 0 && { property: shown(first.path) }),
    ...(first?.code === 'invalid_value' && { allowed: first.values.map(String) }),
  });
}

function complaint(value: unknown, issue: Issue): string {
  const place = issue.path.length === 0 ? 'The arguments' : shown(issue.path);
  const found = at(value, issue.path);
  if (found === undefined && issue.path.length > 0) return `${place} is missing.`;
  if (typeof found === 'number' && takesText(issue)) {
    return `${place}: the number ${found} cannot be read exactly; send it as a string.`;
  }
  if (issue.code === 'invalid_union') {
    const wanted = issue.errors.flatMap((branch) => branch.slice(0, 1).map(inWords));
    return `${place} ${[...new Set(wanted)].join(', or ') || 'has none of the forms that it may have'}.`;
  }
  return `${place} ${inWords(issue)}.`;
}

/** What goes on after the name of the place. What a tool says of its own argument is taken as it is. */
function inWords(issue: Issue): string {
  if (!/^(Too (big|small)|Invalid (input|option))\b/.test(issue.message)) return `is refused: ${issue.message}`;
  switch (issue.code) {
    case 'too_big':
      return limited(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'too_small':
      return limited(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'invalid_type':
      return `must be ${nouns[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${JSON.stringify(issue.values[0])}`
        : 'must be one of the allowed values';
    default:
      return `is refused: ${issue.message}`;
  }
}

function limited(origin: string, bound: string, amount: number | bigint): string {
  const many = Number(amount) === 1 ? '' : 's';
  if (origin === 'string') return `takes ${bound} ${amount} character${many}`;
  return origin === 'array' || origin === 'set' ? `takes ${bound} ${amount} item${many}` : `is ${bound} ${amount}`;
}

const nouns: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function takesText(issue: Issue): boolean {
  if (issue.code === 'invalid_union') return issue.errors.some((branch) => branch.some(takesText));
  return issue.code === 'invalid_type' && issue.expected === 'string';
}

/** The refusal of the first name that no object of the schema has, however deep; zod would drop it without a word. */
function unknownName(schema: z.core.$ZodType, value: unknown, path: Path): UserError | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const types = unwrapped(schema);
  const known = types.flatMap((type) => (type instanceof z.ZodObject ? Object.keys(type.shape) : []));
  const fixed = types.some((type) => type instanceof z.ZodObject) && !types.some((type) => type instanceof z.ZodRecord);
  for (const [name, inner] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(name) : name];
    // zod drops __proto__ even from records.
    if (name === '__proto__' || (fixed && !Array.isArray(value) && !known.includes(name)))
      return strayName(name, known, here);
    for (const type of types.flatMap((each) => step(each, name))) {
      const found = unknownName(type, inner, here);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function strayName(name: string, known: readonly string[], path: Path): UserError {
  const choices = known.map((each) => ({ id: each, label: each }));
  const near = nearest(name, choices, 3);
  const place = path.length > 1 ? ` in ${shown(path.slice(0, -1))}` : '';
  const hint = near[0] === undefined ? '' : ` Did you mean "${near[0]}"?`;
  return new UserError('unknown_argument', `There is no argument ${quote(name)}${place}.${hint}`, {
    property: shown(path),
    allowed: known,
    ...(near.length > 0 && { nearest: near }),
  });
}

/** What the schema says of one member of an object, list or record. */
function step(type: z.core.$ZodType, name: string): readonly z.core.$ZodType[] {
  if (type instanceof z.ZodObject) return type.shape[name] === undefined ? [] : [type.shape[name]];
  if (type instanceof z.ZodArray) return [type.element];
  return type instanceof z.ZodRecord ? [type.valueType] : [];
}

/** What stands behind optional, default, pipe and union. */
function unwrapped(type: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (type instanceof z.ZodUnion) return type.options.flatMap(unwrapped);
  if (type instanceof z.ZodPipe) return unwrapped(type.in);
  const wrapped = type instanceof z.ZodOptional || type instanceof z.ZodDefault || type instanceof z.ZodNullable;
  return wrapped ? unwrapped(type.unwrap()) : [type];
}

function shown(path: Path): string {
  return path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key).slice(0, 80)}`,
    )
    .join('');
}
