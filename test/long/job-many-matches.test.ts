import { afterEach, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { contacts, histories, inUlm, jobIn, previewed, tally } from '../jobs/office.ts';

let crm: Connection;
afterEach(() => crm.close());

const COUNT = 10_150;

it('A job about more matches than HubSpot pages through writes every one of them once', async () => {
  const policy = { approval: { unasked: ['bulk' as const] } };
  crm = await connect({ policy, config: { deadlineMs: 600_000 } });
  const ids = await contacts(crm, COUNT);
  const move = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };
  const { preview, args } = await previewed(crm, 'update_records', move);
  expect(preview).toMatchObject({ matches: COUNT, checked: 100, calls: { searches: 51, writes: 102 } });
  const spent = crm.requests.length;
  const { data } = await crm.call('update_records', args);
  expect(jobIn(data)).toMatchObject({ status: 'done', total: COUNT, applied: COUNT, failed: 0 });
  expect(crm.requests.slice(spent).filter((request) => request.endsWith('/search')).length).toBeLessThanOrEqual(53);
  expect(await tally(crm, 'city')).toEqual({ Bonn: COUNT });
  expect(await histories(crm, ids, 'city')).toEqual(new Set(['Bonn < Ulm']));
}, 600_000);

it('A search whose filters leave no room for paging further writes nothing when too many match', async () => {
  const policy = { approval: { unasked: ['bulk' as const] } };
  crm = await connect({ policy, config: { deadlineMs: 600_000 } });
  await contacts(crm, 10_001);
  const filters = Array.from({ length: 6 }, (_, n) => ({ propertyName: 'city', operator: 'NEQ', value: `Not ${n}` }));
  const said = { objectType: 'contacts', filterGroups: [{ filters }], properties: { city: 'Bonn' } };
  const { args } = await previewed(crm, 'update_records', said);
  const { data } = await crm.call('update_records', args);
  expect(jobIn(data)).toMatchObject({ applied: 0, reason: { code: 'too_many_matches' } });
  expect(await tally(crm, 'city')).toEqual({ Ulm: 10_001 });
}, 600_000);
