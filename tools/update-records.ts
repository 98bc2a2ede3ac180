import * as z from 'zod';
import { updateCost } from '../src/jobs/costs.ts';
import { bulkReport, defineBulk, memberOf } from '../src/jobs/index.ts';
import { bulkArguments, manyRows } from '../src/jobs/input.ts';
import { defineTool } from '../src/tool.ts';
import { checkUpdates } from '../src/writes/check-updates.ts';
import { objectType, properties, recordRef, writeArguments } from '../src/writes/input.ts';

const input = z.object({
  objectType,
  records: manyRows(z.strictObject({ id: recordRef, properties, expected: properties.optional() })).optional(),
  properties: properties.optional(),
  onlyIfEmpty: z.boolean().optional(),
  ...bulkArguments,
  ...writeArguments,
});

const bulk = defineBulk({
  tool: 'update_records',
  input,
  rows: 'records',
  search: {
    objectType: (said) => said.objectType,
    each: { properties: 'required' },
    rowOf: (said, id) => ({ id, properties: said.properties }),
  },
  keyOf: (row) => memberOf(row, 'id'),
  check: (crm, said) => checkUpdates(crm, { ...said, records: said.records ?? [] }),
  cost: updateCost,
});

export const updateRecords = defineTool({
  name: 'update_records',
  title: 'Update records',
  description: `Change properties of records of one type.
Values as people say them; "" clears one. To protect what people entered: onlyIfEmpty fills gaps and keeps the rest; expected holds values a record must still have, else its row is refused.
filterGroups and properties instead: all matches. It answers a preview; the same call with its digest writes.
differences[] names what HubSpot holds other than asked.`,
  toolset: 'crm',
  effect: 'overwrite',
  scopes: ['crm.objects.{objectType}.write'],
  input,
  output: bulkReport,
  bulk,
  handler: (said, { jobs }) => jobs.write(bulk, said),
});
