import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'gpt-tokenizer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { recordsOf } from '../rows.ts';

/** Slow machines read slowly; only one test is about calls that do not wait. */
const config: NonNullable<HarnessOptions['config']> = { toolsets: ['crm', 'quality'], deadlineMs: 60_000 };

type Row = readonly [p: number, band: string, ids: string, labels: string, why: string];

const rowsOf = (data: Record<string, unknown>) =>
  (Array.isArray(data['rows']) ? data['rows'] : []).map((row: Row) => row);
const idsOf = (row: Row | undefined) => (row?.[2] ?? '').split(':');

describe('find_duplicates on a portal of some size', () => {
  let connection: Connection;
  let first: Awaited<ReturnType<Connection['call']>>;

  beforeAll(async () => {
    connection = await connect({ seed: 'demo', config });
    first = await connection.call('find_duplicates', { objectType: 'contacts', limit: 5 });
  });
  afterAll(() => connection.close());

  it('tells clusters, the likeliest first, with who they are and the best reason', () => {
    const rows = rowsOf(first.data);
    expect(first.data['columns']).toEqual(['p', 'band', 'ids', 'labels', 'why']);
    expect(rows).toHaveLength(5);
    for (const [p, band, ids, labels, why] of rows) {
      expect(p).toBeGreaterThan(0.5);
      expect(p).toBeLessThan(1);
      expect(['certain', 'likely', 'possible']).toContain(band);
      expect(ids).toMatch(/^\d+(:\d+)+$/);
      expect(labels).toContain(' | ');
      // Whole phrases: a cut one misleads.
      expect(why).toMatch(/^[a-z -]+: [^…]+(; [^…;]+)*(; \+\d more)?$/);
    }
    expect(rows.map((row) => row[4])).toContain('phone: same number; organisation: same; +3 more');
    const probabilities = rows.map(([p]) => p);
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    const { certain, likely, possible, total } = first.data;
    expect(Number(certain) + Number(likely) + Number(possible)).toBe(total);
    expect(first.data['next']).toContain('plan_merge');
  });

  it('costs a model at most 60 tokens a cluster', () => {
    const lines = first.text.split('\n').filter((line) => /^0\.\d+\t/.test(line));
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(encode(line).length).toBeLessThanOrEqual(60);
  });

  it('taints nothing: names are no text at length', async () => {
    const { data } = await connection.call('create_records', {
      objectType: 'contacts',
      records: [{ properties: { email: 'after.the.scan@acme.com' } }],
    });
    expect(data['applied']).toBe(1);
    expect(connection.questions).toEqual([]);
  });

  it('asks HubSpot for what changed only when it is asked again', async () => {
    const before = connection.requests.length;
    const again = await connection.call('find_duplicates', { objectType: 'contacts', limit: 5 });
    const requests = connection.requests.slice(before);
    expect(rowsOf(again.data)).toEqual(rowsOf(first.data));
    expect(requests.filter((request) => request.startsWith('GET '))).toEqual([]);
    expect(requests.length).toBeLessThanOrEqual(5);
    expect(requests.at(-1)).toMatch(/batch\/read$/);
  });

  it('pages without reading anything but the members of the page', async () => {
    const before = connection.requests.length;
    const second = await connection.call('find_duplicates', {
      objectType: 'contacts',
      limit: 5,
      after: first.data['nextCursor'],
    });
    expect(connection.requests.slice(before)).toHaveLength(1);
    expect(rowsOf(second.data)).toHaveLength(5);
    expect(rowsOf(second.data)).not.toEqual(rowsOf(first.data));
    const { error } = await connection.call('find_duplicates', {
      objectType: 'companies',
      after: first.data['nextCursor'],
    });
    expect(error['code']).toBe('invalid_cursor');
  });

  it('never shows a record that is gone by now', async () => {
    const after = first.data['nextCursor'];
    const said = { objectType: 'contacts', limit: 5, after };
    const [row] = rowsOf((await connection.call('find_duplicates', said)).data);
    const [gone = ''] = idsOf(row);
    await connection.hubspot.objects.archive('contacts', gone);
    const { data } = await connection.call('find_duplicates', said);
    expect(rowsOf(data).flatMap(idsOf)).not.toContain(gone);
    expect(data['note']).toContain('archived or merged since: 1 of their records');
    const whole = await connection.call('find_duplicates', { objectType: 'contacts', limit: 50 });
    expect(rowsOf(whole.data).flatMap(idsOf)).not.toContain(gone);
  });

  it('tells all evidence of a cluster, in bits, and that it is HubSpot’s word too', async () => {
    const [row] = rowsOf(first.data);
    const { data } = await connection.call('find_duplicates', { objectType: 'contacts', ids: idsOf(row) });
    const [pair] = Array.isArray(data['pairs']) ? data['pairs'] : [];
    expect(data['cluster']).toEqual(idsOf(row));
    expect(pair).toMatchObject({ ids: idsOf(row), for: expect.any(Array), against: expect.any(Array) });
    const evidence: readonly (readonly unknown[])[] = pair.evidence.rows;
    const fields = evidence.map(([field]) => field);
    expect(fields[0]).toBe('prior');
    expect(fields).toContain('proposed');
    const bits = evidence.reduce((sum, each) => sum + Number(each[4]), 0);
    expect(bits).toBeGreaterThan(5);
    // The column of ids as it stands is understood too.
    const { data: same } = await connection.call('find_duplicates', { objectType: 'contacts', ids: [row?.[2]] });
    expect(same).toEqual(data);
  });

  it('does not show again what a person says are two', async () => {
    const [row] = rowsOf(first.data);
    const said = await connection.call('dismiss_finding', {
      fingerprints: [`pair:contacts:${row?.[2]}`],
      reason: 'twins',
    });
    expect(said.data).toMatchObject({ dismissed: 1, already: 0 });
    const { data } = await connection.call('find_duplicates', { objectType: 'contacts', limit: 50 });
    expect(rowsOf(data).map(([, , ids]) => ids)).not.toContain(row?.[2]);
    expect(data).toMatchObject({ dismissed: 1, dismissedBy: [expect.stringMatching(/^harness\/1\.0\.0: 1, last 20/)] });
    const { data: detail } = await connection.call('find_duplicates', { objectType: 'contacts', ids: idsOf(row) });
    expect(detail['note']).toContain('no cluster');
    await connection.call('dismiss_finding', { fingerprints: [`pair:contacts:${row?.[2]}`], restore: true });
    const { data: back } = await connection.call('find_duplicates', { objectType: 'contacts', limit: 50 });
    expect(rowsOf(back).map(([, , ids]) => ids)).toContain(row?.[2]);
  });

  it('says what it cannot compare', async () => {
    const { error: unknown } = await connection.call('find_duplicates', { objectType: 'line_items' });
    expect(unknown).toMatchObject({ code: 'not_possible', allowed: expect.arrayContaining(['contacts']) });
    const { error: stranger } = await connection.call('find_duplicates', { objectType: 'contacts', ids: ['1', '2'] });
    expect(stranger).toMatchObject({ code: 'unknown_record', next: expect.stringContaining('scans anew') });
    const { error: one } = await connection.call('find_duplicates', { objectType: 'contacts', ids: ['1', ' 1'] });
    expect(one['code']).toBe('repeated_record');
  });
});

