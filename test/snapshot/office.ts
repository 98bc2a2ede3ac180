/** A portal, and copies of it as processes of their own make them. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/clock.ts';
import { createCrm, type ObjectType } from '../../src/crm/index.ts';
import { textAt, valueAt } from '../../src/enrich/table.ts';
import { openSnapshot, type Snapshot, type SnapshotOptions } from '../../src/snapshot/index.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';

export const HOUR = 3_600_000;
export const names = { properties: ['firstname', 'lastname'] };

export type Office = Awaited<ReturnType<typeof openOffice>>;

export async function openOffice(options: HarnessOptions = {}) {
  const time = { ahead: 0 };
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + time.ahead };
  const connection: Connection = await connect({ clock, ...options });
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
  const copies: Snapshot[] = [];
  const { hubspot, requests } = connection;
  return {
    ...connection,
    clock,
    folder,
    /** As a process of its own. */
    copy(more: Partial<SnapshotOptions> = {}): Snapshot {
      const owner = `process ${copies.length}`;
      const opened = openSnapshot({ folder, hubspot, clock, owner, log: () => undefined, ...more });
      copies.push(opened);
      return opened;
    },
    contacts: () => createCrm({ hubspot, clock }).objectTypes.resolve('contacts'),
    pass(ms: number) {
      time.ahead += ms;
    },
    async make(count: number): Promise<readonly string[]> {
      const inputs = Array.from({ length: count }, (_, i) => ({
        properties: { firstname: `First ${i}`, lastname: 'Last', email: `person${i}@acme.example` },
      }));
      const rows = await hubspot.objects.batchCreate('contacts', inputs);
      return rows.flatMap((row) => (row.outcome === 'applied' ? row.value.id : []));
    },
    define: (name: string) =>
      hubspot.properties.create('contacts', {
        name,
        label: name,
        groupName: 'contactinformation',
        type: 'string',
        fieldType: 'text',
      }),
    /** Pages of the list that were asked for. */
    async pagesOf(work: () => Promise<unknown>): Promise<number> {
      const before = requests.length;
      await work();
      return requests.slice(before).filter((request) => request === 'GET /crm/objects/2026-09/0-1').length;
    },
    async close() {
      for (const copy of copies) await copy.close();
      await connection.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a copy has of one property, by id. */
export async function valuesOf(
  copy: Snapshot,
  type: ObjectType,
  property: string,
): Promise<ReadonlyMap<string, string>> {
  const table = await copy.table(type, [property]);
  return new Map(
    Array.from({ length: table.rows }, (_, row) => [textAt(table.ids, row), valueAt(table, property, row)]),
  );
}
