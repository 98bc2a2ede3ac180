/** How the columns of a file become properties: the mapping file, its words and its reading. */

import * as z from 'zod';

/** Who wins where a record exists already. */
const winner = z
  .enum(['source', 'hubspot', 'newest', 'fill'])
  .describe(
    "Who wins where the record exists: source (the file), hubspot (the record keeps its value, even an empty one), newest (the later of the row's `time` and the last change of this property in HubSpot), fill (the file, only where HubSpot has no value).",
  );

const rules = {
  wins: winner.default('source'),
  empty: z
    .enum(['keep', 'clear'])
    .default('keep')
    .describe('What an empty cell means: keep says nothing, clear empties the property.'),
};

const fromColumn = z.strictObject({
  column: z.string().min(1).describe('The column whose cells become the values.'),
  trim: z.boolean().default(true).describe('Take spaces around the value away.'),
  values: z
    .record(z.string(), z.string())
    .optional()
    .describe('Words of the file and what they become; words that are not listed stay as they are.'),
  ...rules,
});

const constant = z.strictObject({
  constant: z.string().describe('The same value for every row.'),
  wins: rules.wins,
});

/** Its JSON Schema is shipped as docs/mapping.schema.json. */
export const mappingFile = z
  .strictObject({
    $schema: z.string().optional().describe('For editors; not read.'),
    version: z.literal(1).describe('Of this format.'),
    objectType: z.string().min(1).describe('What the rows become, such as contacts.'),
    columns: z
      .array(z.string().min(1))
      .min(1)
      .describe('All columns of the source as they were seen. A file that lacks one, or has others, is refused.'),
    ignore: z
      .array(z.string().min(1))
      .default([])
      .describe('Further columns that the source may have; "*" stands for any.'),
    delimiter: z.string().length(1).default(',').describe('What divides the fields of a CSV file.'),
    key: z
      .array(
        z.strictObject({
          property: z
            .string()
            .min(1)
            .describe('A unique property, email of contacts, or hs_object_id for the id of the record.'),
          column: z.string().min(1),
        }),
      )
      .min(1, 'name a key: a column that tells records apart, and its unique property')
      .describe('What tells records apart. Each row is looked up by the first of them that it has a value for.'),
    missing: z
      .enum(['create', 'refuse'])
      .default('create')
      .describe('What becomes of a row whose record does not exist.'),
    time: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The column that says when the row was last changed: ISO 8601 with its offset, or milliseconds since 1970. Needed for newest.',
      ),
    properties: z
      .record(z.string(), z.union([fromColumn, constant]))
      .refine((all) => Object.keys(all).length > 0, 'expected at least one property')
      .describe('By the name of the HubSpot property: where its value comes from, and who wins.'),
  })
  .superRefine((mapping, context) => {
    const { columns, key, time, properties } = mapping;
    const objectTo = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const twice = columns.find((name, index) => columns.indexOf(name) !== index);
    if (twice !== undefined) objectTo(['columns'], `has ${JSON.stringify(twice)} more than once`);
    const known = (column: string, path: (string | number)[]) => {
      if (!columns.includes(column)) objectTo(path, `${JSON.stringify(column)} is none of the columns`);
    };
    for (const [index, { column }] of key.entries()) known(column, ['key', index, 'column']);
    if (time !== undefined) known(time, ['time']);
    for (const [name, rule] of Object.entries(properties)) {
      if ('column' in rule) known(rule.column, ['properties', name, 'column']);
      if (rule.wins === 'newest' && time === undefined) {
        objectTo(['properties', name, 'wins'], 'newest needs `time`, the column that says when a row was changed');
      }
    }
  });

export type Mapping = z.output<typeof mappingFile>;
export type PropertyRule = Mapping['properties'][string];

/** A mapping that cannot be used: where in it, and what is wrong. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
}

/** @throws {@link MappingError} */
export function parseMapping(text: string): Mapping {
  let said: unknown;
  try {
    said = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new MappingError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = mappingFile.safeParse(said);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new MappingError(`${where === '' ? '' : `${where}: `}${issue?.message ?? 'it cannot be read'}`);
}

/** The columns that an import reads, in the order of the mapping; the others never leave the file. */
export function usedColumns({ columns, key, time, properties }: Mapping): readonly string[] {
  const used = new Set([
    ...key.map(({ column }) => column),
    ...(time === undefined ? [] : [time]),
    ...Object.values(properties).flatMap((rule) => ('column' in rule ? [rule.column] : [])),
  ]);
  return columns.filter((column) => used.has(column));
}
