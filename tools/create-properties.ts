import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkNewProperties } from '../src/writes/check-properties.ts';
import { group, newProperty } from '../src/writes/definition-input.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const createProperties = defineTool({
  name: 'create_properties',
  title: 'Create properties',
  description: `Create property groups and properties of an object type.
An enumeration needs options. Without groupName a property goes beside the type's main property. Groups are made first, so new properties can name them.`,
  toolset: 'schema',
  effect: 'add',
  scopes: ['crm.schemas.{objectType}.write'],
  input: z.object({
    objectType,
    groups: z.array(group).max(100).optional(),
    properties: z.array(newProperty).max(100).optional(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'create_properties', input, check: () => checkNewProperties(crm, input) }),
});
