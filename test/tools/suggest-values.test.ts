import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterEach, describe, expect, it } from 'vitest';
import type { ValueProvider } from '../../src/enrich/values/types.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { completion, type OpenaiServer, openaiServer } from '../openai-server.ts';
import { recordsOf } from '../rows.ts';

let connection: Connection | undefined;
let server: OpenaiServer | undefined;
afterEach(async () => {
  await connection?.close();
  await server?.close();
  connection = undefined;
  server = undefined;
});

async function office(options: HarnessOptions = {}): Promise<Connection> {
  connection = await connect({ config: { toolsets: ['crm', 'quality'] }, ...options });
  return connection;
}

interface Told {
  readonly id: string;
  readonly property: string;
  readonly now: string | null;
  readonly value: string;
  readonly confidence: number;
  readonly source: string;
  readonly note: string;
  readonly others?: string | null;
}

/** Each proposal with what its `why` stands for. */
function proposalsOf(data: Record<string, unknown>): readonly Told[] {
  const reasons: readonly { readonly why: string }[] = Array.isArray(data['reasons']) ? data['reasons'] : [];
  return recordsOf(data).map((row) =>
    Object.assign(
      {},
      reasons.find(({ why }) => why === row['why']),
      Object(row),
    ),
  );
}
const valuesOf = (data: Record<string, unknown>) =>
  Object.fromEntries(proposalsOf(data).map(({ property, value }) => [property, value]));

const create = async ({ hubspot }: Connection, type: string, properties: Record<string, string>) =>
  (await hubspot.objects.create(type, { properties })).id;

