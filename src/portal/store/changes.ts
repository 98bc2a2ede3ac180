/** What a commit did: for whoever follows the portal's writes (search, lists, webhooks, workflows, the clock). */

import type { AssociationTypeId } from './association-types.ts';
import type { RecordRef } from './associations.ts';
import type { ChangeSource } from './history.ts';
import type { StoredRecord } from './records.ts';

/** Two records that became one. */
export interface Merge {
  readonly typeId: string;
  readonly primaryId: string;
  readonly mergedIds: readonly string[];
  /** The id that they live on under: the primary one's, or a new one. */
  readonly newId: string;
  /** How many values came from the records that were merged into the primary one. */
  readonly movedProperties: number;
}

/**
 * One step of a commit. Who made it is `record.source` for a new record and `source` for values; what was calculated has
 * `calculatedSource`. A merge says itself which records are gone: it comes with no `archived` of theirs.
 */
export type Change =
  | { readonly kind: 'created'; readonly record: StoredRecord }
  | {
      readonly kind: 'updated';
      readonly before: StoredRecord;
      readonly after: StoredRecord;
      readonly source: ChangeSource;
    }
  | { readonly kind: 'archived'; readonly record: StoredRecord; readonly before: StoredRecord }
  | { readonly kind: 'restored'; readonly record: StoredRecord }
  /** For good, with its history (GDPR). */
  | { readonly kind: 'erased'; readonly record: StoredRecord }
  /** `ended`: the records whose ids mean another one from now on, as they last were. */
  | ({ readonly kind: 'merged'; readonly ended: readonly StoredRecord[] } & Merge)
  /** Each direction once, and only where a type came to a pair that it did not have, or went. */
  | {
      readonly kind: 'linked' | 'unlinked';
      readonly from: RecordRef;
      readonly to: RecordRef;
      readonly type: AssociationTypeId;
    };

export interface Commit {
  /** Every record whose values or links changed, once. */
  readonly records: readonly RecordRef[];
  /** On whose behalf; what sets values says that by itself, and may be another (see {@link Change}). */
  readonly by: ChangeSource;
  /** In order. None where a snapshot was restored: nobody wrote that. */
  readonly changes: readonly Change[];
  /**
   * A snapshot was restored, and with it everything in SQLite: definitions and the tables of other resources too.
   * Whoever keeps something in memory that is not a record must read it anew.
   */
  readonly restored: boolean;
}
