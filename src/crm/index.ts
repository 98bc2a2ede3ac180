/**
 * What people say -> what HubSpot wants, and reads for the tools. A facade over the client, made anew for each call, so
 * that the call's deadline and cancellation reach every request. Definitions come from the client's cache.
 */

import type { Clock } from '../clock.ts';
import type { AccountDetails, ApiUsage, CallOptions, HubSpot, QuotaState } from '../hubspot/index.ts';
import { canAssociate, createAssociationTypes, requirePair } from './association-types.ts';
import { createDates } from './dates.ts';
import { createFilters } from './filters.ts';
import { type LinkedRecords, readLinked } from './linked.ts';
import { createObjectTypes } from './object-types.ts';
import { createOwners } from './owners.ts';
import { createPipelines } from './pipelines.ts';
import { createProperties } from './properties.ts';
import type { RecentWrites } from './recent-writes.ts';
import { createRecords } from './records.ts';
import { createScopes } from './scopes.ts';
import type {
  AssociationsOfRecord,
  AssociationType,
  HubSpotRecord,
  ObjectType,
  Owner,
  Pipeline,
  PipelineStage,
  PropertyIndex,
  ReadOptions,
  RecordRef,
  Row,
  SaidSearch,
  SearchPage,
} from './types.ts';
import { createValues } from './values.ts';

export type * from './types.ts';
export { UserError } from './user-error.ts';

/** Each method throws {@link UserError} for what the caller can put right and HubSpotError for what HubSpot refused. */
export interface Crm {
  readonly objectTypes: {
    /** By name, singular, label, type id, custom object name or fullyQualifiedName, in any case. */
    resolve(said: string): Promise<ObjectType>;
    /** Standard types first, then the portal's custom objects. */
    list(): Promise<readonly ObjectType[]>;
  };
  readonly properties: {
    of(type: ObjectType): Promise<PropertyIndex>;
  };
  readonly values: {
    /**
     * Property values as people say them -> as HubSpot stores them, keyed by HubSpot's property names. `null` and `''`
     * clear. A stage is looked up in the pipeline given beside it, else in the record's own; without either it must be
     * unambiguous, and its pipeline is then added. Refuses read-only and unknown properties.
     * @param record what is known of the record to be written; see {@link Crm.values.needs}
     */
    toWire(
      type: ObjectType,
      properties: Readonly<Record<string, unknown>>,
      record?: Pick<HubSpotRecord, 'properties'>,
    ): Promise<Record<string, string>>;
    /** The properties of the record that `toWire` must be given to read these: its pipeline, for a stage said by label. */
    needs(type: ObjectType, properties: Readonly<Record<string, unknown>>): Promise<readonly string[]>;
  };
  readonly pipelines: {
    /** Refuses types that have none, before any request. */
    of(type: ObjectType): Promise<readonly Pipeline[]>;
    resolve(type: ObjectType, said: string): Promise<Pipeline>;
    resolveStage(
      type: ObjectType,
      said: string,
      pipelineId?: string,
    ): Promise<{ pipeline: Pipeline; stage: PipelineStage }>;
  };
  readonly owners: {
    list(options?: { archived?: boolean }): Promise<readonly Owner[]>;
    /** By id, e-mail or name; deactivated ones only when asked for or named by id. */
    resolve(said: string, options?: { archived?: boolean }): Promise<Owner>;
  };
  readonly associationTypes: {
    list(from: ObjectType, to: ObjectType): Promise<readonly AssociationType[]>;
    /** By label, name or type id; without a label the unlabelled type. Refuses pairs that cannot be associated. */
    resolve(from: ObjectType, to: ObjectType, label?: string | readonly string[]): Promise<readonly AssociationType[]>;
  };
  readonly records: {
    /** One row per reference, in order; a record that does not exist is a rejected row with code `not_found`. */
    read(type: ObjectType, refs: readonly RecordRef[], options?: ReadOptions): Promise<readonly Row<HubSpotRecord>[]>;
    /** References -> ids; needs no request for references that are ids. */
    resolveIds(type: ObjectType, refs: readonly RecordRef[]): Promise<readonly Row<string>[]>;
    search(type: ObjectType, said: SaidSearch, page?: { limit?: number; cursor?: string }): Promise<SearchPage>;
    /** Every match, page by page, past HubSpot's 10,000; stops in time for the deadline and says so. */
    searchAll(
      type: ObjectType,
      said: SaidSearch,
      onPage: (records: readonly HubSpotRecord[], total: number) => void,
    ): Promise<{ total: number; covered: number; complete: boolean; stoppedBy?: string }>;
    count(type: ObjectType, said: SaidSearch): Promise<number>;
  };
  readonly associations: {
    /**
     * One row per id, in order, in one request per 1,000 of them. `limit` stops reading a record's associations once it
     * has that many; `next` then says that there are more.
     */
    read(
      from: ObjectType,
      to: ObjectType,
      ids: readonly string[],
      limit?: number,
    ): Promise<readonly Row<AssociationsOfRecord>[]>;
    /** What each record is linked with, of those types that it can be: one request a record, as a rule. */
    linked(from: ObjectType, types: readonly ObjectType[], ids: readonly string[]): Promise<LinkedRecords>;
  };
  readonly account: {
    /** True on the portal that this server brings along. */
    readonly embedded: boolean;
    details(): Promise<AccountDetails>;
    usage(): Promise<readonly ApiUsage[]>;
    quota(): QuotaState;
  };
  readonly scopes: {
    /** What the token may do; `undefined` when HubSpot has not told. */
    granted(): ReadonlySet<string> | undefined;
    /** Granted scopes that no enabled tool needs. */
    unneeded(): readonly string[];
    /** False when the token is known to lack every one of them. */
    allow(anyOf: readonly string[]): boolean;
    /** Throws UserError `missing_scope` before any request where they do not {@link Crm.scopes.allow}. */
    require(anyOf: readonly string[]): void;
  };
}