const twins = [
  {
    firstname: 'Robert',
    lastname: 'Featherstone',
    email: 'robert@featherstone.example',
    phone: '+14155550123',
    company: 'Featherstone',
  },
  {
    firstname: 'Bob',
    lastname: 'Featherstone',
    email: 'b.featherstone@mailbox.example',
    phone: '+14155550123',
    company: 'Featherstone',
  },
  { firstname: 'Ada', lastname: 'Okafor', email: 'ada@okafor.example', phone: '+14155550199', company: 'Okafor' },
];

async function withTwins(options: HarnessOptions = {}) {
  const connection = await connect({ config, ...options });
  const created = await connection.hubspot.objects.batchCreate(
    'contacts',
    twins.map((properties) => ({ properties })),
  );
  const ids = created.map((row) => (row.outcome === 'applied' ? row.value.id : ''));
  return { connection, ids };
}

describe('What a policy hides', () => {
  it('is neither compared nor told: denied properties are not asked for, masked ones are shown masked', async () => {
    const { connection, ids } = await withTwins({
      policy: { properties: { 'contacts.phone': { access: 'deny' }, 'contacts.email': { access: 'mask' } } },
    });
    const { text } = await connection.call('find_duplicates', { objectType: 'contacts' });
    const detail = await connection.call('find_duplicates', { objectType: 'contacts', ids: ids.slice(0, 2) });
    const asked = connection.sent.filter((request) => request.includes('/0-1')).join('\n');
    expect(`${text}${detail.text}`).not.toMatch(/14155550123|phone|b\.featherstone@/);
    expect(detail.data['pairs']).toBeDefined();
    expect(asked).toContain('firstname');
    expect(asked).not.toMatch(/\bphone\b/);
    await connection.close();
  });
});

