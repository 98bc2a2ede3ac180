import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterEach, describe, expect, it } from 'vitest';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { recordsOf } from '../rows.ts';

let connection: Connection | undefined;
let folder: string | undefined;
afterEach(async () => {
  await connection?.close();
  connection = undefined;
  if (folder !== undefined) await rm(folder, { recursive: true });
  folder = undefined;
});

async function office(options: HarnessOptions = {}): Promise<Connection> {
  connection = await connect({ config: { toolsets: ['crm', 'quality'] }, ...options });
  return connection;
}

async function rulesFile(content: unknown): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'score-rules-'));
  const path = join(folder, 'rules.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

interface Told {
  readonly id: string;
  readonly score: number;
  readonly band: string;
  readonly reasons: readonly { readonly points: number; readonly note: string }[];
}

/** Each score with what the numbers of its reasons stand for. */
function scoresOf(data: Record<string, unknown>): readonly Told[] {
  const list = (name: string) => (Array.isArray(data[name]) ? data[name] : []);
  const rules = new Map(list('rules').map(({ rule, ...said }) => [rule, said]));
  return list('scores').map(({ reasons, ...score }) => ({
    ...score,
    reasons: reasons.map((reason: string) => {
      const [rule, points] = reason.split(':');
      const said = rules.get(rule);
      return { note: said.note, points: Number(points ?? said.points) };
    }),
  }));
}

const create = async ({ hubspot }: Connection, properties: Record<string, string>) =>
  (await hubspot.objects.create('contacts', { properties })).id;

describe('score_leads', () => {
  it('scores by the shipped rules, the highest first, with reasons that add up', async () => {
    const crm = await office();
    const poor = await create(crm, { lastname: 'Nobody' });
    const good = await create(crm, {
      email: 'ann@acme.com',
      jobtitle: 'CEO',
      hs_seniority: 'executive',
      company: 'Acme',
      phone: '+1 415 555 0100',
    });
    const before = crm.requests.length;
    const { data, isError } = await crm.call('score_leads', { ids: [poor, good] });
    expect(isError).toBe(false);
    const scores = scoresOf(data);
    expect(scores.map(({ id }) => id)).toEqual([good, poor]);
    for (const { score, reasons } of scores) {
      expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 6);
    }
    expect(scores[0]?.reasons.map(({ note }) => note)).toContain('fit: Decides: director or above');
    expect(scores[1]?.score).toBe(0);
    expect(crm.requests.slice(before).filter((request) => !/^GET|\/read$|\/search$/.test(request))).toEqual([]);
  });

  it("scores by the operator's file, and says the call that would keep the scores", async () => {
    const scoreRules = await rulesFile({
      version: 1,
      models: [
        {
          objectType: 'contacts',
          bands: { A: 10, B: 5 },
          groups: [
            {
              name: 'city',
              rules: [
                { says: 'In Berlin', points: 12, filters: [{ propertyName: 'city', operator: 'EQ', value: 'berlin' }] },
                { says: 'Of old', points: 9, filters: [{ propertyName: 'no_such_thing', operator: 'HAS_PROPERTY' }] },
              ],
            },
          ],
        },
      ],
    });
    const crm = await office({ scoreRules });
    const id = await create(crm, { lastname: 'Lee', city: 'Berlin' });
    const { data } = await crm.call('score_leads', { ids: [id], scoreProperty: 'hs_predictivecontactscore_v2' });
    // Whatever HubSpot alone sets cannot take a score.
    expect(data).toEqual({});
    await crm.hubspot.properties.create('contacts', {
      name: 'our_score',
      label: 'Our score',
      groupName: 'contactinformation',
      type: 'number',
      fieldType: 'number',
    });
    const kept = await crm.call('score_leads', { ids: [id], scoreProperty: 'our_score' });
    expect(scoresOf(kept.data)).toEqual([
      { id, score: 12, band: 'A', reasons: [{ points: 12, note: 'city: In Berlin' }] },
    ]);
    expect(kept.data['note']).toMatch(/no_such_thing did not count/);
    const { tool, arguments: said } = Object(kept.data['example']);
    expect((await crm.call(tool, said)).data).toMatchObject({ applied: 1 });
  });

  it('costs a model at most 32 tokens a record, each rule being told once', async () => {
    const crm = await office({ seed: 'demo' });
    const found = await crm.call('search_records', { objectType: 'contacts', limit: 100 });
    const ids = recordsOf(found.data).map((row) => String(row['id']));
    const { data, text } = await crm.call('score_leads', { ids });
    const scores = scoresOf(data);
    expect(scores).toHaveLength(100);
    expect(encode(text).length).toBeLessThanOrEqual(3200);
    for (const { score, reasons } of scores) {
      expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 6);
    }
  });

  it('says which types the rules know, and what is wrong with a rules file', async () => {
    const crm = await office();
    expect((await crm.call('score_leads', { objectType: 'tickets', ids: ['1'] })).error).toMatchObject({
      code: 'no_rules',
      allowed: ['contacts', 'companies'],
    });
    await crm.close();
    const broken = await office({ scoreRules: await rulesFile({ version: 1, models: [{ objectType: 'contacts' }] }) });
    expect((await broken.call('score_leads', { ids: ['1'] })).error).toMatchObject({
      code: 'invalid_rules',
      message: expect.stringContaining('models.0.groups'),
    });
  });
});
