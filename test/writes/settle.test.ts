import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/portal/faults/fault.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { type Connection, connect } from '../harness.ts';

/** What became of writes whose answer was lost, on a portal that breaks them. */
let clock: FakeClock;
let crm: Connection;

beforeEach(async () => {
  clock = fakeClock({ patient: true });
  crm = await connect({
    clock,
    policy: { approval: { unasked: ['archive', 'definition'] } },
    config: { deadlineMs: 30_000 },
  });
  // What is loaded with the first call takes real time, which fake time must not overtake.
  await crm.toolbox.call('list_object_types', {});
});
afterEach(() => crm.close());

function break_(kind: FaultKind, path: string, count: number | 'always' = 1): void {
  crm.portal.control.faults.add({ kind, path, count });
}

async function call(name: string, args: Record<string, unknown>) {
  const outcome = await clock.settle(crm.toolbox.call(name, args));
  return outcome.ok ? outcome.data : { error: outcome.error };
}

const create = '/crm/objects/*/*/batch/create';
const count = async (type: string) => (await crm.hubspot.objects.list(type, { limit: 100 })).results.length;
const contact = (email: string, more = {}) => ({
  objectType: 'contacts',
  records: [{ properties: { email, firstname: 'Ann', ...more } }],
});

async function seedContact(email = 'bob@acme.test', properties = {}): Promise<string> {
  const { id } = await crm.hubspot.objects.create('contacts', { properties: { email, city: 'Ulm', ...properties } });
  return id;
}

describe('a create with a unique value', () => {
  it.each(['apply-then-502', 'apply-then-reset', 'apply-then-hang', '503', 'drop'] as const)(
    'is there once after %s, and said to be',
    async (kind) => {
      break_(kind, create);
      expect(await call('create_records', contact('ann@acme.test'))).toMatchObject({ applied: 1, unknown: [] });
      expect(await count('contacts')).toBe(1);
    },
  );

  it('is not taken for ours when somebody had the value before', async () => {
    const id = await seedContact('ann@acme.test');
    await clock.advance(3_600_000);
    break_('apply-then-502', create);
    const report = await call('create_records', contact('ann@acme.test'));
    expect(report).toMatchObject({ applied: 0, unknown: [], failed: [{ code: 'conflict', existingId: id }] });
    expect(await count('contacts')).toBe(1);
  });

  it('that stays away says how to check, and goes on when it is asked for again', async () => {
    break_('503', create, 'always');
    const report = await call('create_records', contact('ann@acme.test'));
    expect(report).toMatchObject({
      applied: 0,
      unknown: [{ index: 0, next: expect.stringContaining('ann@acme.test') }],
    });
    crm.portal.control.faults.clear();
    expect(await call('create_records', contact('ann@acme.test'))).toMatchObject({ applied: 1, unknown: [] });
    expect(await count('contacts')).toBe(1);
  });

  it('is found by the id that the door gives it, where setup has made the property', async () => {
    await crm.hubspot.properties.create('companies', {
      name: 'mcp_write_id',
      label: 'MCP write id',
      groupName: 'companyinformation',
      type: 'string',
      fieldType: 'text',
      hasUniqueValue: true,
    });
    for (const kind of ['apply-then-502', '502', 'apply-then-reset'] as const) {
      break_(kind, create);
      const args = { objectType: 'companies', records: [{ properties: { name: kind } }] };
      expect(await call('create_records', args)).toMatchObject({ applied: 1, unknown: [] });
    }
    expect(await count('companies')).toBe(3);
  });
});

const note = (id: string, body = 'Called.') => ({
  notes: [{ body, associations: [{ toObjectType: 'contacts', to: id }] }],
});

describe('an activity', () => {
  it.each(['apply-then-502', 'apply-then-reset'] as const)(
    'is found at its record after %s, not by a search',
    async (kind) => {
      const id = await seedContact();
      crm.portal.control.faults.add({ kind: 'index-delay', ms: 60_000 });
      break_(kind, create);
      expect(await call('log_note', note(id))).toMatchObject({ applied: 1, unknown: [] });
      expect(await count('notes')).toBe(1);
      expect(crm.requests.filter((request) => request.endsWith('/search'))).toEqual([]);
    },
  );

  it('is not taken for another one of the same words', async () => {
    const id = await seedContact();
    await call('log_note', { ...note(id), idempotencyKey: 'one' });
    break_('503', create);
    const report = await call('log_note', { ...note(id), idempotencyKey: 'two' });
    expect(report).toMatchObject({ applied: 0, unknown: [{ next: expect.stringContaining('list_associations') }] });
    expect(await count('notes')).toBe(1);
  });

  it('that never arrived is sent when it is asked for again much later', async () => {
    const id = await seedContact();
    break_('503', create);
    expect(await call('log_note', { ...note(id), idempotencyKey: 'k' })).toMatchObject({ applied: 0 });
    await clock.advance(400_000);
    expect(await call('log_note', { ...note(id), idempotencyKey: 'k' })).toMatchObject({ applied: 1, unknown: [] });
    expect(await count('notes')).toBe(1);
  });
});

