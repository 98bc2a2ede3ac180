import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type Connection, connect } from '../harness.ts';

let passed = 0;
/** Days pass when a test says so. */
const clock = { ...systemClock, now: () => systemClock.now() + passed };
const config = { deadlineMs: 60_000 };

interface Row {
  readonly type: string;
  readonly grade: string;
  readonly score: number;
  readonly records: number;
  readonly sound: number;
  readonly single: number;
  readonly filled: number;
  readonly doubles: number;
}

/** The rows of a table by their columns' names. */
function rowsOf<T>(table: unknown): T[] {
  const { columns = [], rows = [] }: { columns?: string[]; rows?: unknown[][] } = Object(table);
  return rows.map((row) => Object(Object.fromEntries(columns.map((name, at) => [name, row[at]]))));
}

const printsOf = (list: unknown) => (Array.isArray(list) ? list.map((each) => String(Object(each).fingerprint)) : []);

function wordsOf(finding: unknown): string {
  const { check, about = '', note } = Object(finding);
  return [check, about, note].join(' | ');
}

describe('audit_portal', () => {
  let connection: Connection;
  let first: Awaited<ReturnType<Connection['call']>>;

  beforeAll(async () => {
    connection = await connect({ seed: 'demo', clock, config });
    first = await connection.call('audit_portal', {});
  });
  afterAll(() => connection.close());

  it('grades each type and all by the open formula', () => {
    const types = rowsOf<Row>(first.data['types']);
    expect(types.map(({ type }) => type).sort()).toEqual(['companies', 'contacts', 'deals', 'tickets']);
    for (const { grade, score, sound, single, filled } of types) {
      // Each share is shown without its fraction, so the sum may be one more.
      const sum = 0.5 * sound + 0.25 * single + 0.25 * filled;
      expect(score - sum).toBeGreaterThanOrEqual(-1);
      expect(score - sum).toBeLessThanOrEqual(1);
      expect(grade).toBe(score >= 90 ? 'A' : score >= 80 ? 'B' : score >= 70 ? 'C' : score >= 60 ? 'D' : 'F');
    }
    expect(first.data['grade']).toMatch(/^[A-F]$/);
    expect(first.data['note']).toContain('A from 90, B 80');
  });

  it('says what find_anomalies and find_duplicates say, the gravest first', async () => {
    const anomalies = await connection.call('find_anomalies', { limit: 4 });
    const { high, medium, low, findings } = first.data;
    expect(anomalies.data).toMatchObject({ high, medium, low });
    const told: unknown = anomalies.data['findings'];
    expect(printsOf(findings)).toEqual(printsOf(told));
    const doubles = rowsOf<Row>(first.data['types']).find(({ type }) => type === 'contacts')?.doubles ?? -1;
    const { data } = await connection.call('find_duplicates', { objectType: 'contacts', minProbability: 0.9 });
    expect(doubles).toBeGreaterThanOrEqual(Number(data['total']));
  });

  it('says of each finding what it is about, as several are of one check', () => {
    const findings: unknown = first.data['findings'];
    const told = Array.isArray(findings) ? findings.map(wordsOf) : [];
    expect(told).toContainEqual(expect.stringMatching(/^D02 \| stage: [A-Z].*; pipeline: Sales Pipeline \|/));
    expect(new Set(told).size).toBe(told.length);
  });

  it('fits a small part of a context', () => {
    expect(encode(first.text).length).toBeLessThanOrEqual(900);
  });
});

describe('audit_portal from day to day', () => {
  it('tells what changed since the last audit of an earlier day, of the same types', { timeout: 60_000 }, async () => {
    const connection = await connect({ clock, config });
    const create = (from: number, domain: string) =>
      connection.call('create_records', {
        objectType: 'contacts',
        records: Array.from({ length: 30 }, (_, at) => ({
          properties: { firstname: 'Zo', lastname: `Quist${from + at}`, email: `zo.quist${from + at}@${domain}` },
        })),
      });
    await create(0, 'gmail.com');
    const said = { objectTypes: ['contacts'] };
    const first = await connection.call('audit_portal', said);
    expect(first.data).not.toHaveProperty('trend');
    expect((await connection.call('audit_portal', said)).data).not.toHaveProperty('trend');
    passed += 2 * 86_400_000;
    await create(100, 'mailinator.com');
    const later = await connection.call('audit_portal', said);
    const trend: { since?: string } = Object(later.data['trend']);
    const [contacts] = rowsOf<{ type: string; high: number; medium: number }>(trend);
    expect(trend.since?.slice(0, 10)).toBe(String(first.data['asOf']).slice(0, 10));
    expect(contacts?.type).toBe('contacts');
    expect((contacts?.high ?? 0) + (contacts?.medium ?? 0)).toBeGreaterThan(0);
    expect((await connection.call('audit_portal', {})).data).not.toHaveProperty('trend');
    await connection.close();
  });
});

describe('audit_portal of a portal without records', () => {
  it('has nothing to grade, and says so', async () => {
    const connection = await connect({ config });
    const { data } = await connection.call('audit_portal', {});
    expect(data).not.toHaveProperty('grade');
    expect(data['note']).toContain('no records to grade');
    await connection.close();
  });
});

describe('audit_portal where the operator hides what records are compared by', () => {
  it('grades the rest', async () => {
    const names = ['firstname', 'lastname', 'email', 'phone'].map(
      (name) => [`contacts.${name}`, { access: 'mask' }] as const,
    );
    const connection = await connect({ config, policy: { properties: Object.fromEntries(names) } });
    await connection.hubspot.objects.create('contacts', {
      properties: { firstname: 'Ann', email: 'ann@acme.example' },
    });
    const { data, isError } = await connection.call('audit_portal', { objectTypes: ['contacts'] });
    expect(isError).toBe(false);
    expect(rowsOf<Row>(data['types']).map(({ type }) => type)).toEqual(['contacts']);
    await connection.close();
  });
});
