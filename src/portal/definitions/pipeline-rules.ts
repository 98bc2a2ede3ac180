/**
 * What makes a pipeline and its stages, and what HubSpot refuses of them.
 * Sources: developers.hubspot.com/docs/api-reference/latest/crm/pipelines/guide, compared 2026-11-22; words, missing
 * categories and the order of stages as published live runs against 2026-09 saw them.
 * Guess: the words about too many stages, empty labels, ids that are too long (HubSpot answers 500 to those) and types without pipelines.
 */

import { integer, list, optional, shape, text, textMap } from '../body.ts';
import { invalid, PortalError } from '../errors.ts';
import { pipelineProperties } from '../facts/default-properties.ts';
import type { Pipeline, PipelineStage } from '../facts/definitions.ts';
import type { ObjectTypeFacts, PipelineFacts } from '../facts/object-type.ts';
import { standardObjectType } from '../facts/object-types.ts';
import type { Tier } from '../limits.ts';
import type { Call } from '../route.ts';
import type { Store } from '../store/store.ts';

export const stageInput = shape('PipelineStageInput', {
  label: text,
  displayOrder: integer,
  metadata: optional(textMap),
  stageId: optional(text),
});

export const pipelineInput = shape('PipelineInput', {
  label: text,
  displayOrder: integer,
  stages: optional(list(stageInput)),
  pipelineId: optional(text),
});

export type StageInput = ReturnType<typeof stageInput>;
export type PipelineInput = ReturnType<typeof pipelineInput>;

const MAX_PIPELINE_ID = 36;
const MAX_STAGE_ID = 100;

/** A refusal without a category, as several of them are. */
function refusal(message: string): PortalError {
  return new PortalError(400, { message });
}

/** @throws PortalError 400 for a type that has no pipelines */
export function pipelineFacts(type: ObjectTypeFacts): PipelineFacts {
  if (!type.pipelines) throw invalid(`Pipelines are not supported for object type ${type.id}`);
  return type.pipelines;
}

/** A custom object has the properties for it from its first pipeline on. */
export function addPipelineProperties({ properties }: Store, type: ObjectTypeFacts): void {
  if (standardObjectType(type.id)) return;
  for (const property of pipelineProperties(`${type.singular}_information`)) {
    if (!properties.get(type.id, property.name)) properties.put(type.id, property.name, property);
  }
}

/**
 * How many pipelines of a type an account may have.
 * Source: the Product & Services Catalog as HubSpot's knowledge base quotes it for deals. Guess: the same for other types.
 */
export const maxPipelines: Readonly<Record<Tier, number>> = { starter: 2, professional: 15, enterprise: 100 };

/** Whether the account may have one more pipeline of the type. Guess: the words for one too many. @throws PortalError 400 */
export function checkNumber(call: Call, type: ObjectTypeFacts): void {
  const most = maxPipelines[call.tier];
  if (call.store.pipelines.list(type.id).length < most) return;
  throw invalid(`This account has reached its limit of ${most} pipelines for object type ${type.id}`, {
    subCategory: 'PipelineError.PIPELINE_LIMIT_REACHED',
  });
}

/** A new pipeline, or with `known` what replaces it: stages of the same id are kept. @throws PortalError 400, 409 */
export function makePipeline(call: Call, type: ObjectTypeFacts, input: PipelineInput, known?: Pipeline): Pipeline {
  const id = known?.id ?? input.pipelineId ?? newId(call, type);
  const others = call.store.pipelines.list(type.id).filter((other) => other !== known);
  const inputs = input.stages ?? [];
  if (inputs.length === 0) throw invalid('Pipeline must have at least one stage');
  if (others.some((other) => other.id === id)) {
    throw invalid(`There's another pipeline in this portal with pipelineId (${id}).`);
  }
  if (id === '' || id.length > MAX_PIPELINE_ID) throw invalid(`A pipelineId has 1 to ${MAX_PIPELINE_ID} characters`);
  const taken = new Set(others.flatMap((other) => other.stages.map((stage) => stage.id)));
  if (inputs.some(({ stageId }) => stageId !== undefined && taken.has(stageId))) {
    throw new PortalError(409, {
      message: "There's another pipeline in this portal with one of the same stages",
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE',
    });
  }
  checkOrder(input.displayOrder);
  checkPipelineLabel(others, input.label);
  const stageIds = inputs.flatMap(({ stageId = [] }) => stageId);
  const twice = stageIds.find((stageId, i) => stageIds.indexOf(stageId) !== i);
  // Guess: the words for a stage id that is said twice.
  if (twice !== undefined) throw invalid(`Stage id ${twice} is used more than once`);
  let stages: readonly PipelineStage[] = [];
  for (const stage of inputs) {
    checkLabel(stages, stage.label);
    const before = known?.stages.find((candidate) => candidate.id === stage.stageId);
    stages = place(stages, makeStage(call, type, stage, before), stage.displayOrder);
  }
  checkStages(type, id, stages);
  const at = new Date(call.now).toISOString();
  return {
    id,
    label: input.label,
    displayOrder: input.displayOrder,
    stages,
    createdAt: known?.createdAt ?? at,
    updatedAt: at,
    archived: false,
  };
}

/** Two pipelines of a type may not share a label, whatever its case. @throws PortalError 400 */
export function checkPipelineLabel(others: readonly Pipeline[], label: string): void {
  if (label.trim() === '') throw invalid('A pipeline must have a label');
  if (others.some((other) => sameLabel(other.label, label))) {
    throw invalid(`An active pipeline with label ${label} already exists.`);
  }
}

