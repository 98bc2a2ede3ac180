import { expect, test } from 'vitest';
import { openAccount } from '../../src/portal/seed/new-account.ts';
import type { RecordRef } from '../../src/portal/store/associations.ts';
import type { Change } from '../../src/portal/store/changes.ts';
import { openStore, PORTAL } from '../../src/portal/store/store.ts';

const open = () => openStore({ nextStep: () => 1 });
const owner = (id: string) => ({
  id,
  email: `${id}@acme.com`,
  firstName: '',
  lastName: '',
  type: 'PERSON' as const,
  userIdIncludingInactive: 1,
  teams: [],
  archived: false,
  createdAt: '2026-11-22T00:00:00Z',
  updatedAt: '2026-11-22T00:00:00Z',
});

test('a transaction that throws leaves no definition, no record and no notice', () => {
  const store = open();
  const noticed: (readonly RecordRef[])[] = [];
  store.onCommit(({ records }) => noticed.push(records));
  store.owners.put(PORTAL, '1', owner('1'));
  const fail = () =>
    store.transaction(() => {
      store.owners.put(PORTAL, '2', owner('2'));
      store.owners.delete(PORTAL, '1');
      store.records.insert({ typeId: '0-1', properties: {}, createdAt: 0 });
      throw new Error('no');
    });
  expect(fail).toThrow('no');
  expect(store.owners.list(PORTAL).map(({ id }) => id)).toEqual(['1']);
  expect(store.records.count('0-1')).toBe(0);

  const kept = store.transaction(() => {
    const record = store.records.insert({ typeId: '0-1', properties: {}, createdAt: 0 });
    expect(fail).toThrow('no');
    return record;
  });
  expect(store.owners.list(PORTAL).map(({ id }) => id)).toEqual(['1']);
  expect(noticed).toEqual([[{ typeId: '0-1', id: kept.id }]]);
  store.close();
});

test('what is settled before a commit may change records in turn', () => {
  const store = open();
  const settled: string[] = [];
  store.beforeCommit((records) => {
    for (const { id, typeId } of records) {
      settled.push(typeId);
      const record = store.records.get(typeId, id);
      // A write in answer to a write: it is settled as well.
      if (record && typeId === '0-1') store.records.insert({ typeId: '0-2', properties: {}, createdAt: 0 });
    }
  });
  store.transaction(() => store.records.insert({ typeId: '0-1', properties: {}, createdAt: 0 }));
  expect(settled).toEqual(['0-1', '0-2']);
  store.close();
});

function say(change: Change): string {
  switch (change.kind) {
    case 'created':
    case 'archived':
    case 'restored':
    case 'erased':
      return `${change.kind} ${change.record.typeId} by ${change.record.source.sourceType}`;
    case 'updated':
      return `updated ${JSON.stringify([change.before.properties, change.after.properties])} by ${change.source.sourceType}`;
    case 'merged':
      return `merged ${change.mergedIds.join()} into ${change.newId}`;
    default:
      return `${change.kind} ${change.from.typeId} ${change.to.typeId} ${change.type.typeId}`;
  }
}

test('a commit tells what it did, in order, each direction of a link once, and what a listener writes after it', () => {
  const store = open();
  store.transaction(() => openAccount(store, 0));
  const told: string[] = [];
  store.onCommit(({ changes }) => {
    if (changes.some(({ kind }) => kind === 'archived')) {
      store.transaction(() => store.records.insert({ typeId: '0-46', properties: {}, createdAt: 0 }));
    }
  });
  store.onCommit(({ changes, restored }) => told.push(...(restored ? ['a snapshot'] : changes.map(say)), 'end'));

  const ids = store.transaction(() => {
    const ada = store.records.insert({ typeId: '0-1', properties: { firstname: 'Ada' }, createdAt: 0 });
    const eve = store.records.update(ada, { firstname: 'Eve' }, 1, { sourceType: 'IMPORT' });
    store.records.derive(eve, new Map([['phone', '1']]), 1);
    const acme = store.records.insert({ typeId: '0-2', properties: {}, createdAt: 0 });
    const pair = [
      { typeId: '0-1', id: ada.id },
      { typeId: '0-2', id: acme.id },
    ] as const;
    store.associations.link(...pair);
    store.associations.link(...pair);
    store.associations.unlink(...pair);
    return { ada: ada.id, acme: acme.id };
  });
  expect(told.splice(0)).toEqual([
    'created 0-1 by INTEGRATION',
    'updated [{"firstname":"Ada"},{"firstname":"Eve"}] by IMPORT',
    'updated [{"firstname":"Eve"},{"firstname":"Eve","phone":"1"}] by CALCULATED',
    'created 0-2 by INTEGRATION',
    'linked 0-1 0-2 279',
    'linked 0-2 0-1 280',
    'unlinked 0-1 0-2 279',
    'unlinked 0-2 0-1 280',
    'end',
  ]);

  store.snapshots.take('before');
  const record = (typeId: string, id: string) => {
    const found = store.records.get(typeId, id);
    if (!found) throw new Error(`There is no ${typeId} ${id}.`);
    return found;
  };
  store.transaction(() => store.records.archive(record('0-1', ids.ada), 2));
  expect(told.splice(0)).toEqual(['archived 0-1 by INTEGRATION', 'end', 'created 0-46 by INTEGRATION', 'end']);
  store.transaction(() => store.records.restore(record('0-1', ids.ada), 3));
  store.transaction(() => store.records.erase(record('0-2', ids.acme)));
  expect(told.splice(0)).toEqual(['restored 0-1 by INTEGRATION', 'end', 'erased 0-2 by INTEGRATION', 'end']);
  expect(store.records.nextId('0-2')).not.toBe(ids.acme);

  store.snapshots.restore('before');
  expect(told.splice(0)).toEqual(['a snapshot', 'end']);
  store.close();
});
