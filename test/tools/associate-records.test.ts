import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
let ann = '';
let bob = '';
let acme = '';

beforeAll(async () => {
  crm = await connect();
  const { objects, associations } = crm.hubspot;
  const contact = async (email: string) => (await objects.create('contacts', { properties: { email } })).id;
  ann = await contact('ann@acme.test');
  bob = await contact('bob@acme.test');
  acme = (await objects.create('companies', { properties: { name: 'Acme' } })).id;
  await associations.createLabel('contacts', 'companies', { name: 'boss', label: 'Boss' });
  await associations.createLabel('contacts', 'companies', { name: 'buyer', label: 'Buyer', inverseLabel: 'Bought by' });
});
afterAll(() => crm.close());

const associate = (args: Record<string, unknown>) =>
  crm.call('associate_records', { fromObjectType: 'contacts', toObjectType: 'companies', ...args });

/** The labels of a contact's association with Acme; undefined when there is none. */
async function labels(contact: string) {
  const { to } = await crm.hubspot.associations.list('contacts', contact, 'companies');
  const pair = to.find(({ toObjectId }) => toObjectId === acme);
  return pair?.types.flatMap(({ label }) => (label === null ? [] : [label])).sort();
}

describe('associate_records', () => {
  it('associates many pairs in one request', async () => {
    const before = crm.requests.length;
    const { data } = await associate({
      pairs: [
        { from: ann, to: acme },
        { from: 'bob@acme.test', to: acme },
      ],
    });
    expect(data).toMatchObject({
      applied: 2,
      rows: [
        [0, ann, acme],
        [1, bob, acme],
      ],
    });
    expect(crm.requests.slice(before).filter((request) => request.includes('associate/default'))).toHaveLength(1);
    expect(await labels(ann)).toBeDefined();
  });

  it('adds labels by name to those that a pair has', async () => {
    await associate({ pairs: [{ from: ann, to: acme, labels: ['Boss'] }] });
    const had = (await labels(ann)) ?? [];
    expect(had).toContain('Boss');
    await associate({ pairs: [{ from: ann, to: acme, labels: ['buyer'] }] });
    expect(await labels(ann)).toEqual([...had, 'Buyer'].sort());
  });

  it('gives one pair the labels of several rows', async () => {
    await associate({
      pairs: [
        { from: bob, to: acme, labels: ['Boss'] },
        { from: bob, to: acme, labels: ['Buyer'] },
      ],
    });
    expect(await labels(bob)).toEqual(expect.arrayContaining(['Boss', 'Buyer']));
  });

  it('replaces labels when asked to', async () => {
    await associate({ pairs: [{ from: ann, to: acme, labels: ['Boss'] }], replaceLabels: true });
    expect(await labels(ann)).not.toContain('Buyer');
  });

  it('speaks labels in the direction of the call', async () => {
    const { data } = await crm.call('associate_records', {
      fromObjectType: 'companies',
      toObjectType: 'contacts',
      pairs: [{ from: acme, to: ann, labels: ['Bought by'] }],
    });
    expect(data).toMatchObject({ applied: 1 });
    expect(await labels(ann)).toContain('Buyer');
  });

  it('names an unknown label with those there are, and associates the others', async () => {
    const { data, isError } = await associate({
      pairs: [
        { from: ann, to: acme, labels: ['Bos'] },
        { from: ann, to: '404' },
        { from: ann, to: acme },
      ],
    });
    expect(isError).toBe(false);
    expect(data).toMatchObject({
      applied: 1,
      failed: [
        { index: 0, code: 'unknown_association_label', sent: false },
        { index: 1, code: 'not_found', message: expect.stringContaining('COMPANY=404 is not valid') },
      ],
    });
  });

  it('refuses types that HubSpot does not associate, before any request', async () => {
    const before = crm.requests.length;
    const { error } = await associate({ toObjectType: 'products', pairs: [{ from: ann, to: '1' }] });
    expect(error).toMatchObject({ code: 'not_possible' });
    expect(crm.requests.length).toBe(before);
  });

  it('sends nothing but reads with dryRun', async () => {
    const had = await labels(bob);
    await associate({ pairs: [{ from: bob, to: acme, labels: ['Boss'] }], replaceLabels: true, dryRun: true });
    expect(await labels(bob)).toEqual(had);
  });
});
