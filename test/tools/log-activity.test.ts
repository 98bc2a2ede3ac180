import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/writes/index.ts';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
let ann = '';

beforeAll(async () => {
  crm = await connect();
  ann = (await crm.hubspot.objects.create('contacts', { properties: { email: 'ann@acme.test' } })).id;
});
afterAll(() => crm.close());

const associations = [{ toObjectType: 'contacts', to: 'ann@acme.test' }];
const log = (...activities: Record<string, unknown>[]) => crm.call('log_activity', { activities });

/** Logs one activity and reads the given properties of what came of it. */
async function logged(objectType: string, activity: Record<string, unknown>, properties: string[]) {
  const { data } = await log({ ...activity, associations });
  const id = String(writeReport.parse(data).rows[0]?.[2]);
  const { to } = await crm.hubspot.associations.list(objectType, id, 'contacts');
  expect(to.map(({ toObjectId }) => toObjectId)).toEqual([ann]);
  return (await crm.hubspot.objects.get(objectType, id, { properties })).properties;
}

describe('log_activity', () => {
  it('logs a call with direction, outcome, numbers and length', async () => {
    const call = {
      type: 'call',
      subject: 'Intro',
      body: 'Went well',
      direction: 'outbound',
      outcome: 'Left voicemail',
      durationMinutes: 2.5,
      from: '+49 1',
      to: ['+49 2'],
    };
    const properties = await logged('calls', call, [
      'hs_call_title',
      'hs_call_body',
      'hs_call_direction',
      'hs_call_disposition',
      'hs_call_duration',
      'hs_call_from_number',
      'hs_call_to_number',
    ]);
    expect(properties).toMatchObject({
      hs_call_title: 'Intro',
      hs_call_body: 'Went well',
      hs_call_direction: 'OUTBOUND',
      hs_call_disposition: 'b2cf5968-551e-4856-9783-52b3da59a7d0',
      hs_call_duration: '150000',
      hs_call_from_number: '+49 1',
      hs_call_to_number: '+49 2',
    });
  });

  it('logs an e-mail with who wrote to whom', async () => {
    const email = {
      type: 'email',
      subject: 'Hi',
      body: 'Text',
      direction: 'inbound',
      from: 'a@x.test',
      to: ['b@x.test'],
    };
    const properties = await logged('emails', email, ['hs_email_subject', 'hs_email_direction', 'hs_email_headers']);
    expect(properties).toMatchObject({ hs_email_subject: 'Hi', hs_email_direction: 'INCOMING_EMAIL' });
    expect(JSON.parse(properties['hs_email_headers'] ?? '')).toMatchObject({
      from: { email: 'a@x.test' },
      to: [{ email: 'b@x.test' }],
    });
  });

  it('logs a meeting from its start to its end', async () => {
    const meeting = {
      type: 'meeting',
      subject: 'Review',
      time: '2026-12-01T10:00:00Z',
      durationMinutes: 45,
      outcome: 'Completed',
    };
    const times = ['hs_meeting_start_time', 'hs_meeting_end_time', 'hs_meeting_outcome'];
    expect(await logged('meetings', meeting, times)).toMatchObject({
      hs_meeting_start_time: expect.stringMatching(/^2026-12-01T10:00:00/),
      hs_meeting_end_time: expect.stringMatching(/^2026-12-01T10:45:00/),
      hs_meeting_outcome: 'COMPLETED',
    });
  });

  it('logs a task that is due, with further properties by label', async () => {
    const task = {
      type: 'task',
      subject: 'Call back',
      time: '2026-12-24T09:00:00Z',
      properties: { hs_task_priority: 'High' },
    };
    const properties = await logged('tasks', task, [
      'hs_task_subject',
      'hs_task_status',
      'hs_task_priority',
      'hs_timestamp',
    ]);
    expect(properties).toMatchObject({
      hs_task_subject: 'Call back',
      hs_task_status: 'NOT_STARTED',
      hs_task_priority: 'HIGH',
      hs_timestamp: expect.stringMatching(/^2026-12-24T09:00:00/),
    });
  });

  it.each([
    ['sms', 'SMS'],
    ['whatsapp', 'WHATS_APP'],
    ['linkedin', 'LINKEDIN_MESSAGE'],
  ])('logs a message by %s', async (type, channel) => {
    const properties = ['hs_communication_channel_type', 'hs_communication_logged_from', 'hs_communication_body'];
    expect(await logged('communications', { type, body: 'Hello' }, properties)).toMatchObject({
      hs_communication_channel_type: channel,
      hs_communication_logged_from: 'CRM',
      hs_communication_body: 'Hello',
    });
  });

  it('logs activities of several types in one call, one request a type', async () => {
    const before = crm.requests.length;
    const { data } = await log(
      { type: 'task', subject: 'A', associations },
      { type: 'call', subject: 'B' },
      { type: 'task', subject: 'C' },
    );
    const report = writeReport.parse(data);
    expect(report).toMatchObject({ applied: 3, columns: ['index', 'objectType', 'id'] });
    expect(report.rows.map(([index, type]) => [index, type])).toEqual([
      [0, 'tasks'],
      [1, 'calls'],
      [2, 'tasks'],
    ]);
    expect(crm.requests.slice(before).filter((request) => request.endsWith('batch/create'))).toHaveLength(2);
  });

  it('drops nothing that was said: what a type cannot hold is refused', async () => {
    const { data } = await log(
      { type: 'sms', body: 'x', subject: 'y' },
      { type: 'task', subject: 'z', durationMinutes: 5 },
    );
    expect(data).toMatchObject({
      applied: 0,
      failed: [
        { index: 0, code: 'invalid_arguments', message: expect.stringContaining('subject') },
        { index: 1, code: 'invalid_arguments', message: expect.stringContaining('durationMinutes') },
      ],
    });
  });

  it('refuses an activity of which nothing but the type is said', async () => {
    const { data } = await log(
      { type: 'call', body: '', associations },
      { type: 'sms', associations },
      { type: 'call', outcome: 'busy', associations },
    );
    expect(data).toMatchObject({
      applied: 1,
      failed: [
        { index: 0, code: 'nothing_to_write', message: 'This call is empty: give it a subject or a body.' },
        { index: 1, code: 'nothing_to_write', message: 'This sms is empty: give it a body.' },
      ],
    });
  });

  it('writes nothing with dryRun', async () => {
    const before = crm.requests.length;
    const { data } = await crm.call('log_activity', { activities: [{ type: 'task', subject: 'A' }], dryRun: true });
    expect(data['rows']).toContainEqual([0, 'create', 'tasks', 'hs_task_subject', 'A']);
    expect(crm.requests.slice(before).filter((request) => request.startsWith('POST'))).toEqual([]);
  });
});
