/** The whole face of the client. Every method may throw {@link HubSpotError}; a batch puts failures into its rows instead. */

import type {
  AccountDetails,
  ApiUsage,
  ObjectSchema,
  Owner,
  Pipeline,
  PipelineInput,
  PipelinePatch,
  PipelineStage,
  Property,
  PropertyGroup,
  PropertyInput,
  PropertyPatch,
  QuotaState,
  SchemaAssociation,
  SchemaInput,
  SchemaPatch,
  StageInput,
  StagePatch,
  TokenInfo,
} from './definitions.ts';
import type {
  AssociationLabel,
  AssociationLabelInput,
  AssociationsOfRecord,
  CallOptions,
  CreateInput,
  GetRequest,
  HubSpotRecord,
  ListRequest,
  Page,
  Pair,
  PropertyValues,
  ProposedPair,
  ReadRequest,
  Row,
  SearchAllOptions,
  SearchAllResult,
  SearchPage,
  SearchRequest,
  TypedPair,
  UpdateInput,
  UpsertInput,
} from './types.ts';

/** A client of one portal and one token. Object types are names (`contacts`) or type ids (`0-1`). */
export interface HubSpot {
  readonly objects: Objects;
  readonly associations: Associations;
  readonly properties: Properties;
  readonly pipelines: Pipelines;
  readonly owners: Owners;
  readonly schemas: Schemas;
  readonly account: Account;
  readonly dataQuality: DataQuality;
  readonly scopes: Scopes;
  /** Properties, by the names of their types, that callers of this client are not to know of; none if absent. */
  readonly hides?: (objectType: string, property: string) => boolean;
  quota(): QuotaState;
  /** Of each host; `open` while nothing is sent there but what finds out whether it works again. */
  breakers(): BreakerStates;
  /** Refuses further calls and ends the waiting ones; calls in flight end by themselves. */
  close(): Promise<void>;
}

export type BreakerStates = Readonly<Record<'api' | 'forms', 'closed' | 'open'>>;

export interface Objects {
  search(objectType: string, request: SearchRequest, options?: CallOptions): Promise<SearchPage>;
  /**
   * Reads page after page, past HubSpot's window of 10,000 results by slicing on `hs_object_id`. It throws only when
   * nothing was read; otherwise it gives what it has, why it stopped and the cursor to go on.
   */
  searchAll(
    objectType: string,
    request: SearchRequest,
    how?: SearchAllOptions,
    options?: CallOptions,
  ): Promise<SearchAllResult>;
  list(objectType: string, request?: ListRequest, options?: CallOptions): Promise<Page<HubSpotRecord>>;
  /** `id` is a value of `request.idProperty` when that is given. */
  get(objectType: string, id: string, request?: GetRequest, options?: CallOptions): Promise<HubSpotRecord>;
  create(objectType: string, input: CreateInput, options?: CallOptions): Promise<HubSpotRecord>;
  /** Resolves ids that were merged away, which `batchUpdate` does not. */
  update(objectType: string, id: string, properties: PropertyValues, options?: CallOptions): Promise<HubSpotRecord>;
  archive(objectType: string, id: string, options?: CallOptions): Promise<void>;
  /** Cannot be undone. The record that stays is `primaryObjectId`. */
  merge(
    objectType: string,
    primaryObjectId: string,
    objectIdToMerge: string,
    options?: CallOptions,
  ): Promise<HubSpotRecord>;
  /** An id without a record is a `rejected` row with code `not_found`. */
  batchRead(
    objectType: string,
    ids: readonly string[],
    request?: ReadRequest,
    options?: CallOptions,
  ): Promise<Row<HubSpotRecord>[]>;
  batchCreate(objectType: string, inputs: readonly CreateInput[], options?: CallOptions): Promise<Row<HubSpotRecord>[]>;
  batchUpdate(objectType: string, inputs: readonly UpdateInput[], options?: CallOptions): Promise<Row<HubSpotRecord>[]>;
  batchUpsert(objectType: string, inputs: readonly UpsertInput[], options?: CallOptions): Promise<Row<HubSpotRecord>[]>;
  batchArchive(objectType: string, ids: readonly string[], options?: CallOptions): Promise<Row<{ id: string }>[]>;
}

export interface Associations {
  /** One page (500 at most) of what a record is associated with. */
  list(
    objectType: string,
    objectId: string,
    toObjectType: string,
    request?: { readonly limit?: number; readonly after?: string },
    options?: CallOptions,
  ): Promise<AssociationsOfRecord>;
  /** For many records at once; a record without associations is an applied row with none. */
  batchRead(
    fromObjectType: string,
    toObjectType: string,
    ids: readonly string[],
    /** `limit`: read on until a record has at least this many; all if omitted. */
    request?: { readonly limit?: number },
    options?: CallOptions,
  ): Promise<Row<AssociationsOfRecord>[]>;
  /** Associates pairs without a label. */
  associateDefault(
    fromObjectType: string,
    toObjectType: string,
    pairs: readonly Pair[],
    options?: CallOptions,
  ): Promise<Row<Pair>[]>;
  /** Replaces the labels of each pair: give the old ones together with the new to add one. */
  associate(
    fromObjectType: string,
    toObjectType: string,
    pairs: readonly TypedPair[],
    options?: CallOptions,
  ): Promise<Row<Pair>[]>;
  /** Removes every association of each pair. */
  remove(
    fromObjectType: string,
    toObjectType: string,
    pairs: readonly Pair[],
    options?: CallOptions,
  ): Promise<Row<Pair>[]>;
  /** Removes only the given types of each pair. */
  removeLabels(
    fromObjectType: string,
    toObjectType: string,
    pairs: readonly TypedPair[],
    options?: CallOptions,
  ): Promise<Row<Pair>[]>;
  /** Every association type of two object types; the unlabelled ones have `label: null`. Cached. */
  labels(fromObjectType: string, toObjectType: string, options?: CallOptions): Promise<readonly AssociationLabel[]>;
  /** Gives the new types, one for each direction. */
  createLabel(
    fromObjectType: string,
    toObjectType: string,
    input: AssociationLabelInput,
    options?: CallOptions,
  ): Promise<readonly AssociationLabel[]>;
  updateLabel(
    fromObjectType: string,
    toObjectType: string,
    input: { readonly associationTypeId: number; readonly label: string; readonly inverseLabel?: string },
    options?: CallOptions,
  ): Promise<void>;
  deleteLabel(
    fromObjectType: string,
    toObjectType: string,
    associationTypeId: number,
    options?: CallOptions,
  ): Promise<void>;
}

