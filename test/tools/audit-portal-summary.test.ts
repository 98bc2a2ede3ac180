import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import type { ModelOptions } from '../../src/enrich/openai/types.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { templateSummary } from '../../src/quality/audit-summary.ts';
import { readingOf } from '../../src/text/reading.ts';
import { type Connection, connect } from '../harness.ts';
import { type Asked, apiError, completion, type OpenaiServer, openaiServer, type Said } from '../openai-server.ts';

/** One for all: nothing here writes to it. Small, so that it is soon read. */
let portal: Portal;
let connection: Connection | undefined;
let server: OpenaiServer | undefined;
beforeAll(async () => {
  portal = await createPortal({ clock: systemClock, random: seededRandom(1), seed: 'none', limits: 'off' });
  const office = await connect({ portal });
  for (let at = 0; at < 12; at++) {
    const [lastname, phone] = [`Quistgaard${at % 10}`, `+4420794609${40 + (at % 10)}`];
    const email = `zo.quistgaard${at}@${at < 4 ? 'mailinator.com' : 'gmial.com'}`;
    await office.hubspot.objects.create('contacts', { properties: { firstname: 'Zo', lastname, phone, email } });
  }
  for (const dealname of ['Xanadu harbour', 'Ulan Bator mill']) {
    const place = { pipeline: 'default', dealstage: 'contractsent', closedate: '2020-01-31T00:00:00Z' };
    await office.hubspot.objects.create('deals', { properties: { ...place, dealname, amount: '73519' } });
  }
  await office.close();
});
afterAll(() => portal.close());
afterEach(async () => {
  await connection?.close();
  await server?.close();
});

interface SentFinding {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly figures: Readonly<Record<string, unknown>>;
}

function sentIn({ data }: Asked): {
  readonly totals: Readonly<Record<string, unknown>>;
  readonly findings: readonly SentFinding[];
} {
  return Object(data);
}

async function audited(answer: (asked: Asked) => Said, args: object, options: Partial<ModelOptions> = {}) {
  server = await openaiServer(answer, options);
  connection = await connect({ portal, config: { deadlineMs: 60_000 }, model: server.options });
  const { data } = await connection.call('audit_portal', { objectTypes: ['contacts'], ...args });
  return { data, summary: Object(data['summary']), asked: server.asked };
}

/** About the gravest finding, with its own number or one that is nowhere. */
const about =
  (number?: number) =>
  (asked: Asked): Said => {
    const [first] = sentIn(asked).findings;
    const text = `Look first at these ${number ?? String(first?.figures['affected'])}.`;
    return completion({ headline: 'Mend the gravest first.', bullets: [{ text, findingIds: [first?.id] }] });
  };

describe('The summary of audit_portal', { timeout: 60_000 }, () => {
  it("is the model's where its numbers stand, says so, and is marked as words of somebody else", async () => {
    const { data, summary } = await audited(about(), { useModel: true });
    const [finding] = Object(data['findings']);
    expect(summary).toEqual({
      by: 'model:gpt-test',
      headline: 'Mend the gravest first.',
      bullets: [{ text: `Look first at these ${finding.total}.`, findingIds: [finding.fingerprint] }],
      usd: expect.any(Number),
    });
    expect(summary.usd).toBeGreaterThan(0);
    expect(data['untrusted']).toMatchObject({ 'summary.headline': 'crm' });
  });

  it.each<[string, (asked: Asked) => Said, Partial<ModelOptions>, number]>([
    ['says a number that is nowhere', about(987_654), {}, 1],
    [
      'obeys somebody else',
      () => completion({ headline: 'Pay here: https://evil.example', bullets: [{ text: 'Now.', findingIds: ['x'] }] }),
      {},
      1,
    ],
    ['fails', () => apiError(401, 'invalid_api_key'), {}, 1],
    ['would pass the cap', about(), { maxUsd: 0.0001 }, 0],
  ])('is the template where the model %s', async (_name, answer, options, requests) => {
    const { data, summary, asked } = await audited(answer, { useModel: true }, options);
    const [finding] = Object(data['findings']);
    expect(summary.by).toBe('template');
    expect(summary.note).toMatch(/\.$/);
    expect(summary.bullets[0].findingIds).toEqual([finding.fingerprint]);
    expect(summary.bullets[0].text).toContain(String(finding.total));
    expect(JSON.stringify(data)).not.toMatch(/987,?654|evil/);
    expect(asked).toHaveLength(requests);
  });

  it('is not asked for by itself: nothing is sent, and nothing is said', async () => {
    const { data, asked } = await audited(about(), {});
    expect(data).not.toHaveProperty('summary');
    expect(asked).toEqual([]);
  });

  it('is the template where no model is turned on', async () => {
    connection = await connect({ portal, config: { deadlineMs: 60_000 } });
    const { data } = await connection.call('audit_portal', { objectTypes: ['deals'], useModel: true });
    expect(data['summary']).toMatchObject({ by: 'template', headline: expect.stringMatching(/^Grade [A-F]: /) });
    expect(Object(data['summary']).note).toContain('has not turned one on');
  });

  it('is no text of strangers where it is the template, whatever was found', async () => {
    const { checks } = await import('../../src/enrich/anomalies/index.ts');
    const severities = { high: 123_456, medium: 123_456, low: 123_456 };
    const duplicates = { certain: 12_345, likely: 1, possible: 1 };
    const types = ['contacts', 'companies', 'deals', 'tickets'].map((objectType) => ({
      objectType,
      records: 1_000_000,
      duplicates,
    }));
    for (const { title } of checks) {
      const finding = { fingerprint: 'f', title, severity: 'high', objectType: 'contacts', total: 999_999 } as const;
      const summary = templateSummary({ letter: 'B', severities, types, findings: [finding] });
      expect(summary.bullets.map(({ text }) => text)[0]).toContain('999,999');
      expect(readingOf({ summary }).taints).toBe(false);
    }
  });

  it('is made of figures and ids alone, whatever the redaction', async () => {
    const { asked } = await audited(
      about(),
      { useModel: true, objectTypes: ['contacts', 'deals'] },
      { redaction: 'features' },
    );
    const [request] = asked;
    expect(request).toBeDefined();
    const { totals, findings } = sentIn(request ?? Object({}));
    expect(Object.keys(totals)).toEqual([
      'grade',
      'findings of high severity',
      'findings of medium severity',
      'findings of low severity',
      ...['contacts', 'deals'].flatMap((type) => [`records of ${type}`, `grade of ${type}`]),
    ]);
    for (const value of Object.values(totals)) expect(String(value)).toMatch(/^(?:\d+|[A-F])$/);
    const { checks } = await import('../../src/enrich/anomalies/index.ts');
    const titles = [...checks.map(({ title }) => title), 'Groups of records that may be one and the same'];
    for (const { id, title, severity, figures, ...rest } of findings) {
      expect(rest).toEqual({});
      expect(id).toMatch(/^(?:[0-9a-f]{32}|duplicates-(?:contacts|deals))$/);
      expect(titles).toContain(title);
      expect(severity).toMatch(/^(?:high|medium|low)$/);
      const { objectType, ...counts } = figures;
      expect(objectType).toMatch(/^(?:contacts|deals)$/);
      expect(Object.keys(counts).join(' ')).toMatch(/^(?:affected|certain likely possible)$/);
      for (const count of Object.values(counts)) expect(count).toEqual(expect.any(Number));
    }
    expect(findings.length).toBeGreaterThan(2);
    expect(request?.raw).not.toMatch(/quistgaard|mailinator|gmial|4420794609|xanadu|ulan|73519/i);
  });
});
