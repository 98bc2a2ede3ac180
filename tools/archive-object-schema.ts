import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkSchemaArchive } from '../src/writes/check-schemas.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, writeArguments } from '../src/writes/input.ts';

export const archiveObjectSchema = defineTool({
  name: 'archive_object_schema',
  title: 'Archive a custom object type',
  description: `Archive a custom object type.
HubSpot refuses while it has records: archive them first.`,
  toolset: 'schema',
  effect: 'archive',
  scopes: ['crm.schemas.custom.write'],
  input: z.object({
    objectType,
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'archive_object_schema', input, check: () => checkSchemaArchive(crm, input) }),
});