export interface Properties {
  /** Cached. */
  list(
    objectType: string,
    request?: { readonly archived?: boolean },
    options?: CallOptions,
  ): Promise<readonly Property[]>;
  get(objectType: string, propertyName: string, options?: CallOptions): Promise<Property>;
  create(objectType: string, input: PropertyInput, options?: CallOptions): Promise<Property>;
  update(objectType: string, propertyName: string, patch: PropertyPatch, options?: CallOptions): Promise<Property>;
  archive(objectType: string, propertyName: string, options?: CallOptions): Promise<void>;
  /** Cached. */
  groups(objectType: string, options?: CallOptions): Promise<readonly PropertyGroup[]>;
  createGroup(
    objectType: string,
    input: { readonly name: string; readonly label: string; readonly displayOrder?: number },
    options?: CallOptions,
  ): Promise<PropertyGroup>;
  updateGroup(
    objectType: string,
    groupName: string,
    patch: { readonly label?: string; readonly displayOrder?: number },
    options?: CallOptions,
  ): Promise<PropertyGroup>;
  archiveGroup(objectType: string, groupName: string, options?: CallOptions): Promise<void>;
}

export interface Pipelines {
  /** With their stages. Cached. */
  list(objectType: string, options?: CallOptions): Promise<readonly Pipeline[]>;
  create(objectType: string, input: PipelineInput, options?: CallOptions): Promise<Pipeline>;
  update(objectType: string, pipelineId: string, patch: PipelinePatch, options?: CallOptions): Promise<Pipeline>;
  /** HubSpot refuses while records are in it. */
  archive(objectType: string, pipelineId: string, options?: CallOptions): Promise<void>;
  createStage(objectType: string, pipelineId: string, input: StageInput, options?: CallOptions): Promise<PipelineStage>;
  updateStage(
    objectType: string,
    pipelineId: string,
    stageId: string,
    patch: StagePatch,
    options?: CallOptions,
  ): Promise<PipelineStage>;
  /** HubSpot refuses while records are in it. */
  archiveStage(objectType: string, pipelineId: string, stageId: string, options?: CallOptions): Promise<void>;
}

export interface Owners {
  /** All of them; `archived: true` gives the deactivated ones instead. Cached. */
  list(request?: { readonly archived?: boolean }, options?: CallOptions): Promise<readonly Owner[]>;
  get(ownerId: string, request?: { readonly archived?: boolean }, options?: CallOptions): Promise<Owner>;
}

export interface Schemas {
  /** Custom objects, with their association definitions. Cached. */
  list(request?: { readonly archived?: boolean }, options?: CallOptions): Promise<readonly ObjectSchema[]>;
  get(objectType: string, options?: CallOptions): Promise<ObjectSchema>;
  create(input: SchemaInput, options?: CallOptions): Promise<ObjectSchema>;
  /** HubSpot's answer; it may lack properties and associations. */
  update(objectType: string, patch: SchemaPatch, options?: CallOptions): Promise<ObjectSchema>;
  archive(objectType: string, options?: CallOptions): Promise<void>;
  /** Lets records of this type be associated with another type's. */
  associate(
    objectType: string,
    input: { readonly fromObjectTypeId: string; readonly toObjectTypeId: string; readonly name?: string },
    options?: CallOptions,
  ): Promise<SchemaAssociation>;
}

export interface Account {
  /** Cached. */
  details(options?: CallOptions): Promise<AccountDetails>;
  /** Calls made today, as HubSpot counts them. */
  usage(options?: CallOptions): Promise<readonly ApiUsage[]>;
  /** What HubSpot knows of the token; undefined when it does not tell (it is documented for private apps only). */
  introspect(options?: CallOptions): Promise<TokenInfo | undefined>;
}

export interface DataQuality {
  /** One page of the pairs that HubSpot holds for duplicates, the likeliest first; undefined where it does not tell. */
  duplicatePairs(objectType: string, after?: string, options?: CallOptions): Promise<Page<ProposedPair> | undefined>;
}

/** What is known of the token's scopes. */
export interface Scopes {
  /** Asks HubSpot once it is called, and no more after an answer; undefined when HubSpot does not tell. It never throws. */
  learn(): Promise<ReadonlySet<string> | undefined>;
  /** The granted scopes, once learnt. */
  granted(): ReadonlySet<string> | undefined;
  /** Scopes that a 403 has named as missing. */
  denied(): ReadonlySet<string>;
}
