import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkPropertyUpdates } from '../src/writes/check-properties.ts';
import { group, options, propertyParts } from '../src/writes/definition-input.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const updateProperties = defineTool({
  name: 'update_properties',
  title: 'Update properties',
  description: `Change property groups and properties of an object type.
addOptions adds to the options there are; options replaces them all, and records keep values that then belong to no option. A name and hasUniqueValue never change.`,
  toolset: 'schema',
  effect: 'overwrite',
  scopes: ['crm.schemas.{objectType}.write'],
  input: z.object({
    objectType,
    groups: z.array(group).max(100).optional(),
    properties: z
      .array(z.strictObject({ name: z.string(), label: z.string().optional(), ...propertyParts, addOptions: options }))
      .max(100)
      .optional(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'update_properties', input, check: () => checkPropertyUpdates(crm, input) }),
});
