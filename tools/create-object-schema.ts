import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkNewSchema } from '../src/writes/check-schemas.ts';
import { newProperty, schemaLabels, schemaRoles } from '../src/writes/definition-input.ts';
import { writeReport } from '../src/writes/index.ts';
import { writeArguments } from '../src/writes/input.ts';

export const createObjectSchema = defineTool({
  name: 'create_object_schema',
  title: 'Create a custom object type',
  description: `Create a custom object type with its properties (Enterprise).
requiredProperties is primaryDisplayProperty if omitted. Activities are associated by themselves; name other types in associatedObjects.`,
  toolset: 'schema',
  effect: 'add',
  scopes: ['crm.schemas.custom.write'],
  input: z.object({
    name: z.string().describe('Never changes'),
    labels: schemaLabels,
    primaryDisplayProperty: z.string(),
    properties: z.array(newProperty).min(1).max(100),
    associatedObjects: z.array(z.string()).optional(),
    ...schemaRoles,
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'create_object_schema', input, check: () => checkNewSchema(crm, input) }),
});
