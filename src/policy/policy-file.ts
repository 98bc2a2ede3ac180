/** What a policy file may say. The shipped JSON Schema and the help in errors are made of this. */

import * as z from 'zod';
import { type Format, format } from './formats.ts';
import { PolicyFileError } from './policy.ts';
import { PROFILES } from './profiles.ts';

const OBJECT_TYPE = /^[a-z*][a-z0-9_*]*$/;
const PROPERTY = /^[a-z0-9_*][a-z0-9_.*-]*$/;
const SELECTOR = /^([a-z*][a-z0-9_*]*\.)?[a-z0-9_*]+$/;

const objectTypes = z
  .array(
    z
      .string()
      .regex(OBJECT_TYPE, 'expected a name as list_object_types shows it, such as contacts; * stands for anything'),
  )
  .min(1);
const selector = z
  .string()
  .regex(SELECTOR, 'expected a property such as email, contacts.email or deals.hs_*; * stands for anything');
const properties = z
  .array(z.string().regex(PROPERTY, 'expected the internal name of a property; * stands for anything'))
  .min(1);
const count = z.int().min(0);

export const operations = [
  'create',
  'update',
  'upsert',
  'archive',
  'merge',
  'associate',
  'dissociate',
  'define',
  'removeDefinition',
] as const;

/** `default`: `crm`, and the tools of others that are served where nobody chooses. */
export const toolsetNames = ['default', 'crm', 'schema', 'journal', 'quality'] as const;

const verdict = z.enum(['deny', 'approve', 'allow']);

const rule = z.strictObject({
  objectTypes: objectTypes.optional().describe('Every type if left out.'),
  properties: properties
    .optional()
    .describe('The rule is about writes that set one of these. Every write if left out.'),
  operations: z
    .array(z.enum(operations))
    .min(1)
    .optional()
    .describe('Every operation if left out. define includes removeDefinition.'),
  rowsAbove: count.optional().describe('The rule is about calls that write more rows than this.'),
  tainted: z.literal(true).optional().describe('The rule is about sessions that have read text from outside.'),
  verdict: verdict.describe('deny beats approve beats allow.'),
  because: z.string().min(1).max(300).optional().describe('Said to whoever is refused.'),
});

const withoutForm = z.enum(['token', 'refuse', 'allow']);

export const approvalKinds = [
  'archive',
  'archiveMany',
  'merge',
  'definition',
  'removeDefinition',
  'bulk',
  'policy',
  'tainted',
] as const;

const approval = z.strictObject({
  archiveAbove: count
    .optional()
    .describe(
      'Archiving more records than this, in one call or in those of a session within an hour, is archiveMany. 5 if left out.',
    ),
  bulkAbove: count.optional().describe('Writing more rows than this is bulk. 100 if left out.'),
  withoutForm: z
    .strictObject({
      archive: withoutForm.optional(),
      archiveMany: withoutForm.optional(),
      merge: withoutForm.optional(),
      definition: withoutForm.optional(),
      removeDefinition: withoutForm.optional(),
      bulk: withoutForm.optional(),
      policy: withoutForm.optional(),
      tainted: withoutForm.optional(),
    })
    .optional()
    .describe(
      'Where the client can show a person no form. merge, archiveMany and removeDefinition are refused, and so is tainted where it archives, removes or writes many; the rest get a token, if left out.',
    ),
  unasked: z
    .array(z.enum(approvalKinds))
    .optional()
    .describe('Kinds of change that need nobody, form or not. None if left out.'),
});

const taint = z.strictObject({
  verdict: verdict
    .optional()
    .describe('For sensitive writes of a session that has read text from outside. approve if left out.'),
  sensitive: z
    .array(selector)
    .optional()
    .describe('The properties whose change is sensitive. Owners, addresses, amounts and consent if left out.'),
  rowsAbove: count.optional().describe('Writing more rows than this is sensitive, whatever they set. 10 if left out.'),
  associations: objectTypes
    .optional()
    .describe('Associating or dissociating these is sensitive. companies if left out.'),
});

const property = z.strictObject({
  access: z
    .enum(['allow', 'read', 'mask', 'deny'])
    .optional()
    .describe('deny: does not exist. mask: seen in part, never written, filtered or sorted. read: never written.'),
  required: z.literal(true).optional().describe('A create must set it, and nothing may clear it.'),
  format: format.optional(),
});

const budgets = z.strictObject({
  callsPerHour: count.optional(),
  writesPerDay: count.optional().describe('Rows, not calls.'),
  rowsReadPerDay: count.optional(),
  of: z
    .enum(['caller', 'server'])
    .optional()
    .describe("Whose budget it is: each caller's by its name, or all of them together. caller if left out."),
});

const scope = {
  profile: z.enum(PROFILES).optional(),
  toolsets: z.array(z.enum(toolsetNames)).min(1).optional(),
  readOnly: z.boolean().optional(),
};

export const policyFile = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1).describe('Of the format of this file.'),
  ...scope,
  otherwise: verdict.optional().describe('For writes that no rule speaks of. allow if left out.'),
  rules: z.array(rule).optional(),
  approval: approval.optional(),
  taint: taint.optional(),
  properties: z
    .record(selector, property)
    .optional()
    .describe('By property, such as email, contacts.email or deals.hs_*.'),
  budgets: budgets.optional(),
  sandboxFirst: z
    .strictObject({
      rowsAbove: count,
      sandboxes: z
        .array(z.int().positive())
        .optional()
        .describe('Their portal ids. Without any the write is always refused.'),
    })
    .optional()
    .describe('Writing more rows than this needs the same task to have run on a sandbox account before.'),
  merges: z.strictObject({ perRun: count.optional(), perDay: count.optional() }).optional(),
});

/** What one request may ask for: less. */
const tightening = z.strictObject({
  ...scope,
  rules: z.array(rule.extend({ verdict: z.enum(['deny', 'approve']) })).optional(),
  properties: z.record(selector, z.strictObject({ access: z.enum(['read', 'mask', 'deny']) })).optional(),
});

export type PolicyFile = Omit<z.output<typeof policyFile>, 'properties'> & {
  readonly properties?: Readonly<Record<string, PropertyRule>> | undefined;
};
export interface PropertyRule {
  readonly access?: 'allow' | 'read' | 'mask' | 'deny' | undefined;
  readonly required?: true | undefined;
  readonly format?: Format | undefined;
}
export type Rule = z.output<typeof rule>;
export type Tightening = z.output<typeof tightening>;

/** @throws {@link PolicyFileError} */
export function parsePolicyFile(said: unknown): PolicyFile {
  return parse(policyFile, said);
}

/** @throws {@link PolicyFileError} */
export function parseTightening(said: unknown): Tightening {
  return parse(tightening, said);
}

function parse<Schema extends z.ZodType>(schema: Schema, said: unknown): z.output<Schema> {
  const read = schema.safeParse(said);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  throw new PolicyFileError(`${where}${issue === undefined ? 'wrong' : wordsOf(issue)}`);
}

function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `there is no ${issue.keys.map((key) => JSON.stringify(key)).join(', ')} here`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_union':
      return 'expected one of the formats of docs/policy.md';
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message.replace(/^Invalid input: /, '');
  }
}
