import * as z from 'zod';
import { archiveCost } from '../src/jobs/costs.ts';
import { bulkReport, defineBulk } from '../src/jobs/index.ts';
import { bulkArguments, manyRows } from '../src/jobs/input.ts';
import { defineTool } from '../src/tool.ts';
import { checkArchives } from '../src/writes/check-archives.ts';
import { objectType, recordRef, writeArguments } from '../src/writes/input.ts';

const input = z.object({
  objectType,
  ids: manyRows(recordRef).optional(),
  ...bulkArguments,
  ...writeArguments,
});

const bulk = defineBulk({
  tool: 'archive_records',
  input,
  rows: 'ids',
  search: { objectType: (said) => said.objectType, each: {}, rowOf: (_, id) => id },
  keyOf: (row) => row,
  check: (crm, said) => checkArchives(crm, { ...said, ids: said.ids ?? [] }),
  cost: archiveCost,
});

export const archiveRecords = defineTool({
  name: 'archive_records',
  title: 'Archive records',
  description: `Archive (delete) records of one type.
Dry-run it first and show a person which records they are. Only HubSpot's own recycling bin restores them, within 90 days; no tool does.
filterGroups: as in update_records.`,
  toolset: 'crm',
  effect: 'archive',
  scopes: ['crm.objects.{objectType}.read', 'crm.objects.{objectType}.write'],
  input,
  output: bulkReport,
  bulk,
  handler: (said, { jobs }) => jobs.write(bulk, said),
});
