import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
let ann = '';
let bob = '';

const open = async (options: Parameters<typeof connect>[0]) => {
  crm = await connect(options);
  const make = async (email: string) => (await crm.hubspot.objects.create('contacts', { properties: { email } })).id;
  ann = await make('ann@acme.test');
  bob = await make('bob@acme.test');
};
beforeEach(() => open({}));
afterEach(() => crm.close());

const archive = (args: Record<string, unknown>) => crm.call('archive_records', { objectType: 'contacts', ...args });
const exists = async (id: string) => (await crm.hubspot.objects.batchRead('contacts', [id]))[0]?.outcome === 'applied';

describe('archive_records', () => {
  it('archives by id and e-mail, and says who can bring them back', async () => {
    const { data, text } = await archive({ ids: [ann, 'bob@acme.test'] });
    expect(data).toMatchObject({
      applied: 2,
      rows: [
        [0, ann],
        [1, bob],
      ],
    });
    expect(text).toContain('90 days');
    expect([await exists(ann), await exists(bob)]).toEqual([false, false]);
  });

  it('archives nothing for ids of records that are not there, or that were merged into another', async () => {
    const merged = await crm.hubspot.objects.merge('contacts', ann, bob);
    expect([ann, bob]).not.toContain(merged.id);
    const { data, isError } = await archive({ ids: ['404', bob] });
    expect(isError).toBe(true);
    expect(data).toMatchObject({
      applied: 0,
      failed: [
        { index: 0, id: '404', sent: false, code: 'not_found' },
        { index: 1, id: bob, sent: false, code: 'merged', candidates: [{ id: merged.id, label: expect.any(String) }] },
      ],
    });
    expect(await exists(merged.id)).toBe(true);
  });

  it('leaves what is archived already as it is, so that asking again is no failure', async () => {
    await archive({ ids: [ann] });
    const { data, isError } = await archive({ ids: [ann, bob] });
    expect(isError).toBe(false);
    expect(data).toMatchObject({ applied: 1, unchanged: 1, rows: [[1, bob]], failed: [] });
  });

  it('says of no record that it is not there before it was looked for among the archived', async () => {
    await archive({ ids: [ann] });
    crm.portal.control.faults.add({ kind: '500', path: '/crm/**/batch/read', nth: 2, count: 10 });
    const { data, error } = await archive({ ids: [ann] });
    expect(JSON.stringify({ data, error })).not.toContain('There is no contact');
    expect(JSON.stringify({ data, error })).toContain('"retryable":true');
  });

  it('shows with dryRun which records they are, and archives none', async () => {
    const { data } = await archive({ ids: [ann, '404', ann], dryRun: true });
    expect(data).toMatchObject({
      dryRun: true,
      rows: [[0, 'archive', ann, 'ann@acme.test']],
      failed: [
        { index: 1, id: '404', code: 'not_found' },
        { index: 2, code: 'repeated_record' },
      ],
    });
    expect(await exists(ann)).toBe(true);
  });

  it('needs the yes of a person, but not for a dry run', async () => {
    await crm.close();
    await open({
      approve: 'decline',
      scopes: ['crm.objects.contacts.read', 'crm.objects.contacts.write', 'crm.schemas.contacts.read'],
    });
    expect((await archive({ ids: [ann] })).error).toMatchObject({ code: 'approval_declined' });
    expect((await archive({ ids: [ann], dryRun: true })).data).toMatchObject({ dryRun: true });
    expect(crm.questions).toHaveLength(1);
    expect(await exists(ann)).toBe(true);
  });
});
