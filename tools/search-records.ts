import * as z from 'zod';
import { propertyNames, readAssociated } from '../src/crm/associated.ts';
import { labelsOf } from '../src/crm/labels.ts';
import { CUT_NOTE, recordTable } from '../src/crm/record-table.ts';
import { associations, filterGroups, objectType, properties, recordsShape, sorts } from '../src/crm/schemas.ts';
import { defineTool } from '../src/tool.ts';

/** Enough to recognise a note or a description by. */
const MAX_TEXT = 200;

export const searchRecords = defineTool({
  name: 'search_records',
  title: 'Search records',
  description: `Find records of one type by words or filters; also tells how many match.
For known ids or e-mails use get_records, for counts and sums aggregate_records. Records that others wrote seconds ago may be missing yet.`,
  toolset: 'crm',
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({
    objectType,
    query: z.string().optional().describe('Words in names, e-mails, phones, domains, titles'),
    filterGroups: filterGroups.optional(),
    sorts: sorts.optional(),
    properties: properties.optional().describe('Names or labels; the main ones if omitted'),
    associations: associations.optional(),
    limit: z.int().min(1).max(1000).default(20),
    after: z.string().optional().describe('nextCursor of the last page'),
  }),
  output: z.object({ ...recordsShape, total: z.int(), nextCursor: z.string().optional() }),

  async handler({ objectType, limit, after, associations: wanted = [], ...said }, { crm }) {
    const type = await crm.objectTypes.resolve(objectType);
    const names = said.properties?.length ? await propertyNames(crm, type, said.properties) : type.defaultProperties;
    const page = await crm.records.search(
      type,
      { ...said, properties: names },
      { limit, ...(after === undefined ? {} : { cursor: after }) },
    );
    const { columns, rows, cut } = recordTable(page.records, names, { maxText: MAX_TEXT });
    const linked = await readAssociated(
      crm,
      type,
      page.records.map(({ id }) => id),
      wanted,
    );
    const labels = await labelsOf(crm, type, columns, rows);
    const note = [page.note, cut + linked.cut > 0 ? CUT_NOTE : undefined].filter(Boolean).join(' ');
    return {
      total: page.total,
      nextCursor: page.nextCursor,
      ...(note ? { note } : {}),
      columns: [...columns, ...linked.columns],
      rows: rows.map((row, index) => [...row, ...(linked.cells[index] ?? [])]),
      ...(Object.keys(linked.tables).length > 0 ? { associated: linked.tables } : {}),
      ...(labels ? { labels } : {}),
    };
  },
});
