import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

const rowsOf = (table: unknown): unknown[][] => {
  const { rows = [] }: { rows?: unknown[][] } = Object(table);
  return rows;
};

async function created({ call }: Connection, objectType: string, records: object[]): Promise<string[]> {
  const { data } = await call('create_records', { objectType, records });
  const columns: unknown = data['columns'];
  const at = Array.isArray(columns) ? columns.indexOf('id') : -1;
  return rowsOf(data).map((row) => String(row[at]));
}

interface Question {
  readonly objectType: string;
  readonly ids: readonly string[];
  readonly note: string;
}
const questionsOf = (data: Record<string, unknown>): readonly Question[] =>
  Array.isArray(data['questions']) ? data['questions'] : [];

describe('summarize_record on an account of which everything is known', () => {
  let connection: Connection;
  let company: string;
  let deals: string[];
  let brief: Awaited<ReturnType<Connection['call']>>;
  let asked: readonly string[];

  beforeAll(async () => {
    connection = await connect();
    const create = (objectType: string, records: object[]) => created(connection, objectType, records);
    company = (await create('companies', [{ properties: { name: 'Acme', domain: 'acme.example' } }]))[0] ?? '';
    const associations = [{ toObjectType: 'companies', to: company }];
    await create('contacts', [
      { properties: { firstname: 'Ann', lastname: 'Lee', email: 'ann@acme.example', jobtitle: 'CFO' }, associations },
    ]);
    const deal = (dealname: string, dealstage: string, more: object) => ({
      properties: { dealname, pipeline: 'default', dealstage, ...more },
      associations,
    });
    deals = await create('deals', [
      deal('Small', 'appointmentscheduled', { amount: 10, closedate: '2020-01-31' }),
      deal('Large', 'contractsent', { amount: 5000, closedate: '2099-01-31', hs_next_step: 'Send the contract' }),
      deal('Nameless price', 'appointmentscheduled', { closedate: '2099-01-31' }),
      deal('Done', 'closedwon', { amount: 7, closedate: '2020-01-31' }),
    ]);
    await connection.call('log_note', { notes: [{ body: '<p>They want <b>two</b> more.</p>', associations }] });
    const before = connection.requests.length;
    brief = await connection.call('summarize_record', { objectType: 'Company', id: company });
    asked = connection.requests.slice(before);
  });
  afterAll(() => connection.close());

  it('tells what it is, how much there is around it, and the open deals by amount', () => {
    expect(brief.data).toMatchObject({
      objectType: 'companies',
      id: company,
      properties: { name: 'Acme', domain: 'acme.example' },
      linked: { contacts: 1, deals: 4, notes: 1 },
    });
    expect(rowsOf(brief.data['deals']).map(([, name, amount]) => [name, amount])).toEqual([
      ['Large', 5000],
      ['Small', 10],
      ['Nameless price', null],
    ]);
    expect(rowsOf(brief.data['deals'])[0]?.slice(3, 5)).toEqual(['Contract Sent', '2099-01-31']);
    expect(rowsOf(brief.data['contacts'])[0]?.slice(1)).toEqual(['Ann Lee', 'CFO', 'ann@acme.example']);
  });

  it('tells the last activities in words, marked as the words of strangers', () => {
    expect(rowsOf(brief.data['activities']).map(([, , field, says]) => [field, says])).toEqual([
      ['hs_note_body', 'They want two more.'],
    ]);
    expect(brief.data['untrusted']).toMatchObject({ 'activities.says': 'note' });
  });

  it('asks what is open, of the very records', () => {
    const questions = questionsOf(brief.data);
    expect(questions.find(({ note }) => /closed already/.test(note))?.ids).toEqual([deals[0]]);
    expect(questions.find(({ note }) => /no amount/.test(note))?.ids).toEqual([deals[2]]);
    expect(questions.find(({ note }) => /no next step/.test(note))?.ids).toEqual([deals[2], deals[0]]);
  });

  it('gives as steps calls that the server takes, and changes nothing itself', async () => {
    const steps: { tool: string; arguments: Record<string, unknown> }[] = Object(brief.data['steps']);
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      const { isError } = await connection.call(step.tool, { ...step.arguments, dryRun: true });
      expect(isError).toBe(false);
    }
    expect(asked.filter((request) => !/^GET|batch\/read$/.test(request))).toEqual([]);
  });

  it('takes two requests, and one for each type that there is', async () => {
    const before = connection.requests.length;
    await connection.call('summarize_record', { objectType: 'companies', id: company });
    expect(connection.requests.length - before).toBe(2 + 3);
  });

  it('asks no longer once it is done', async () => {
    const properties = { closedate: '2099-01-31', hs_next_step: 'Call on Friday' };
    const records = deals.slice(0, 3).map((id) => ({ id, properties: { ...properties, amount: 10 } }));
    await connection.call('update_records', { objectType: 'deals', records });
    const { data } = await connection.call('summarize_record', { objectType: 'companies', id: company });
    expect(questionsOf(data).filter(({ note }) => /closed already|amount|step/.test(note))).toEqual([]);
  });

  it('of a record that does not exist is refused by its name, with what to do', async () => {
    const { error } = await connection.call('summarize_record', { objectType: 'companies', id: '404' });
    expect(error).toMatchObject({
      code: 'not_found',
      message: 'There is no company "404"; it may be archived.',
      next: expect.stringContaining('search_records'),
    });
    for (const id of [`${company}:404`, `${company}, 404`, `${company}:404:+3`]) {
      const several = await connection.call('summarize_record', { objectType: 'companies', id });
      expect(several.error['message']).toContain(`these are several. Give each by itself: ["${company}","404"]`);
    }
  });

  it('of a contact by its e-mail has all that is linked with it', async () => {
    const { data } = await connection.call('summarize_record', { objectType: 'contacts', id: 'ann@acme.example' });
    expect(data).toMatchObject({ id: expect.stringMatching(/^\d+$/), linked: { companies: 1 } });
  });

  it('of a deal asks about the deal itself', async () => {
    await connection.call('update_records', {
      objectType: 'deals',
      records: [{ id: deals[0], properties: { closedate: '2020-01-31' } }],
    });
    const { data } = await connection.call('summarize_record', { objectType: 'deals', id: deals[0] });
    expect(data['properties']).toMatchObject({ dealstage: 'Appointment Scheduled', pipeline: 'Sales Pipeline' });
    expect(questionsOf(data).filter(({ ids }) => ids.includes(deals[0] ?? '')).length).toBeGreaterThan(0);
    expect(data['companies']).toBeDefined();
  });
});

