import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkCreates } from '../src/writes/check-creates.ts';
import { writeReport } from '../src/writes/index.ts';
import { associations, objectType, properties, rows, writeArguments } from '../src/writes/input.ts';

export const createRecords = defineTool({
  name: 'create_records',
  title: 'Create records',
  description: `Create records of one type, with their associations.
Property values as people say them: option, stage and owner names, local dates. A bad row is named in failed[]; the others are created.
HubSpot merges no duplicates except contacts by email: search first, or use upsert_records. Activities: log_note, log_activity.`,
  toolset: 'crm',
  effect: 'add',
  scopes: ['crm.objects.{objectType}.write'],
  input: z.object({
    objectType,
    records: rows(z.strictObject({ properties, associations })),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'create_records', input, check: () => checkCreates(crm, input) }),
});
