import * as z from 'zod';
import { createCost } from '../src/jobs/costs.ts';
import { bulkReport, defineBulk } from '../src/jobs/index.ts';
import { bulkArguments, manyRows } from '../src/jobs/input.ts';
import { defineTool } from '../src/tool.ts';
import { checkCreates } from '../src/writes/check-creates.ts';
import { associations, objectType, properties, writeArguments } from '../src/writes/input.ts';

const input = z.object({
  objectType,
  records: manyRows(z.strictObject({ properties, associations })),
  digest: bulkArguments.digest,
  ...writeArguments,
});

const bulk = defineBulk({
  tool: 'create_records',
  input,
  rows: 'records',
  check: checkCreates,
  cost: (_, said) => createCost(said),
});

export const createRecords = defineTool({
  name: 'create_records',
  title: 'Create records',
  description: `Create records of one type, with their associations.
Property values as people say them: option, stage and owner names, local dates. A bad row is named in failed[]; the others are created.
HubSpot merges no duplicates except contacts by email: search first, or use upsert_records. Activities: log_note, log_activity.`,
  toolset: 'crm',
  effect: 'add',
  scopes: ['crm.objects.{objectType}.write'],
  input,
  output: bulkReport,
  bulk,
  handler: (said, { jobs }) => jobs.write(bulk, said),
});
