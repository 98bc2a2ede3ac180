import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkUpserts } from '../src/writes/check-upserts.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, properties, rows, writeArguments } from '../src/writes/input.ts';

export const upsertRecords = defineTool({
  name: 'upsert_records',
  title: 'Create or update records',
  description: `Update records found by a unique property and create those not there.
idProperty is email (contacts) or a property with hasUniqueValue; each row gives its value among its properties. The column new says which were created.
Safe to repeat. It overwrites: to fill gaps only, use update_records.`,
  toolset: 'crm',
  effect: 'overwrite',
  scopes: ['crm.objects.{objectType}.write'],
  input: z.object({
    objectType,
    idProperty: z.string(),
    records: rows(z.strictObject({ properties })),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'upsert_records', input, check: () => checkUpserts(crm, input) }),
});
