import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkAssociations } from '../src/writes/check-associations.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, recordRef, rows, writeArguments } from '../src/writes/input.ts';

export const associateRecords = defineTool({
  name: 'associate_records',
  title: 'Associate records',
  description: `Associate pairs of records, with or without labels.
Labels by name, in the direction from -> to; list_object_types names them. A pair keeps the labels it has, unless replaceLabels.`,
  toolset: 'crm',
  effect: 'link',
  scopes: ['crm.objects.{fromObjectType}.write', 'crm.objects.{toObjectType}.write'],
  input: z.object({
    fromObjectType: objectType,
    toObjectType: objectType,
    pairs: rows(z.strictObject({ from: recordRef, to: recordRef, labels: z.array(z.string()).optional() })),
    replaceLabels: z.boolean().optional(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'associate_records', input, check: () => checkAssociations(crm, input) }),
});
