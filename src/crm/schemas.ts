/** Input and output shapes that several tools share. */

import * as z from 'zod';
import { operators } from './filters.ts';

export const objectType = z.string().describe('Name, label or type id: contacts, deals, 0-5, a custom object');

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** What is said in another case is meant all the same; what the caller is told is the one right way. */
function inCapitals(said: unknown): unknown {
  return typeof said === 'string' ? said.trim().toUpperCase().replace(/[ -]/g, '_') : said;
}

const directions: Readonly<Record<string, string>> = { ASC: 'ASCENDING', DESC: 'DESCENDING' };

function asDirection(said: unknown): unknown {
  const word = inCapitals(said);
  return typeof word === 'string' ? (directions[word] ?? word) : word;
}

/** A bare name sorts by it, upwards unless a minus stands before it. */
function asSort(said: unknown): unknown {
  if (typeof said !== 'string') return said;
  return said.startsWith('-')
    ? { propertyName: said.slice(1), direction: 'DESCENDING' }
    : { propertyName: said, direction: 'ASCENDING' };
}

export const sorts = z
  .array(
    z.preprocess(
      asSort,
      z.strictObject({
        propertyName: z.string(),
        direction: z.preprocess(asDirection, z.enum(['ASCENDING', 'DESCENDING'])).optional(),
      }),
    ),
  )
  .max(1);

const filter = z.strictObject({
  propertyName: z.string(),
  operator: z.preprocess(inCapitals, z.enum(operators)),
  value: scalar.optional(),
  highValue: scalar.optional().describe('For BETWEEN'),
  values: z.array(scalar).optional().describe('For IN, NOT_IN'),
});

export const filterGroups = z
  .array(z.strictObject({ filters: z.array(filter).min(1) }))
  .describe(
    'Groups are ORed, filters in one ANDed. Values as people say them: labels, owner e-mails, dates 2026-01-31 or -30d. associations.{type} takes ids',
  );

export const properties = z.array(z.string());

/** The same where it stands beside search_records: a model reads a schema once for all its tools. */
export const filterGroupsAsInSearch = filterGroups.meta({
  shown: { description: 'As in search_records', type: 'array', items: { type: 'object' } },
});

/** Object types whose associated records come along. */
export const associations = z
  .array(z.strictObject({ objectType: z.string(), properties: properties.optional() }))
  .describe('Types whose associated ids come along, with chosen properties');

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)) });

/** A list as columns and rows; what says how it goes on is in the tools' own outputs. */
export const tableShape = table.shape;

/** Further tables, and how to read the first. */
export const recordsShape = {
  ...tableShape,
  note: z.string().optional(),
  associated: z
    .record(z.string(), table)
    .optional()
    .describe('By object type: the associated records whose ids are in the rows'),
  labels: table.optional().describe('What the ids of owners, pipelines and stages in the rows stand for'),
};

export { table };

export const failed = z.array(z.object({ index: z.int(), id: z.string(), code: z.string(), message: z.string() }));
