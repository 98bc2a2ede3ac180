import * as z from 'zod';
import { cutText } from '../src/crm/record-table.ts';
import type { Brief, BriefTable, OpenQuestion } from '../src/enrich/brief/types.ts';
import { defineTool } from '../src/tool.ts';

const LONGEST_VALUE = 60;
const LONGEST_SAYING = 90;
/** Of a question; its note says what of, and `linked` how many there are. */
const MOST_IDS = 3;
const MOST_STEPS = 3;
/** A longer call is for the agent to make. */
const LONGEST_STEP = 260;

const table = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});

export const summarizeRecord = defineTool({
  name: 'summarize_record',
  title: 'Summarize a record',
  description: `Brief on one record: what it is, open deals, people, tickets, last activities, what is left undone.
Use it before a call or a decision, instead of many reads.`,
  toolset: 'quality',
  byDefault: true,
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({ objectType: z.string(), id: z.string() }),
  output: z.object({
    objectType: z.string(),
    id: z.string(),
    properties: z.record(z.string(), z.string()),
    linked: z.record(z.string(), z.int()),
    deals: table.optional(),
    tickets: table.optional(),
    contacts: table.optional(),
    companies: table.optional(),
    activities: table.optional(),
    questions: z.array(
      z.object({ objectType: z.string(), ids: z.array(z.string()), total: z.int(), note: z.string() }),
    ),
    steps: z
      .array(z.object({ tool: z.string(), arguments: z.record(z.string(), z.unknown()) }))
      .optional()
      .describe('Calls that would settle what is left undone, for a person to agree on'),
    note: z.string().optional(),
  }),

  async handler({ objectType, id }, { crm, quality }) {
    const type = await crm.objectTypes.resolve(objectType);
    const { brief, unread, partly } = await quality.brief(type, id);
    const { properties, linked, tables, activities, questions } = brief;
    const steps = stepsOf(questions);
    const notes = [
      ...(unread.length > 0 ? [`Not read, for want of a scope: ${unread.join(', ')}.`] : []),
      ...(partly.length > 0 ? [`Only 100 were looked at of: ${partly.join(', ')}.`] : []),
    ];
    return {
      objectType: type.name,
      id: brief.id,
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, cutText(value, LONGEST_VALUE)]),
      ),
      linked: { ...linked },
      ...tablesOf(tables),
      ...(activities.rows.length > 0 && { activities: shown(activities, LONGEST_SAYING) }),
      questions: questions.map(({ objectType: of, ids, note }) => ({
        objectType: of,
        ids: ids.slice(0, MOST_IDS),
        total: ids.length,
        note,
      })),
      ...(steps.length > 0 && { steps }),
      ...(notes.length > 0 && { note: notes.join(' ') }),
    };
  },
});

function tablesOf({ deals, tickets, contacts, companies }: Brief['tables']) {
  return {
    ...(deals && { deals: shown(deals) }),
    ...(tickets && { tickets: shown(tickets) }),
    ...(contacts && { contacts: shown(contacts) }),
    ...(companies && { companies: shown(companies) }),
  };
}

function shown({ columns, rows }: BriefTable, longest = LONGEST_VALUE) {
  const cut = (cell: string | number | null) => (typeof cell === 'string' ? cutText(cell, longest) : cell);
  return { columns: [...columns], rows: rows.map((row) => row.map(cut)) };
}

function stepsOf(questions: readonly OpenQuestion[]) {
  return questions
    .flatMap(({ fix }) => (fix && JSON.stringify(fix.arguments).length <= LONGEST_STEP ? [fix] : []))
    .slice(0, MOST_STEPS)
    .map((fix) => ({ tool: fix.tool, arguments: { ...fix.arguments } }));
}