export interface CrmOptions {
  readonly hubspot: HubSpot;
  readonly clock: Clock;
  /** What `now` and `today` are, in milliseconds since the epoch; the clock's time if omitted. */
  readonly at?: number | undefined;
  /** Reach every request of the call: its deadline and its cancellation. */
  readonly call?: CallOptions;
  /** The scopes of the enabled tools, as the tools name them; for `scopes.unneeded`. */
  readonly toolScopes?: readonly string[];
  readonly embedded?: boolean;
  /** What was just written, which searches show although HubSpot's index may not know it yet. */
  readonly recent?: RecentWrites;
}

export function createCrm(options: CrmOptions): Crm {
  const { hubspot, clock, at, call = {}, toolScopes = [], embedded = false, recent = async () => [] } = options;
  const scopes = createScopes(hubspot, toolScopes);
  const objectTypes = createObjectTypes(hubspot, call, scopes);
  const properties = createProperties(hubspot, call);
  const pipelines = createPipelines(hubspot, call);
  const owners = createOwners(hubspot, call);
  const dates = createDates(
    () => at ?? clock.now(),
    async () => (await hubspot.account.details(call)).timeZone,
  );
  const values = createValues({ properties, pipelines, owners, dates });
  const filters = createFilters({ objectTypes, properties, pipelines, values, dates });
  const associations: Crm['associations'] = {
    async read(from, to, ids, limit) {
      requirePair(from, to);
      scopes.require(from.scopes.read);
      const request = limit === undefined ? {} : { limit };
      return ids.length === 0 ? [] : hubspot.associations.batchRead(from.id, to.id, ids, request, call);
    },
    async linked(from, types, ids) {
      scopes.require(from.scopes.read);
      const possible = types.filter((to) => canAssociate(from, to));
      const allowed = possible.filter((to) => scopes.allow(to.scopes.read));
      const { records, unread } = await readLinked(hubspot, from, allowed, ids, call);
      const barred = possible.flatMap((to) => (allowed.includes(to) ? [] : [to.name]));
      return { records, unread: [...unread, ...barred].toSorted() };
    },
  };
  const recordParts = { objectTypes, properties, associations, scopes, filters, recent };
  return {
    objectTypes,
    properties,
    values,
    pipelines,
    owners,
    scopes,
    associationTypes: createAssociationTypes(hubspot, call),
    records: createRecords(hubspot, call, leavingTime(call, clock), recordParts),
    associations,
    account: {
      embedded,
      details: () => hubspot.account.details(call),
      usage: () => hubspot.account.usage(call),
      quota: () => hubspot.quota(),
    },
  };
}

/** How much of the time that is left a search may take; the rest is for saying what was found. */
const SEARCH_SHARE = 0.9;

function leavingTime(call: CallOptions, clock: Clock): CallOptions {
  if (call.deadlineAt === undefined) return call;
  const now = clock.elapsed();
  return { ...call, deadlineAt: now + SEARCH_SHARE * (call.deadlineAt - now) };
}
