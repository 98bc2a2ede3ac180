/** What is different in a portal since a snapshot, in HubSpot's names, so that a test can say "this and nothing else". */

import type { AssociationCategory } from './association-types.ts';
import type { BeforeImages } from './before-images.ts';
import { definitionDifferences, memberDifferences, otherDifferences } from './diff-definitions.ts';
import { associationDifferences, recordDifferences } from './diff-records.ts';
import type { Store } from './store.ts';

/** `objectType` is the plural name, or a custom object's fully qualified one. */
export interface DiffRecord {
  readonly objectType: string;
  readonly id: string;
}

/** Null where there was or is no value. */
export interface Difference<T = string | null> {
  readonly before: T;
  readonly after: T;
}

export interface DiffValues extends DiffRecord {
  /** Those that changed. */
  readonly properties: Readonly<Record<string, Difference>>;
}

/** A pair of records. Both directions are written together: it is told once, from the type with the lower id. */
export interface DiffAssociation {
  readonly from: DiffRecord;
  readonly to: DiffRecord;
  readonly category: AssociationCategory;
  readonly typeId: number;
  /** Null for the unlabelled type. */
  readonly label: string | null;
}

export interface DiffDefinition {
  /** Absent for what belongs to the whole portal; `contacts/companies` for an association label. */
  readonly objectType?: string;
  readonly name: string;
}

export interface DiffDefinitions {
  readonly added: readonly (DiffDefinition & { readonly definition: unknown })[];
  /** The members that changed. */
  readonly changed: readonly (DiffDefinition & { readonly changes: Readonly<Record<string, Difference<unknown>>> })[];
  readonly removed: readonly (DiffDefinition & { readonly definition: unknown })[];
}

/** Every list is sorted, and empty where nothing happened. What changed and was changed back is not told. */
export interface PortalDiff {
  readonly records: {
    /** With the values that it got; those of calculated and other read-only properties are in `calculated`. */
    readonly created: readonly (DiffRecord & { readonly properties: Readonly<Record<string, string>> })[];
    /** Only records of which a written value changed. */
    readonly updated: readonly DiffValues[];
    readonly archived: readonly DiffRecord[];
    readonly restored: readonly DiffRecord[];
    /** Gone into the record that their id means now. */
    readonly merged: readonly (DiffRecord & { readonly into: string })[];
    /** For good. */
    readonly deleted: readonly DiffRecord[];
    /** What followed from all this: read-only and calculated values and the date of modification, of new records too. */
    readonly calculated: readonly DiffValues[];
  };
  readonly associations: { readonly added: readonly DiffAssociation[]; readonly removed: readonly DiffAssociation[] };
  readonly lists: DiffDefinitions & {
    readonly members: readonly { readonly listId: string; readonly added: string[]; readonly removed: string[] }[];
  };
  /** By kind (`properties`, `pipelines`, `associationLabels`, `owners`…); a kind of which nothing changed is absent. */
  readonly definitions: Readonly<Record<string, DiffDefinitions>>;
  /** How many rows of other resources' own tables came, changed and went; a table of which none did is absent. */
  readonly others: Readonly<Record<string, { added: number; changed: number; removed: number }>>;
}

/** `name`: a mark of `images`. */
export function differences(store: Store, images: BeforeImages, name: string): PortalDiff {
  const { list: lists, ...definitions } = definitionDifferences(store, images, name);
  return {
    records: recordDifferences(store, images, name),
    associations: associationDifferences(store, images, name),
    lists: { ...(lists ?? { added: [], changed: [], removed: [] }), members: memberDifferences(images, name) },
    definitions,
    others: otherDifferences(images, name),
  };
}