describe('suggest_values', () => {
  it('reads job function, seniority, country and website from what a contact holds, and writes nothing', async () => {
    const crm = await office();
    const id = await create(crm, 'contacts', {
      firstname: 'Eva',
      lastname: 'Braun-Meier',
      email: 'eva@mueller-bau.de',
      jobtitle: 'Vertriebsleiterin',
      phone: '+49 30 901820',
    });
    const before = crm.requests.length;
    const { data, isError } = await crm.call('suggest_values', { objectType: 'contacts', ids: [id] });
    expect(isError).toBe(false);
    expect(valuesOf(data)).toEqual({
      hs_role: 'sales',
      hs_seniority: 'director',
      country: 'Germany',
      phone: '+4930901820',
      website: 'https://mueller-bau.de',
    });
    for (const { source, confidence, note } of proposalsOf(data)) {
      expect(source).toBe('rules');
      expect(confidence).toBeGreaterThanOrEqual(0.5);
      expect(note).toMatch(/\.$/);
    }
    expect(data['asOf']).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(crm.requests.slice(before).filter((request) => !/^GET|\/read$|\/search$/.test(request))).toEqual([]);
  });

  it('shows how the first record is written, and all others are in the same way, refused where somebody was faster', async () => {
    const crm = await office();
    const [id, other] = [
      await create(crm, 'contacts', { lastname: 'SMITH', jobtitle: 'CFO', email: 'a@acme.com' }),
      await create(crm, 'contacts', { lastname: 'JONES', email: 'b@acme.com' }),
    ];
    const properties = ['lastname', 'hs_role', 'hs_seniority'];
    const { data } = await crm.call('suggest_values', { objectType: 'contacts', ids: [id, other], properties });
    await crm.hubspot.objects.update('contacts', other, { lastname: 'Jonas' });
    const { tool, arguments: said } = Object(data['example']);
    expect(said.records).toHaveLength(1);
    const [, row] = [id, other].map((each) => proposalsOf(data).filter((proposal) => proposal.id === each));
    const second = {
      id: other,
      properties: Object.fromEntries((row ?? []).map(({ property, value }) => [property, value])),
      expected: Object.fromEntries((row ?? []).map(({ property, now }) => [property, now ?? ''])),
    };
    const written = await crm.call(tool, { ...said, records: [...said.records, second] });
    expect(written.data).toMatchObject({ applied: 1, failed: [expect.objectContaining({ code: 'unexpected_value' })] });
    const { properties: now } = await crm.hubspot.objects.get('contacts', id, { properties });
    expect(now).toMatchObject({ lastname: 'Smith', hs_role: 'finance', hs_seniority: 'executive' });
  });

  it('takes the place of what is no option any more, which its call expects like any other value', async () => {
    const crm = await office();
    const { hubspot } = crm;
    const field = { groupName: 'contactinformation', type: 'enumeration', fieldType: 'select' };
    const options = ['sales', 'wizardry'].map((value) => ({ label: value, value, displayOrder: 0, hidden: false }));
    await hubspot.properties.create('contacts', { name: 'job_role', label: 'Job function', ...field, options });
    const id = await create(crm, 'contacts', { email: 'w@acme.com', jobtitle: 'Sales director', job_role: 'wizardry' });
    await hubspot.properties.update('contacts', 'job_role', { options: options.slice(0, 1) });
    const asked = { objectType: 'contacts', ids: [id], properties: ['job_role'] };
    const { data } = await crm.call('suggest_values', asked);
    expect(proposalsOf(data)).toMatchObject([{ now: 'wizardry', value: 'sales' }]);
    const { tool, arguments: said } = Object(data['example']);
    expect(said.records[0].expected).toEqual({ job_role: 'wizardry' });
    expect((await crm.call(tool, said)).data).toMatchObject({ applied: 1 });
  });

  it('costs a model at most 20 tokens a proposal, whatever is the same in many being told once', async () => {
    const crm = await office({ seed: 'demo' });
    const found = await crm.call('search_records', { objectType: 'contacts', limit: 100 });
    const ids = recordsOf(found.data).map((row) => String(row['id']));
    const { data, text } = await crm.call('suggest_values', { objectType: 'contacts', ids });
    const proposals = proposalsOf(data);
    expect(proposals.length).toBeGreaterThan(200);
    expect(encode(text).length).toBeLessThanOrEqual(20 * proposals.length);
    expect(proposals.every(({ source, confidence, note }) => source !== '' && confidence > 0 && note !== '')).toBe(
      true,
    );
  });

  it('leaves a value that is there and valid as it is, unless asked', async () => {
    const crm = await office();
    const id = await create(crm, 'contacts', {
      lastname: 'Lee',
      email: 'x@acme.com',
      jobtitle: 'CEO',
      hs_seniority: 'manager',
    });
    const asked = { objectType: 'contacts', ids: [id], properties: ['hs_seniority'] };
    expect(proposalsOf((await crm.call('suggest_values', asked)).data)).toEqual([]);
    const { data } = await crm.call('suggest_values', { ...asked, overwrite: true });
    expect(proposalsOf(data)).toMatchObject([{ now: 'manager', value: 'executive' }]);
  });

  it('reads the lifecycle stage from deals, forward alone', async () => {
    const crm = await office();
    const company = await create(crm, 'companies', { name: 'Acme', domain: 'acme.com', lifecyclestage: 'lead' });
    await crm.call('create_records', {
      objectType: 'deals',
      records: [
        {
          properties: { dealname: 'Big', dealstage: 'closedwon', pipeline: 'default' },
          associations: [{ toObjectType: 'companies', to: company }],
        },
      ],
    });
    const asked = { objectType: 'companies', ids: [company], properties: ['lifecyclestage'] };
    expect(proposalsOf((await crm.call('suggest_values', asked)).data)).toMatchObject([
      { now: 'lead', value: 'customer', note: 'A deal with it was won.' },
    ]);
    await crm.hubspot.objects.update('companies', company, { lifecyclestage: 'evangelist' });
    expect(proposalsOf((await crm.call('suggest_values', asked)).data)).toEqual([]);
  });

  it('does not propose again what somebody said no to', async () => {
    const crm = await office();
    const id = await create(crm, 'companies', { name: 'Hotel Adlon' });
    const asked = { objectType: 'companies', ids: [id], properties: ['industry'] };
    expect(proposalsOf((await crm.call('suggest_values', asked)).data)).toMatchObject([{ value: 'HOSPITALITY' }]);
    // The type as people say it, as everywhere.
    const said = await crm.call('dismiss_finding', { fingerprints: [`value:Company:${id}:industry:HOSPITALITY`] });
    expect(said.data).toMatchObject({ dismissed: 1 });
    expect(proposalsOf((await crm.call('suggest_values', asked)).data)).toEqual([]);
  });

  it('refuses properties that only HubSpot sets, and a call without records', async () => {
    const crm = await office();
    const readOnly = await crm.call('suggest_values', {
      objectType: 'contacts',
      ids: ['1'],
      properties: ['hs_object_id'],
    });
    expect(readOnly.error).toMatchObject({ code: 'not_possible', property: 'hs_object_id' });
    expect((await crm.call('suggest_values', { objectType: 'contacts' })).error).toMatchObject({ code: 'no_records' });
  });

  it('lets providers compete by confidence, and tells what went wrong with one', async () => {
    const providers: readonly ValueProvider[] = [
      {
        name: 'registry',
        objectTypes: ['companies'],
        propose: ({ properties }) => [
          {
            property: 'industry',
            value: 'Computer Software',
            confidence: 0.95,
            evidence: `Registered: ${properties['name']}`,
          },
          { property: 'industry', value: 'Wizardry', confidence: 1 },
        ],
      },
      {
        name: 'broken',
        propose() {
          throw new Error('out of order');
        },
      },
      { name: 'asleep', timeoutMs: 1_000, propose: () => new Promise(() => undefined) },
    ];
    const clock = fakeClock({ patient: true });
    const crm = await clock.settle(office({ providers, clock }));
    const id = await clock.settle(create(crm, 'companies', { name: 'Grand Hotel', domain: 'grand.example' }));
    const calling = crm.call('suggest_values', { objectType: 'companies', ids: [id], properties: ['industry'] });
    const { data } = await clock.settle(calling);
    expect(proposalsOf(data)).toMatchObject([
      { value: 'COMPUTER_SOFTWARE', source: 'provider:registry', confidence: 0.95, others: 'HOSPITALITY (rules 0.8)' },
    ]);
    expect(data['note']).toMatch(/registry said 1 values/);
    expect(data['note']).toMatch(/broken failed for 1 of 1/);
    expect(data['note']).toMatch(/asleep failed for 1 of 1/);
  });

  it('asks a model only on request, sends what a job title says and nothing of who it is, and takes real options alone', async () => {
    server = await openaiServer(
      () =>
        completion({
          values: [
            { ref: 'r1', property: 'hs_role', value: 'research', because: 'the title', confidence: 0.99 },
            { ref: 'r1', property: 'hs_seniority', value: 'emperor', because: 'I say so', confidence: 0.99 },
            { ref: 'r9', property: 'hs_role', value: 'sales', because: 'another', confidence: 0.99 },
          ],
        }),
      { redaction: 'pseudonymised' },
    );
    const crm = await office({ model: server.options });
    const id = await create(crm, 'contacts', {
      firstname: 'Zoe',
      lastname: 'Quill',
      email: 'zoe.quill@acme.com',
      company: 'Acme',
      jobtitle: 'Alchemist',
    });
    const asked = { objectType: 'contacts', ids: [id], properties: ['hs_role', 'hs_seniority'] };
    expect(proposalsOf((await crm.call('suggest_values', asked)).data)).toEqual([]);
    expect(server.asked).toEqual([]);
    const { data } = await crm.call('suggest_values', { ...asked, useModel: true });
    expect(proposalsOf(data)).toMatchObject([
      { property: 'hs_role', value: 'research', source: 'model:gpt-test', confidence: 0.8 },
    ]);
    expect(data['usd']).toBeGreaterThan(0);
    expect(data['note']).toMatch(/2 values that the model said were not accepted/);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.raw).toContain('Alchemist');
    expect(server.asked[0]?.raw).not.toMatch(/zoe|quill|acme/i);
  });

  it('says so where no model is there, and goes on without one', async () => {
    const crm = await office();
    const id = await create(crm, 'contacts', { jobtitle: 'CEO', email: 'c@acme.com' });
    const { data } = await crm.call('suggest_values', {
      objectType: 'contacts',
      ids: [id],
      properties: ['hs_seniority'],
      useModel: true,
    });
    expect(proposalsOf(data)).toMatchObject([{ value: 'executive' }]);
    expect(data['note']).toMatch(/No model was asked/);
  });
});
