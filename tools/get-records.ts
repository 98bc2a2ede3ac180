import * as z from 'zod';
import { propertyNames, readAssociated } from '../src/crm/associated.ts';
import { failedRows } from '../src/crm/failed-rows.ts';
import { historyTable } from '../src/crm/history-table.ts';
import { labelsOf } from '../src/crm/labels.ts';
import { CUT_NOTE, recordTable } from '../src/crm/record-table.ts';
import { recordRefs } from '../src/crm/records.ts';
import { associations, failed, objectType, properties, recordsShape, table } from '../src/crm/schemas.ts';
import { defineTool } from '../src/tool.ts';

/** A long note or e-mail in two or three readings. */
const MAX_TEXT = 4000;

export const getRecords = defineTool({
  name: 'get_records',
  title: 'Get records',
  description: `Read records by id, or by a unique property such as a contact's email.
Also for long texts, earlier values and archived records. To find records use search_records.`,
  toolset: 'crm',
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({
    objectType,
    ids: z.array(z.string()).min(1).max(200).describe('Record ids; e-mails for contacts'),
    idProperty: z.string().optional().describe('Unique property whose values ids are'),
    properties: properties.optional().describe('["*"] gives all that have a value'),
    propertiesWithHistory: properties.optional().describe('Who set which value when'),
    associations: associations.optional(),
    archived: z.boolean().optional(),
    textOffset: z.int().min(0).default(0).describe('To read on in texts cut with …[+n]'),
  }),
  output: z.object({ ...recordsShape, history: table.optional(), failed: failed.optional() }),

  async handler(input, { crm }) {
    const type = await crm.objectTypes.resolve(input.objectType);
    const all = input.properties?.includes('*') ?? false;
    const names = all
      ? (await crm.properties.of(type)).all.map(({ name }) => name)
      : input.properties?.length
        ? await propertyNames(crm, type, input.properties)
        : type.defaultProperties;
    const tracked = await propertyNames(crm, type, input.propertiesWithHistory ?? []);
    const read = await crm.records.read(type, recordRefs(input.ids, input.idProperty), {
      properties: names,
      ...(tracked.length > 0 ? { propertiesWithHistory: tracked } : {}),
      ...(input.archived === undefined ? {} : { archived: input.archived }),
    });
    const records = read.flatMap((row) => (row.outcome === 'applied' ? [row.value] : []));
    const shown = all ? names.filter((name) => records.some((record) => record.properties[name])) : names;
    const text = { maxText: MAX_TEXT, textOffset: input.textOffset };
    const { columns, rows, cut } = recordTable(records, shown, text);
    const { cut: cutHistory, ...history } = historyTable(records, text);
    const ids = records.map(({ id }) => id);
    const linked = await readAssociated(crm, type, ids, input.associations ?? []);
    const labels = await labelsOf(crm, type, columns, rows);
    const missing = failedRows(read, input.ids);
    const notes = [
      ...(cut + cutHistory > 0
        ? [`…[+n] marks a text cut by n characters: textOffset ${input.textOffset + MAX_TEXT} reads on.`]
        : []),
      ...(linked.cut > 0 ? [`In associated: ${CUT_NOTE}`] : []),
    ];
    return {
      ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
      columns: [...columns, ...linked.columns],
      rows: rows.map((row, index) => [...row, ...(linked.cells[index] ?? [])]),
      ...(Object.keys(linked.tables).length > 0 ? { associated: linked.tables } : {}),
      ...(labels ? { labels } : {}),
      ...(tracked.length > 0 ? { history } : {}),
      ...(missing.length > 0 ? { failed: missing } : {}),
    };
  },
});
