import { type Crm, type ObjectType, type Pipeline, type PipelineStage, UserError } from '../crm/index.ts';
import { pickOne, quote } from '../crm/words.ts';
import type { CheckedRow } from './change.ts';
import { checkRows } from './check-rows.ts';
import { withoutUndefined } from './without-undefined.ts';

/** What HubSpot must know of a stage, such as `{ probability: "0.5" }` of a deal's and `{ ticketState: "OPEN" }` of a ticket's. */
type Metadata = Readonly<Record<string, string | number>>;

export interface SaidStage {
  readonly label: string;
  readonly metadata?: Metadata | undefined;
}

export interface SaidStageChange {
  /** Id or label of the stage to change; without it the row adds one. */
  readonly stage?: string | undefined;
  readonly label?: string | undefined;
  readonly displayOrder?: number | undefined;
  readonly metadata?: Metadata | undefined;
}

/** Checks a new pipeline with its stages: one row. */
export async function checkNewPipeline(
  crm: Crm,
  said: {
    readonly objectType: string;
    readonly label: string;
    readonly displayOrder?: number | undefined;
    readonly stages: readonly SaidStage[];
  },
): Promise<CheckedRow[]> {
  const objectType = await crm.objectTypes.resolve(said.objectType);
  const pipelines = await crm.pipelines.of(objectType);
  return checkRows([said], ({ label, displayOrder = pipelines.length, stages }) => {
    refuseTaken(label, pipelines, `${objectType.plural} have a pipeline`);
    const input = {
      label,
      displayOrder,
      stages: stages.map((stage, place) => {
        refuseTaken(stage.label, stages.slice(0, place), 'This pipeline has a stage');
        return { label: stage.label, displayOrder: place, metadata: metadataOf(objectType, stage) };
      }),
    };
    return { change: { kind: 'define', step: 'create_pipeline', name: label, objectType, input } };
  });
}

/** Checks changes of a pipeline: a row for the pipeline itself where something is said of it, and one for each stage. */
export async function checkPipelineUpdate(
  crm: Crm,
  said: {
    readonly objectType: string;
    readonly pipeline: string;
    readonly label?: string | undefined;
    readonly displayOrder?: number | undefined;
    readonly stages?: readonly SaidStageChange[] | undefined;
  },
): Promise<CheckedRow[]> {
  const objectType = await crm.objectTypes.resolve(said.objectType);
  const pipeline = await crm.pipelines.resolve(objectType, said.pipeline);
  const pipelineId = pipeline.id;
  const patch = withoutUndefined({ label: said.label, displayOrder: said.displayOrder });
  const own = Object.keys(patch).length > 0 ? [patch] : [];
  return [
    ...(await checkRows(own, (input) => ({
      change: { kind: 'define', step: 'update_pipeline', name: pipeline.label, objectType, pipelineId, input },
    }))),
    ...(await checkRows(
      said.stages ?? [],
      (row) => {
        if (row.stage === undefined) return addStage(objectType, pipeline, row);
        const stage = stageOf(pipeline, row.stage);
        const { label, displayOrder, metadata } = row;
        const input = withoutUndefined({ label, displayOrder, metadata: metadata && asText(metadata) });
        const place = { objectType, pipelineId, stageId: stage.id };
        return { change: { kind: 'define', step: 'update_stage', name: stage.label, ...place, input } };
      },
      (row) => row.stage ?? row.label,
    )),
  ];
}

function addStage(objectType: ObjectType, pipeline: Pipeline, said: SaidStageChange): CheckedRow {
  const { label, displayOrder = pipeline.stages.length, metadata } = said;
  if (label === undefined) {
    throw new UserError('invalid_arguments', 'A stage needs a label to be added, or stage to say which one to change.');
  }
  refuseTaken(label, pipeline.stages, `${quote(pipeline.label)} has a stage`);
  const input = { label, displayOrder, metadata: metadataOf(objectType, { label, metadata }) };
  return { change: { kind: 'define', step: 'create_stage', name: label, objectType, pipelineId: pipeline.id, input } };
}

/** Checks a pipeline, or only some of its stages, that are to be archived. HubSpot refuses those that hold records. */
export async function checkPipelineArchive(
  crm: Crm,
  said: { readonly objectType: string; readonly pipeline: string; readonly stages?: readonly string[] | undefined },
): Promise<CheckedRow[]> {
  const objectType = await crm.objectTypes.resolve(said.objectType);
  const pipeline = await crm.pipelines.resolve(objectType, said.pipeline);
  const place = { objectType, pipelineId: pipeline.id };
  if (said.stages === undefined) {
    return [{ change: { kind: 'define', step: 'archive_pipeline', name: pipeline.label, ...place } }];
  }
  return checkRows(
    said.stages,
    (named) => {
      const stage = stageOf(pipeline, named);
      return { change: { kind: 'define', step: 'archive_stage', name: stage.label, ...place, stageId: stage.id } };
    },
    String,
  );
}

function stageOf(pipeline: Pipeline, said: string): PipelineStage {
  return pickOne(said, pipeline.stages, 'stage', ({ id, label }) => ({ id, label }), {
    where: ` in ${quote(pipeline.label)}`,
  });
}

function refuseTaken(label: string, others: readonly { readonly label: string }[], whose: string): void {
  if (!others.some((other) => other.label.toLowerCase() === label.toLowerCase())) return;
  throw new UserError('already_exists', `${whose} named ${JSON.stringify(label)} already. Choose another label.`);
}

/** Source: developers.hubspot.com/docs/api-reference/latest/crm/pipelines/guide, compared 2026-11-22. */
function metadataOf(objectType: ObjectType, { label, metadata = {} }: SaidStage): Readonly<Record<string, string>> {
  if (objectType.name === 'deals' && metadata['probability'] === undefined) {
    throw new UserError(
      'invalid_value',
      `The stage ${JSON.stringify(label)} of deals needs metadata.probability, from "0.0" (lost) to "1.0" (won).`,
    );
  }
  return asText(metadata);
}

function asText(metadata: Metadata): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, decimal(value)]));
}

/** HubSpot writes a probability with its decimal: `1.0`. */
function decimal(value: string | number): string {
  return typeof value === 'number' && Number.isInteger(value) ? value.toFixed(1) : String(value);
}
