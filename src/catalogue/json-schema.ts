/** A zod schema as the JSON Schema that clients and models read: 2020-12, without what says nothing. */

import * as z from 'zod';

export interface ObjectJsonSchema {
  readonly type: 'object';
  readonly [keyword: string]: unknown;
}

/**
 * Without `$schema`: hosts that know another dialect than the one named there drop every tool of the server. An input
 * says what a model needs to make a call; what it need not know beforehand, the refusal of a wrong call says, since
 * definitions are read in every conversation and refusals seldom. Where zod's words are longer than ours, a schema says
 * under `shown` in its meta what stands in their place.
 * @param io `input` describes what a caller may send, `output` what it gets
 */
export function jsonSchema(schema: z.ZodObject, io: 'input' | 'output'): ObjectJsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema: node, path }) => {
      if (io === 'input') shorten(node, path.length === 0);
      if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
      if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
      if (isPlainString(node.propertyNames)) delete node.propertyNames;
    },
  });
  return { ...described, type: 'object' };
}

/** Strange names are refused at any depth, and so are empty lists: the root alone says it, for hosts that look. */
function shorten(node: Record<string, unknown>, root: boolean): void {
  const { shown, additionalProperties: more } = node;
  if (typeof shown === 'object') {
    for (const keyword of Object.keys(node)) delete node[keyword];
    Object.assign(node, shown);
  }
  if ((more === false && !root) || JSON.stringify(more) === '{}') delete node['additionalProperties'];
  for (const least of ['minItems', 'minimum']) if (node[least] === 0 || node[least] === 1) delete node[least];
}

/** Keys of a JSON object are strings anyway. */
function isPlainString(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && JSON.stringify(schema) === '{"type":"string"}';
}
