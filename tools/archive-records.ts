import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkArchives } from '../src/writes/check-archives.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, recordRef, rows, writeArguments } from '../src/writes/input.ts';

export const archiveRecords = defineTool({
  name: 'archive_records',
  title: 'Archive records',
  description: `Archive (delete) records of one type.
Dry-run it first and show a person which records they are. Only HubSpot's own recycling bin restores them, within 90 days; no tool does.`,
  toolset: 'crm',
  effect: 'archive',
  scopes: ['crm.objects.{objectType}.read', 'crm.objects.{objectType}.write'],
  input: z.object({ objectType, ids: rows(recordRef), ...writeArguments }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({ tool: 'archive_records', input, check: () => checkArchives(crm, input) }),
});
