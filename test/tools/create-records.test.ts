import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/writes/index.ts';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
let ann = '';

beforeAll(async () => {
  crm = await connect();
  ann = (await crm.hubspot.objects.create('contacts', { properties: { email: 'ann@acme.test', firstname: 'Ann' } })).id;
});
afterAll(() => crm.close());

const create = (args: Record<string, unknown>) => crm.call('create_records', args);
const idsOf = (data: unknown) => writeReport.parse(data).rows.map(([, id]) => String(id));
const batches = () => crm.requests.filter((request) => request.endsWith('/batch/create')).length;

describe('create_records', () => {
  it('creates many records with their associations in one request', async () => {
    const before = batches();
    const { data } = await create({
      objectType: 'companies',
      records: [
        { properties: { name: 'Acme' }, associations: [{ toObjectType: 'contact', to: ann }] },
        {
          properties: { name: 'Bolt' },
          associations: [{ toObjectType: 'contacts', to: { idProperty: 'email', value: 'ann@acme.test' } }],
        },
      ],
    });
    expect(data).toMatchObject({ applied: 2, columns: ['index', 'id'], failed: [], unknown: [] });
    expect(batches()).toBe(before + 1);
    const linked = await crm.hubspot.associations.list('contacts', ann, 'companies');
    expect(linked.to.map((each) => each.toObjectId).sort()).toEqual(idsOf(data).sort());
  });

  it('takes labels, numbers and local dates as people say them', async () => {
    const { data } = await create({
      objectType: 'deals',
      records: [{ properties: { dealname: 'Big', amount: 1200.5, dealstage: 'Closed won', closedate: '2026-12-01' } }],
    });
    const [id = ''] = idsOf(data);
    const { properties } = await crm.hubspot.objects.get('deals', id, {
      properties: ['amount', 'dealstage', 'pipeline'],
    });
    expect(properties).toMatchObject({ amount: '1200.5', dealstage: 'closedwon', pipeline: 'default' });
  });

  it('names a bad row with the nearest property or the allowed options, and creates the others', async () => {
    const { data, isError } = await create({
      objectType: 'contacts',
      records: [
        { properties: { emial: 'x@acme.test' } },
        { properties: { email: 'good@acme.test' } },
        { properties: { email: 'y@acme.test', lifecyclestage: 'Best friend' } },
        {
          properties: { email: 'z@acme.test' },
          associations: [{ toObjectType: 'companies', to: { idProperty: 'hs_object_id', value: '404' } }],
        },
      ],
    });
    expect(isError).toBe(false);
    expect(data).toMatchObject({
      applied: 1,
      rows: [[1, expect.any(String)]],
      failed: [
        { index: 0, sent: false, code: 'unknown_property', property: 'emial', nearest: ['email'] },
        {
          index: 2,
          sent: false,
          property: 'lifecyclestage',
          allowed: expect.arrayContaining([expect.stringContaining('lead')]),
        },
        { index: 3, sent: false, code: 'not_found', message: expect.stringContaining('company') },
      ],
    });
  });

  it('answers a taken e-mail with the record that has it, and says to update instead', async () => {
    const { data, isError } = await create({
      objectType: 'contacts',
      records: [{ properties: { email: 'ann@acme.test' } }, { properties: { email: 'new@acme.test' } }],
    });
    expect(isError).toBe(false);
    expect(data).toMatchObject({
      applied: 1,
      failed: [
        { index: 0, sent: true, code: 'conflict', existingId: ann, next: expect.stringContaining('update_records') },
      ],
    });
  });

  it('names the required properties that were not set', async () => {
    const { data } = await create({ objectType: 'tickets', records: [{ properties: { content: 'Help' } }] });
    expect(data).toMatchObject({ failed: [{ message: expect.stringContaining('hs_pipeline_stage') }] });
  });

  it('is an error only when every row failed', async () => {
    const { isError } = await create({ objectType: 'contacts', records: [{ properties: { email: 'ann@acme.test' } }] });
    expect(isError).toBe(true);
  });

  it('shows with dryRun what it would do, by the same checks, and sends nothing but reads', async () => {
    const sent = crm.requests.length;
    const { data } = await create({
      objectType: 'contacts',
      records: [
        { properties: { email: 'dry@acme.test', lifecyclestage: 'Lead' } },
        { properties: { nope: 1 } },
        { properties: { email: 'ann@acme.test' } },
        { properties: { city: 'Ulm' }, associations: [{ toObjectType: 'companies', to: '404' }] },
      ],
      dryRun: true,
    });
    expect(data).toMatchObject({
      dryRun: true,
      applied: 0,
      columns: ['index', 'action', 'property', 'after'],
      rows: [
        [0, 'create', 'email', 'dry@acme.test'],
        [0, 'create', 'lifecyclestage', 'lead'],
      ],
      failed: [
        { index: 1, code: 'unknown_property' },
        { index: 2, code: 'conflict', existingId: ann, sent: false },
        { index: 3, code: 'not_found' },
      ],
    });
    expect(crm.requests.slice(sent).filter((request) => !/^GET|batch\/read$/.test(request))).toEqual([]);
  });

  it('writes once for one idempotencyKey', async () => {
    const args = { objectType: 'companies', records: [{ properties: { name: 'Once' } }], idempotencyKey: 'once' };
    const first = await create(args);
    const before = batches();
    const again = await create(args);
    expect(again.data).toEqual({ ...first.data, replayed: true });
    const other = await create({ ...args, records: [{ properties: { name: 'Twice' } }] });
    expect(other.error).toMatchObject({ code: 'idempotency_mismatch' });
    expect(batches()).toBe(before);
  });

  it('refuses object types that cannot be created, and unknown ones, before any request', async () => {
    const sent = crm.requests.length;
    const { error } = await create({ objectType: 'feedback_submissions', records: [{ properties: { x: 1 } }] });
    expect(error).toMatchObject({ code: 'not_possible' });
    expect(crm.requests.length).toBe(sent);
  });
});
