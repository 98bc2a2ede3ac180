import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { writeReport } from '../../src/writes/index.ts';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
let ann = '';

beforeAll(async () => {
  crm = await connect({ seed: 'demo' });
  ann = (await crm.hubspot.objects.create('contacts', { properties: { email: 'ann@note.test' } })).id;
});
afterAll(() => crm.close());

const log = (...notes: Record<string, unknown>[]) => crm.call('log_note', { notes });
const onAnn = [{ toObjectType: 'contact', to: 'ann@note.test' }];
const idOf = (data: unknown) => String(writeReport.parse(data).rows[0]?.[2]);
const PROPERTIES = ['hs_note_body', 'hs_timestamp', 'hubspot_owner_id', 'hs_attachment_ids'];

describe('log_note', () => {
  it('makes a note with its associations and attachments in one request', async () => {
    const [owner] = await crm.hubspot.owners.list();
    expect(owner).toBeDefined();
    const before = crm.requests.length;
    const { data } = await log({
      body: 'Called back.',
      associations: onAnn,
      owner: owner?.email,
      fileIds: ['11', '12'],
    });
    expect(crm.requests.slice(before).filter((request) => request.startsWith('POST'))).toEqual([
      expect.stringContaining('batch/read'),
      expect.stringContaining('batch/create'),
    ]);
    const note = await crm.hubspot.objects.get('notes', idOf(data), { properties: PROPERTIES });
    expect(note.properties).toMatchObject({
      hs_note_body: 'Called back.',
      hubspot_owner_id: owner?.id,
      hs_attachment_ids: '11;12',
    });
    const { to } = await crm.hubspot.associations.list('notes', note.id, 'contacts');
    expect(to.map(({ toObjectId }) => toObjectId)).toEqual([ann]);
  });

  it('takes a local time in the portal’s time zone, and now if none is given', async () => {
    const { timeZone } = await crm.hubspot.account.details();
    const at = async (time?: string) => {
      const { data } = await log({ body: 'x', associations: onAnn, time });
      const note = await crm.hubspot.objects.get('notes', idOf(data), { properties: PROPERTIES });
      return new Date(note.properties['hs_timestamp'] ?? '');
    };
    expect((await at('2026-01-15 09:30')).toLocaleString('sv-SE', { timeZone })).toBe('2026-01-15 09:30:00');
    expect(Math.abs((await at()).getTime() - systemClock.now())).toBeLessThan(60_000);
  });

  it('refuses a body beyond HubSpot’s limit with its length, and logs the others', async () => {
    const { data } = await log(
      { body: 'x'.repeat(65_537), associations: onAnn },
      { body: 'x'.repeat(65_536), associations: onAnn },
    );
    expect(data).toMatchObject({
      applied: 1,
      failed: [{ index: 0, code: 'too_long', message: expect.stringContaining('65537') }],
    });
  });

  it('refuses a note that says nothing', async () => {
    const { data } = await log({ body: ' \n', associations: onAnn, time: '2026-01-15' });
    expect(data).toMatchObject({
      applied: 0,
      failed: [{ code: 'nothing_to_write', message: expect.stringContaining('body') }],
    });
  });

  it('asks for something to log the note on', async () => {
    expect((await log({ body: 'x' })).error).toMatchObject({ code: 'invalid_arguments' });
  });
});
