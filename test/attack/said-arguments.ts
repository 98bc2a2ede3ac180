/** Arguments for any tool, made from its JSON Schema alone: valid but for one place, which takes whatever it is given. */

import type { Random } from '../../src/clock.ts';

/** As much of JSON Schema as the tools' inputs use. */
export interface Schema {
  readonly type?: string | readonly string[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: boolean | Schema | undefined;
  readonly items?: Schema | undefined;
  readonly minimum?: number | undefined;
  readonly minItems?: number | undefined;
}

/** One step from an object, list or choice to what is inside. `key` is the name of a member that has no fixed name. */
type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'item' }
  | { readonly kind: 'choice'; readonly index: number }
  | { readonly kind: 'key' }
  | { readonly kind: 'value' };

/** Where in a tool's arguments a text can stand. */
export type Place = readonly Step[];

/** Every place of a schema that takes a text, also as the name of a member. */
export function textPlaces(schema: Schema, path: Place = []): Place[] {
  const { anyOf = [], properties = {}, additionalProperties: more, items } = schema;
  return [
    ...(isOpen(schema) || typesOf(schema).includes('string') ? [path] : []),
    ...anyOf.flatMap((inner, index) => textPlaces(inner, [...path, { kind: 'choice', index }])),
    ...Object.entries(properties).flatMap(([name, inner]) => textPlaces(inner, [...path, { kind: 'member', name }])),
    ...(items === undefined ? [] : textPlaces(items, [...path, { kind: 'item' }])),
    ...(typeof more === 'object' ? [[...path, { kind: 'key' } as const]] : []),
    ...(typeof more === 'object' ? textPlaces(more, [...path, { kind: 'value' }]) : []),
  ];
}

/** A place as people write it, such as `records[].properties{value}`. */
export function nameOfPlace(place: Place): string {
  const words = place.map((step) => {
    if (step.kind === 'member') return `.${step.name}`;
    if (step.kind === 'item') return '[]';
    return step.kind === 'choice' ? `|${step.index}` : `{${step.kind}}`;
  });
  return words.join('').replace(/^\./, '');
}

export interface Attack {
  readonly place: Place;
  readonly text: unknown;
}

export interface Words {
  readonly random: Random;
  /**
   * A value that makes sense for the argument of this name; undefined leaves it out where that is allowed. The second of
   * a list that needs more than one is called `ids 2`, and is like the first where there is no such word.
   */
  word(name: string): unknown;
}

/** A value of the schema that holds the attack's text at its place and sensible words everywhere else. */
export function saidArguments(schema: Schema, attack: Attack, words: Words, name = ''): unknown {
  const [step, ...place] = attack.place;
  const types = typesOf(schema);
  const inner = { ...attack, place };
  if (step?.kind === 'choice') return saidArguments(schema.anyOf?.[step.index] ?? {}, inner, words, name);
  if (types.includes('array')) {
    const items = schema.items ?? {};
    const [first, ...others] = listed(schema, words, name);
    return [step ? saidArguments(items, inner, words, name) : first, ...others];
  }
  if (!types.includes('object')) return attack.text;
  return {
    ...members(schema, words, step?.kind === 'member' ? step.name : ''),
    ...attacked(schema, attack, words),
  };
}

function attacked(schema: Schema, { place: [step, ...place], text }: Attack, words: Words): object {
  if (step?.kind === 'key' && typeof text === 'string') return Object.fromEntries([[text, 'x']]);
  const open = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  if (step?.kind === 'value')
    return Object.fromEntries([[words.word('{key}'), saidArguments(open, { place, text }, words)]]);
  if (step?.kind !== 'member') return {};
  const inner = schema.properties?.[step.name] ?? {};
  return { [step.name]: saidArguments(inner, { place, text }, words, step.name) };
}

function members(schema: Schema, words: Words, without: string): object {
  const { properties = {}, required = [], additionalProperties: more } = schema;
  const entries = Object.entries(properties).filter(
    ([key]) =>
      key !== without && (required.includes(key) || (words.word(key) !== undefined && words.random.float() < 0.5)),
  );
  const named = entries.map(([key, inner]) => [key, sensible(inner, words, key)]);
  const free = typeof more === 'object' ? [[words.word('{key}'), words.word('{value}')]] : [];
  return Object.fromEntries([...named, ...free]);
}

/** A value of the schema made of sensible words only. */
function sensible(schema: Schema, words: Words, name: string): unknown {
  const types = typesOf(schema);
  const { anyOf, enum: values, minimum = 1 } = schema;
  const pick = <T>(list: readonly T[]) => list[Math.floor(words.random.float() * list.length)];
  if (anyOf) return sensible(pick(anyOf) ?? {}, words, name);
  if (values) return pick(values);
  if (types.includes('array')) return listed(schema, words, name);
  if (types.includes('object')) return members(schema, words, '');
  if (types.includes('string') || isOpen(schema)) return words.word(name) ?? 'x';
  return types.includes('boolean') ? words.random.float() < 0.5 : minimum;
}

/** As many as there have to be. */
function listed({ items = {}, minItems = 1 }: Schema, words: Words, name: string): unknown[] {
  const word = (nth: number) => (asked: string) =>
    (nth > 1 && asked === name ? words.word(`${name} ${nth}`) : undefined) ?? words.word(asked);
  return Array.from({ length: Math.max(1, minItems) }, (_, at) =>
    sensible(items, { ...words, word: word(at + 1) }, name),
  );
}

function typesOf({ type = [] }: Schema): readonly string[] {
  return typeof type === 'string' ? [type] : type;
}

/** A schema that takes anything. */
function isOpen({ type, anyOf, enum: values }: Schema): boolean {
  return type === undefined && anyOf === undefined && values === undefined;
}