describe('summarize_record on the demo portal', () => {
  it('fits in 800 tokens, also where there is much to say', async () => {
    const connection = await connect({ seed: 'demo' });
    const { data } = await connection.call('aggregate_records', {
      objectType: 'deals',
      groupBy: ['hs_primary_associated_company'],
      limit: 4,
    });
    const richest = rowsOf(data).flatMap(([id]) => (typeof id === 'string' && id !== '' ? [id] : []));
    const costs = [];
    for (const id of richest) {
      const { text, isError } = await connection.call('summarize_record', { objectType: 'companies', id });
      expect(isError).toBe(false);
      costs.push(encode(text).length);
    }
    expect(Math.max(...costs)).toBeGreaterThan(200);
    expect(Math.max(...costs)).toBeLessThanOrEqual(800);
    await connection.close();
  });

  it('says what it could not read for want of a scope', async () => {
    const scopes = ['crm.objects.companies.read', 'crm.objects.companies.write', 'crm.objects.contacts.read'];
    const connection = await connect({ scopes });
    const [id] = await created(connection, 'companies', [{ properties: { name: 'Acme' } }]);
    const { data } = await connection.call('summarize_record', { objectType: 'companies', id });
    expect(data['note']).toMatch(/for want of a scope: .*deals/);
    await connection.close();
  });
});
