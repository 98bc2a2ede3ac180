import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { packageCatalogue } from '../../src/catalogue/catalogue.ts';
import { seededRandom, systemClock } from '../../src/clock.ts';
import type { ModelOptions } from '../../src/enrich/openai/types.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { type Asked, apiError, judging, type OpenaiServer, openaiServer, type Said } from '../openai-server.ts';

const config: NonNullable<HarnessOptions['config']> = { toolsets: ['crm', 'quality'], deadlineMs: 60_000 };

/** One for all: what is said of its records is kept by each connection for itself. */
let portal: Portal;
beforeAll(async () => {
  portal = await createPortal({ clock: systemClock, random: seededRandom(1), seed: 'demo', limits: 'off' });
});
afterAll(() => portal.close());

let connection: Connection | undefined;
let server: OpenaiServer | undefined;
afterEach(async () => {
  await connection?.close();
  await server?.close();
});

async function portalWith(
  answer: (asked: Asked, nth: number) => Said,
  options: Partial<ModelOptions> = {},
  harness: Partial<HarnessOptions> = {},
) {
  server = await openaiServer(answer, options);
  connection = await connect({ portal, config, model: server.options, ...harness });
  return { ...connection, asked: server.asked };
}

const different = judging(() => 'different');
const contacts = { objectType: 'contacts' };

/** Every address, number and name of the portal's contacts. */
async function whoTheyAre({ call }: Pick<Connection, 'call'>): Promise<readonly string[]> {
  const { data } = await call('search_records', {
    objectType: 'contacts',
    properties: ['email', 'phone', 'lastname'],
    limit: 200,
  });
  const { rows = [] } = Object(data);
  return Object(rows)
    .flat()
    .filter((value: unknown) => typeof value === 'string' && value.length > 4)
    .map((value: string) => value.toLowerCase());
}

const names = (model: boolean) => packageCatalogue({ model }).all.map(({ name }) => name);

