/**
 * A whole portal as one JSON object, in HubSpot's names: what `--seed FILE.json` loads and an export writes. Every member
 * may be left out. Object types are called by name or id: `contacts`, `0-1`, `p123_machines`, `machines`. Times are ISO 8601
 * or, when read, milliseconds since the epoch. What a person would not write is filled in: ids, labels, times, defaults.
 *
 * Not in the file: OAuth apps and tokens, webhook subscriptions, workflows, files, forms, imports and exports; when a record joined its list; association limits; which ids GDPR deletes took. Merged ids are in it as the values
 * of `hs_merged_object_ids`.
 */

import type {
  Account,
  List,
  ListFolder,
  ObjectSchema,
  Owner,
  Pipeline,
  Property,
  PropertyGroup,
} from '../../facts/definitions.ts';

/** One earlier or present value, as in HubSpot's `propertiesWithHistory`; newest first. */
export interface FileVersion extends FileSource {
  readonly value: string;
  readonly timestamp: string;
}

export interface FileSource {
  readonly sourceType: string;
  readonly sourceId?: string;
  readonly sourceLabel?: string;
  readonly updatedByUserId?: number;
}

export interface FileRecord {
  readonly id: string;
  /** Calculated values too: those that the portal calculates itself are calculated anew. */
  readonly properties: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly archivedAt?: string;
  /** Who created it; left out: an integration. */
  readonly source?: FileSource;
  /** A property that has its first value still needs none. */
  readonly history?: Readonly<Record<string, readonly FileVersion[]>>;
  /** Properties whose values stand although their definitions do not allow them any more; they are taken as they are. */
  readonly outdated?: readonly string[];
}

/** From type, from id, to type, to id, type ids. A pair is told in one direction. */
export type FileAssociation = readonly [
  fromObjectType: string,
  fromId: string,
  toObjectType: string,
  toId: string,
  /** With the category where HubSpot's own types and the portal's share an id. None: the unlabelled type. */
  typeIds: readonly (number | { readonly category: string; readonly typeId: number })[],
];

export interface FileAssociationLabel {
  readonly fromObjectType: string;
  readonly toObjectType: string;
  /** HubSpot's own are known without being told. */
  readonly category: 'USER_DEFINED';
  readonly typeId: number;
  readonly name: string;
  /** Null for the unlabelled type of a custom object. */
  readonly label: string | null;
  readonly inverseTypeId: number;
  readonly inverseLabel: string | null;
}

export interface FileList extends List {
  readonly memberIds: readonly string[];
}

type ByObjectType<T> = Readonly<Record<string, T>>;

/** `Many` holds what may be too much for memory. */
export interface PortalFile<Many extends { readonly records: unknown; readonly associations: unknown } = Whole> {
  readonly account: Account;
  readonly owners: readonly Owner[];
  readonly schemas: readonly ObjectSchema[];
  /** What an account has on its first day is left out, unless it was changed. */
  readonly propertyGroups: ByObjectType<readonly PropertyGroup[]>;
  readonly properties: ByObjectType<readonly Property[]>;
  /** All pipelines of a type: where it is named, it has these and no others. */
  readonly pipelines: ByObjectType<readonly Pipeline[]>;
  readonly associationLabels: readonly FileAssociationLabel[];
  /** All records of a type: where it is named, those of an account's first day (quote templates) are not there. */
  readonly records: ByObjectType<Many['records']>;
  readonly associations: Many['associations'];
  readonly listFolders: readonly ListFolder[];
  readonly lists: readonly FileList[];
}

export interface Whole {
  readonly records: readonly FileRecord[];
  readonly associations: readonly FileAssociation[];
}

/** Read as it is written, row by row. */
export interface Flowing {
  readonly records: Iterable<FileRecord>;
  readonly associations: Iterable<FileAssociation>;
}
