import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkPropertyArchives } from '../src/writes/check-properties.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const archiveProperties = defineTool({
  name: 'archive_properties',
  title: 'Archive properties',
  description: `Archive custom properties and empty property groups of an object type.
The values that records hold are lost with a property. HubSpot's own properties cannot be archived.`,
  toolset: 'schema',
  effect: 'archive',
  scopes: ['crm.schemas.{objectType}.write'],
  input: z.object({
    objectType,
    propertyNames: z.array(z.string()).max(100).optional(),
    groupNames: z.array(z.string()).max(100).optional(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'archive_properties', input, check: () => checkPropertyArchives(crm, input) }),
});
