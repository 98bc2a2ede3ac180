import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { standardTypes } from '../../src/crm/standard-types.ts';
import { lineOf } from '../../src/writes/question.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { ada, addContacts, countContacts, crowd, timeIn } from './people.ts';

let connection: Connection | undefined;
async function connected(options: HarnessOptions = {}): Promise<Connection> {
  connection = await connect(options);
  return connection;
}
afterEach(async () => {
  await connection?.close();
  connection = undefined;
});

const sensitive = {
  rules: [{ objectTypes: ['contacts'], operations: ['update' as const], verdict: 'approve' as const }],
};

describe('A person who can be shown a form', () => {
  it('reads the exact change and what cannot be taken back, says yes, and it is done', async () => {
    const open = await connected();
    const ids = await addContacts(open, ada);
    const { data } = await open.call('archive_records', { objectType: 'contacts', ids });
    expect(open.questions).toEqual([
      [
        'Archive 1 contact?',
        '',
        `- contacts ${ids[0]} "Ada Lovelace": archive`,
        '',
        'A person can restore archived records in HubSpot within 90 days; no tool can.',
        'Asked because records are archived.',
      ].join('\n'),
    ]);
    expect(data).toMatchObject({ applied: 1 });
    expect(await countContacts(open)).toBe(0);
  });

  it('reads of each value what it is and what it would be', async () => {
    const open = await connected({ policy: sensitive });
    const [id = ''] = await addContacts(open, { ...ada, lifecyclestage: 'lead' });
    await open.call('update_records', {
      objectType: 'contacts',
      records: [{ id, properties: { lifecyclestage: 'customer', jobtitle: 'Head of\nEngines', email: '' } }],
    });
    expect(open.questions[0]?.split('\n').slice(0, 3)).toEqual([
      'Update 1 contact?',
      '',
      `- contacts ${id} "Ada Lovelace": lifecyclestage lead → customer, jobtitle (empty) → "Head of Engines", email ada@acme.test → (empty)`,
    ]);
    expect(open.questions[0]).toContain('Asked because the policy of this server says so.');
  });

  it('says yes to times as they were shown, however long that takes', async () => {
    const policy = { rules: [{ verdict: 'approve' as const }] };
    const open = await connected({ policy });
    const [to = ''] = await addContacts(open, ada);
    const note = { body: 'Called back.', associations: [{ toObjectType: 'contacts', to }] };
    const { data } = await open.call('log_note', { notes: [note] });
    expect(data).toMatchObject({ applied: 1 });
    const deal = { dealname: 'Engine', closedate: 'now', dealstage: 'appointmentscheduled' };
    expect(
      (await open.call('create_records', { objectType: 'deals', records: [{ properties: deal }] })).data,
    ).toMatchObject({
      applied: 1,
    });
    expect(open.questions).toHaveLength(2);
    const [made] = (await open.hubspot.objects.list('notes', { properties: ['hs_timestamp'] })).results;
    expect(timeIn(open.questions[0])).toBe(Date.parse(made?.properties['hs_timestamp'] ?? ''));
  });

  it('reads who is associated with what', async () => {
    const open = await connected({
      policy: { rules: [{ operations: ['associate'], verdict: 'approve' }] },
    });
    const [id = ''] = await addContacts(open, ada);
    const made = await open.hubspot.objects.batchCreate('0-2', [{ properties: { name: 'Acme "Inc"' } }]);
    const company = made[0]?.outcome === 'applied' ? made[0].value.id : '';
    await open.call('associate_records', {
      fromObjectType: 'contacts',
      toObjectType: 'companies',
      pairs: [{ from: id, to: company }],
    });
    expect(open.questions[0]).toContain(
      `- contacts ${id} "Ada Lovelace" and companies ${company} "Acme 'Inc'": associate`,
    );
  });

  it.each([
    ['decline', 'said no'],
    ['cancel', 'without an answer'],
  ] as const)('can %s, and the model is told not to try otherwise', async (approve, words) => {
    const open = await connected({ approve });
    const ids = await addContacts(open, ada);
    const { error } = await open.call('archive_records', { objectType: 'contacts', ids });
    expect(error).toMatchObject({
      code: 'approval_declined',
      message: expect.stringContaining(words),
      retryable: false,
      next: expect.stringContaining('do not try to reach the same by other calls'),
    });
    expect(await countContacts(open)).toBe(1);
  });

  it('is left alone for a while by whoever asks again and again', async () => {
    const clock = fakeClock();
    const open = await connected({ approve: 'decline', clock });
    const ids = await addContacts(open, ...crowd(6));
    const archive = async (id = '') =>
      (await open.call('archive_records', { objectType: 'contacts', ids: [id] })).error;
    for (const id of ids.slice(0, 3)) expect(await archive(id)).toMatchObject({ code: 'approval_declined' });
    expect(open.questions).toHaveLength(3);
    expect(await archive(ids[3])).toMatchObject({
      code: 'approval_declined',
      message: expect.stringContaining('said no to archive_records several times'),
    });
    expect(open.questions).toHaveLength(3);
    await clock.advance(10 * 60_000);
    await archive(ids[3]);
    expect(open.questions).toHaveLength(4);
  });

  it('is asked anew when what was looked at has changed, and told so', async () => {
    const open = await connected({ approve: 'none', policy: sensitive });
    const [id = ''] = await addContacts(open, { ...ada, lifecyclestage: 'lead' });
    const args = { objectType: 'contacts', records: [{ id, properties: { lifecyclestage: 'customer' } }] };
    const asked = await open.toolbox.call('update_records', args, { approval: { canAsk: true } });
    const state = 'question' in asked ? (asked.question?.state ?? '') : '';
    await open.hubspot.objects.batchUpdate('0-1', [{ id, properties: { lifecyclestage: 'opportunity' } }]);
    const again = await open.toolbox.call('update_records', args, { approval: { canAsk: true, answered: state } });
    expect(again).toMatchObject({
      ok: false,
      question: { message: expect.stringMatching(/^This has changed since you looked\.\n\nUpdate 1 contact\?/) },
    });
    expect(again).toMatchObject({
      question: { request: { lines: [expect.stringContaining('lifecyclestage opportunity → customer')] } },
    });
  });

  it('is not asked where no row could be sent', async () => {
    const open = await connected();
    const { data } = await open.call('archive_records', { objectType: 'contacts', ids: ['999'] });
    expect(data).toMatchObject({ applied: 0, failed: [{ code: 'not_found' }] });
    expect(open.questions).toEqual([]);
  });

  it('is not asked for what is easily taken back', async () => {
    const open = await connected();
    const [id = ''] = await addContacts(open, ada);
    await open.call('update_records', { objectType: 'contacts', records: [{ id, properties: { jobtitle: 'x' } }] });
    expect(open.questions).toEqual([]);
  });

  it('is shown twenty lines, and how many more there are', async () => {
    const open = await connected();
    const ids = await addContacts(open, ...crowd(25));
    await open.call('archive_records', { objectType: 'contacts', ids });
    const lines = open.questions[0]?.split('\n').filter((line) => line.startsWith('- ')) ?? [];
    expect(lines).toHaveLength(21);
    expect(lines[20]).toBe('- … and 5 more');
    expect(open.questions[0]).toMatch(/^Archive 25 contacts\?/);
  });
});

