/** Named states of a portal that it can go back to and be compared with, at the cost of what changed since. */

import type { RecordRef } from './associations.ts';
import type { BeforeImages } from './before-images.ts';
import { differences, type PortalDiff } from './diff.ts';
import type { Store } from './store.ts';

/** Nobody took a snapshot of that name, or it was dropped, or an older one was restored since. */
export class NoSuchSnapshot extends Error {
  override readonly name = 'NoSuchSnapshot';
  constructor(name: string, names: readonly string[]) {
    const taken = names.length === 0 ? 'none was taken' : `there are ${names.map((n) => JSON.stringify(n)).join(', ')}`;
    super(`There is no snapshot ${JSON.stringify(name)}: ${taken}.`);
  }
}

/**
 * Snapshots live with the portal: in its file, they are there again when it is opened. Until the first one is taken they
 * cost nothing; after that, each row pays once when it is first written after a snapshot.
 */
export interface Snapshots {
  /** Remembers the present under that name; an earlier snapshot of that name is forgotten. */
  take(name: string): void;
  /**
   * The whole portal is as it was, the other resources' tables included. The snapshot stays and can be restored again;
   * those that were taken after it are forgotten. @throws NoSuchSnapshot
   */
  restore(name: string): void;
  /** What is different now: this and nothing else. @throws NoSuchSnapshot */
  diff(name: string): PortalDiff;
  /** In the order in which they were taken. */
  names(): string[];
  /** Forgets a snapshot. @throws NoSuchSnapshot */
  drop(name: string): void;
}

/** `flush` writes what waits; `restored` hears, inside the transaction, that everything in SQLite may be another. */
export function snapshots(
  images: BeforeImages,
  options: { store(): Store; flush(): void; restored(touched: readonly RecordRef[]): void },
): Snapshots {
  const known = (name: string): string => {
    if (!images.has(name)) throw new NoSuchSnapshot(name, images.names());
    return name;
  };
  return {
    take(name) {
      const store = options.store();
      store.transaction(() => {
        // What was written but not calculated yet belongs to the snapshot.
        store.settle();
        options.flush();
        images.mark(name);
      });
    },
    restore(name) {
      options.store().transaction(() => {
        const touched = touchedRecords(images, known(name));
        images.revert(name);
        options.restored(touched);
      });
    },
    diff(name) {
      const store = options.store();
      return store.transaction(() => {
        store.settle();
        options.flush();
        return differences(store, images, known(name));
      });
    },
    names: () => images.names(),
    drop: (name) => options.store().transaction(() => images.drop(known(name))),
  };
}

/** Records that were written or linked since. */
function touchedRecords(images: BeforeImages, name: string): RecordRef[] {
  const touched = new Map<string, RecordRef>();
  const note = (typeId: string, id: number) => {
    const key = `${typeId}/${id}`;
    touched.set(key, { typeId, id: String(id) });
    return key;
  };
  images.touched<{ type_id: string; id: number }>('records', name, (row) => note(row.type_id, row.id));
  images.touched<{ from_type: string; from_id: number; to_type: string; to_id: number }>(
    'associations',
    name,
    (row) => {
      note(row.to_type, row.to_id);
      return note(row.from_type, row.from_id);
    },
  );
  return [...touched.values()];
}
