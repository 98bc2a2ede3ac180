import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkDissociations } from '../src/writes/check-associations.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, recordRef, rows, writeArguments } from '../src/writes/input.ts';

export const dissociateRecords = defineTool({
  name: 'dissociate_records',
  title: 'Dissociate records',
  description: `Take labels off pairs of records, or end their association.
With labels only those go; without, all of the pair. A lead that loses its last primary association is deleted by HubSpot.`,
  toolset: 'crm',
  effect: 'overwrite',
  scopes: ['crm.objects.{fromObjectType}.write', 'crm.objects.{toObjectType}.write'],
  input: z.object({
    fromObjectType: objectType,
    toObjectType: objectType,
    pairs: rows(z.strictObject({ from: recordRef, to: recordRef, labels: z.array(z.string()).optional() })),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'dissociate_records', input, check: () => checkDissociations(crm, input) }),
});
