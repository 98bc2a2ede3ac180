import { describe, expect, test } from 'vitest';
import { fakeClock } from '../../fake-clock.ts';
import { create, read, spec } from '../records.ts';
import { at, results, talkTo } from '../talk.ts';

const path = '/engagements/v1/engagements';

describe('a legacy engagement', () => {
  test('is the activity record of the newer API, written and read by both', async () => {
    const talk = await talkTo();
    const contact = await create(talk, 'contacts', { email: 'a@b.co' });
    const deal = await create(talk, 'deals', { dealname: 'Big', dealstage: 'contractsent' });
    const made = await talk('POST', path, {
      engagement: { type: 'TASK', timestamp: 1_795_305_600_000 },
      associations: { contactIds: [Number(contact)], dealIds: [Number(deal)], companyIds: [] },
      metadata: { subject: 'Call back', body: '<p>soon</p>', status: 'NOT_STARTED', forObjectType: 'CONTACT' },
    });
    expect(made).toMatchObject({
      status: 200,
      body: {
        engagement: { type: 'TASK', active: true, timestamp: 1_795_305_600_000 },
        associations: { contactIds: [Number(contact)], dealIds: [Number(deal)], companyIds: [], ticketIds: [] },
        attachments: [],
        metadata: { subject: 'Call back', body: '<p>soon</p>', status: 'NOT_STARTED', forObjectType: 'CONTACT' },
      },
    });
    const id = String(at(made.body, 'engagement', 'id'));
    expect(await read(talk, 'tasks', id, 'hs_task_subject')).toBe('Call back');
    expect(await read(talk, 'tasks', id, 'hs_timestamp')).toBe('2026-11-22T00:00:00Z');

    await talk('PATCH', `/crm/v3/objects/tasks/${id}`, { properties: { hs_task_status: 'COMPLETED' } });
    const updated = await talk('PATCH', `${path}/${id}`, {
      metadata: { subject: 'Called' },
      associations: { contactIds: [], dealIds: [] },
    });
    expect(updated).toMatchObject({
      status: 200,
      body: { associations: { contactIds: [Number(contact)] }, metadata: { subject: 'Called', status: 'COMPLETED' } },
    });
    expect((await talk('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await talk('GET', `${path}/${id}`)).status).toBe(404);
    expect((await talk('GET', `/crm/v3/objects/tasks/${id}`)).status).toBe(404);
  });

  test('has its type’s metadata: times and numbers as numbers, and from whom to whom an e-mail goes', async () => {
    const talk = await talkTo();
    const write = async (type: string, metadata: object) =>
      (await talk('POST', path, { engagement: { type }, metadata })).body;
    expect(await write('CALL', { durationMilliseconds: 38_000, status: 'COMPLETED', title: 'x' })).toMatchObject({
      metadata: { durationMilliseconds: 38_000, status: 'COMPLETED' },
    });
    expect(await write('MEETING', { startTime: 1_795_305_600_000, title: 'Talk' })).toMatchObject({
      metadata: { startTime: 1_795_305_600_000, title: 'Talk' },
    });
    const email = { from: { email: 'a@b.co' }, to: [{ email: 'c@d.co' }], subject: 'Hi', text: 'Hello' };
    expect(await write('INCOMING_EMAIL', email)).toMatchObject({
      engagement: { type: 'INCOMING_EMAIL' },
      metadata: email,
    });
  });

  test('is refused with an unknown type, a wrong value or a link to nobody, and then leaves no trace', async () => {
    const talk = await talkTo();
    const refused = [
      { engagement: { type: 'FAX' }, metadata: {} },
      { engagement: {}, metadata: {} },
      { engagement: { type: 'TASK' }, metadata: { status: 'LATER' } },
      { engagement: { type: 'NOTE', ownerId: 5 }, metadata: { body: 'x' } },
      { engagement: { type: 'NOTE' }, associations: { contactIds: [404] }, metadata: { body: 'x' } },
    ];
    for (const body of refused) expect((await talk('POST', path, body)).status).toBe(400);
    expect((await talk('GET', `${path}/paged`)).body).toEqual({ results: [], hasMore: false, offset: 0 });
    // Recorded.
    expect(await talk('GET', `${path}/associated/FAKE_TYPE/1/paged`)).toMatchObject({
      status: 400,
      body: { status: 'error', message: "Invalid enum constant 'FAKE_TYPE' for class ObjectType" },
    });
  });

  test('is listed in pages, with a record, and by when it changed', async () => {
    const clock = fakeClock();
    const talk = await talkTo({ clock });
    const contact = await create(talk, 'contacts', { email: 'a@b.co' });
    const ids: string[] = [];
    for (const [type, link] of [
      ['notes', 202],
      ['calls', 194],
      ['meetings', 200],
    ] as const) {
      await clock.advance(1000);
      ids.push(
        await create(talk, type, { hs_timestamp: '2026-11-22T00:00:00Z' }, [
          { to: { id: contact }, types: [spec(link)] },
        ]),
      );
    }
    // One id means one engagement, whatever its type.
    expect(new Set(ids).size).toBe(3);
    const [first, second] = [
      await talk('GET', `${path}/paged?limit=2`),
      await talk('GET', `${path}/paged?limit=2&offset=2`),
    ];
    expect(first.body).toMatchObject({ hasMore: true, offset: 2 });
    expect(second.body).toMatchObject({ hasMore: false, offset: 3 });
    const idsOf = (reply: typeof first) => results(reply).map((each) => String(at(each, 'engagement', 'id')));
    expect([...idsOf(first), ...idsOf(second)]).toEqual(ids);
    expect(idsOf(await talk('GET', `${path}/associated/CONTACT/${contact}/paged`))).toEqual(ids.toReversed());
    const since = clock.now();
    expect(await talk('GET', `${path}/recent/modified?since=${since}`)).toMatchObject({
      body: { total: 1, results: [{ engagement: { type: 'MEETING' } }] },
    });
  });
});
