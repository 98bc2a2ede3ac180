/** What the readers of a tool see: all of it but the doing. Plain data, so that the build can work it out once. */

import { jsonSchema, type ObjectJsonSchema } from './json-schema.ts';
import type { Tool } from './tool.ts';

export type ToolDescription = Pick<Tool, 'name' | 'title' | 'description' | 'toolset' | 'effect' | 'scopes'> & {
  readonly inputSchema: ObjectJsonSchema;
  readonly outputSchema: ObjectJsonSchema;
};

export function describeTool({
  name,
  title,
  description,
  toolset,
  effect,
  scopes,
  input,
  output,
}: Tool): ToolDescription {
  const inputSchema = jsonSchema(input.strict(), 'input');
  return { name, title, description, toolset, effect, scopes, inputSchema, outputSchema: jsonSchema(output, 'output') };
}
