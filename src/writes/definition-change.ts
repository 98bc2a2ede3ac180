/** Changes of what a portal's records look like: properties, pipelines, association labels, custom object schemas. */

import type { ObjectType } from '../crm/index.ts';
import type {
  AssociationLabelInput,
  CallOptions,
  HubSpot,
  PipelineInput,
  PipelinePatch,
  PropertyGroup,
  PropertyInput,
  PropertyPatch,
  SchemaInput,
  SchemaPatch,
  StageInput,
  StagePatch,
} from '../hubspot/index.ts';
import type { Cells } from './describe.ts';

type GroupPatch = Partial<Pick<PropertyGroup, 'label' | 'displayOrder'>>;
type GroupInput = Pick<PropertyGroup, 'name' | 'label' | 'displayOrder'>;

/** Of the records of one type. */
type OfType = { readonly objectType: ObjectType };
type OfPipeline = OfType & { readonly pipelineId: string };
type OfPair = { readonly from: ObjectType; readonly to: ObjectType };

/** `name` is what people call the thing: a property's or group's name, otherwise the label. */
type Step<Name extends string, Rest> = {
  readonly kind: 'define';
  readonly step: Name;
  readonly name: string;
} & Readonly<Rest>;

export type DefinitionChange =
  | Step<'create_group', OfType & { input: GroupInput }>
  | Step<'update_group', OfType & { input: GroupPatch }>
  | Step<'archive_group', OfType>
  | Step<'create_property', OfType & { input: PropertyInput }>
  | Step<'update_property', OfType & { input: PropertyPatch }>
  | Step<'archive_property', OfType>
  | Step<'create_pipeline', OfType & { input: PipelineInput }>
  | Step<'update_pipeline', OfPipeline & { input: PipelinePatch }>
  | Step<'archive_pipeline', OfPipeline>
  | Step<'create_stage', OfPipeline & { input: StageInput }>
  | Step<'update_stage', OfPipeline & { stageId: string; input: StagePatch }>
  | Step<'archive_stage', OfPipeline & { stageId: string }>
  | Step<'create_label', OfPair & { input: AssociationLabelInput }>
  | Step<'update_label', OfPair & { typeId: number; input: { label: string; inverseLabel?: string } }>
  | Step<'archive_label', OfPair & { typeId: number }>
  | Step<'create_schema', { input: SchemaInput }>
  | Step<'update_schema', OfType & { input: SchemaPatch }>
  | Step<'associate_schema', OfType & { to: ObjectType }>
  | Step<'archive_schema', OfType>;

/** Sends one change and says what HubSpot made of it. */
export async function define(
  { properties, pipelines, associations, schemas }: HubSpot,
  change: DefinitionChange,
  options: CallOptions,
): Promise<Cells> {
  const done = { done: change.step, name: change.name };
  switch (change.step) {
    case 'create_group':
      await properties.createGroup(change.objectType.id, change.input, options);
      return done;
    case 'update_group':
      await properties.updateGroup(change.objectType.id, change.name, change.input, options);
      return done;
    case 'archive_group':
      await properties.archiveGroup(change.objectType.id, change.name, options);
      return done;
    case 'create_property':
      await properties.create(change.objectType.id, change.input, options);
      return done;
    case 'update_property':
      await properties.update(change.objectType.id, change.name, change.input, options);
      return done;
    case 'archive_property':
      await properties.archive(change.objectType.id, change.name, options);
      return done;
    case 'create_pipeline': {
      const { id, stages } = await pipelines.create(change.objectType.id, change.input, options);
      return { ...done, id, stages: stages.map((stage) => `${stage.label} (${stage.id})`).join(', ') };
    }
    case 'update_pipeline':
      await pipelines.update(change.objectType.id, change.pipelineId, change.input, options);
      return { ...done, id: change.pipelineId };
    case 'archive_pipeline':
      await pipelines.archive(change.objectType.id, change.pipelineId, options);
      return { ...done, id: change.pipelineId };
    case 'create_stage': {
      const { id } = await pipelines.createStage(change.objectType.id, change.pipelineId, change.input, options);
      return { ...done, id };
    }
    case 'update_stage':
      await pipelines.updateStage(change.objectType.id, change.pipelineId, change.stageId, change.input, options);
      return { ...done, id: change.stageId };
    case 'archive_stage':
      await pipelines.archiveStage(change.objectType.id, change.pipelineId, change.stageId, options);
      return { ...done, id: change.stageId };
    case 'create_label': {
      const types = await associations.createLabel(change.from.id, change.to.id, change.input, options);
      return { ...done, id: types.map((type) => type.typeId).join(', ') };
    }
    case 'update_label': {
      const input = { associationTypeId: change.typeId, ...change.input };
      await associations.updateLabel(change.from.id, change.to.id, input, options);
      return { ...done, id: String(change.typeId) };
    }
    case 'archive_label':
      await associations.deleteLabel(change.from.id, change.to.id, change.typeId, options);
      return { ...done, id: String(change.typeId) };
    case 'create_schema': {
      const { objectTypeId, fullyQualifiedName } = await schemas.create(change.input, options);
      return { ...done, id: objectTypeId, fullyQualifiedName };
    }
    case 'update_schema':
      await schemas.update(change.objectType.id, change.input, options);
      return { ...done, id: change.objectType.id };
    case 'associate_schema': {
      const input = { fromObjectTypeId: change.objectType.id, toObjectTypeId: change.to.id };
      const { id } = await schemas.associate(change.objectType.id, input, options);
      return { ...done, id };
    }
    case 'archive_schema':
      await schemas.archive(change.objectType.id, options);
      return { ...done, id: change.objectType.id };
  }
}

/** What a dry run shows of it: the definition's parts one by one. */
export function previewDefinition(change: DefinitionChange): readonly Cells[] {
  const head = { action: change.step, name: change.name };
  if (!('input' in change)) return [head];
  return Object.entries(change.input).map(([property, value]: [string, unknown]) => ({
    ...head,
    property,
    after:
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : JSON.stringify(value),
  }));
}

/** The tool that shows whether it was done. */
export function whereDefined(change: DefinitionChange): string {
  switch (change.step) {
    case 'create_group':
    case 'update_group':
    case 'archive_group':
    case 'create_property':
    case 'update_property':
    case 'archive_property':
      return `list_properties of ${change.objectType.name}`;
    case 'create_pipeline':
    case 'update_pipeline':
    case 'archive_pipeline':
    case 'create_stage':
    case 'update_stage':
    case 'archive_stage':
      return `list_pipelines of ${change.objectType.name}`;
    case 'create_label':
    case 'update_label':
    case 'archive_label':
    case 'create_schema':
    case 'update_schema':
    case 'associate_schema':
    case 'archive_schema':
      return 'list_object_types';
  }
}
