import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Connection, connect } from '../harness.ts';
import { contacts, inUlm, jobIn, member, previewed, tally } from './office.ts';

const calls = z.object({ reads: z.number(), total: z.number() });

let crm: Connection;
afterEach(() => crm.close());

const move = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };
const writes = () => crm.requests.filter((request) => /batch\/(create|update|upsert|archive|associate)/.test(request));

describe('A call about all matches of a search', () => {
  it('shows how many there are, what would change and what it costs, and writes nothing', async () => {
    crm = await connect();
    const ids = await contacts(crm, 250);
    const { data, preview } = await previewed(crm, 'update_records', move);
    expect(data).toMatchObject({ dryRun: true, applied: 0, failed: [] });
    expect(data['columns']).toEqual(['index', 'action', 'id', 'property', 'before', 'after']);
    expect(data['rows']).toHaveLength(10);
    expect(data['rows']).toContainEqual([0, 'update', expect.toBeOneOf([...ids]), 'city', 'Ulm', 'Bonn']);
    expect(preview).toMatchObject({
      matches: 250,
      checked: 100,
      calls: { searches: 2, reads: 0, beforeImages: 3, writes: 3, total: 8 },
      today: { limit: 1_000_000, percent: 0 },
      digest: expect.stringMatching(/^250\./),
    });
    expect(data['notes']).toContainEqual(expect.stringContaining('needs the approval of a person'));
    expect(await tally(crm, 'city')).toEqual({ Ulm: 250 });
  });

  it('writes all with the digest, and asks the person once', async () => {
    crm = await connect();
    await contacts(crm, 250);
    const { args } = await previewed(crm, 'update_records', move);
    const { data } = await crm.call('update_records', args);
    expect(data).toMatchObject({ applied: 250, job: { status: 'done', done: 250, total: 250, failed: 0 } });
    expect(await tally(crm, 'city')).toEqual({ Bonn: 250 });
    expect(crm.questions).toHaveLength(1);
    expect(crm.questions[0]).toContain('Update 250 contacts');
    expect(crm.questions[0]).toContain('and 230 more');
  });

  it('is the same job when it is called again, and writes nothing then', async () => {
    crm = await connect();
    await contacts(crm, 150);
    const { args } = await previewed(crm, 'update_records', move);
    const first = await crm.call('update_records', args);
    const before = writes().length;
    const again = await crm.call('update_records', args);
    expect(jobIn(again.data)).toEqual(jobIn(first.data));
    expect(writes()).toHaveLength(before);
    expect(crm.questions).toHaveLength(1);
  });

  it('made twice at once begins one job', async () => {
    crm = await connect();
    await contacts(crm, 150);
    const { args } = await previewed(crm, 'update_records', move);
    const [one, two] = await Promise.all([crm.call('update_records', args), crm.call('update_records', args)]);
    expect(jobIn(one.data)['jobId']).toBe(jobIn(two.data)['jobId']);
    expect((await crm.call('get_job')).data['jobs']).toHaveLength(1);
  });

  it('is refused where the person says no, and begins nothing', async () => {
    crm = await connect({ approve: 'decline' });
    await contacts(crm, 150);
    const { args } = await previewed(crm, 'update_records', move);
    const { isError } = await crm.call('update_records', args);
    expect(isError).toBe(true);
    expect((await crm.call('get_job')).data['jobs']).toEqual([]);
    expect(await tally(crm, 'city')).toEqual({ Ulm: 150 });
  });

  it.each([
    ['other arguments', { ...move, properties: { city: 'Köln' } }],
    ['another search', { ...move, filterGroups: [{ filters: [{ propertyName: 'email', operator: 'HAS_PROPERTY' }] }] }],
  ])('with the digest of %s begins nothing, and is answered with a new preview', async (_, other) => {
    crm = await connect();
    await contacts(crm, 120);
    const { preview } = await previewed(crm, 'update_records', other);
    const { data } = await crm.call('update_records', { ...move, digest: preview['digest'] });
    expect(data).toMatchObject({ applied: 0, preview: { refused: { code: 'digest_mismatch' }, matches: 120 } });
    expect(await tally(crm, 'city')).toEqual({ Ulm: 120 });
    const { data: done } = await crm.call('update_records', { ...move, digest: member(data, 'preview')['digest'] });
    expect(done).toMatchObject({ applied: 120 });
  });

  it('stops before it writes when more match than the person saw', async () => {
    crm = await connect();
    await contacts(crm, 120);
    const { args } = await previewed(crm, 'update_records', move);
    await contacts(crm, 1, () => ({ email: 'late@acme.test' }));
    const { data } = await crm.call('update_records', args);
    expect(data).toMatchObject({
      applied: 0,
      job: { status: 'failed', done: 0, reason: { code: 'more_matches', message: expect.stringContaining('121') } },
    });
    expect(await tally(crm, 'city')).toEqual({ Ulm: 121 });
  });

  it('writes what is left when fewer match than the person saw', async () => {
    crm = await connect();
    const [gone = ''] = await contacts(crm, 120);
    const { args } = await previewed(crm, 'update_records', move);
    await crm.hubspot.objects.archive('contacts', gone);
    expect((await crm.call('update_records', args)).data).toMatchObject({ applied: 119, job: { total: 119 } });
  });

  it('is previewed in a few lines, however many values would change or stay', async () => {
    crm = await connect();
    const all = await crm.hubspot.properties.list('contacts');
    const texts = all.filter(
      ({ type, fieldType, calculated, modificationMetadata }) =>
        type === 'string' &&
        fieldType === 'text' &&
        calculated !== true &&
        modificationMetadata?.readOnlyValue !== true,
    );
    const properties = Object.fromEntries(
      texts.flatMap(({ name }) => (/mail|city|phone/.test(name) ? [] : [[name, `Said ${name}`]])).slice(0, 40),
    );
    await contacts(crm, 120, (n) => (n % 2 ? properties : {}));
    const asked = Object.fromEntries(Object.keys(properties).map((name) => [name, 'Other']));
    for (const onlyIfEmpty of [true, false]) {
      const { data } = await previewed(crm, 'update_records', { ...move, properties: asked, onlyIfEmpty });
      expect(Array.isArray(data['rows']) && data['rows'].length).toBe(40);
      expect(JSON.stringify(data).length).toBeLessThan(6_000);
    }
  });

  it('finds nothing wrong in a search without matches', async () => {
    crm = await connect();
    const { data, preview } = await previewed(crm, 'update_records', move);
    expect(preview).toMatchObject({ matches: 0 });
    expect(preview['digest']).toBeUndefined();
    expect(data['notes']).toContainEqual(expect.stringContaining('Nothing matches'));
  });

  it.each([
    ['both', { records: [{ id: '1', properties: { city: 'Bonn' } }], filterGroups: inUlm }, 'not both'],
    ['neither', {}, 'filterGroups for all'],
    ['a search without a filter', { filterGroups: [], properties: { city: 'Bonn' } }, 'is empty'],
    ['a search without values', { filterGroups: inUlm }, 'properties is missing'],
    [
      'values beside rows',
      { records: [{ id: '1', properties: { city: 'B' } }], properties: { city: 'A' } },
      'each row',
    ],
    ['a filter that is none', { filterGroups: [{ filters: [{ propertyName: 'city', operator: 'IS' }] }] }, 'operator'],
  ])('is refused when it gives %s', async (_, args, message) => {
    crm = await connect();
    const { error } = await crm.call('update_records', { objectType: 'contacts', ...args });
    expect(error).toMatchObject({ code: 'invalid_arguments', message: expect.stringContaining(message) });
    expect(crm.requests).toEqual([]);
  });

  it.each([
    ['update_records', { properties: { jobtitle: 'Chief' } }],
    ['update_records', { properties: { jobtitle: 'Clerk' }, onlyIfEmpty: true }],
    ['archive_records', {}],
    ['associate_records', {}],
    ['dissociate_records', {}],
  ])('to %s with %o counts beforehand the very calls that it then makes', async (tool, said) => {
    crm = await connect({ policy: { approval: { unasked: ['bulk', 'archive', 'archiveMany', 'tainted'] } } });
    const { id } = await crm.hubspot.objects.create('companies', { properties: { name: 'Acme' } });
    const people = await contacts(crm, 250);
    if (tool === 'dissociate_records') {
      const pairs = people.map((from) => ({ from, to: id }));
      await crm.hubspot.associations.associateDefault('contacts', 'companies', pairs);
    }
    const where = tool.includes('sociate')
      ? { fromObjectType: 'contacts', toObjectType: 'companies', to: id }
      : { objectType: 'contacts' };
    const { preview, args } = await previewed(crm, tool, { ...where, filterGroups: inUlm, ...said });
    // The account's time zone, which is then known for a while.
    await crm.hubspot.account.details();
    const spent = crm.requests.length;
    const { data } = await crm.call(tool, args);
    expect(jobIn(data)).toMatchObject({ status: 'done', applied: 250 });
    const { reads, total } = calls.parse(preview['calls']);
    // The policy judges some of the matches before the job begins: a search, and what checking them reads.
    expect(crm.requests.slice(spent)).toHaveLength(total + 1 + reads / 3);
  });
});

