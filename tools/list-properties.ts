import * as z from 'zod';
import { lookUp } from '../src/crm/properties.ts';
import { objectType, properties, table, tableShape } from '../src/crm/schemas.ts';
import type { Property } from '../src/crm/types.ts';
import type { UserError } from '../src/crm/user-error.ts';
import { isReadOnly } from '../src/crm/values.ts';
import { fold } from '../src/crm/words.ts';
import { defineTool } from '../src/tool.ts';

const MAX_OPTIONS = 200;

export const listProperties = defineTool({
  name: 'list_properties',
  title: 'List properties',
  description: `List an object type's properties: name, label if it tells more, type.
Use find to look one up, names for options and descriptions. A type with * is read-only, with [] takes several options.`,
  toolset: 'crm',
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({
    objectType,
    find: z.string().optional().describe('Words in name, label, description or options'),
    names: properties.optional().describe('Give these in full'),
  }),
  output: z.object({ ...tableShape, total: z.int(), note: z.string().optional(), options: table.optional() }),

  async handler({ objectType, find, names = [] }, { crm }) {
    const index = await crm.properties.of(await crm.objectTypes.resolve(objectType));
    if (names.length > 0) {
      const { found, wrong } = lookUp(index, names);
      return inFull(found, wrong);
    }
    const visible = index.all.filter((property) => !property.hidden);
    const shown = find ? index.find(find) : visible.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const hidden = index.all.length - visible.length;
    return {
      total: shown.length,
      ...(!find && hidden > 0 ? { note: `${hidden} hidden ones are left out; find finds them.` } : {}),
      columns: ['name', 'label', 'type'],
      rows: shown.map((property) => [property.name, tellingLabel(property), shortType(property)]),
    };
  },
});

function inFull(chosen: readonly Property[], wrong: readonly UserError[]) {
  const options = chosen.flatMap((property) =>
    (property.options ?? []).map((option) => [property.name, option.value, option.label]),
  );
  const notes = [
    ...wrong.map(({ message, details }) => withNearest(message, details.nearest)),
    ...(options.length > MAX_OPTIONS
      ? [
          `${options.length - MAX_OPTIONS} options are left out. Give fewer names, or use a label you know: a wrong one is answered with the nearest.`,
        ]
      : []),
  ];
  return {
    total: chosen.length,
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
    columns: ['name', 'label', 'type', 'group', 'unique', 'description'],
    rows: chosen.map((property) => [
      property.name,
      property.label,
      shortType(property),
      property.groupName,
      property.hasUniqueValue ?? false,
      property.description || null,
    ]),
    ...(options.length > 0
      ? {
          options: {
            columns: ['property', 'value', 'label'],
            rows: options.slice(0, MAX_OPTIONS).map((row) => withoutEcho(row)),
          },
        }
      : {}),
  };
}

function withNearest(message: string, nearest: readonly string[] = []): string {
  return nearest.length > 0 ? `${message} Nearest: ${nearest.join(', ')}.` : message;
}

/** Empty where the label only repeats the name: `firstname`, First Name. */
function tellingLabel({ name, label }: Property): string | null {
  return letters(label) === letters(name.replace(/^hs_/, '')) ? null : label;
}

const letters = (text: string) => fold(text).replaceAll(' ', '');

function withoutEcho([property = '', value = '', label = '']: readonly string[]): (string | null)[] {
  return [property, value, value === label ? null : label];
}

function shortType(property: Property): string {
  const several = property.type === 'enumeration' && property.fieldType === 'checkbox' ? '[]' : '';
  return property.type + several + (isReadOnly(property) ? '*' : '');
}
