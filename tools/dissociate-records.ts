import * as z from 'zod';
import { dissociateCost } from '../src/jobs/costs.ts';
import { bulkReport, defineBulk, memberOf } from '../src/jobs/index.ts';
import { bulkArguments, manyRows } from '../src/jobs/input.ts';
import { defineTool } from '../src/tool.ts';
import { checkDissociations } from '../src/writes/check-associations.ts';
import { objectType, recordRef, writeArguments } from '../src/writes/input.ts';

const labels = z.array(z.string()).optional();
const input = z.object({
  fromObjectType: objectType,
  toObjectType: objectType,
  pairs: manyRows(z.strictObject({ from: recordRef, to: recordRef, labels })).optional(),
  to: z.string().optional(),
  labels,
  ...bulkArguments,
  ...writeArguments,
});

const bulk = defineBulk({
  tool: 'dissociate_records',
  input,
  rows: 'pairs',
  search: {
    objectType: (said) => said.fromObjectType,
    each: { to: 'required', labels: 'optional' },
    rowOf: (said, from) => ({ from, to: said.to, labels: said.labels }),
  },
  keyOf: (row) => [memberOf(row, 'from') ?? null, memberOf(row, 'to') ?? null],
  check: (crm, said) => checkDissociations(crm, { ...said, pairs: said.pairs ?? [] }),
  cost: (_, said) => dissociateCost(said),
});

export const dissociateRecords = defineTool({
  name: 'dissociate_records',
  title: 'Dissociate records',
  description: `Take labels off pairs of records, or end their association.
With labels only those go; without, all of the pair. A lead that loses its last primary association is deleted by HubSpot.
filterGroups: as in associate_records.`,
  toolset: 'crm',
  effect: 'overwrite',
  scopes: ['crm.objects.{fromObjectType}.write', 'crm.objects.{toObjectType}.write'],
  input,
  output: bulkReport,
  bulk,
  handler: (said, { jobs }) => jobs.write(bulk, said),
});
