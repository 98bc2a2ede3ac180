/** The operator's rules file. */

import { RE2JS } from 're2js';
import * as z from 'zod';
import { checks } from './checks.ts';
import type { Rules } from './types.ts';

/** The rules file cannot be used; the message says why, for whoever wrote it. */
export class RulesError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RulesError';
  }
}

/** Its JSON Schema is shipped as docs/quality-rules.schema.json. */
export const rulesFile = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  naming: z
    .array(
      z.strictObject({
        objectType: z.string().min(1).describe('Such as deals; a custom object by its name'),
        property: z.string().min(1).describe('By its internal name, such as dealname'),
        pattern: z.string().min(1).describe("RE2's; it has to match the whole value, and empty values are passed over"),
        says: z.string().min(1).max(200).describe('The convention in words, for whoever reads the finding'),
        severity: z.enum(['high', 'medium', 'low']).optional().describe('low where it is not said'),
      }),
    )
    .max(200)
    .optional()
    .describe('Naming conventions'),
  keys: z
    .record(z.string().min(1), z.array(z.string().min(1)).min(1).max(10))
    .optional()
    .describe('By object type: the properties by which its records are one and the same'),
  off: z.array(z.string()).optional().describe('Ids of checks that are not to run, such as C13'),
});

/**
 * Reads a rules file: `{"version": 1, "naming": [{"objectType": "deals", "property": "dealname", "pattern": "[A-Z]{3} - .+",
 * "says": "Begins with the region"}], "keys": {"machines": ["serial"]}, "off": ["C13"]}`. Patterns are RE2's, so that none can run for ever.
 * @throws RulesError
 */
export function parseRules(text: string): Rules {
  const read = rulesFile.safeParse(jsonOf(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new RulesError(
      `The rules file has a fault at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? ''}`,
    );
  }
  const { version, naming, keys, off } = read.data;
  for (const { pattern } of naming ?? []) compiled(pattern);
  const unknown = (off ?? []).filter((id) => !checks.some((check) => check.id === id));
  if (unknown.length > 0)
    throw new RulesError(`The rules file puts off checks that do not exist: ${unknown.join(', ')}.`);
  return {
    version,
    ...(naming && { naming: naming.map(({ severity, ...rule }) => ({ ...rule, ...(severity && { severity }) })) }),
    ...(keys && { keys }),
    ...(off && { off }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new RulesError(`The rules file is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function compiled(pattern: string): void {
  try {
    RE2JS.compile(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RulesError(`The rules file has a pattern that RE2 does not take, ${pattern}: ${why}`);
  }
}
