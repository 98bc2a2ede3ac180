/**
 * A call's arguments as hosts send them -> what a tool's schema describes. Several hosts send nested objects as JSON
 * strings, ids as numbers and absent arguments as `null`. What the schema takes as it stands is never touched: only what
 * it refused is mended, at the very place it objected to. Unknown arguments are refused.
 */

import * as z from 'zod';
import { UserError } from './crm/user-error.ts';
import { nearest } from './crm/words.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A JSON string may hold another, so mending may have to look again; deeper than this nobody nests. */
const ROUNDS = 5;

/** @throws {@link UserError} `invalid_arguments` or `unknown_argument` */
export function readArguments<Schema extends z.ZodObject>(schema: Schema, said: unknown): z.output<Schema> {
  let value: unknown = structuredClone(said ?? {});
  if (typeof value === 'string') value = parsed(value) ?? value;
  let result = schema.safeParse(value);
  for (let round = 0; !result.success && round < ROUNDS; round++) {
    if (!result.error.issues.map((issue) => mend(value, issue, [])).includes(true)) break;
    result = schema.safeParse(value);
  }
  if (result.success) return result.data;
  throw refusal(schema, value, result.error.issues);
}

/** Changes the value at the issue's place into what was expected there, and says whether it did. */
function mend(root: unknown, issue: Issue, base: Path): boolean {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union') {
    return issue.errors.some((branch) => branch.length > 0 && branch.every((inner) => mend(root, inner, path)));
  }
  if (issue.code !== 'invalid_type') return false;
  const key = path.at(-1);
  const holder = at(root, path.slice(0, -1));
  if (key === undefined || typeof holder !== 'object' || holder === null) return false;
  const found: unknown = Reflect.get(holder, key);
  if (found === null && !Array.isArray(holder)) return Reflect.deleteProperty(holder, key);
  const better = converted(found, issue.expected);
  return better !== undefined && Reflect.set(holder, key, better);
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
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}

function refusal(schema: z.ZodObject, value: unknown, issues: readonly Issue[]): UserError {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown !== undefined) {
    const name = unknown.keys[0] ?? '';
    const known = unknown.path.length === 0 ? Object.keys(schema.shape) : siblings(schema, unknown.path);
    const [likely] = nearest(
      name,
      known.map((each) => ({ id: each, label: each })),
      1,
    );
    const place = unknown.path.length === 0 ? '' : ` in ${shown(unknown.path)}`;
    const hint = likely === undefined ? '' : ` Did you mean "${likely}"?`;
    return new UserError('unknown_argument', `There is no argument "${name}"${place}.${hint}`, {
      property: shown([...unknown.path, name]),
      ...(known.length > 0 && { allowed: known }),
      ...(likely !== undefined && { nearest: [likely] }),
    });
  }
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
  if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof found === 'number') {
    return `${place}: the number ${found} cannot be read exactly; send it as a string.`;
  }
  if (issue.code === 'invalid_union') {
    const wanted = issue.errors.flatMap((branch) => branch.slice(0, 1).map((inner) => inner.message));
    return `${place}: ${[...new Set(wanted)].join(', or ') || issue.message}.`;
  }
  return `${place}: ${issue.message}.`;
}

/** The names that an object further down may have, read from the schema; empty when it is no plain object. */
function siblings(schema: z.ZodType, path: Path): readonly string[] {
  const inside = path.reduce<readonly z.core.$ZodType[]>(
    (found, key) => found.flatMap((type) => step(type, key)),
    [schema],
  );
  return inside.flatMap(unwrapped).flatMap((type) => (type instanceof z.ZodObject ? Object.keys(type.shape) : []));
}

function step(schema: z.core.$ZodType, key: PropertyKey): readonly z.core.$ZodType[] {
  return unwrapped(schema).flatMap((type) => {
    if (type instanceof z.ZodObject) return type.shape[String(key)] ?? [];
    if (type instanceof z.ZodArray) return type.element;
    return type instanceof z.ZodRecord ? type.valueType : [];
  });
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
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
