/**
 * What travels between HubSpot and its callers, in HubSpot's own words.
 * Source of the fields: developers.hubspot.com/docs/api-reference/latest, compared 2026-11-22.
 */

import type { HubSpotError } from './errors.ts';

/** How one call is made. Every method of the client takes these as its last argument. */
export interface CallOptions {
  /** Aborting it ends the call at once; what was not sent yet is never sent. */
  readonly signal?: AbortSignal;
  /** What was sent when `signal` is aborted is waited for, until the deadline: its outcome matters more than the time. */
  readonly finishSent?: boolean;
  /** Milliseconds for the whole call, waiting, retrying and paging included. */
  readonly deadlineMs?: number;
  /** The same as a point in time of the client's `clock.elapsed()`, for a job of many calls. The earlier one counts. */
  readonly deadlineAt?: number;
  /** 0 (first) to 9 (last), 5 if omitted. It decides only between calls that have to wait for quota. */
  readonly priority?: number;
  /**
   * Who calls: one conversation, as far as it can be told from others. Callers that wait for quota take turns, however
   * many calls each of them has waiting; those that cannot be told apart are one.
   */
  readonly caller?: string;
}

/**
 * One row of a batch, joined to its input by `index`; every input gets exactly one.
 * `rejected`: HubSpot refused it, nothing changed. `unknown`: it was sent and no answer says whether it was applied.
 * `not_sent`: HubSpot never saw it. Rows that failed together carry the very same error object.
 */
export type Row<T> =
  | { readonly index: number; readonly outcome: 'applied'; readonly value: T }
  | { readonly index: number; readonly outcome: FailedOutcome; readonly error: HubSpotError };

export type FailedOutcome = 'rejected' | 'unknown' | 'not_sent';

/** One page; `next` is the cursor of the following one and is absent on the last. */
export interface Page<T> {
  readonly results: readonly T[];
  readonly next?: string;
}

export interface HubSpotRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly propertiesWithHistory?: Readonly<Record<string, readonly PropertyVersion[]>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly archivedAt?: string;
  /** By the other object type's name, as HubSpot names it there. `next` says that HubSpot has more than it gave. */
  readonly associations?: Readonly<Record<string, { results: readonly { id: string; type: string }[]; next?: string }>>;
  /** Of an upsert: whether the record is new. */
  readonly new?: boolean;
  readonly url?: string;
}

/** A value a property once had. `timestamp` is ISO 8601. */
export interface PropertyVersion {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType: string;
  readonly sourceId?: string;
  readonly sourceLabel?: string;
  readonly updatedByUserId?: number;
}

export type PropertyValues = Readonly<Record<string, string>>;

// Search

export type FilterOperator =
  | 'EQ'
  | 'NEQ'
  | 'LT'
  | 'LTE'
  | 'GT'
  | 'GTE'
  | 'BETWEEN'
  | 'IN'
  | 'NOT_IN'
  | 'HAS_PROPERTY'
  | 'NOT_HAS_PROPERTY'
  | 'CONTAINS_TOKEN'
  | 'NOT_CONTAINS_TOKEN';

export interface Filter {
  readonly propertyName: string;
  readonly operator: FilterOperator;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

export interface SearchRequest {
  /** Alternatives (OR) of conditions (AND). */
  readonly filterGroups?: readonly { readonly filters: readonly Filter[] }[];
  readonly query?: string;
  /** HubSpot takes one rule. */
  readonly sorts?: readonly { readonly propertyName: string; readonly direction: 'ASCENDING' | 'DESCENDING' }[];
  readonly properties?: readonly string[];
  /** Of one page: 10 if omitted, 200 at most. `searchAll` chooses its own. */
  readonly limit?: number;
  readonly after?: string;
}

export interface SearchPage extends Page<HubSpotRecord> {
  readonly total: number;
}

export interface SearchAllOptions {
  /** How many records at most; all if omitted. */
  readonly limit?: number;
  /** `next` of an earlier result for the same request. */
  readonly after?: string;
  /** Sees every page as it arrives. `total` is HubSpot's count for the whole request. */
  onPage?(records: readonly HubSpotRecord[], done: number, total: number): void;
  /** False hands records to `onPage` only, for results too large to hold. */
  readonly keep?: boolean;
}

export interface SearchAllResult {
  readonly records: readonly HubSpotRecord[];
  /** How many records the request matches, read or not; after a cursor of slices, how many were left. */
  readonly total: number;
  /** True when every match was read. */
  readonly complete: boolean;
  /** False when more than 10,000 results forced the order of `hs_object_id` instead of the requested `sorts`. */
  readonly sorted: boolean;
  /** Goes on where this stopped. Absent when complete, or when HubSpot gives no way to go on (see `stoppedBy`). */
  readonly next?: string;
  /** `window`: HubSpot shows 10,000 results, and the filters leave no room for the one that would cut them in slices. */
  readonly stoppedBy?: 'limit' | 'deadline' | 'cancelled' | 'error' | 'window';
  /** Why it stopped early; the records that came before are still given. */
  readonly error?: HubSpotError;
}

// Records

export interface ReadRequest {
  readonly properties?: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
  /** The property that the given ids are values of, such as `email`; `hs_object_id` if omitted. */
  readonly idProperty?: string;
  readonly archived?: boolean;
}

export interface GetRequest extends ReadRequest {
  /** Object types whose associated ids are wanted. */
  readonly associations?: readonly string[];
}

export interface ListRequest {
  readonly properties?: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
  readonly associations?: readonly string[];
  readonly archived?: boolean;
  /** 10 if omitted, 100 at most. */
  readonly limit?: number;
  readonly after?: string;
}

export interface CreateInput {
  readonly properties: PropertyValues;
  readonly associations?: readonly {
    readonly to: { readonly id: string };
    readonly types: readonly AssociationSpec[];
  }[];
}

export interface UpdateInput {
  readonly id: string;
  readonly idProperty?: string;
  readonly properties: PropertyValues;
}

export interface UpsertInput {
  /** The value of `idProperty`. */
  readonly id: string;
  readonly idProperty: string;
  readonly properties: PropertyValues;
}

// Associations

export type AssociationCategory = 'HUBSPOT_DEFINED' | 'USER_DEFINED' | 'INTEGRATOR_DEFINED' | 'WORK';

export interface AssociationSpec {
  readonly associationCategory: AssociationCategory;
  readonly associationTypeId: number;
}

export interface AssociationLabel {
  readonly category: AssociationCategory;
  readonly typeId: number;
  readonly label: string | null;
}

export interface AssociatedRecord {
  readonly toObjectId: string;
  readonly types: readonly AssociationLabel[];
}

/** What one record is associated with. `next` goes on where a limit or the deadline stopped the reading. */
export interface AssociationsOfRecord {
  readonly to: readonly AssociatedRecord[];
  readonly next?: string;
}

export interface Pair {
  readonly from: string;
  readonly to: string;
}

/** Two records that HubSpot holds for one and the same. */
export interface ProposedPair {
  readonly a: string;
  readonly b: string;
}

export interface TypedPair extends Pair {
  readonly types: readonly AssociationSpec[];
}

export interface AssociationLabelInput {
  /** Lower case, no hyphen, does not start with a digit; never changes. */
  readonly name: string;
  readonly label: string;
  readonly inverseLabel?: string;
}
