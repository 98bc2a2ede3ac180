/** The words of this room: what it gives to the tools and to the writes. */

import type { AssociationLabel, FilterOperator, HubSpotRecord, Property } from '../hubspot/index.ts';

/** One object type of the portal and what is possible with it. */
export interface ObjectType {
  /** HubSpot's type id, such as `0-1` or `2-31415926`. The client, its caches and every path use this one spelling. */
  readonly id: string;
  /** What a tool calls it: `contacts`, `line_items`, or a custom object's name such as `projects_2`. */
  readonly name: string;
  readonly singular: string;
  readonly plural: string;
  readonly custom: boolean;
  /** What HubSpot's API can do with records of this type. */
  readonly can: {
    readonly search: boolean;
    readonly create: boolean;
    readonly update: boolean;
    readonly archive: boolean;
    readonly merge: boolean;
  };
  /** The properties that hold a record's pipeline and stage, for types that have pipelines. */
  readonly pipeline?: { readonly pipelineProperty: string; readonly stageProperty: string };
  /** Ids of the types its records can be associated with; `undefined` when only HubSpot knows. */
  readonly associableTo?: ReadonlySet<string>;
  /** Any one of these private-app scopes is enough. */
  readonly scopes: { readonly read: readonly string[]; readonly write: readonly string[] };
  /** The property that names a record, and those shown when a call names none. */
  readonly displayProperty: string;
  readonly defaultProperties: readonly string[];
}

/** The properties of one object type. */
export interface PropertyIndex {
  readonly all: readonly Property[];
  /** By name in any case, or by a label that only one property has; throws UserError `unknown_property`. */
  get(name: string): Property;
  has(name: string): boolean;
  /** Those whose name, label or description contain the words, the best first. */
  find(words: string): readonly Property[];
}

/** A record by its id, or by the value of a property that is unique (`email` for contacts). */
export type RecordRef = string | { readonly idProperty: string; readonly value: string };

/** One way in which records are associated; `label` is `null` for the one that every associated pair has. */
export type AssociationType = AssociationLabel;

export interface ReadOptions {
  readonly properties?: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
  readonly archived?: boolean;
}

/** A filter as a person or a model says it: labels, e-mails, local dates and numbers are turned into HubSpot's values. */
export interface SaidFilter {
  readonly propertyName: string;
  readonly operator: FilterOperator;
  readonly value?: string | number | boolean | undefined;
  readonly highValue?: string | number | boolean | undefined;
  readonly values?: readonly (string | number | boolean)[] | undefined;
}

export interface SaidSearch {
  readonly query?: string | undefined;
  readonly filterGroups?: readonly { readonly filters: readonly SaidFilter[] }[] | undefined;
  readonly sorts?:
    | readonly { readonly propertyName: string; readonly direction?: 'ASCENDING' | 'DESCENDING' | undefined }[]
    | undefined;
  readonly properties?: readonly string[] | undefined;
}

export interface SearchPage {
  readonly records: readonly HubSpotRecord[];
  readonly total: number;
  /** Where the next page starts, also past HubSpot's 10,000; absent on the last page. */
  readonly nextCursor?: string;
  /** What the reader must know: a page cut short, an order given up, records that cannot be paged to. */
  readonly note?: string;
}

export type {
  AssociationsOfRecord,
  HubSpotRecord,
  Owner,
  Pipeline,
  PipelineStage,
  Property,
  Row,
} from '../hubspot/index.ts';
