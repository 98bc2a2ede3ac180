import * as z from 'zod';
import { associateCost } from '../src/jobs/costs.ts';
import { bulkReport, defineBulk, memberOf } from '../src/jobs/index.ts';
import { bulkArguments, manyRows } from '../src/jobs/input.ts';
import { defineTool } from '../src/tool.ts';
import { checkAssociations } from '../src/writes/check-associations.ts';
import { objectType, recordRef, writeArguments } from '../src/writes/input.ts';

const labels = z.array(z.string()).optional();
const input = z.object({
  fromObjectType: objectType,
  toObjectType: objectType,
  pairs: manyRows(z.strictObject({ from: recordRef, to: recordRef, labels })).optional(),
  replaceLabels: z.boolean().optional(),
  to: z.string().optional(),
  labels,
  ...bulkArguments,
  ...writeArguments,
});

const bulk = defineBulk({
  tool: 'associate_records',
  input,
  rows: 'pairs',
  search: {
    objectType: (said) => said.fromObjectType,
    each: { to: 'required', labels: 'optional' },
    rowOf: (said, from) => ({ from, to: said.to, labels: said.labels }),
  },
  keyOf: (row) => [memberOf(row, 'from') ?? null, memberOf(row, 'to') ?? null],
  check: (crm, said) => checkAssociations(crm, { ...said, pairs: said.pairs ?? [] }),
  cost: (_, said) => associateCost(said),
});

export const associateRecords = defineTool({
  name: 'associate_records',
  title: 'Associate records',
  description: `Associate pairs of records, with or without labels.
Labels by name, in the direction from -> to; list_object_types names them. A pair keeps the labels it has, unless replaceLabels.
filterGroups, to, labels instead: all matches of fromObjectType, as in update_records.`,
  toolset: 'crm',
  effect: 'link',
  scopes: ['crm.objects.{fromObjectType}.write', 'crm.objects.{toObjectType}.write'],
  input,
  output: bulkReport,
  bulk,
  handler: (said, { jobs }) => jobs.write(bulk, said),
});
