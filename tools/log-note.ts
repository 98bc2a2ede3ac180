import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { checkActivities } from '../src/writes/check-activities.ts';
import { writeReport } from '../src/writes/index.ts';
import { fileIds, owner, requiredAssociations, rows, time, writeArguments } from '../src/writes/input.ts';

export const logNote = defineTool({
  name: 'log_note',
  title: 'Log notes',
  description: `Log notes on the timeline of records, with attachments.
The body is text or simple HTML of at most 65,536 characters.`,
  toolset: 'crm',
  effect: 'add',
  scopes: ['crm.objects.contacts.write'],
  input: z.object({
    notes: rows(z.strictObject({ body: z.string(), associations: requiredAssociations, time, owner, fileIds })),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) => {
    const notes = input.notes.map((note) => ({ ...note, type: 'note' as const }));
    return writes.run({ tool: 'log_note', input, check: () => checkActivities(crm, notes, input.dryRun) });
  },
});