describe('a create without anything of its own', () => {
  const acme = {
    objectType: 'companies',
    records: [{ properties: { name: 'Acme', city: 'Ulm' } }],
    idempotencyKey: 'k',
  };

  it('is never sent blindly again, and is found when the index knows it', async () => {
    break_('apply-then-502', create);
    const report = await call('create_records', acme);
    expect(report).toMatchObject({ applied: 0, unknown: [{ sent: true, retryable: false, next: expect.any(String) }] });
    await clock.advance(90_000);
    expect(await call('create_records', acme)).toMatchObject({ applied: 1, unknown: [] });
    expect(await call('create_records', acme)).toMatchObject({ applied: 1, unknown: [], replayed: true });
    expect(await count('companies')).toBe(1);
  });

  it('is not sent once more because its call is old: the index has its time from each sending on', async () => {
    crm.portal.control.faults.add({ kind: 'index-delay', ms: 10_000 });
    break_('503', create);
    expect(await call('create_records', acme)).toMatchObject({ applied: 0, unknown: [{ index: 0 }] });
    await clock.advance(400_000);
    break_('apply-then-502', create);
    expect(await call('create_records', acme)).toMatchObject({ applied: 0, unknown: [{ index: 0 }] });
    expect(await call('create_records', acme)).toMatchObject({ applied: 0, unknown: [{ index: 0 }] });
    await clock.advance(90_000);
    expect(await call('create_records', acme)).toMatchObject({ applied: 1, unknown: [] });
    expect(await count('companies')).toBe(1);
  });

  it('stays unknown while two could be it', async () => {
    break_('apply-then-502', create);
    await call('create_records', acme);
    await crm.hubspot.objects.create('companies', { properties: { name: 'Acme', city: 'Ulm' } });
    await clock.advance(90_000);
    expect(await call('create_records', acme)).toMatchObject({ applied: 0, unknown: [{ index: 0 }] });
    expect(await count('companies')).toBe(2);
  });
});

const update = (id: string) => ({ objectType: 'contacts', records: [{ id, properties: { city: 'Bonn' } }] });

describe('an update', () => {
  const path = '/crm/objects/*/*/batch/update';

  it.each(['apply-then-502', 'apply-then-reset', 'apply-then-hang', '503', 'drop'] as const)(
    'holds after %s, and is said to',
    async (kind) => {
      const id = await seedContact();
      break_(kind, path, 3);
      expect(await call('update_records', update(id))).toMatchObject({ applied: 1, unknown: [] });
      const { properties } = await crm.hubspot.objects.get('contacts', id, { properties: ['city'] });
      expect(properties['city']).toBe('Bonn');
    },
  );

  it('does not write over what somebody wrote meanwhile, and says what is there', async () => {
    const id = await seedContact();
    break_('hang', path);
    const running = crm.toolbox.call('update_records', update(id));
    await clock.advance(1_000);
    await crm.hubspot.objects.update('contacts', id, { city: 'Kiel' });
    const outcome = await clock.settle(running);
    expect(outcome).toMatchObject({
      data: { applied: 0, unknown: [{ message: expect.stringContaining('another city'), next: expect.any(String) }] },
    });
  });
});

describe('an upsert, an archiving and an association', () => {
  it.each(['apply-then-502', '503'] as const)('are done once after %s', async (kind) => {
    const id = await seedContact();
    const company = await crm.hubspot.objects.create('companies', { properties: { name: 'Acme' } });
    break_(kind, '/crm/objects/*/*/batch/upsert', 3);
    break_(kind, '/crm/associations/*/*/*/batch/associate/default', 3);
    const people = {
      objectType: 'contacts',
      idProperty: 'email',
      records: [{ properties: { email: 'new@acme.test' } }],
    };
    expect(await call('upsert_records', people)).toMatchObject({ applied: 1, unknown: [] });
    const pairs = { fromObjectType: 'contacts', toObjectType: 'companies', pairs: [{ from: id, to: company.id }] };
    expect(await call('associate_records', pairs)).toMatchObject({ applied: 1, unknown: [] });
    expect(await count('contacts')).toBe(2);
    const [linked] = await crm.hubspot.associations.batchRead('contacts', 'companies', [id]);
    expect(linked).toMatchObject({ value: { to: [{ toObjectId: company.id }] } });
  });
});

describe('an archiving and a definition', () => {
  it.each(['apply-then-502', 'apply-then-reset', '503', 'drop'] as const)('are done once after %s', async (kind) => {
    const id = await seedContact();
    break_(kind, '/crm/objects/*/*/batch/archive', 3);
    const archive = { objectType: 'contacts', ids: [id] };
    expect(await call('archive_records', archive)).toMatchObject({ applied: 1, unknown: [] });
    expect(await count('contacts')).toBe(0);
    break_(kind, '/crm/properties/*/0-1');
    const property = { name: 'shoe_size', label: 'Shoe size', type: 'number', groupName: 'contactinformation' };
    const define = { objectType: 'contacts', properties: [property] };
    expect(await call('create_properties', define)).toMatchObject({ applied: 1, unknown: [] });
    expect(await crm.hubspot.properties.get('contacts', 'shoe_size')).toMatchObject({ type: 'number' });
  });
});
