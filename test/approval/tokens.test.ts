import { afterEach, describe, expect, it } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { ada, addContacts, countContacts, crowd, timeIn, writesIn } from './people.ts';

let connection: Connection | undefined;
async function connected(options: HarnessOptions = {}): Promise<Connection> {
  connection = await connect({ approve: 'none', ...options });
  return connection;
}
afterEach(async () => {
  await connection?.close();
  connection = undefined;
});

/** One contact, and the token with which it may be archived. */
async function asked(options: HarnessOptions = {}) {
  const open = await connected(options);
  const ids = await addContacts(open, ada);
  const args = { objectType: 'contacts', ids };
  const { error } = await open.call('archive_records', args);
  open.requests.length = 0;
  return { open, ids, args, error, approvalToken: String(error['approvalToken']) };
}

describe('Where no form can be shown', () => {
  it('the model is told what would happen, that a person must say yes first, and how to go on then', async () => {
    const { error, ids, open, args, approvalToken } = await asked();
    expect(error).toEqual({
      code: 'approval_needed',
      message:
        'Archive 1 contact: this needs the yes of a person first. Nothing was sent. A person can restore archived records in HubSpot within 90 days; no tool can. Asked because records are archived.',
      retryable: false,
      changes: [`contacts ${ids[0]} "Ada Lovelace": archive`],
      approvalToken: expect.stringMatching(/^[\w.-]{40,70}$/),
      next: expect.stringContaining('Only when they have said yes, call archive_records again'),
    });
    expect(await countContacts(open)).toBe(1);
    const { data } = await open.call('archive_records', { ...args, approvalToken });
    expect(data).toMatchObject({ applied: 1 });
    expect(await countContacts(open)).toBe(0);
  });

  it('S40: what may only be approved in a form is refused, with what the person can do', async () => {
    const open = await connected();
    const ids = await addContacts(open, ...crowd(6));
    open.requests.length = 0;
    const { error } = await open.call('archive_records', { objectType: 'contacts', ids });
    expect(error).toMatchObject({
      code: 'approval_unavailable',
      message: expect.stringContaining('Archive 6 contacts'),
      next: expect.stringContaining('shows forms (elicitation), or ask the operator'),
    });
    expect(error).not.toHaveProperty('approvalToken');
    expect(writesIn(open)).toEqual([]);
  });

  it('what is said of the time of the call is said of the time at which it was asked', async () => {
    const clock = fakeClock();
    const open = await connected({ clock, policy: { rules: [{ verdict: 'approve' }] } });
    const [to = ''] = await addContacts(open, ada);
    const args = { notes: [{ body: 'Called back.', associations: [{ toObjectType: 'contacts', to }] }] };
    const { approvalToken, changes } = (await open.call('log_note', args)).error;
    await clock.advance(90_000);
    expect((await open.call('log_note', { ...args, approvalToken })).data).toMatchObject({ applied: 1 });
    const [note] = (await open.hubspot.objects.list('notes', { properties: ['hs_timestamp'] })).results;
    expect(timeIn(String(changes))).toBe(Date.parse(note?.properties['hs_timestamp'] ?? ''));
  });

  it('many small archivings of one session count like one large', async () => {
    const clock = fakeClock();
    const open = await connected({ clock });
    const ids = await addContacts(open, ...crowd(8));
    const archive = async (some: readonly string[]) => {
      const args = { objectType: 'contacts', ids: some };
      const { approvalToken } = (await open.call('archive_records', args)).error;
      return open.call('archive_records', { ...args, approvalToken });
    };
    expect((await archive(ids.slice(0, 3))).data).toMatchObject({ applied: 3 });
    expect((await archive(ids.slice(3, 6))).error).toMatchObject({
      code: 'approval_unavailable',
      message: expect.stringContaining('What one session archives within an hour counts together.'),
    });
    expect((await archive(ids.slice(3, 5))).data).toMatchObject({ applied: 2 });
    expect((await archive(ids.slice(5, 6))).error).toMatchObject({ code: 'approval_unavailable' });
    await clock.advance(61 * 60_000);
    expect((await archive(ids.slice(5, 6))).data).toMatchObject({ applied: 1 });
  });

  it('and so do archivings at the same moment', async () => {
    const open = await connected();
    const ids = await addContacts(open, ...crowd(8));
    const all = ids.map((id) => ({ objectType: 'contacts', ids: [id] }));
    const asked = await Promise.all(all.slice(0, 5).map((args) => open.call('archive_records', args)));
    expect(asked.map(({ error }) => error['code'])).toEqual(all.slice(0, 5).map(() => 'approval_needed'));
    const more = await Promise.all(all.slice(5).map((args) => open.call('archive_records', args)));
    const tokens = [...asked, ...more].map(({ error }) => error['approvalToken']);
    const outcomes = await Promise.all(
      all.map((args, place) => open.call('archive_records', { ...args, approvalToken: tokens[place] })),
    );
    expect(outcomes.filter(({ data }) => data?.['applied'] === 1)).toHaveLength(5);
    expect(await countContacts(open)).toBe(3);
  });

  it('the policy decides where a token is enough, and where nobody is asked', async () => {
    const open = await connected({ policy: { approval: { withoutForm: { archiveMany: 'token', archive: 'allow' } } } });
    const [first = '', ...ids] = await addContacts(open, ...crowd(7));
    expect((await open.call('archive_records', { objectType: 'contacts', ids: [first] })).data).toMatchObject({
      applied: 1,
    });
    expect((await open.call('archive_records', { objectType: 'contacts', ids })).error).toMatchObject({
      code: 'approval_needed',
    });
  });
});

