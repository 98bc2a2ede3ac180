/**
 * What the portal knows about an object type: HubSpot's own (object-types.ts) and custom ones, made from their schema,
 * have the same shape.
 * Sources: developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis (ids, operations),
 * .../crm/search-the-crm (returned and searched properties), .../crm/pipelines/guide; compared 2026-11-22.
 */

export type Operation = 'read' | 'search' | 'create' | 'update' | 'archive' | 'merge' | 'gdpr-delete';

/** How a type's stages say where a record stands, and how many a pipeline may have. */
export interface PipelineFacts {
  readonly pipelineProperty: string;
  readonly stageProperty: string;
  /** The metadata entry that says where a stage stands; `isClosed` follows from it. */
  readonly stageMetadata: 'probability' | 'ticketState' | 'state';
  readonly maxStages: number;
}

export interface ObjectTypeFacts {
  /** `0-1`; every table of the portal is keyed by it. */
  readonly id: string;
  /** The plural path segment, and the name under which associations are returned. */
  readonly name: string;
  readonly singular: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  /** Path segments accepted besides id, name and singular; compared without case. */
  readonly aliases: readonly string[];
  readonly fullyQualifiedName: string;
  /** The properties returned when a request names none. */
  readonly returned: readonly string[];
  /** The properties that `query` looks into. */
  readonly searched: readonly string[];
  readonly createdProperty: string;
  readonly modifiedProperty: string;
  readonly primaryDisplayProperty: string;
  /** A create must set at least one property of every group. */
  readonly required: readonly (readonly string[])[];
  /** Any one of these scopes suffices. */
  readonly scopes: { readonly read: readonly string[]; readonly write: readonly string[] };
  /** The same for definitions: properties, groups and pipelines. */
  readonly schemaScopes: { readonly read: readonly string[]; readonly write: readonly string[] };
  readonly operations: ReadonlySet<Operation>;
  /** `none`: HubSpot refuses every association from and to the type. */
  readonly associations: 'any' | 'none';
  readonly pipelines?: PipelineFacts;
  /** An activity goes with every other type, custom ones included, without a definition. */
  readonly activity: boolean;
  /** False: HubSpot has the type and this portal does not serve it (501). */
  readonly emulated: boolean;
}

export const everything: readonly Operation[] = ['read', 'search', 'create', 'update', 'archive'];

/** What HubSpot's own tools make and the API only shows. */
export const readOnly: readonly Operation[] = ['read', 'search'];

export const hsPipeline = { pipelineProperty: 'hs_pipeline', stageProperty: 'hs_pipeline_stage' };

/** The pipelines of most types that have any. */
export const plainPipeline: PipelineFacts = { ...hsPipeline, stageMetadata: 'state', maxStages: 30 };

/** One row of the table of object types: what is said about a type, before the defaults are filled in. */
export interface ObjectTypeRow {
  id: string;
  name: string;
  singular: string;
  labels?: { singular: string; plural: string };
  aliases?: readonly string[];
  returned?: readonly string[];
  searched?: readonly string[];
  created?: 'createdate' | 'hs_createdate';
  modified?: 'lastmodifieddate' | 'hs_lastmodifieddate';
  display: string;
  required?: readonly (readonly string[])[];
  /** The middle of `crm.objects.{scope}.read`; or whole scope names for reading and writing. */
  scope: string | { read: readonly string[]; write: readonly string[] };
  operations?: readonly Operation[];
  associations?: 'none';
  pipelines?: PipelineFacts;
  activity?: true;
  emulated?: false;
}

function words(name: string): string {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Fills in what most types have in common. */
export function objectType(row: ObjectTypeRow): ObjectTypeFacts {
  const created = row.created ?? 'hs_createdate';
  const modified = row.modified ?? 'hs_lastmodifieddate';
  const scopes =
    typeof row.scope === 'string'
      ? { read: [`crm.objects.${row.scope}.read`], write: [`crm.objects.${row.scope}.write`] }
      : row.scope;
  const schemaScopes =
    typeof row.scope === 'string'
      ? {
          read: [`crm.schemas.${row.scope}.read`, ...scopes.read],
          write: [`crm.schemas.${row.scope}.write`],
        }
      : scopes;
  return {
    id: row.id,
    name: row.name,
    singular: row.singular,
    labels: row.labels ?? { singular: words(row.singular), plural: words(row.name) },
    aliases: row.aliases ?? [],
    fullyQualifiedName: row.singular.toUpperCase(),
    returned: [...(row.returned ?? []), created, modified, 'hs_object_id'],
    searched: row.searched ?? [],
    createdProperty: created,
    modifiedProperty: modified,
    primaryDisplayProperty: row.display,
    required: row.required ?? [],
    scopes,
    schemaScopes,
    operations: new Set(row.operations ?? everything),
    associations: row.associations ?? 'any',
    ...(row.pipelines && { pipelines: row.pipelines }),
    activity: row.activity ?? false,
    emulated: row.emulated ?? true,
  };
}

/** What a custom object's schema must tell to be an object type. */
export interface CustomObjectSchema {
  readonly objectTypeId: string;
  readonly name: string;
  readonly fullyQualifiedName: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  readonly primaryDisplayProperty: string;
  readonly requiredProperties: readonly string[];
  readonly searchableProperties: readonly string[];
}

/** A custom object type in the terms of HubSpot's own; it returns its required and display properties besides the dates. */
export function customObjectType(schema: CustomObjectSchema): ObjectTypeFacts {
  return {
    ...objectType({
      id: schema.objectTypeId,
      name: schema.fullyQualifiedName,
      singular: schema.name,
      labels: schema.labels,
      searched: schema.searchableProperties,
      display: schema.primaryDisplayProperty,
      required: schema.requiredProperties.map((name) => [name]),
      scope: 'custom',
      operations: [...everything, 'merge'],
      pipelines: {
        pipelineProperty: 'hs_pipeline',
        stageProperty: 'hs_pipeline_stage',
        stageMetadata: 'state',
        maxStages: 100,
      },
    }),
    fullyQualifiedName: schema.fullyQualifiedName,
  };
}

/** Whether a path segment means this custom type: its id or its fully qualified name. A bare name means nothing. */
export function namesCustomType(schema: CustomObjectSchema, segment: string): boolean {
  const said = segment.toLowerCase();
  const name = schema.name.toLowerCase();
  return said === schema.objectTypeId || said === schema.fullyQualifiedName.toLowerCase() || said === `p_${name}`;
}
