import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkSchemaUpdate } from '../src/writes/check-schemas.ts';
import { schemaLabels, schemaRoles } from '../src/writes/definition-input.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const updateObjectSchema = defineTool({
  name: 'update_object_schema',
  title: 'Update a custom object type',
  description: `Change a custom object type: its labels, the uses of its properties, its associations.
associateWith names further types that its records can be associated with.
For its properties themselves, use create_properties and update_properties.`,
  toolset: 'schema',
  effect: 'overwrite',
  scopes: ['crm.schemas.custom.write'],
  input: z.object({
    objectType,
    labels: schemaLabels.optional(),
    primaryDisplayProperty: z.string().optional(),
    ...schemaRoles,
    associateWith: z.array(z.string()).optional(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'update_object_schema', input, check: () => checkSchemaUpdate(crm, input) }),
});
