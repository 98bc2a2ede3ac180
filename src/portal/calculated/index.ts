/** Keeps calculated properties right: recalculates them for every record that was written or linked. */

import type { Store } from '../store/store.ts';
import { associatedCounts } from './associated-counts.ts';
import type { Calculated } from './calculated.ts';
import { isClosed, isClosedWon } from './closed.ts';
import { primaryCompany } from './primary-company.ts';

const all: readonly Calculated[] = [isClosed, isClosedWon, ...associatedCounts, ...primaryCompany];

/** From now on the store calculates. A calculation changes neither the time of modification nor the history. */
export function calculate(store: Store): void {
  store.beforeCommit((records) => {
    for (const { typeId, id } of records) {
      const type = store.objectType(typeId);
      const applicable = type ? all.filter((calculated) => calculated.appliesTo(type)) : [];
      const record = applicable.length > 0 ? store.records.get(typeId, id) : undefined;
      if (!type || !record || record.id !== id) continue;
      const changes: Record<string, string | undefined> = {};
      for (const calculated of applicable) {
        const value = calculated.calculate(store, type, record);
        if (value !== record.properties[calculated.property]) changes[calculated.property] = value;
      }
      if (Object.keys(changes).length > 0) store.records.derive(record, changes);
    }
  });
}
