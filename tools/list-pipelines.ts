import * as z from 'zod';
import { table, tableShape } from '../src/crm/schemas.ts';
import { defineTool } from '../src/tool.ts';

export const listPipelines = defineTool({
  name: 'list_pipelines',
  title: 'List pipelines',
  description: `List the pipelines of an object type and their stages, in order.
Other tools take stages by label; a label that two pipelines share needs its pipeline.`,
  toolset: 'crm',
  effect: 'read',
  scopes: ['crm.objects.{objectType}.read'],
  input: z.object({
    objectType: z.string().default('deals').describe('deals, tickets, or another type with pipelines'),
  }),
  output: z.object({ ...tableShape, pipelines: table }),

  async handler({ objectType }, { crm }) {
    const type = await crm.objectTypes.resolve(objectType);
    const pipelines = (await crm.pipelines.of(type)).toSorted((a, b) => a.displayOrder - b.displayOrder);
    const stages = pipelines.flatMap((pipeline) =>
      pipeline.stages
        .toSorted((a, b) => a.displayOrder - b.displayOrder)
        .map((stage) => ({ pipeline: pipeline.id, id: stage.id, label: stage.label, ...meaning(stage.metadata) })),
    );
    const known = (['probability', 'state'] as const).filter((column) =>
      stages.some((stage) => stage[column] !== undefined),
    );
    return {
      pipelines: { columns: ['id', 'label'], rows: pipelines.map(({ id, label }) => [id, label]) },
      columns: ['pipeline', 'id', 'label', ...known],
      rows: stages.map((stage) => [
        stage.pipeline,
        stage.id,
        stage.label,
        ...known.map((column) => stage[column] ?? null),
      ]),
    };
  },
});

/** What the pipeline's kind says of a stage: how likely a deal is won, whether a ticket is closed. */
function meaning({ probability, ticketState, state, isClosed }: Readonly<Record<string, string>>) {
  if (probability !== undefined) return { probability: Number(probability) };
  const said = ticketState ?? state;
  if (said !== undefined) return { state: said };
  return isClosed === undefined ? {} : { state: isClosed === 'true' ? 'CLOSED' : 'OPEN' };
}
