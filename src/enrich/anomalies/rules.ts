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

const schema = z.strictObject({
  version: z.literal(1),
  naming: z
    .array(
      z.strictObject({
        objectType: z.string().min(1),
        property: z.string().min(1),
        pattern: z.string().min(1),
        says: z.string().min(1).max(200),
        severity: z.enum(['high', 'medium', 'low']).optional(),
      }),
    )
    .max(200)
    .optional(),
  keys: z.record(z.string().min(1), z.array(z.string().min(1)).min(1).max(10)).optional(),
  off: z.array(z.string()).optional(),
});

/**
 * Reads a rules file: `{"version": 1, "naming": [{"objectType": "deals", "property": "dealname", "pattern": "[A-Z]{3} - .+",
 * "says": "Begins with the region"}], "keys": {"machines": ["serial"]}, "off": ["C13"]}`. Patterns are RE2's, so that none can run for ever.
 * @throws RulesError
 */
export function parseRules(text: string): Rules {
  const read = schema.safeParse(jsonOf(text));
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
    return JSON.parse(text);
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