/** @throws PortalError 400 */
export function checkLabel(others: readonly PipelineStage[], label: string): void {
  if (label.trim() === '') throw invalid('A stage must have a label');
  if (others.some((other) => sameLabel(other.label, label))) {
    throw invalid(`Stage with label ${label} already exists`, { subCategory: 'PipelineError.STAGE_LABEL_EXISTS' });
  }
}

function sameLabel(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** A new stage, or what becomes of `known` when everything about it was sent. @throws PortalError 400 */
export function makeStage(call: Call, type: ObjectTypeFacts, input: StageInput, known?: PipelineStage): PipelineStage {
  const id = known?.id ?? input.stageId ?? newId(call, type);
  if (id === '' || id.length > MAX_STAGE_ID) throw invalid(`A stageId has 1 to ${MAX_STAGE_ID} characters`);
  checkOrder(input.displayOrder);
  const at = new Date(call.now).toISOString();
  return {
    id,
    label: input.label,
    displayOrder: input.displayOrder,
    metadata: readMetadata(type, { ...known?.metadata, ...input.metadata }),
    createdAt: known?.createdAt ?? at,
    updatedAt: at,
    archived: false,
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  };
}

/** @throws PortalError 400 */
export function checkOrder(displayOrder: number): void {
  if (displayOrder < 0) throw refusal('Pipeline display order cannot be negative');
}

/** What HubSpot keeps of a stage's metadata: what the type knows, in its own spelling. @throws PortalError 400 */
export function readMetadata(
  type: ObjectTypeFacts,
  sent: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  const { stageMetadata } = pipelineFacts(type);
  const value = sent[stageMetadata];
  if (stageMetadata === 'probability') {
    if (value === undefined || value === null) throw refusal('must specify probability when writing a dealstage');
    const probability = /^\s*\+?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : Number.NaN;
    if (!(probability >= 0 && probability <= 1)) {
      throw refusal('dealstage probability is not valid, must be between 0.0 and 1.0 (inclusive)');
    }
    const closed = probability === 0 || probability === 1;
    return { isClosed: String(closed), probability: closed ? probability.toFixed(1) : String(probability) };
  }
  const state = value ?? 'OPEN';
  if (state !== 'OPEN' && state !== 'CLOSED') {
    throw invalid(`Failed to deserialize metadata for object type ${type.name}`, {
      subCategory: 'PipelineError.INVALID_PIPELINE_STAGE_METADATA',
    });
  }
  return { isClosed: String(state === 'CLOSED'), [stageMetadata]: state };
}

/**
 * Puts a stage where it is wanted. A place that is taken puts it right behind the stage that has it, and numbers all
 * stages anew; a free place changes nothing else.
 */
export function place(stages: readonly PipelineStage[], stage: PipelineStage, displayOrder: number): PipelineStage[] {
  const rest = stages.filter((other) => other.id !== stage.id);
  const at = rest.findIndex((other) => other.displayOrder === displayOrder);
  if (at < 0) return [...rest, { ...stage, displayOrder }].sort((a, b) => a.displayOrder - b.displayOrder);
  return rest.toSpliced(at + 1, 0, stage).map((other, order) => ({ ...other, displayOrder: order }));
}

/** What must hold of a pipeline's stages after every write. @throws PortalError 400 */
export function checkStages(type: ObjectTypeFacts, pipelineId: string, stages: readonly PipelineStage[]): void {
  const { maxStages, stageMetadata } = pipelineFacts(type);
  if (stages.length === 0) throw refusal('Pipeline must have at least one stage');
  if (stages.length > maxStages) throw invalid(`Pipeline ${pipelineId} may have at most ${maxStages} stages`);
  if (stageMetadata === 'ticketState' && !stages.some(({ metadata }) => metadata['ticketState'] === 'CLOSED')) {
    throw invalid(`${type.name} pipeline: ${pipelineId} must have at least one closed stage`, {
      subCategory: 'PipelineError.MISSING_CLOSED_STAGE',
    });
  }
}

/**
 * Refuses to take away stages that records are in. 2026-09 looks unless both of its switches are off; earlier versions only
 * when they are asked to. Guess: what both off do; one of them off does nothing, as live runs saw.
 * @throws PortalError 400
 */
export function checkUse(call: Call, type: ObjectTypeFacts, stages: readonly PipelineStage[]): void {
  const standard = call.version.startsWith('v') || call.version === '2026-03' ? 'false' : 'true';
  const asked = ['validateReferencesBeforeDelete', 'validateDealStageUsagesBeforeDelete'].some(
    (name) => (call.query.get(name) ?? standard) === 'true',
  );
  if (!asked) return;
  const { stageProperty } = pipelineFacts(type);
  const gone = new Set(stages.map(({ id }) => id));
  const objectIds: string[] = [];
  const stageIds = new Set<string>();
  for (const { id, value } of call.store.records.values(type.id, stageProperty)) {
    if (value === undefined || !gone.has(value)) continue;
    stageIds.add(value);
    objectIds.push(id);
  }
  if (objectIds.length === 0) return;
  const said = { stageIds: `[${[...stageIds].join(', ')}]`, objectIds: `[${objectIds.join(', ')}]` };
  throw invalid(`Stage IDs: ${said.stageIds} are being referenced by object IDs: ${said.objectIds}`, {
    context: { stageIds: [said.stageIds], objectIds: [said.objectIds] },
    subCategory: 'PipelineError.STAGE_ID_IN_USE',
  });
}

/** A number of ten digits that neither a pipeline nor a stage of the type has. */
function newId(call: Call, type: ObjectTypeFacts): string {
  const used = new Set(
    call.store.pipelines.list(type.id).flatMap(({ id, stages }) => [id, ...stages.map((s) => s.id)]),
  );
  let id: string;
  do id = String(1_000_000_000 + Math.floor(call.random.float() * 9_000_000_000));
  while (used.has(id));
  return id;
}
