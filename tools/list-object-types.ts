import * as z from 'zod';
import { canAssociate } from '../src/crm/association-types.ts';
import { type Crm, UserError } from '../src/crm/index.ts';
import { table, tableShape } from '../src/crm/schemas.ts';
import type { ObjectType } from '../src/crm/types.ts';
import { defineTool } from '../src/tool.ts';

export const listObjectTypes = defineTool({
  name: 'list_object_types',
  title: 'List object types',
  description: `List object types, custom ones too, and what can be done with each.
With objectType: what its records can be associated with, and the labels.`,
  toolset: 'crm',
  effect: 'read',
  scopes: [],
  input: z.object({
    objectType: z.string().optional().describe('Tell more of this one'),
    toObjectTypes: z
      .array(z.string())
      .optional()
      .describe('Association labels with these; with the main types if omitted'),
  }),
  output: z.object({ ...tableShape, associableTo: z.array(z.string()).optional(), labels: table.optional() }),

  async handler({ objectType, toObjectTypes }, { crm }) {
    if (objectType === undefined) {
      if (toObjectTypes === undefined) return describe(await crm.objectTypes.list());
      throw new UserError('invalid_arguments', 'toObjectTypes goes with objectType, whose labels it asks for.');
    }
    const type = await crm.objectTypes.resolve(objectType);
    const targets = (await crm.objectTypes.list()).filter((other) => canAssociate(type, other));
    const wanted = toObjectTypes
      ? await Promise.all(toObjectTypes.map((said) => crm.objectTypes.resolve(said)))
      : targets.filter(isMain);
    return {
      ...describe([type]),
      associableTo: targets.map(({ name }) => name),
      labels: await labels(crm, type, wanted),
    };
  },
});

const isMain = (type: ObjectType) => type.custom || ['contacts', 'companies', 'deals', 'tickets'].includes(type.name);

function describe(types: readonly ObjectType[]) {
  return {
    columns: ['name', 'id', 'label', 'cannot', 'pipelines'],
    rows: types.map(({ name, id, plural, can, pipeline }) => [
      name,
      id,
      plural.toLowerCase().replaceAll(' ', '_') === name ? null : plural,
      (['search', 'create', 'update', 'archive'] as const).filter((operation) => !can[operation]).join(' ') || null,
      pipeline ? `${pipeline.pipelineProperty} ${pipeline.stageProperty}` : null,
    ]),
  };
}

async function labels(crm: Crm, from: ObjectType, targets: readonly ObjectType[]) {
  const lists = await Promise.all(
    targets.map(async (to) => ({ to, types: await crm.associationTypes.list(from, to) })),
  );
  return {
    columns: ['toObjectType', 'label', 'typeId', 'category'],
    rows: lists.flatMap(({ to, types }) =>
      types.map(({ label, typeId, category }) => [to.name, label, typeId, category]),
    ),
  };
}