describe('A portal that takes longer to read than a call may take', () => {
  it('is read in the background; the call says how far, and a later one has the result', async () => {
    const { connection } = await withTwins({ config: { ...config, deadlineMs: 100 } });
    const said = { objectType: 'contacts' };
    let last = await connection.call('find_duplicates', said);
    const states = [last.data['state']];
    for (let tries = 0; tries < 200 && last.data['total'] === undefined; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      last = await connection.call('find_duplicates', said);
      states.push(last.data['state'] ?? last.error['code']);
    }
    expect(states[0]).toBe('reading');
    expect(last.data['total']).toBe(1);
    await connection.close();
  });
});

/** Machines, of which two have one serial number. */
async function withMachines(options: HarnessOptions = {}) {
  const connection = await connect({ config, ...options });
  const { hubspot } = connection;
  const { objectTypeId } = await hubspot.schemas.create({
    name: 'machine',
    labels: { singular: 'Machine', plural: 'Machines' },
    primaryDisplayProperty: 'serial',
    requiredProperties: ['serial'],
    properties: [{ name: 'serial', label: 'Serial', type: 'string', fieldType: 'text' }],
    associatedObjects: [],
  });
  const serials = Array.from({ length: 60 }, (_, i) => `KX-${4711 + 7 * i}-${i % 59}`);
  serials.push('KX-4711-0');
  await hubspot.objects.batchCreate(
    objectTypeId,
    serials.map((serial) => ({ properties: { serial } })),
  );
  return connection;
}

describe('Custom objects', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const rulesFile = (keys: unknown, naming: readonly unknown[] = []) => {
    const file = join(folder, 'rules.json');
    writeFileSync(file, JSON.stringify({ version: 1, keys, naming }));
    return file;
  };

  it('are compared by the properties that the operator has set, in an audit too', async () => {
    const connection = await withMachines({ qualityRules: rulesFile({ machine: ['Serial'] }) });
    const { data } = await connection.call('find_duplicates', { objectType: 'machine' });
    expect(data['total']).toBe(1);
    const { data: audit } = await connection.call('audit_portal', {});
    expect(recordsOf(Object(audit['types'])).find(({ type }) => type === 'machine')).toMatchObject({ doubles: 1 });
    // What the caller names counts before it.
    const { error } = await connection.call('find_duplicates', { objectType: 'machine', keys: ['nothing'] });
    expect(error['code']).toBe('unknown_property');
    await connection.close();
  });

  it('of which the operator has set what the portal does not have say so', async () => {
    const connection = await withMachines({ qualityRules: rulesFile({ machine: ['no_such'], spaceships: ['name'] }) });
    const { error } = await connection.call('find_duplicates', { objectType: 'machine' });
    expect(error).toMatchObject({ code: 'unknown_property', property: 'no_such' });
    await connection.close();
  });

  it('of which a naming rule speaks are looked at by the checks and an audit, though nobody names them', async () => {
    const naming = [{ objectType: 'machine', property: 'serial', pattern: 'KY-.*', says: 'Serials begin with KY' }];
    const connection = await withMachines({ qualityRules: rulesFile({}, naming) });
    const { data } = await connection.call('find_anomalies');
    expect(data).toMatchObject({
      findings: [{ check: 'R01', objectType: 'machine', total: 61 }],
      records: { machine: 61 },
    });
    const { data: audit } = await connection.call('audit_portal');
    expect(recordsOf(Object(audit['types'])).map(({ type }) => type)).toContain('machine');
    await connection.close();
  });

  it('that the portal does not have make the rules wrong, not the call', async () => {
    const connection = await withMachines({ qualityRules: rulesFile({ spaceships: ['name'] }) });
    const { error } = await connection.call('find_anomalies');
    expect(error).toMatchObject({ code: 'invalid_rules', next: expect.stringContaining('--quality-rules') });
    expect((await connection.call('find_anomalies', { objectTypes: ['machine'] })).isError).toBe(false);
    await connection.close();
  });

  it('are compared by the properties that the caller names', async () => {
    const connection = await withMachines();
    const { error } = await connection.call('find_duplicates', { objectType: 'machine' });
    expect(error).toMatchObject({ code: 'no_key', next: 'list_properties' });
    const { data } = await connection.call('find_duplicates', { objectType: 'machine', keys: ['Serial'] });
    expect(data['total']).toBe(1);
    await connection.close();
  });
});
