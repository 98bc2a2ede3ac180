import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';

/** Slow machines read slowly. */
const config: NonNullable<HarnessOptions['config']> = { toolsets: ['crm', 'quality'], deadlineMs: 60_000 };

interface Told {
  readonly fingerprint: string;
  readonly check: string;
  readonly severity: string;
  readonly objectType: string;
  readonly total: number;
  readonly ids: readonly string[];
  readonly note: string;
  readonly statistic?: string;
  readonly fix?: { readonly tool: string; readonly arguments?: Record<string, unknown>; readonly reversible: boolean };
}

const findingsOf = (data: Record<string, unknown>): readonly Told[] =>
  Array.isArray(data['findings']) ? data['findings'] : [];

describe('find_anomalies', () => {
  let connection: Connection;
  let first: Awaited<ReturnType<Connection['call']>>;

  beforeAll(async () => {
    connection = await connect({ seed: 'demo', config });
    first = await connection.call('find_anomalies', { limit: 6 });
  });
  afterAll(() => connection.close());

  it('tells findings, the gravest first, each with what it is about and how it is mended', () => {
    const findings = findingsOf(first.data);
    const gravity = findings.map(({ severity }) => ['high', 'medium', 'low'].indexOf(severity));
    expect(findings).toHaveLength(6);
    expect(gravity).toEqual(gravity.toSorted((a, b) => a - b));
    const tools = new Set(connection.toolbox.catalogue.all.map(({ name }) => name));
    expect(findings.flatMap(({ fix }) => fix?.tool ?? []).filter((tool) => !tools.has(tool))).toEqual([]);
    for (const { fingerprint, check, ids, total, note } of findings) {
      expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
      expect(check).toMatch(/^[A-Z]\d\d$/);
      expect(ids.length).toBeLessThanOrEqual(3);
      expect(total).toBeGreaterThan(0);
      expect(note).toMatch(/\.$/);
    }
    for (const { statistic } of findings) expect(statistic ?? ': 1, limit 1, n=1').toMatch(/: \S+, limit \S+, n=\d+/);
    const { high, medium, low, total, records } = first.data;
    expect(Number(high) + Number(medium) + Number(low)).toBe(total);
    expect(records).toMatchObject({ contacts: 1200, deals: expect.any(Number) });
  });

  it('says which checks could not run, and what they lack', () => {
    const notRun = first.data['notRun'];
    expect(JSON.stringify(notRun)).toContain('rules file');
  });

  it('pages without a request, and does not run again', async () => {
    const before = connection.requests.length;
    const second = await connection.call('find_anomalies', { limit: 6, after: first.data['nextCursor'] });
    const seen = new Set(findingsOf(first.data).map(({ fingerprint }) => fingerprint));
    expect(connection.requests.slice(before)).toEqual([]);
    expect(findingsOf(second.data).length).toBeGreaterThan(0);
    expect(findingsOf(second.data).filter(({ fingerprint }) => seen.has(fingerprint))).toEqual([]);
  });

  it('tells all of a finding by its fingerprint: its records, and the whole call that mends it', async () => {
    const wanted = findingsOf(first.data).find(({ fix }) => fix !== undefined);
    const { data } = await connection.call('find_anomalies', { fingerprints: [wanted?.fingerprint] });
    const [found] = findingsOf(data);
    expect(findingsOf(data)).toHaveLength(1);
    expect(found?.ids).toHaveLength(Math.min(50, wanted?.total ?? 0));
    expect(found?.fix?.arguments).toBeDefined();
    expect(data).not.toHaveProperty('nextCursor');
    expect(data).toMatchObject({ total: 1, high: 0, medium: 0, low: 0, [String(wanted?.severity)]: 1 });
  });

  it('says of a fingerprint that no open finding has it, or who dismissed it', async () => {
    const [gone] = findingsOf(first.data);
    const strange = 'f'.repeat(32);
    await connection.call('dismiss_finding', { fingerprints: [gone?.fingerprint] });
    const { data } = await connection.call('find_anomalies', { fingerprints: [strange, gone?.fingerprint] });
    await connection.call('dismiss_finding', { fingerprints: [gone?.fingerprint], restore: true });
    expect(data).toMatchObject({ total: 0, findings: [] });
    expect(data['note']).toContain(`No open finding has "${strange}"`);
    expect(data['note']).toMatch(new RegExp(`${gone?.fingerprint} was dismissed by "harness/1.0.0" on 20\\d\\d-`));
    expect(data['next']).toContain('restore');
  });

  it('counts what was asked for, and says how many milder ones there are', async () => {
    const { data } = await connection.call('find_anomalies', { severity: 'high', limit: 1 });
    expect(data).toMatchObject({ total: first.data['high'], high: first.data['high'], medium: 0, low: 0 });
    const milder = Number(first.data['medium']) + Number(first.data['low']);
    expect(data['note']).toContain(`Left out, as they are milder: ${milder} more.`);
  });

  it('narrows by type, check and severity', async () => {
    const deals = await connection.call('find_anomalies', { objectTypes: ['Deal'], limit: 100 });
    expect(findingsOf(deals.data).length).toBeGreaterThan(0);
    expect(findingsOf(deals.data).filter(({ objectType }) => objectType !== 'deals')).toEqual([]);
    const one = await connection.call('find_anomalies', { checks: ['D01'] });
    expect(findingsOf(one.data).map(({ check }) => check)).toEqual(['D01']);
    const grave = await connection.call('find_anomalies', { severity: 'high', limit: 100 });
    expect(findingsOf(grave.data)).toHaveLength(Number(first.data['high']));
    const { error } = await connection.call('find_anomalies', { checks: ['X99'] });
    expect(error).toMatchObject({ code: 'unknown_check', message: expect.stringContaining('X99') });
    const { error: near } = await connection.call('find_anomalies', { checks: ['d01'] });
    expect(near).toMatchObject({ nearest: expect.arrayContaining(['D01']) });
    // That nothing was looked at does not mean that nothing is wrong.
    const { error: none } = await connection.call('find_anomalies', { checks: ['D01'], objectTypes: ['contacts'] });
    expect(none).toMatchObject({ code: 'no_checks', message: expect.stringContaining('D01 of deals') });
  });

  it('does not tell again what was dismissed', async () => {
    const [gone] = findingsOf(first.data);
    await connection.call('dismiss_finding', { fingerprints: [gone?.fingerprint], reason: 'we know' });
    const { data } = await connection.call('find_anomalies', { limit: 100 });
    expect(findingsOf(data).map(({ fingerprint }) => fingerprint)).not.toContain(gone?.fingerprint);
    expect(data).toMatchObject({ dismissed: 1, total: Number(first.data['total']) - 1 });
    expect(data['dismissedBy']).toEqual([expect.stringMatching(/^harness\/1\.0\.0: 1, last 20\d\d-/)]);
    await connection.call('dismiss_finding', { fingerprints: [gone?.fingerprint], restore: true });
    const { data: back } = await connection.call('find_anomalies', { limit: 100 });
    expect(findingsOf(back).map(({ fingerprint }) => fingerprint)).toContain(gone?.fingerprint);
    expect(back).not.toHaveProperty('dismissed');
  });
});

