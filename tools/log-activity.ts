import * as z from 'zod';
import { defineTool } from '../src/tool.ts';
import { ACTIVITY_TYPES, checkActivities } from '../src/writes/check-activities.ts';
import { writeReport } from '../src/writes/index.ts';
import { associations, fileIds, owner, properties, rows, time, writeArguments } from '../src/writes/input.ts';

export const logActivity = defineTool({
  name: 'log_activity',
  title: 'Log activities',
  description: `Log calls, e-mails, meetings, tasks and SMS, WhatsApp or LinkedIn messages on records' timelines.
It records what happened, or what is to be done; it sends nothing to anybody. Notes: log_note.
A task's time is its due date. outcome: of a call (such as Connected, No answer) or meeting. Anything else, such as hs_task_priority, goes into properties.`,
  toolset: 'crm',
  effect: 'add',
  scopes: ['crm.objects.contacts.write'],
  input: z.object({
    activities: rows(
      z.strictObject({
        type: z.enum(ACTIVITY_TYPES),
        subject: z.string().optional(),
        body: z.string().optional(),
        time,
        durationMinutes: z.number().positive().optional(),
        direction: z.enum(['inbound', 'outbound']).optional(),
        outcome: z.string().optional(),
        from: z.string().optional(),
        to: z.array(z.string()).optional(),
        owner,
        associations,
        fileIds,
        properties: properties.optional(),
      }),
    ),
    ...writeArguments,
  }),
  output: writeReport,
  handler: (input, { crm, writes }) =>
    writes.run({
      tool: 'log_activity',
      input,
      check: () => checkActivities(crm, input.activities, input.dryRun),
    }),
});