const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    properties: { email: `r${n}@acme.test`, city: n % 2 ? 'Ulm' : 'Bonn' },
  }));

describe('A call with more rows than one call takes', () => {
  it('is previewed with all of its rows checked, and then written as a job', async () => {
    crm = await connect();
    const records = [
      ...rows(1_200),
      { properties: { email: 'bad', nope: '1' } },
      { properties: { email: 'r7@acme.test' } },
    ];
    const said = { objectType: 'contacts', idProperty: 'email', records };
    const { data, preview, args } = await previewed(crm, 'upsert_records', said);
    expect(preview).toMatchObject({
      matches: 1_202,
      checked: 1_202,
      calls: { beforeImages: 13, writes: 13, total: 26 },
    });
    expect(data['failed']).toMatchObject([
      { index: 1_200, code: 'unknown_property' },
      { index: 1_201, code: 'repeated_record', message: expect.stringContaining('index 7') },
    ]);
    const { data: done } = await crm.call('upsert_records', args);
    expect(done).toMatchObject({
      applied: 1_200,
      job: {
        created: 1_200,
        failed: 2,
        reasons: [
          { code: 'unknown_property', rows: 1 },
          { code: 'repeated_record', rows: 1 },
        ],
        failures: {
          columns: ['row', 'reason', 'outcome'],
          rows: expect.arrayContaining([
            [1_200, 0, 'failed'],
            [1_201, 1, 'failed'],
          ]),
        },
      },
    });
    expect(await tally(crm, 'city')).toEqual({ Ulm: 600, Bonn: 600 });
  });

  it('needs no preview while they are few', async () => {
    crm = await connect();
    const { data } = await crm.call('create_records', { objectType: 'contacts', records: rows(300) });
    expect(data).toMatchObject({ applied: 300 });
    expect(data['job']).toBeUndefined();
  });
});
