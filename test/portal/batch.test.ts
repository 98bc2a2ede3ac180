import { describe, expect, test } from 'vitest';
import { create, read } from './records.ts';
import { at, results, talkTo } from './talk.ts';

const contacts = '/crm/v3/objects/contacts/batch';

describe('a batch', () => {
  test('creates all or none, unless every row carries a trace of its own', async () => {
    const talk = await talkTo();
    const rows = [{ email: 'a@b.co' }, { email: 'wrong' }, { email: 'a@b.co' }, { email: 'c@b.co' }];
    const whole = await talk('POST', `${contacts}/create`, { inputs: rows.map((properties) => ({ properties })) });
    expect(whole.status).toBe(400);
    const halfTraced = rows.map((properties, i) => ({ properties, ...(i > 0 && { objectWriteTraceId: `t${i}` }) }));
    expect((await talk('POST', `${contacts}/create`, { inputs: halfTraced })).status).toBe(400);
    expect((await talk('POST', '/crm/v3/objects/contacts/search', {})).body).toMatchObject({ total: 0 });

    const traced = rows.map((properties, i) => ({ properties, objectWriteTraceId: `t${i}` }));
    const parts = await talk('POST', `${contacts}/create`, { inputs: traced });
    expect(parts).toMatchObject({ status: 207, body: { status: 'COMPLETE', numErrors: 2 } });
    expect(results(parts)).toMatchObject([{ objectWriteTraceId: 't0' }, { objectWriteTraceId: 't3' }]);
    expect(at(parts.body, 'errors')).toMatchObject([
      { status: 'error', category: 'VALIDATION_ERROR', context: { objectWriteTraceId: ['t1'] } },
      {
        category: 'CONFLICT',
        message: expect.stringContaining('Existing ID'),
        context: { objectWriteTraceId: ['t2'] },
      },
    ]);
    expect((await talk('POST', '/crm/v3/objects/contacts/search', {})).body).toMatchObject({ total: 2 });
  });

  test('reads what is there and names what is not', async () => {
    const talk = await talkTo();
    const id = await create(talk, 'contacts', { email: 'a@b.co' });
    const reply = await talk('POST', `${contacts}/read`, {
      idProperty: 'email',
      properties: ['email'],
      inputs: [{ id: 'nobody@b.co' }, { id: 'A@b.co' }],
    });
    expect(reply).toMatchObject({ status: 207, body: { results: [{ id }] } });
    expect(at(reply.body, 'errors')).toEqual([
      {
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        message: 'Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.',
        context: { ids: ['nobody@b.co'] },
      },
    ]);
  });

  test('updates and upserts by a unique property, saying what is new', async () => {
    const talk = await talkTo();
    const id = await create(talk, 'contacts', { email: 'a@b.co' });
    const updated = await talk('POST', `${contacts}/update`, {
      inputs: [
        { id, properties: { city: 'Rome' } },
        { id: '404', properties: { city: 'Rome' }, objectWriteTraceId: 'gone' },
      ],
    });
    expect(updated).toMatchObject({
      status: 207,
      body: { results: [{ id }], errors: [{ context: { ids: ['404'], objectWriteTraceId: ['gone'] } }] },
    });
    const upserted = await talk('POST', `${contacts}/upsert`, {
      inputs: ['a@b.co', 'b@b.co'].map((email) => ({ id: email, idProperty: 'email', properties: { city: 'Oslo' } })),
    });
    expect(results(upserted)).toMatchObject([
      { id, new: false },
      { properties: { email: 'b@b.co' }, new: true },
    ]);
    expect(await read(talk, 'contacts', id, 'city')).toBe('Oslo');
  });

  test('archives what it finds and takes at most 100 rows, 50 with history', async () => {
    const talk = await talkTo();
    const id = await create(talk, 'contacts', { email: 'a@b.co' });
    expect((await talk('POST', `${contacts}/archive`, { inputs: [{ id }, { id: '5' }] })).status).toBe(204);
    expect((await talk('GET', `/crm/v3/objects/contacts/${id}`)).status).toBe(404);
    const inputs = Array.from({ length: 101 }, (_, i) => ({ id: String(i + 1), properties: {} }));
    for (const what of ['read', 'create', 'update', 'upsert', 'archive']) {
      expect((await talk('POST', `${contacts}/${what}`, { inputs })).status).toBe(400);
    }
    const history = { inputs: inputs.slice(0, 51), propertiesWithHistory: ['email'] };
    expect((await talk('POST', `${contacts}/read`, history)).body).toMatchObject({
      message:
        'The maximum number of inputs supported in a batch request for property histories is 50. Please reduce the number of items and try again',
    });
    const twins = {
      inputs: [
        { id: '1', properties: {} },
        { id: '1', properties: {} },
      ],
    };
    expect((await talk('POST', `${contacts}/update`, twins)).status).toBe(400);
  });

  test('without rows does nothing, and that is no error', async () => {
    const talk = await talkTo();
    for (const [what, status] of [
      ['read', 200],
      ['create', 201],
      ['update', 200],
      ['upsert', 200],
    ] as const) {
      for (const body of [{}, { inputs: [] }, { rows: [{ id: '1' }] }]) {
        expect(await talk('POST', `${contacts}/${what}`, body)).toMatchObject({ status, body: { results: [] } });
      }
    }
    expect((await talk('POST', `${contacts}/archive`, {})).status).toBe(204);
  });

  test('does not archive or update by an id that was merged into another', async () => {
    const talk = await talkTo();
    const ada = await create(talk, 'contacts', { email: 'a@b.co' });
    const twin = await create(talk, 'contacts', { email: 'b@b.co' });
    const merge = { primaryObjectId: ada, objectIdToMerge: twin };
    const id = String(at((await talk('POST', '/crm/v3/objects/contacts/merge', merge)).body, 'id'));
    expect((await talk('POST', `${contacts}/archive`, { inputs: [{ id: ada }, { id: twin }] })).status).toBe(204);
    const updated = await talk('POST', `${contacts}/update`, { inputs: [{ id: ada, properties: { city: 'Rome' } }] });
    expect(updated).toMatchObject({ status: 207, body: { results: [], errors: [{ context: { ids: [ada] } }] } });
    expect((await talk('GET', `/crm/v3/objects/contacts/${id}`)).status).toBe(200);
  });

  test('finds by a unique value whatever a write takes for the same one', async () => {
    const talk = await talkTo();
    const id = await create(talk, 'contacts', { email: 'a@b.co' });
    const inputs = [{ id: ' A@b.co ', idProperty: 'email', properties: { city: 'Rome' } }];
    expect(results(await talk('POST', `${contacts}/upsert`, { inputs }))).toMatchObject([{ id, new: false }]);
  });
});
