import * as z from 'zod';
import { upsertCost } from '../src/jobs/costs.ts';
import { bulkReport, defineBulk, memberOf } from '../src/jobs/index.ts';
import { bulkArguments, manyRows } from '../src/jobs/input.ts';
import { defineTool } from '../src/tool.ts';
import { checkUpserts } from '../src/writes/check-upserts.ts';
import { objectType, properties, writeArguments } from '../src/writes/input.ts';

const input = z.object({
  objectType,
  idProperty: z.string(),
  records: manyRows(z.strictObject({ properties })),
  digest: bulkArguments.digest,
  ...writeArguments,
});

const bulk = defineBulk({
  tool: 'upsert_records',
  input,
  rows: 'records',
  keyOf: (row, said) => memberOf(memberOf(row, 'properties'), said.idProperty),
  check: checkUpserts,
  cost: upsertCost,
});

export const upsertRecords = defineTool({
  name: 'upsert_records',
  title: 'Create or update records',
  description: `Update records found by a unique property and create those not there.
idProperty is email (contacts) or a property with hasUniqueValue; each row gives its value among its properties. The column new says which were created.
Safe to repeat. It overwrites: to fill gaps only, use update_records.`,
  toolset: 'crm',
  effect: 'overwrite',
  scopes: ['crm.objects.{objectType}.write'],
  input,
  output: bulkReport,
  bulk,
  handler: (said, { jobs }) => jobs.write(bulk, said),
});