describe('judge_duplicates', () => {
  it('is served only where a model may be asked', () => {
    expect(names(true)).toContain('judge_duplicates');
    expect(names(false)).not.toContain('judge_duplicates');
    expect(names(true).length).toBe(names(false).length + 1);
  });

  it('refuses where none may be', async () => {
    connection = await connect({ config });
    const { error } = await connection.call('judge_duplicates', contacts);
    expect(error).toMatchObject({ code: 'not_possible', next: expect.stringContaining('find_duplicates') });
  });

  it('says first what it would cost and what would leave, and sends nothing', async () => {
    const { call, asked } = await portalWith(different);
    const { data } = await call('judge_duplicates', contacts);
    expect(data).toMatchObject({ cached: 0, leftUsd: 1, model: 'gpt-test', redaction: 'none' });
    expect(Number(data['pairs'])).toBeGreaterThan(0);
    expect(Number(data['mostUsd'])).toBeGreaterThan(Number(data['likelyUsd']));
    expect(data['sends']).toContain('email');
    expect(data['sends']).not.toContain('hs_object_source_id');
    expect(asked).toEqual([]);
  });

  it('has its word counted by find_duplicates, which says so, until a record changes', async () => {
    const { call } = await portalWith(different);
    const before = await call('find_duplicates', { ...contacts, limit: 50 });
    const judged = await call('judge_duplicates', { ...contacts, maxUsd: 1 });
    expect(judged.data).toMatchObject({ adjudicated: true, same: 0, unsure: 0, cached: 0 });
    const said = Number(judged.data['different']);
    expect(said).toBeGreaterThan(0);
    expect(Number(judged.data['usd'])).toBeGreaterThan(0);
    const after = await call('find_duplicates', { ...contacts, limit: 50 });
    expect(after.data['adjudicated']).toBe(said);
    expect(after.data['certain']).toBe(before.data['certain']);
    expect(Number(after.data['total'])).toBeLessThan(Number(before.data['total']));

    const again = await call('judge_duplicates', { ...contacts, maxUsd: 1 });
    expect(again.data).toMatchObject({ calls: 0, usd: 0 });
    expect(Number(again.data['leftUsd'])).toBeCloseTo(1 - Number(judged.data['usd']), 6);

    // Of the records that one pair is about, one changes.
    const [pair] = server?.asked[0]?.pairs ?? [];
    const { data } = await call('search_records', {
      ...contacts,
      filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ', value: pair?.a?.['email'] ?? '' }] }],
    });
    const [row] = Object(data['rows']);
    await call('update_records', { ...contacts, records: [{ id: String(row[0]), properties: { city: 'Elsewhere' } }] });
    const later = await call('find_duplicates', contacts);
    expect(Number(later.data['adjudicated'] ?? 0)).toBeLessThan(said);
  });

  it('cannot make anything certain, whatever it says', async () => {
    const { call } = await portalWith(judging(() => 'same'));
    const before = await call('find_duplicates', contacts);
    await call('judge_duplicates', { ...contacts, maxUsd: 1 });
    const after = await call('find_duplicates', contacts);
    expect(after.data['adjudicated']).toBeGreaterThan(0);
    expect(after.data['certain']).toBe(before.data['certain']);
  });

  it.each(['pseudonymised', 'features'] as const)(
    'lets no address, number or name leave when %s',
    async (redaction) => {
      const { call, asked } = await portalWith(different, { redaction });
      const secrets = await whoTheyAre({ call });
      expect(secrets.length).toBeGreaterThan(200);
      await call('judge_duplicates', { ...contacts, maxUsd: 1 });
      expect(asked.length).toBeGreaterThan(0);
      for (const { pairs } of asked) {
        const sent = JSON.stringify(pairs).toLowerCase();
        expect(secrets.filter((secret) => sent.includes(secret))).toEqual([]);
        expect(sent).not.toMatch(/[\w.]+@(?!gmail|outlook|yahoo|hotmail|icloud|gmx|web\.de|w\d)[\w-]+\./);
      }
    },
  );

  it('never sends what the policy hides or masks', async () => {
    const policy = {
      properties: { 'contacts.email': { access: 'deny' }, 'contacts.phone': { access: 'mask' } },
    } as const;
    const { call, asked } = await portalWith(different, {}, { policy });
    const { data } = await call('judge_duplicates', contacts);
    await call('judge_duplicates', { ...contacts, maxUsd: 1 });
    expect(data['sends']).not.toContain('email');
    expect(data['sends']).not.toContain('phone');
    const fields = new Set(asked.flatMap(({ pairs }) => pairs.flatMap(({ a, b }) => Object.keys({ ...a, ...b }))));
    expect(fields.size).toBeGreaterThan(0);
    expect([...fields].filter((name) => ['email', 'phone'].includes(name))).toEqual([]);
  });

  it('keeps to the operator’s cap over calls, and leaves the offline result', async () => {
    const { call, asked } = await portalWith(different, { maxUsd: 0.000_001 });
    const { data } = await call('judge_duplicates', { ...contacts, maxUsd: 5 });
    expect(asked).toEqual([]);
    expect(data).toMatchObject({ adjudicated: false, pairs: 0, usd: 0 });
    expect(data['note']).toContain('cap in money');
  });

  it('leaves the offline result where the model cannot be asked', async () => {
    const { call } = await portalWith(() => apiError(401, 'invalid_api_key'));
    const { data, isError } = await call('judge_duplicates', { ...contacts, maxUsd: 1 });
    expect(isError).toBe(false);
    expect(data).toMatchObject({ adjudicated: false, pairs: 0, usd: 0 });
    expect(data['note']).toContain('401 (invalid_api_key)');
    expect((await call('find_duplicates', contacts)).data['adjudicated']).toBeUndefined();
  });

  it('is not asked about deals and tickets', async () => {
    const { call } = await portalWith(different);
    const { error } = await call('judge_duplicates', { objectType: 'deals' });
    expect(error).toMatchObject({ code: 'not_possible', allowed: ['contacts', 'companies'] });
  });
});
