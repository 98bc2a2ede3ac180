import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Around, briefOf, type Surroundings } from '../../../src/enrich/brief/index.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const day = (days: number) => new Date(NOW + days * 86_400_000).toISOString();

const stage = (id: string, closed: boolean, probability: number) => ({
  id,
  label: id.toUpperCase(),
  order: 0,
  closed,
  probability,
});
const pipelines = new Map([
  ['deals', [{ id: 'default', label: 'Sales', stages: [stage('talk', false, 0.2), stage('won', true, 1)] }]],
  ['tickets', [{ id: '0', label: 'Support', stages: [stage('1', false, 0), stage('4', true, 1)] }]],
]);
const owners = new Map([
  ['7', { name: 'Ann Lee', archived: false }],
  ['8', { name: 'Bo Gone', archived: true }],
]);

const around = (...records: Record<string, string>[]): Around => ({
  total: records.length,
  records: records.map(({ id = '', ...properties }) => ({ id, properties })),
});

function account(types: Record<string, Around>, more: Partial<Surroundings> = {}): Surroundings {
  return {
    now: NOW,
    timeZone: 'UTC',
    objectType: 'companies',
    record: { id: '1', properties: { name: 'Acme', hubspot_owner_id: '7' } },
    around: new Map(Object.entries(types)),
    owners,
    pipelines,
    ...more,
  };
}

const good = {
  pipeline: 'default',
  dealstage: 'talk',
  amount: '5',
  closedate: day(30),
  hubspot_owner_id: '7',
  hs_next_step: 'Call',
};
const notesOf = (of: Surroundings) => briefOf(of).questions.map(({ objectType, ids, note }) => [objectType, ids, note]);

const step = (of: Surroundings) => notesOf(of).filter(([, , note]) => String(note).includes('next step'));

describe('A brief', () => {
  it('of an account in order has no open questions', () => {
    const fine = account({ deals: around({ id: '2', ...good }), tasks: around({ id: '3', hs_timestamp: day(2) }) });
    expect(notesOf(fine)).toEqual([]);
  });

  it('asks whether overdue tasks were done, and not of tasks that are done or to come', () => {
    const tasks = around(
      { id: '3', hs_timestamp: day(-2), hs_task_status: 'NOT_STARTED' },
      { id: '4', hs_timestamp: day(-2), hs_task_status: 'COMPLETED' },
      { id: '5', hs_timestamp: day(2), hs_task_status: 'NOT_STARTED' },
    );
    expect(notesOf(account({ tasks }))).toEqual([['tasks', ['3'], 'Tasks are overdue: were they done?']]);
  });

  it('asks for a next step unless there is one, an activity planned, or an open task', () => {
    const { hs_next_step: _, ...aimless } = good;
    expect(step(account({ deals: around({ id: '2', ...aimless }) }))).toHaveLength(1);
    expect(step(account({ deals: around({ id: '2', ...aimless, notes_next_activity_date: day(1) }) }))).toEqual([]);
    expect(
      step(account({ deals: around({ id: '2', ...aimless }), tasks: around({ id: '3', hs_timestamp: day(1) }) })),
    ).toEqual([]);
    expect(step(account({ deals: around({ id: '2', ...aimless, dealstage: 'won' }) }))).toEqual([]);
  });

  it('asks who owns what nobody owns, and who takes over what is of somebody who left', () => {
    const deals = around({ id: '2', ...good, hubspot_owner_id: '' }, { id: '3', ...good, hubspot_owner_id: '8' });
    expect(notesOf(account({ deals }))).toEqual([
      ['deals', ['2'], 'Nobody owns these: who should?'],
      ['deals', ['3'], 'The owner is deactivated: who takes over?'],
    ]);
  });

  it('asks for tickets that wait for an answer, as the checks of a portal do', () => {
    const ticket = { id: '2', hs_pipeline: '0', hs_pipeline_stage: '1', hubspot_owner_id: '7' };
    const waiting = around({ ...ticket, hs_last_message_received_at: day(-9), hs_last_message_sent_at: day(-12) });
    const answered = around({ ...ticket, hs_last_message_received_at: day(-9), hs_last_message_sent_at: day(-8) });
    expect(notesOf(account({ tickets: waiting }))).toEqual([['tickets', ['2'], expect.stringContaining('wait')]]);
    expect(notesOf(account({ tickets: answered }))).toEqual([]);
  });

  it('speaks of owners, stages and days as people do', () => {
    const { properties, tables } = briefOf(
      account(
        { contacts: around({ id: '5', firstname: 'Cy' }) },
        { objectType: 'deals', record: { id: '2', properties: good } },
      ),
    );
    expect(properties).toMatchObject({
      pipeline: 'Sales',
      dealstage: 'TALK',
      hubspot_owner_id: 'Ann Lee',
      closedate: '2026-12-22',
    });
    expect(tables).toEqual({
      contacts: { columns: ['id', 'name', 'jobtitle', 'email'], rows: [['5', 'Cy', null, null]] },
    });
  });

  it('tells the latest activities first, each by what it says', () => {
    const { activities, linked } = briefOf(
      account({
        notes: around({ id: '2', hs_note_body: 'old', hs_timestamp: day(-9) }),
        calls: around({ id: '3', hs_call_body: 'untitled', hs_timestamp: day(-1) }),
        emails: around({ id: '4', hs_email_subject: 'between', hs_timestamp: day(-5) }),
        meetings: { total: 0, records: [] },
      }),
    );
    expect(activities.rows.map(([, id, field, says]) => [id, field, says])).toEqual([
      ['3', 'hs_call_body', 'untitled'],
      ['4', 'hs_email_subject', 'between'],
      ['2', 'hs_note_body', 'old'],
    ]);
    expect(linked).toEqual({ notes: 1, calls: 1, emails: 1 });
  });

  it('says the same of the same, is of bounded size, and puts no text of a record into a question', () => {
    const value = fc.oneof(
      fc.constant('SECRET'),
      fc.constantFrom('', day(-3), day(3), 'talk', 'won', '1', '7', '8', '-4', 'NaN'),
    );
    const names = [...Object.keys(good), 'dealname', 'subject', 'hs_timestamp', 'hs_task_status', 'hs_task_subject'];
    const record = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    const types = fc.dictionary(
      fc.constantFrom('deals', 'tickets', 'tasks', 'notes', 'contacts'),
      fc.array(record, { maxLength: 12 }).map((all) => around(...all.map((each, at) => ({ id: String(at), ...each })))),
    );
    fc.assert(
      fc.property(types, (said) => {
        const brief = briefOf(account(said));
        expect(briefOf(account(said))).toEqual(brief);
        expect(brief.questions.length).toBeLessThanOrEqual(5);
        expect(brief.activities.rows.length).toBeLessThanOrEqual(6);
        expect(JSON.stringify(brief.questions.map(({ note }) => note))).not.toContain('SECRET');
      }),
      { numRuns: 60 },
    );
  });
});
