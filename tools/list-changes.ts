import * as z from 'zod';
import { tableShape } from '../src/crm/schemas.ts';
import { defineTool } from '../src/tool.ts';
import { readChanges } from '../src/writes/changes.ts';
import { recordName } from '../src/writes/input.ts';

export const listChanges = defineTool({
  name: 'list_changes',
  title: 'List changes',
  description: `List what was changed through this server: when, by which tool and caller, newest first.
callId shows one call field by field, before and after, and how to check rows whose outcome is unknown. undo_changes takes calls back.`,
  toolset: 'journal',
  effect: 'read',
  scopes: [],
  input: z.object({
    callId: z.string().optional(),
    session: z.literal('this').optional(),
    caller: z.string().optional(),
    tool: z.string().optional(),
    record: recordName.optional(),
    from: z.string().optional().describe('ISO 8601'),
    to: z.string().optional(),
    unsettled: z.boolean().optional().describe('Only calls with rows of unknown outcome'),
    limit: z.int().min(1).max(1000).default(50),
    after: z.string().optional().describe('nextCursor of the last page'),
  }),
  output: z.object({ ...tableShape, nextCursor: z.string().optional(), notes: z.array(z.string()).optional() }),
  handler: (input, { writes }) => readChanges(writes.past, input),
});
