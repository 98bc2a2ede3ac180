import { afterEach, describe, expect, it } from 'vitest';
import type { ValueProvider } from '../../src/enrich/values/types.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { completion, type OpenaiServer, openaiServer } from '../openai-server.ts';

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
  readonly now?: string;
  readonly value: string;
  readonly confidence: number;
  readonly source: string;
  readonly note: string;
  readonly fingerprint: string;
  readonly others?: readonly { readonly value: string }[];
}

const proposalsOf = (data: Record<string, unknown>): readonly Told[] =>
  Array.isArray(data['proposals']) ? data['proposals'] : [];
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
    for (const { source, confidence, note, fingerprint } of proposalsOf(data)) {
      expect(source).toBe('rules');
      expect(confidence).toBeGreaterThanOrEqual(0.5);
      expect(note).toMatch(/\.$/);
      expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(data['asOf']).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(crm.requests.slice(before).filter((request) => !/^GET|\/read$|\/search$/.test(request))).toEqual([]);
  });

  it('says a call of update_records that works as it stands, and refuses rows that somebody changed meanwhile', async () => {
    const crm = await office();
    const [id, other] = [
      await create(crm, 'contacts', { lastname: 'SMITH', jobtitle: 'CFO', email: 'a@acme.com' }),
      await create(crm, 'contacts', { lastname: 'JONES', email: 'b@acme.com' }),
    ];
    const properties = ['lastname', 'hs_role', 'hs_seniority'];
    const { data } = await crm.call('suggest_values', { objectType: 'contacts', ids: [id, other], properties });
    await crm.hubspot.objects.update('contacts', other, { lastname: 'Jonas' });
    const { tool, arguments: said } = Object(data['call']);
    const written = await crm.call(tool, said);
    expect(written.data).toMatchObject({ applied: 1, failed: [expect.objectContaining({ code: 'unexpected_value' })] });
    const { properties: now } = await crm.hubspot.objects.get('contacts', id, {
      properties: ['lastname', 'hs_role', 'hs_seniority'],
    });
    expect(now).toMatchObject({ lastname: 'Smith', hs_role: 'finance', hs_seniority: 'executive' });
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
    const [proposal] = proposalsOf((await crm.call('suggest_values', asked)).data);
    expect(proposal?.value).toBe('HOSPITALITY');
    await crm.call('dismiss_finding', { fingerprints: [proposal?.fingerprint] });
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
      { value: 'COMPUTER_SOFTWARE', source: 'provider:registry', confidence: 0.95, others: [{ value: 'HOSPITALITY' }] },
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
