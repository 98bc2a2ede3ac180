/** Cases S36 to S47, over every tool: what only looks, what needs a person, and what nothing can reach. */

import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { OPERATIONS } from '../../src/hubspot/operations.ts';
import { tools } from '../../tools/index.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { rowsOf } from '../rows.ts';
import { fastClock } from './fast-clock.ts';
import { saidArguments } from './said-arguments.ts';
import { type Surface, sensibleWord, surfaces } from './surfaces.ts';

const SPEED = 200;
const READ = /^(?:GET |POST \S+(?:\/search|\/batch\/read|\/get\/access-token-info)$)/;

let open: Connection | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** Two contacts that are associated, what the tools' sensible words name, and a call in the journal. */
async function office(options: HarnessOptions = {}) {
  const connection = await connect({
    clock: fastClock(SPEED),
    config: { deadlineMs: 10_000 * SPEED },
    ...options,
  });
  open = connection;
  const { hubspot } = connection;
  const people = ['ann', 'bob'].map((name) => ({ properties: { email: `${name}@acme.example`, firstname: name } }));
  const made = await connection.call('create_records', { objectType: 'contacts', records: people });
  const [from = '', to = ''] = rowsOf(made.data).map(([, id]) => String(id));
  const labels = await hubspot.associations.createLabel('contacts', 'contacts', { label: 'Wing', name: 'wing' });
  await hubspot.schemas.create({
    name: 'wings',
    labels: { singular: 'Wing', plural: 'Wings' },
    primaryDisplayProperty: 'wing',
    requiredProperties: [],
    properties: [{ name: 'wing', label: 'Wing', type: 'string', fieldType: 'text' }],
    associatedObjects: ['CONTACT'],
  });
  await hubspot.properties.createGroup('contacts', { name: 'wings', label: 'Wings' });
  const [[callId] = []] = rowsOf((await connection.call('list_changes')).data);
  connection.requests.length = 0;
  connection.questions.length = 0;
  const real = {
    id: from,
    ids: from,
    from,
    to,
    record: `contacts ${from}`,
    callId: String(callId),
    typeId: String(labels[0]?.typeId),
  };
  return { connection, real };
}

/** So many calls of a tool that make sense, as far as words alone can. */
function sensibleCalls({ tool, schema, places }: Surface, real: Readonly<Record<string, string>>, count: number) {
  return Array.from({ length: count }, (_, seed) => {
    const word = (name: string) => sensibleWord(tool.name, name, seed, real);
    // A place that the words fill as well as any text would.
    const place = places.find((each) => each.length === 1 && each[0]?.kind === 'member') ?? [];
    const [step] = place;
    const text = step?.kind === 'member' ? word(step.name) : undefined;
    const said = saidArguments(schema, { place, text }, { random: seededRandom(seed), word });
    return Object.fromEntries(Object.entries(Object(said)).filter(([, value]) => value !== undefined));
  });
}

const writing = surfaces.filter(
  ({ tool, schema }) => tool.effect !== 'read' && schema.properties?.['dryRun'] !== undefined,
);
const everybody = [{ filters: [{ propertyName: 'email', operator: 'HAS_PROPERTY' }] }];

describe('S45: a dry run', { timeout: 120_000 }, () => {
  it('of no tool sends anything but reads, and asks nobody', async () => {
    const { connection, real } = await office();
    const shown = new Set<string>();
    for (const surface of writing) {
      for (const said of sensibleCalls(surface, real, 8)) {
        const { isError } = await connection.call(surface.tool.name, { ...said, dryRun: true });
        if (!isError) shown.add(surface.tool.name);
      }
    }
    expect(connection.requests.filter((request) => !READ.test(request))).toEqual([]);
    expect(connection.questions).toEqual([]);
    // All of it would hold for a server that refuses everything. A merge needs a plan, and its test holds its dry run.
    expect(writing.length - shown.size - 1).toBeLessThan(4);
  });

  it.each([
    ['update_records', { objectType: 'contacts', properties: { city: 'Ulm' } }],
    ['archive_records', { objectType: 'contacts' }],
  ])('of many records at once, %s, shows and sends nothing, with a digest as well', async (tool, said) => {
    const { connection } = await office();
    const args = { ...said, filterGroups: everybody };
    const { data } = await connection.call(tool, args);
    const { digest } = Object(data['preview']);
    expect(digest).toEqual(expect.any(String));
    await connection.call(tool, { ...args, dryRun: true, digest });
    expect(connection.requests.filter((request) => !READ.test(request))).toEqual([]);
    expect(rowsOf((await connection.call('list_changes')).data)).toHaveLength(1);
  });

  it('refuses what the call itself would refuse', async () => {
    const { connection, real } = await office();
    for (const surface of writing) {
      for (const said of sensibleCalls(surface, real, 3)) {
        const broken = { ...said, objectType: 'no such type', fromObjectType: 'no such type' };
        const known = Object.keys(surface.schema.properties ?? {});
        const args = Object.fromEntries(Object.entries(broken).filter(([name]) => known.includes(name)));
        if (args['objectType'] === undefined && args['fromObjectType'] === undefined) continue;
        const shown = await connection.call(surface.tool.name, { ...args, dryRun: true });
        const done = await connection.call(surface.tool.name, args);
        expect([surface.tool.name, shown.error['code']]).toEqual([surface.tool.name, done.error['code']]);
      }
    }
    expect(connection.requests.filter((request) => !READ.test(request))).toEqual([]);
  });
});

