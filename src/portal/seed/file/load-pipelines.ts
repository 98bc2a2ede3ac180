/** Pipelines of a portal file. */

import {
  addPipelineProperties,
  checkLabel,
  checkPipelineLabel,
  checkStages,
  readMetadata,
} from '../../definitions/pipeline-rules.ts';
import type { Pipeline, PipelineStage } from '../../facts/definitions.ts';
import type { ObjectTypeFacts } from '../../facts/object-type.ts';
import type { Store } from '../../store/store.ts';
import { asked } from './asked.ts';
import { inside, type Place, PortalFileError } from './read.ts';
import type { FilePipeline } from './read-definitions.ts';

/** From now on the type has these pipelines and no others. */
export function loadPipelines(
  store: Store,
  type: ObjectTypeFacts,
  pipelines: readonly FilePipeline[],
  place: Place,
  now: number,
): void {
  if (!type.pipelines) throw new PortalFileError(place, `${type.name} have no pipelines in HubSpot.`);
  for (const { id } of store.pipelines.list(type.id)) store.pipelines.delete(type.id, id);
  if (pipelines.length > 0) addPipelineProperties(store, type);
  const stageIds = new Set<string>();
  for (const [i, read] of pipelines.entries()) {
    const at = inside(place, i);
    asked(inside(at, 'label'), () => checkPipelineLabel(store.pipelines.list(type.id), read.label));
    const pipeline = makePipeline(type, read, at, i, new Date(now).toISOString());
    if (store.pipelines.get(type.id, pipeline.id)) {
      throw new PortalFileError(at, `${type.name} have another pipeline ${JSON.stringify(pipeline.id)}.`);
    }
    for (const { id } of pipeline.stages) {
      if (stageIds.has(id)) throw new PortalFileError(at, `another pipeline has a stage ${JSON.stringify(id)}, too.`);
      stageIds.add(id);
    }
    store.pipelines.put(type.id, pipeline.id, pipeline);
  }
}

function makePipeline(
  type: ObjectTypeFacts,
  read: FilePipeline,
  place: Place,
  displayOrder: number,
  now: string,
): Pipeline {
  const stages: PipelineStage[] = [];
  for (const [order, stage] of read.stages.entries()) {
    const at = inside(inside(place, 'stages'), order);
    const { metadata = {} } = stage;
    asked(inside(at, 'label'), () => checkLabel(stages, stage.label));
    const id = stage.id ?? idOf(`${read.id ?? read.label} ${stage.label}`);
    if (stages.some((other) => other.id === id)) {
      throw new PortalFileError(at, `another stage has the id ${JSON.stringify(id)}, too: give it an "id" of its own.`);
    }
    stages.push({
      id,
      label: stage.label,
      displayOrder: stage.displayOrder ?? order,
      metadata: { ...asked(inside(at, 'metadata'), () => readMetadata(type, metadata)), ...metadata },
      createdAt: stage.createdAt ?? now,
      updatedAt: stage.updatedAt ?? stage.createdAt ?? now,
      ...(stage.archivedAt !== undefined && { archivedAt: stage.archivedAt }),
      archived: stage.archived ?? false,
      writePermissions: stage.writePermissions ?? 'CRM_PERMISSIONS_ENFORCEMENT',
    });
  }
  const id = read.id ?? idOf(read.label);
  asked(inside(place, 'stages'), () => checkStages(type, id, stages));
  return {
    id,
    label: read.label,
    displayOrder: read.displayOrder ?? displayOrder,
    stages,
    createdAt: read.createdAt ?? now,
    updatedAt: read.updatedAt ?? read.createdAt ?? now,
    ...(read.archivedAt !== undefined && { archivedAt: read.archivedAt }),
    archived: read.archived ?? false,
  };
}

/** An id that says what it is of, in whatever script; without accents, which the names of stage properties could not hold. */
function idOf(label: string): string {
  const plain = label.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return plain.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_');
}
