import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
let ann = '';
let bob = '';

beforeAll(async () => {
  crm = await connect();
  const { objects } = crm.hubspot;
  const make = async (properties: Record<string, string>) => (await objects.create('contacts', { properties })).id;
  ann = await make({ email: 'ann@acme.test', firstname: 'Ann', jobtitle: 'Intern' });
  bob = await make({ email: 'bob@acme.test' });
});
afterAll(() => crm.close());

const update = (args: Record<string, unknown>) => crm.call('update_records', { objectType: 'contacts', ...args });
const held = async (id: string, property: string) =>
  (await crm.hubspot.objects.get('contacts', id, { properties: [property] })).properties[property];

const stage = (label: string) => ({ label, displayOrder: 0, metadata: { probability: '0.5' } });

describe('update_records', () => {
  it('changes records by id, by e-mail and by unique property, in one request', async () => {
    const before = crm.requests.length;
    const { data } = await update({
      records: [
        { id: ann, properties: { jobtitle: 'Chief' } },
        { id: { idProperty: 'email', value: 'bob@acme.test' }, properties: { 'First Name': 'Bob' } },
      ],
    });
    expect(data).toMatchObject({
      applied: 2,
      rows: [
        [0, ann],
        [1, bob],
      ],
      failed: [],
    });
    expect(data['differences']).toBeUndefined();
    expect([await held(ann, 'jobtitle'), await held(bob, 'firstname')]).toEqual(['Chief', 'Bob']);
    expect(crm.requests.slice(before).filter((request) => request.endsWith('batch/update'))).toHaveLength(1);
  });

  it('clears a value with an empty text', async () => {
    await update({ records: [{ id: bob, properties: { firstname: '' } }] });
    expect(await held(bob, 'firstname')).toBeFalsy();
  });

  it('fills only gaps with onlyIfEmpty, and says what it kept', async () => {
    const { data } = await update({
      onlyIfEmpty: true,
      records: [
        { id: ann, properties: { firstname: 'Anna', lastname: 'Lee' } },
        { id: 'ann@acme.test', properties: { firstname: 'Anna' } },
        { id: bob, properties: { email: 'other@acme.test' } },
      ],
    });
    expect(data).toMatchObject({
      applied: 1,
      unchanged: 1,
      rows: [[0, ann]],
      differences: [
        { index: 0, id: ann, property: 'firstname', asked: 'Anna', found: 'Ann' },
        { index: 2, id: bob, property: 'email', asked: 'other@acme.test', found: 'bob@acme.test' },
      ],
      failed: [{ index: 1, code: 'repeated_record' }],
    });
    expect([await held(ann, 'firstname'), await held(ann, 'lastname')]).toEqual(['Ann', 'Lee']);
  });

  it('finds nothing wrong in filling gaps that are filled already', async () => {
    const before = crm.requests.length;
    const { data, isError } = await update({
      onlyIfEmpty: true,
      records: [{ id: ann, properties: { firstname: 'Ann', lastname: 'Lee' } }],
    });
    expect(data).toMatchObject({ applied: 0, unchanged: 1, failed: [], unknown: [] });
    expect(data['differences']).toBeUndefined();
    expect(isError).toBeFalsy();
    expect(crm.requests.slice(before).filter((request) => request.endsWith('batch/update'))).toEqual([]);
  });

  it('refuses a row whose record no longer holds what was expected', async () => {
    const { data } = await update({
      records: [
        { id: ann, properties: { jobtitle: 'CEO' }, expected: { jobtitle: 'Intern' } },
        { id: bob, properties: { jobtitle: 'CTO' }, expected: { jobtitle: '', email: 'BOB@acme.test' } },
      ],
    });
    expect(data).toMatchObject({
      applied: 1,
      rows: [[1, bob]],
      failed: [{ index: 0, code: 'unexpected_value', property: 'jobtitle', message: expect.stringContaining('Chief') }],
    });
    expect(await held(ann, 'jobtitle')).toBe('Chief');
  });

  it('takes expected values of properties that only HubSpot writes', async () => {
    const createdate = await held(ann, 'createdate');
    const { data } = await update({ records: [{ id: ann, properties: { city: 'Ulm' }, expected: { createdate } }] });
    expect(data).toMatchObject({ applied: 1 });
  });

  it('shows with dryRun the values before and after', async () => {
    const { data } = await update({
      dryRun: true,
      records: [
        { id: ann, properties: { jobtitle: 'Clerk' } },
        { id: '404', properties: { jobtitle: 'Clerk' } },
      ],
    });
    expect(data).toMatchObject({
      dryRun: true,
      columns: ['index', 'action', 'id', 'property', 'before', 'after'],
      rows: [[0, 'update', ann, 'jobtitle', 'Chief', 'Clerk']],
      failed: [{ index: 1, id: '404', code: 'not_found' }],
    });
    expect(await held(ann, 'jobtitle')).toBe('Chief');
  });

  it('leaves out with dryRun what would stay as it is, and says nothing false of a pipeline', async () => {
    const { id } = await crm.hubspot.objects.create('deals', {
      properties: { dealname: 'Dry', amount: '10.0', pipeline: 'default', dealstage: 'qualifiedtobuy' },
    });
    const dry = (properties: Record<string, unknown>) =>
      update({ objectType: 'deals', dryRun: true, records: [{ id, properties }] });
    expect((await dry({ dealstage: 'Closed Won', amount: 10 })).data).toMatchObject({
      rows: [[0, 'update', id, 'dealstage', 'qualifiedtobuy', 'closedwon']],
    });
    const { data } = await dry({ dealname: 'Dry', dealstage: 'qualifiedtobuy' });
    expect(data).toMatchObject({ rows: [], unchanged: 1, failed: [] });
    expect((await dry({ dealname: 'DRY' })).data).toMatchObject({
      rows: [[0, 'update', id, 'dealname', 'Dry', 'DRY']],
    });
  });

  it('cuts long values with dryRun, and refuses those that HubSpot would', async () => {
    const long = 'x'.repeat(70_000);
    const { data } = await update({
      dryRun: true,
      records: [
        { id: ann, properties: { message: long.slice(0, 60_000) } },
        { id: bob, properties: { message: long } },
      ],
    });
    expect(data).toMatchObject({
      rows: [[0, 'update', ann, 'message', null, `${'x'.repeat(200)}…[+59800]`]],
      failed: [{ index: 1, code: 'too_long', property: 'message', message: expect.stringContaining('65536') }],
    });
  });

  it('says in few words what many rows have in common', async () => {
    const records = Array.from({ length: 200 }, (_, n) => ({
      id: n % 2 ? ann : String(900_000 + n),
      properties: { jobtitle: 'Same' },
    }));
    const { data, text } = await update({ dryRun: true, records });
    expect(data['failed']).toHaveLength(199);
    expect(data['failed']).toMatchObject(
      [
        { index: 0, message: expect.stringContaining('There is no contact "900000"') },
        { index: 2, message: 'As index 0, but "900002".' },
        { index: 3, code: 'repeated_record', message: expect.stringContaining('The row at index 1') },
        { index: 4 },
        { index: 5, message: 'As index 3.' },
      ].concat(Array.from({ length: 194 }, () => expect.anything())),
    );
    expect(text.length / 199).toBeLessThan(130);
  });

  it('names records that do not exist and changes the others', async () => {
    const { data, isError } = await update({
      records: [
        { id: '404', properties: { jobtitle: 'A' } },
        { id: bob, properties: { jobtitle: 'B' } },
        { id: { idProperty: 'firstname', value: 'Ann' }, properties: { jobtitle: 'C' } },
        { id: 'nobody@acme.test', properties: { jobtitle: 'D' } },
      ],
    });
    expect(isError).toBe(false);
    expect(data).toMatchObject({
      applied: 1,
      rows: [[1, bob]],
      failed: [
        { index: 0, id: '404', code: 'not_found' },
        { index: 2, code: 'not_unique', property: 'firstname' },
        { index: 3, id: 'nobody@acme.test', code: 'not_found' },
      ],
    });
  });

  it('looks a stage label up in the pipeline of each record', async () => {
    const { pipelines, objects } = crm.hubspot;
    const renewals = await pipelines.create('deals', {
      label: 'Renewals',
      displayOrder: 1,
      stages: [stage('Contract sent'), { ...stage('Open'), displayOrder: 1 }],
    });
    const [own, open] = renewals.stages.map(({ id }) => id);
    const deal = async (pipeline: string, dealstage: string) =>
      (await objects.create('deals', { properties: { dealname: 'D', pipeline, dealstage } })).id;
    const ids = [await deal('default', 'appointmentscheduled'), await deal(renewals.id, open ?? '')];
    const before = crm.requests.length;
    const { data } = await update({
      objectType: 'deals',
      records: ids.map((id) => ({ id, properties: { dealstage: 'Contract sent' } })),
    });
    expect(data).toMatchObject({ applied: 2 });
    expect(crm.requests.slice(before).filter((request) => request.endsWith('batch/read'))).toHaveLength(1);
    const stages = await objects.batchRead('deals', ids, { properties: ['dealstage'] });
    expect(stages.map((row) => row.outcome === 'applied' && row.value.properties['dealstage'])).toEqual([
      'contractsent',
      own,
    ]);
  });
});
