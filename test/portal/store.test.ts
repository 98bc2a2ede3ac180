import { expect, test } from 'vitest';
import type { RecordRef } from '../../src/portal/store/associations.ts';
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