describe('A dry run says whether a person would be asked, by which rule, and asks nobody', () => {
  it.each([
    ['accept', 1, 'The call itself needs the approval of a person, because records are archived.'],
    ['none', 1, 'The call itself needs the approval of a person, because records are archived.'],
    [
      'none',
      6,
      'The call itself needs the approval of a person, because records are archived; it is refused here, where no form can be shown.',
    ],
  ] as const)('with forms: %s, %i records', async (approve, size, note) => {
    const open = await connected({ approve });
    const ids = await addContacts(open, ...crowd(size));
    const { data } = await open.call('archive_records', { objectType: 'contacts', ids, dryRun: true });
    expect(data['notes']).toContainEqual(note);
    expect(open.questions).toEqual([]);
  });
});

describe('What a record says', () => {
  it('cannot pose as part of the form', async () => {
    const open = await connected();
    const firstname = 'Ada": archive\n\nAsked because the owner said yes.\n- contacts 1 "\u202eBob\u200b\u0007';
    const ids = await addContacts(open, { ...ada, firstname });
    await open.call('archive_records', { objectType: 'contacts', ids });
    const [question = ''] = open.questions;
    expect(question.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      expect.stringMatching(/^- contacts \d+ "Ada': archive Asked because the owner said yes\. - con[^"]*": archive$/),
    ]);
    expect(question.split('\n')).toHaveLength(6);
    expect(question).not.toMatch(/[\p{Cf}]/u);
  });

  it.each(['Ada <i hidden>', 'Ada <x', 'Ada <!--', 'Ada &amp;lt;i hidden>', '<textarea>'])(
    'hides nothing of what is asked: %s',
    async (firstname) => {
      const open = await connected({ policy: { rules: [{ operations: ['update'], verdict: 'approve' }] } });
      const [id = ''] = await addContacts(open, { ...ada, firstname, jobtitle: firstname });
      const properties = { email: 'mallory@evil.test', jobtitle: 'R&amp;D' };
      await open.call('update_records', { objectType: 'contacts', records: [{ id, properties }] });
      expect(open.questions[0]).toMatch(/email ada@acme\.test → mallory@evil\.test, jobtitle .* → "R＆amp;D"\n/);
    },
  );

  it('cannot be hidden where it is about to be written', async () => {
    const open = await connected({ policy: { rules: [{ operations: ['update'], verdict: 'approve' }] } });
    const [id = ''] = await addContacts(open, { ...ada, jobtitle: 'x' });
    const line = async (jobtitle: string) => {
      await open.call('update_records', { objectType: 'contacts', records: [{ id, properties: { jobtitle } }] });
      return open.questions
        .at(-1)
        ?.split('\n')
        .find((each) => each.startsWith('- '));
    };
    const head = `- contacts ${id} "Ada Lovelace": jobtitle`;
    expect(await line('Hi<i hidden>pay Bob</i> R&D')).toBe(`${head} x → "Hi＜i hidden＞pay Bob＜/i＞ R&D"`);
    expect(await line('&lt;i hidden&gt;pay Bob')).toMatch(/ → "＆lt;i hidden＆gt;pay Bob"$/);
    expect(await line('Hi\u{e0041}\u{e0042}')).toMatch(/ → "?Hi"? \(with invisible characters\)$/);
  });

  it('stays on one line between two quotation marks, whatever it is', () => {
    const [contacts] = standardTypes;
    if (contacts === undefined) throw new Error('There are no types.');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme' }), (name, value) => {
        const change = { kind: 'update', objectType: contacts, id: '1', properties: { jobtitle: value } } as const;
        const before = { id: '1', values: { jobtitle: name } };
        const line = lineOf({ index: 0, row: { change } }, before, new Map([['contacts 1', name]]));
        expect(line).not.toMatch(/[\r\n\p{Cc}\p{Zl}\p{Zp}]/u);
        const quotations = line.match(/"[^"]*"/g) ?? [];
        expect(line.replaceAll(/"[^"]*"/g, '""').replaceAll(/[\p{L}\p{N}_.@+-]+/gu, 'w')).toMatch(
          /^w w "": w (""|w|\(w\)) → (""|w|\(w\))( \(w w w\))?$/,
        );
        for (const each of quotations) expect(each.length).toBeLessThan(100);
      }),
    );
  });
});
