import { expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import { connect } from '../harness.ts';

const said = (firstname: string) => ({
  objectType: 'contacts',
  idProperty: 'email',
  records: [1, 2, 3].map((row) => ({ properties: { email: `a${row}@acme.test`, firstname } })),
});

it('A large write is refused until the journal holds the same one from a sandbox', async () => {
  const journal = createJournal({ disk: memoryDisk(), clock: systemClock, random: seededRandom(3) });
  const sandboxId = 48213907;
  const policy = { sandboxFirst: { rowsAbove: 2, sandboxes: [sandboxId] } };
  const production = await connect({ journal, policy, kind: 'STANDARD', portalId: 1 });
  const sandbox = await connect({ journal, policy, kind: 'SANDBOX', portalId: sandboxId });

  const early = await production.call('upsert_records', said('Ann'));
  expect(early.error).toMatchObject({ code: 'sandbox_first' });
  expect(production.requests.filter((request) => request.includes('upsert'))).toEqual([]);

  expect((await sandbox.call('upsert_records', said('Ann'))).data['applied']).toBe(3);
  expect((await production.call('upsert_records', said('Bob'))).error['code']).toBe('sandbox_first');
  expect((await production.call('upsert_records', said('Ann'))).data['applied']).toBe(3);
  const other = await connect({ journal, policy, kind: 'SANDBOX', portalId: 7 });
  expect((await other.call('upsert_records', said('Cid'))).data['applied']).toBe(3);
  expect((await production.call('upsert_records', said('Cid'))).error['code']).toBe('sandbox_first');
  await other.close();
  await production.close();
  await sandbox.close();
});
