/** A zod schema as the JSON Schema that clients and models read: 2020-12, without what says nothing. */

import * as z from 'zod';

export interface ObjectJsonSchema {
  readonly type: 'object';
  readonly [keyword: string]: unknown;
}

/**
 * Without `$schema`: hosts that know another dialect than the one named there drop every tool of the server.
 * @param io `input` describes what a caller may send, `output` what it gets
 */
export function jsonSchema(schema: z.ZodObject, io: 'input' | 'output'): ObjectJsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema: node }) => {
      if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
      if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
      if (isPlainString(node.propertyNames)) delete node.propertyNames;
    },
  });
  return { ...described, type: 'object' };
}

/** Keys of a JSON object are strings anyway. */
function isPlainString(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && JSON.stringify(schema) === '{"type":"string"}';
}
