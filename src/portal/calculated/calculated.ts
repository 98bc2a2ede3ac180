/** What a calculated property is: one file each in this folder, listed in index.ts. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

export interface Calculated {
  readonly property: string;
  /** Whether records of this type have it. */
  appliesTo(type: ObjectTypeFacts): boolean;
  /** The value as it should be now; undefined: none. Called after the record or its links changed. */
  calculate(store: Store, type: ObjectTypeFacts, record: StoredRecord): string | undefined;
}
