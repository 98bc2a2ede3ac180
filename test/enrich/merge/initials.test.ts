import { expect, it } from 'vitest';
import { planMerge } from '../../../src/enrich/merge/plan.ts';
import type { RecordNow } from '../../../src/enrich/merge/types.ts';

const record = (id: string, firstname: string, at: number): RecordNow => ({
  id,
  properties: { firstname },
  sources: { firstname: { at, type: 'CRM_UI' } },
  createdAt: 0,
  associations: {},
  openDeals: 0,
  wonDeals: 0,
});

it('A plan of a merge keeps a name in full, though an initial came later', () => {
  const { fields } = planMerge({
    portalId: 1,
    objectType: 'contacts',
    records: [record('1', 'A.', 2), record('2', 'Amy', 1)],
    properties: [{ name: 'firstname', kind: 'text', writable: true, hubspots: false, unique: false, order: [] }],
  });
  expect(fields).toMatchObject([{ property: 'firstname', keep: 'Amy', rule: 'in full over an initial' }]);
});
