import * as z from 'zod';
import { aggregate, type Group } from '../src/crm/aggregate.ts';
import { parseGrouping } from '../src/crm/groups.ts';
import { labelsOf } from '../src/crm/labels.ts';
import { parseMeasure } from '../src/crm/measures.ts';
import { filterGroupsAsInSearch, objectType, table, tableShape } from '../src/crm/schemas.ts';
import { defineTool } from '../src/tool.ts';

export const aggregateRecords = defineTool({
  name: 'aggregate_records',
  title: 'Aggregate records',
  description: `Count records, and sum, average, min and max their values, in groups.
Use it instead of adding up rows: it covers any number of records. complete: false means the deadline came first.`,
  toolset: 'crm',
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({
    objectType,
    metrics: z
      .array(z.string())
      .default(['count'])
      .describe('count, or sum:, avg:, min:, max: with a property, such as sum:amount'),
    groupBy: z
      .array(z.string())
      .max(3)
      .default([])
      .describe('Properties; dates also by :day, :week, :month, :quarter, :year, such as closedate:month'),
    query: z.string().optional(),
    filterGroups: filterGroupsAsInSearch.optional(),
    limit: z.int().min(1).max(1000).default(100).describe('Most groups to give'),
  }),
  output: z.object({
    ...tableShape,
    total: z.int().describe('Records that match'),
    complete: z.boolean(),
    note: z.string().optional(),
    labels: table.optional(),
  }),

  async handler({ objectType, metrics, groupBy, limit, ...said }, context) {
    const { crm } = context;
    const progress = (done: number, total: number) => context.progress(done, total);
    const type = await crm.objectTypes.resolve(objectType);
    const index = await crm.properties.of(type);
    const measures = metrics.map((metric) => parseMeasure(metric, index));
    const groupings = groupBy.map((group) => parseGrouping(group, index));
    const found = await aggregate(crm, { type, said, measures, groupings, progress });
    const groups = found.groups.toSorted(groupings[0]?.interval ? byKey : byFirstMeasure);
    const rows = groups.slice(0, limit).map(({ keys, values }) => [...keys, ...values]);
    const names = groupings.map(({ name }) => name);
    const labels = await labelsOf(crm, type, names, rows);
    const left = groups.length - limit;
    const note = [...found.notes, ...(left > 0 ? [`${left} more groups are left out: raise limit.`] : [])].join(' ');
    return {
      total: found.total,
      complete: found.covered >= found.total,
      ...(note ? { note } : {}),
      columns: [...names, ...measures.map(({ name }) => name)],
      rows,
      ...(labels ? { labels } : {}),
    };
  },
});

/** In the order of time; records without a date last. */
function byKey(a: Group, b: Group): number {
  const [left, right] = [a.keys[0] ?? '\uffff', b.keys[0] ?? '\uffff'];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The largest first, or the latest; groups without a value last. */
function byFirstMeasure({ values: [a = null] }: Group, { values: [b = null] }: Group): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? 1 : a > b ? -1 : 0;
}
