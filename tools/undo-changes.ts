import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { writeReport } from '../src/writes/index.ts';
import { objectType, recordName, writeArguments } from '../src/writes/input.ts';
import { inBrief } from '../src/writes/undo/in-brief.ts';
import { planUndo } from '../src/writes/undo/undo.ts';

export const undoChanges = defineTool({
  name: 'undo_changes',
  title: 'Undo changes',
  description: `Take back one call or job, this session's calls, or a time span's, field by field, newest first.
What somebody changed since stays as it is and is named in failed[]. New records are archived if nobody touched them. Archived or merged records and archived definitions cannot be brought back. It can itself be undone.`,
  toolset: 'journal',
  effect: 'overwrite',
  scopes: [],
  input: z.object({
    callId: z.string().optional().describe('Or a jobId'),
    session: z.literal('this').optional(),
    from: z.string().optional().describe('ISO 8601'),
    to: z.string().optional(),
    caller: z.string().optional(),
    tool: z.string().optional(),
    objectType: objectType.optional(),
    record: recordName.optional(),
    ...writeArguments,
  }),
  output: writeReport,
  handler: async (input, { crm, writes }) => inBrief(await writes.run(await planUndo(crm, writes.past, input))),
});
