/** What an option is, and how the options of a command are read from flags and variables. Pure. */

import * as z from 'zod';

/** What `--help` and the README say of an option, and where its value comes from. */
export interface Option {
  /** As commander takes it, such as `--toolsets <list>`; absent for secrets, which every user of a machine could read. */
  readonly flag?: string;
  /** As commander takes it, such as `[file]`, for a word of the command line that needs no flag. */
  readonly argument?: string;
  readonly variable?: string;
  readonly text: string;
  /** The title that it stands under in help and README, where it is one of many. */
  readonly group?: string;
  /** It is gone, and known only to say what took its place. */
  readonly gone?: true;
}

const registry = z.registry<Option>();

/** A schema that reads the text of a flag or variable, `true` for a flag without a value, `undefined` for nothing said. */
export function option<Schema extends z.ZodType>(said: Option, schema: Schema): Schema {
  const own = schema.clone(); // Two options may be read alike.
  registry.add(own, said);
  return own;
}

/** Puts options that are about one thing under one title. */
export function optionGroup<Shape extends Readonly<Record<string, z.ZodType>>>(group: string, shape: Shape): Shape {
  for (const schema of Object.values(shape)) {
    const said = registry.get(schema);
    if (said !== undefined) registry.add(schema, { ...said, group });
  }
  return shape;
}

/** The options of a command, by the names of their values, in the order in which help shows them. */
export function optionsOf(table: z.ZodObject): readonly (readonly [name: string, option: Option])[] {
  return Object.entries(table.shape).flatMap(([name, schema]) => {
    const found = registry.get(schema);
    return found === undefined ? [] : [[name, found] as const];
  });
}

/** The command line or the environment says something that cannot be. The message names the flag or variable. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads every option of a table: a flag wins over its variable, and an empty variable says nothing.
 * @throws {@link UsageError}
 */
export function readOptions<Table extends z.ZodObject>(
  table: Table,
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Table> {
  const options = new Map(optionsOf(table));
  const said = [...options].map(([name, { flag, variable }]) => {
    // A flag is written on purpose, unlike a variable that a configuration leaves empty.
    if (flag !== undefined && flags[name] === '') throw new UsageError(`${flag.split(' ')[0]}: expected a value`);
    const value = flags[name] ?? (variable && environment[variable]?.trim());
    return [name, value === '' ? undefined : value];
  });
  const read = table.safeParse(Object.fromEntries(said));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = String(issue?.path[0]);
  const { flag, argument, variable } = options.get(name) ?? {};
  const word = flag?.split(' ')[0] ?? argument;
  const source = flags[name] === undefined ? (variable ?? word) : word;
  throw new UsageError(`${source ?? name}: ${issue?.message}`);
}
