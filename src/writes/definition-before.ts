import * as z from 'zod';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { DefinitionChange } from './definition-change.ts';

/** A definition as HubSpot tells it. */
export const definition = z.record(z.string(), z.json());
export type Definition = z.output<typeof definition>;

/** The definition that a change is about, as it is now; undefined where the change makes a new one, or it is not there. */
export async function definitionBefore(
  hubspot: HubSpot,
  change: DefinitionChange,
  options: CallOptions,
): Promise<Definition | undefined> {
  const found = await definitionNow(hubspot, change, options);
  return found === undefined ? undefined : definition.parse(JSON.parse(JSON.stringify(found)));
}

async function definitionNow(
  { properties, pipelines, associations, schemas }: HubSpot,
  change: DefinitionChange,
  options: CallOptions,
): Promise<object | undefined> {
  switch (change.step) {
    case 'create_group':
    case 'create_property':
    case 'create_pipeline':
    case 'create_stage':
    case 'create_label':
    case 'create_schema':
    case 'associate_schema':
      return undefined;
    case 'update_group':
    case 'archive_group':
      return (await properties.groups(change.objectType.id, options)).find(({ name }) => name === change.name);
    case 'update_property':
    case 'archive_property':
      return properties.get(change.objectType.id, change.name, options);
    case 'update_pipeline':
    case 'archive_pipeline':
      return (await pipelines.list(change.objectType.id, options)).find(({ id }) => id === change.pipelineId);
    case 'update_stage':
    case 'archive_stage': {
      const pipeline = (await pipelines.list(change.objectType.id, options)).find(({ id }) => id === change.pipelineId);
      return pipeline?.stages.find(({ id }) => id === change.stageId);
    }
    case 'update_label':
    case 'archive_label': {
      const labels = await associations.labels(change.from.id, change.to.id, options);
      return labels.find(({ typeId }) => typeId === change.typeId);
    }
    case 'update_schema':
    case 'archive_schema':
      return schemas.get(change.objectType.id, options);
  }
}