describe('A state that was dismissed', () => {
  it('stays away when one more record is in it, and is found by what it was known by', async () => {
    const connection = await connect({ config });
    const lateDeals = (count: number) =>
      connection.hubspot.objects.batchCreate(
        'deals',
        Array.from({ length: count }, (_, nth) => ({
          properties: {
            dealname: `Deal ${nth}`,
            amount: `${4000 + nth}`,
            closedate: '2020-01-01',
            pipeline: 'default',
            dealstage: 'qualifiedtobuy',
          },
        })),
      );
    const late = { checks: ['D01'] };
    await lateDeals(9);
    const [nine] = findingsOf((await connection.call('find_anomalies', late)).data);
    expect(nine?.total).toBe(9);
    await lateDeals(1);
    const [ten] = findingsOf((await connection.call('find_anomalies', late)).data);
    expect(ten?.total).toBe(10);
    const { data: named } = await connection.call('find_anomalies', { ...late, fingerprints: [nine?.fingerprint] });
    expect(findingsOf(named).map(({ total }) => total)).toEqual([10]);
    await connection.call('dismiss_finding', { fingerprints: [nine?.fingerprint] });
    const { data } = await connection.call('find_anomalies', late);
    expect(data).toMatchObject({ total: 0, dismissed: 1 });
    await connection.close();
  });
});

describe('What a policy hides', () => {
  it('is not looked at by any check, and its checks say that they lack it', async () => {
    const connection = await connect({
      config,
      policy: { properties: { 'contacts.email': { access: 'mask' }, 'contacts.phone': { access: 'deny' } } },
    });
    const people = Array.from({ length: 60 }, (_, nth) => ({
      properties: {
        firstname: 'ANNA',
        lastname: nth < 30 ? 'asdf' : `Person${nth}`,
        email: `someone.${nth}@gmial.com`,
        phone: `+1415555${1000 + nth}`,
      },
    }));
    await connection.hubspot.objects.batchCreate('contacts', people);
    const { data, text } = await connection.call('find_anomalies', { objectTypes: ['contacts'], limit: 100 });
    expect(Number(data['total'])).toBeGreaterThan(0);
    expect(JSON.stringify(data['notRun'])).toContain('contacts.email');
    const hidden = people.flatMap(({ properties: { email, phone } }) => [email, phone]);
    expect(hidden.filter((value) => text.includes(value))).toEqual([]);
    await connection.close();
  });
});
