import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkUpdates } from '../src/writes/check-updates.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, properties, recordRef, rows, writeArguments } from '../src/writes/input.ts';

export const updateRecords = defineTool({
  name: 'update_records',
  title: 'Update records',
  description: `Change properties of records of one type.
Values as people say them; "" clears one. To protect what people entered: onlyIfEmpty fills gaps and keeps the rest; expected holds values a record must still have, else its row is refused.
differences[] names what HubSpot holds other than asked.`,
  toolset: 'crm',
  effect: 'overwrite',
  scopes: ['crm.objects.{objectType}.write'],
  input: z.object({
    objectType,
    records: rows(z.strictObject({ id: recordRef, properties, expected: properties.optional() })),
    onlyIfEmpty: z.boolean().optional(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'update_records', input, check: () => checkUpdates(crm, input) }),
});