/** A merge as its plan allows it. */
async function plannedMerge({ hubspot, call, requests }: Connection) {
  const made = [0, 1].map((n) => hubspot.objects.create('companies', { properties: { name: `Twin ${n}` } }));
  const said = { objectType: 'companies', ids: (await Promise.all(made)).map(({ id }) => id) };
  const { data } = await call('plan_merge', said);
  requests.length = 0;
  return { ...said, digest: data['digest'] };
}

describe('S40: what takes away, or writes to many', { timeout: 120_000 }, () => {
  it.each(['none', 'decline', 'cancel'] as const)(
    'is sent by no tool while nobody has said yes: %s',
    async (approve) => {
      const { connection, real } = await office({ approve });
      const taking: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
        archive_records: { objectType: 'contacts', ids: [real.from] },
        archive_properties: { objectType: 'contacts', propertyNames: ['jobtitle'], groupNames: ['wings'] },
        archive_pipeline: { objectType: 'deals', pipeline: 'default' },
        archive_stages: { objectType: 'deals', pipeline: 'default', stages: ['appointmentscheduled'] },
        archive_association_label: { fromObjectType: 'contacts', toObjectType: 'contacts', label: 'Wing' },
        archive_object_schema: { objectType: 'wings' },
        merge_records: await plannedMerge(connection),
      };
      const drastic = tools.filter(({ effect }) => effect === 'archive' || effect === 'merge');
      expect(Object.keys(taking)).toEqual(drastic.map(({ name }) => name));
      const asked = approve === 'none' ? /^approval_(?:needed|unavailable)$/ : /^approval_declined$/;
      const withForgery = approve === 'none' ? /^approval_(?:invalid|unavailable)$/ : /^approval_declined$/;
      for (const [tool, said] of Object.entries(taking)) {
        const { error } = await connection.call(tool, said);
        expect([tool, error['code']]).toEqual([tool, expect.stringMatching(asked)]);
        const forged = await connection.call(tool, { ...said, approvalToken: 'x.y.z.w', idempotencyKey: 'forged' });
        expect([tool, forged.error['code']]).toEqual([tool, expect.stringMatching(withForgery)]);
      }
      expect(connection.requests.filter((request) => !READ.test(request))).toEqual([]);
    },
  );

  it('is refused where no form can be shown: archiving many, and many at once by a search', async () => {
    const { connection } = await office({ approve: 'none' });
    const inputs = Array.from({ length: 130 }, (_, n) => ({ properties: { email: `c${n}@acme.test` } }));
    const made = await connection.hubspot.objects.batchCreate('contacts', inputs);
    const ids = made.map((row) => (row.outcome === 'applied' ? row.value.id : ''));
    connection.requests.length = 0;
    const few = await connection.call('archive_records', { objectType: 'contacts', ids: ids.slice(0, 6) });
    expect(few.error['code']).toBe('approval_unavailable');
    const archive = { objectType: 'contacts', filterGroups: everybody };
    const digestOf = async (name: string, args: object) =>
      Object((await connection.call(name, { ...args })).data['preview'])['digest'];
    const digest = await digestOf('archive_records', archive);
    expect((await connection.call('archive_records', { ...archive, digest })).error['code']).toBe(
      'approval_unavailable',
    );
    const update = { ...archive, properties: { city: 'Ulm' } };
    const started = await connection.call('update_records', {
      ...update,
      digest: await digestOf('update_records', update),
    });
    expect(started.error['code']).toBe('approval_needed');
    const records = ids.map((id) => ({ id, properties: { city: 'Ulm' } }));
    expect((await connection.call('update_records', { objectType: 'contacts', records })).error['code']).toBe(
      'approval_needed',
    );
    expect(connection.requests.filter((request) => !READ.test(request))).toEqual([]);
  });
});

describe('S47: what deletes for good, works by itself, or gives rights', { timeout: 120_000 }, () => {
  const elsewhere =
    /gdpr|automation|workflow|webhook|forms|settings|users|oauth\/v1|communication-preferences|transactional|exports|imports|conversations|\/merge/i;

  /** What somebody may call a property, or a group of them, is no endpoint. */
  const leadsElsewhere = (request: string) => elsewhere.test(request.replace(/^\S+ \/crm\/properties\/.*/, ''));

  it('is no endpoint of the client, but for merging, which one tool does', () => {
    const strange = Object.entries(OPERATIONS).filter(([, { path, host }]) => elsewhere.test(path) || host !== 'api');
    expect(strange.map(([name]) => name)).toEqual(['objects.merge']);
    expect(tools.filter(({ effect }) => effect === 'merge').map(({ name }) => name)).toEqual(['merge_records']);
  });

  const roads = [
    'gdpr-delete',
    'merge',
    '1/../../gdpr-delete',
    '../../../automation/v4/flows',
    '../../../webhooks/v3/1/subscriptions',
    '../../../marketing/v3/forms',
    '../../../settings/v3/users',
  ];

  it('is reached by no argument of any tool', async () => {
    const { connection, real } = await office({ policy: { approval: { unasked: ['archive', 'definition', 'bulk'] } } });
    let turn = 0;
    for (const { tool, schema, places } of surfaces) {
      const words = { random: seededRandom(7), word: (name: string) => sensibleWord(tool.name, name, turn, real) };
      const calls = places.map((place) => {
        turn += 1;
        const said = saidArguments(schema, { place, text: roads[turn % roads.length] }, words);
        return connection.client.callTool({ name: tool.name, arguments: { ...Object(said) } });
      });
      await Promise.all(calls);
    }
    expect(connection.requests.length).toBeGreaterThan(50);
    expect(connection.requests.filter(leadsElsewhere)).toEqual([]);
  });
});
