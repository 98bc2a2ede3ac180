import * as z from 'zod';
import { propertyNames } from '../src/crm/associated.ts';
import { cursorAt, placeOf } from '../src/crm/cursors.ts';
import { failedRows } from '../src/crm/failed-rows.ts';
import { labelsOf } from '../src/crm/labels.ts';
import { CUT_NOTE, recordTable } from '../src/crm/record-table.ts';
import { recordRefs } from '../src/crm/records.ts';
import { failed, objectType, properties, recordsShape } from '../src/crm/schemas.ts';
import { defineTool } from '../src/tool.ts';

const MAX_TEXT = 200;

export const listAssociations = defineTool({
  name: 'list_associations',
  title: 'List associations',
  description: `List what records are associated with, with labels and chosen properties.
Takes many records at once. A record's notes, emails, calls, meetings and tasks are one call each.`,
  toolset: 'crm',
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read', 'crm.objects.{toObjectType}.read'],
  input: z.object({
    objectType,
    ids: z.array(z.string()).min(1).max(500).describe('Record ids; e-mails for contacts'),
    idProperty: z.string().optional(),
    toObjectType: z.string().describe('Type of the associated records'),
    label: z.string().optional().describe('Only associations with this label'),
    properties: properties.optional().describe('Of the associated records'),
    limit: z.int().min(1).max(1000).default(100),
    after: z.string().optional().describe('nextCursor of the last page'),
  }),
  output: z.object({
    columns: recordsShape.columns,
    rows: recordsShape.rows,
    note: recordsShape.note,
    labels: recordsShape.labels,
    total: z.int().optional(),
    nextCursor: z.string().optional(),
    failed: failed.optional(),
  }),

  async handler({ objectType, toObjectType, ids: said, idProperty, label, limit, after, properties = [] }, { crm }) {
    const from = await crm.objectTypes.resolve(objectType);
    const to = await crm.objectTypes.resolve(toObjectType);
    const wanted = label === undefined ? undefined : await crm.associationTypes.resolve(from, to, label);
    const names = properties.length > 0 ? await propertyNames(crm, to, properties) : [to.displayProperty];
    const resolved = await crm.records.resolveIds(from, recordRefs(said, idProperty));
    const ids = [...new Set(resolved.flatMap((row) => (row.outcome === 'applied' ? [row.value] : [])))];
    const question = [from.id, to.id, said, idProperty ?? '', label ?? ''];
    const start = after === undefined ? 0 : Number(placeOf(after, question));
    // One more than asked for tells whether there is a next page. A label is looked for in all of them.
    const enough = wanted === undefined ? start + limit + 1 : undefined;
    const read = await crm.associations.read(from, to, ids, enough);

    const links = read.flatMap((row, index) =>
      row.outcome !== 'applied'
        ? []
        : row.value.to
            .filter(
              ({ types }) =>
                wanted === undefined || wanted.some(({ typeId }) => types.some((type) => type.typeId === typeId)),
            )
            .map(({ toObjectId, types }) => ({
              from: ids[index] ?? '',
              to: toObjectId,
              labels: types.flatMap((type) => (type.label === null ? [] : [type.label])).join(', '),
            })),
    );
    const complete = read.every((row) => row.outcome !== 'applied' || row.value.next === undefined);
    const page = links.slice(start, start + limit);
    const others = await crm.records.read(to, [...new Set(page.map((link) => link.to))], { properties: names });
    const { columns, rows, cut } = recordTable(
      others.flatMap((row) => (row.outcome === 'applied' ? [row.value] : [])),
      names,
      { maxText: MAX_TEXT },
    );
    const cells = new Map(rows.map(([id, ...rest]) => [id, rest]));
    const labelled = await labelsOf(crm, to, columns, rows);
    const missing = [...failedRows(resolved, said), ...failedRows(read, ids)];
    return {
      ...(complete ? { total: links.length } : {}),
      ...(cut > 0 ? { note: CUT_NOTE } : {}),
      nextCursor: !complete || links.length > start + limit ? cursorAt(String(start + limit), question) : undefined,
      columns: [
        from.id === to.id ? 'from' : from.name,
        from.id === to.id ? 'to' : to.name,
        'labels',
        ...columns.slice(1),
      ],
      rows: page.map((link) => [
        link.from,
        link.to,
        link.labels || null,
        ...(cells.get(link.to) ?? names.map(() => null)),
      ]),
      ...(labelled ? { labels: labelled } : {}),
      ...(missing.length > 0 ? { failed: missing } : {}),
    };
  },
});