describe('A token', () => {
  it('counts once', async () => {
    const open = await connected({ policy: { rules: [{ operations: ['update'], verdict: 'approve' }] } });
    const [id = ''] = await addContacts(open, { ...ada, jobtitle: 'x' });
    const args = { objectType: 'contacts', records: [{ id, properties: { jobtitle: 'y' } }] };
    const approvalToken = (await open.call('update_records', args)).error['approvalToken'];
    expect((await open.call('update_records', { ...args, approvalToken })).data).toMatchObject({ applied: 1 });
    await open.hubspot.objects.batchUpdate('0-1', [{ id, properties: { jobtitle: 'x' } }]);
    open.requests.length = 0;
    expect((await open.call('update_records', { ...args, approvalToken })).error).toMatchObject({
      code: 'approval_used',
      next: expect.stringContaining('ask the person again'),
    });
    expect(writesIn(open)).toEqual([]);
  });

  it('is for exactly the arguments that were shown', async () => {
    const { open, ids, approvalToken } = await asked();
    const [other = ''] = await addContacts(open, { email: 'other@acme.test' });
    open.requests.length = 0;
    for (const said of [[other], [...ids, other]]) {
      expect(
        (await open.call('archive_records', { objectType: 'contacts', ids: said, approvalToken })).error,
      ).toMatchObject({
        code: 'approval_invalid',
      });
    }
    expect(writesIn(open)).toEqual([]);
  });

  it('is for the change as it was: what somebody changed since is shown and asked about anew', async () => {
    const open = await connected({ policy: { rules: [{ operations: ['update'], verdict: 'approve' }] } });
    const [id = ''] = await addContacts(open, { ...ada, jobtitle: 'x' });
    const args = { objectType: 'contacts', records: [{ id, properties: { jobtitle: 'y' } }] };
    const approvalToken = (await open.call('update_records', args)).error['approvalToken'];
    await open.hubspot.objects.batchUpdate('0-1', [{ id, properties: { jobtitle: 'z' } }]);
    open.requests.length = 0;
    const { error } = await open.call('update_records', { ...args, approvalToken });
    expect(error).toMatchObject({
      code: 'approval_needed',
      message: expect.stringMatching(/^This has changed since you looked\. Update 1 contact/),
      changes: [`contacts ${id} "Ada Lovelace": jobtitle z → y`],
    });
    expect(writesIn(open)).toEqual([]);
    const fresh = error['approvalToken'];
    expect((await open.call('update_records', { ...args, approvalToken: fresh })).data).toMatchObject({ applied: 1 });
  });

  it('is for one caller and one session', async () => {
    const { open, args, approvalToken } = await asked();
    const call = (session: string, caller: string) =>
      open.toolbox.call('archive_records', { ...args, approvalToken }, { author: { caller, session } });
    expect(await call('another', 'harness/1.0.0')).toMatchObject({ error: { code: 'approval_invalid' } });
    expect(await call('another', 'somebody')).toMatchObject({ error: { code: 'approval_invalid' } });
    expect(writesIn(open)).toEqual([]);
  });

  it('cannot be made up or changed', async () => {
    const { open, args, approvalToken } = await asked();
    const [at = '', expires = '', nonce = '', ...macs] = approvalToken.split('.');
    const later = (Number.parseInt(expires, 36) + 3_600_000).toString(36);
    const earlier = (Number.parseInt(at, 36) - 1).toString(36);
    const changed = [
      [at, later, nonce, ...macs],
      [earlier, expires, nonce, ...macs],
      [at, expires, 'AAAAAAAAAAAA', ...macs],
    ];
    const forged = ['yes', '', '...', ...changed.map((parts) => parts.join('.'))];
    for (const token of forged) {
      expect((await open.call('archive_records', { ...args, approvalToken: token })).error).toMatchObject({
        code: 'approval_invalid',
      });
    }
    const half = [at, expires, nonce, macs[0], 'AAAAAAAAAAAAAAAA'].join('.');
    expect((await open.call('archive_records', { ...args, approvalToken: half })).error).toMatchObject({
      code: 'approval_needed',
    });
    expect(writesIn(open)).toEqual([]);
  });

  it('is no state of a form, and the other way round', async () => {
    const { open, args, approvalToken } = await asked();
    const form = { author: { caller: 'harness/1.0.0', session: 's' }, approval: { canAsk: true } };
    const question = await open.toolbox.call('archive_records', args, form);
    const state = 'question' in question ? (question.question?.state ?? '') : '';
    expect(
      await open.toolbox.call('archive_records', { ...args, approvalToken: state }, { author: form.author }),
    ).toMatchObject({ error: { code: 'approval_invalid' } });
    const answered = { ...form, approval: { canAsk: true, answered: approvalToken } };
    expect(await open.toolbox.call('archive_records', args, answered)).toMatchObject({
      error: { code: 'approval_invalid' },
    });
    expect(writesIn(open)).toEqual([]);
  });

  it('counts for nothing where a person can be asked', async () => {
    const { open, args, approvalToken } = await asked();
    const outcome = await open.toolbox.call(
      'archive_records',
      { ...args, approvalToken },
      { approval: { canAsk: true } },
    );
    expect(outcome).toMatchObject({ ok: false, question: { message: expect.stringContaining('Archive 1 contact?') } });
  });

  it('is good for ten minutes', async () => {
    const clock = fakeClock({ patient: true });
    const open = await connected({ clock });
    const args = { objectType: 'contacts', ids: await clock.settle(addContacts(open, ada)) };
    const call = (token?: unknown) =>
      clock.settle(
        open.toolbox.call('archive_records', { ...args, ...(token !== undefined && { approvalToken: token }) }),
      );
    const tokenOf = (outcome: Awaited<ReturnType<typeof call>>) => (outcome.ok ? '' : outcome.error.approvalToken);
    const first = tokenOf(await call());
    await clock.advance(10 * 60_000 + 1);
    const late = await call(first);
    expect(late).toMatchObject({
      error: { code: 'approval_needed', message: expect.stringContaining('was open for too long') },
    });
    await clock.advance(9 * 60_000);
    expect(await call(tokenOf(late))).toMatchObject({ ok: true, data: { applied: 1 } });
  });
});

it('The time that a person takes does not count against the deadline of the call', async () => {
  const clock = fakeClock({ patient: true });
  const open = await connected({ clock, config: { deadlineMs: 5_000 } });
  const args = { objectType: 'contacts', ids: await clock.settle(addContacts(open, ada)) };
  const asked = await clock.settle(open.toolbox.call('archive_records', args, { approval: { canAsk: true } }));
  const answered = 'question' in asked ? (asked.question?.state ?? '') : '';
  await clock.advance(8 * 60_000);
  const done = await clock.settle(open.toolbox.call('archive_records', args, { approval: { canAsk: true, answered } }));
  expect(done).toMatchObject({ ok: true, data: { applied: 1 } });
});
