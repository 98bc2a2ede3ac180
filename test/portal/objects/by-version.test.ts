import { describe, expect, test } from 'vitest';
import { create, problems, spec } from '../records.ts';
import { at, results, talkTo } from '../talk.ts';

const path = (version: string) => `/crm/objects/${version}/contacts`;
const rows = [{ email: 'a@b.co' }, { email: 'wrong' }].map((properties) => ({ properties }));

describe('bad rows of a batch', () => {
  test('refuse it whole up to 2026-03, and stand in the body of a 201 in 2026-09', async () => {
    const talk = await talkTo();
    expect((await talk('POST', `${path('2026-03')}/batch/create`, { inputs: rows })).status).toBe(400);
    const parts = await talk('POST', `${path('2026-09')}/batch/create`, { inputs: rows });
    expect(parts).toMatchObject({
      status: 201,
      body: {
        status: 'COMPLETE',
        numErrors: 1,
        errors: [{ status: 'error', category: 'VALIDATION_ERROR', errors: [{ code: 'INVALID_EMAIL' }] }],
      },
    });
    expect(results(parts)).toHaveLength(1);
    const read = await talk('POST', `${path('2026-09')}/batch/read`, { inputs: [{ id: '404' }], properties: [] });
    expect(read).toMatchObject({ status: 200, body: { numErrors: 1, errors: [{ category: 'OBJECT_NOT_FOUND' }] } });
  });

  test('are told by the status in 2026-09, too, where the portal is asked to', async () => {
    const talk = await talkTo({ rules: { batchErrors: 'status' } });
    expect((await talk('POST', `${path('2026-09')}/batch/create`, { inputs: rows })).status).toBe(400);
    const traced = rows.map((row, i) => ({ ...row, objectWriteTraceId: `t${i}` }));
    const parts = await talk('POST', `${path('2026-09')}/batch/create`, { inputs: traced });
    expect(parts).toMatchObject({ status: 207, body: { errors: [{ context: { objectWriteTraceId: ['t1'] } }] } });
  });

  test('refuse the whole of an upsert by address, traced or not', async () => {
    const talk = await talkTo();
    const inputs = ['a@b.co', 'wrong'].map((id) => ({
      id,
      idProperty: 'email',
      properties: { city: 'Rome' },
      objectWriteTraceId: id,
    }));
    expect((await talk('POST', `${path('2026-03')}/batch/upsert`, { inputs })).status).toBe(400);
    expect(results(await talk('GET', '/crm/v3/objects/contacts'))).toEqual([]);
  });
});

describe('the write validation of 2026-09', () => {
  test('asks for the create form’s fields and keeps required ones from being cleared, once it is switched on', async () => {
    const deals = '/crm/objects/2026-09/deals';
    const properties = { dealname: 'Big', dealstage: 'contractsent' };
    const off = await talkTo();
    expect((await off('POST', deals, { properties })).status).toBe(201);

    const talk = await talkTo({ rules: { writeValidation: true } });
    const refused = await talk('POST', deals, { properties });
    expect(refused.status).toBe(400);
    expect(problems(refused.body)).toMatchObject([{ error: 'REQUIRED_FIELD', name: 'pipeline' }]);
    const made = await talk('POST', deals, { properties: { ...properties, pipeline: 'default' } });
    const id = String(at(made.body, 'id'));
    const clear = { properties: { dealname: '' } };
    expect(problems((await talk('PATCH', `${deals}/${id}`, clear)).body)).toMatchObject([{ name: 'dealname' }]);
    expect((await talk('PATCH', `/crm/objects/2026-03/deals/${id}`, clear)).status).toBe(200);
  });
});

describe('a deletion for good', () => {
  test('leaves neither the record, its history nor its links, and its id is never given again', async () => {
    const talk = await talkTo();
    const company = await create(talk, 'companies', { name: 'Acme' });
    const id = await create(talk, 'contacts', { email: 'a@b.co' }, [{ to: { id: company }, types: [spec(1)] }]);
    await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { city: 'Rome' } });
    const purge = (body: unknown) => talk('POST', '/crm/v3/objects/contacts/gdpr-delete', body);
    expect((await purge({ objectId: id })).status).toBe(204);
    for (const archived of ['', '?archived=true']) {
      expect((await talk('GET', `/crm/v3/objects/contacts/${id}${archived}`)).status).toBe(404);
    }
    const read = await talk('GET', `/crm/v3/objects/companies/${company}?associations=contacts`);
    expect(at(read.body, 'associations')).toBeUndefined();
    expect((await purge({ objectId: id })).status).toBe(404);
    // An address that nobody has is blocked all the same.
    expect((await purge({ objectId: 'nobody@b.co', idProperty: 'email' })).status).toBe(204);
    expect((await talk('POST', '/crm/v3/objects/companies/gdpr-delete', { objectId: company })).status).toBe(405);
    const again = await create(talk, 'contacts', { email: 'a@b.co' });
    expect(Number(again)).toBeGreaterThan(Number(id));
  });
});
