import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alreadyGiven } from '../../src/approval/approval.ts';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createCrm } from '../../src/crm/index.ts';
import type { Fetch, HttpRequest } from '../../src/fetch.ts';
import { createHubSpot, type HubSpot } from '../../src/hubspot/index.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import { createPolicy } from '../../src/policy/index.ts';
import { createLately } from '../../src/policy/lately.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { checkActivities } from '../../src/writes/check-activities.ts';
import { checkCreates, type SaidNewRecord } from '../../src/writes/check-creates.ts';
import { checkUpdates } from '../../src/writes/check-updates.ts';
import { createWriteDoor } from '../../src/writes/index.ts';
import { boundless } from '../boundless.ts';

let portal: Portal;
let hubspot: HubSpot;
let log: string[];
/** What happens to a request; without it the portal answers. */
let fault: ((request: HttpRequest, answer: Fetch) => ReturnType<Fetch>) | undefined;

beforeEach(async () => {
  const random = seededRandom(1);
  fault = undefined;
  log = [];
  portal = await createPortal({ clock: systemClock, random, seed: 'none', limits: 'off' });
  hubspot = createHubSpot({
    clock: systemClock,
    random,
    token: () => 'pat-na1-door',
    ledger: boundless,
    fetch: (request) => (fault === undefined ? portal.fetch(request) : fault(request, portal.fetch)),
  });
});
afterEach(async () => {
  await hubspot.close();
  portal.close();
});

/** One call of a writing tool, as the shell binds it. */
function open() {
  const crm = createCrm({ hubspot, clock: systemClock });
  const door = createWriteDoor({
    clock: systemClock,
    journal: createJournal({ disk: memoryDisk(), clock: systemClock, random: seededRandom(2) }),
    portalId: () => Promise.resolve(1),
    log: (message) => log.push(message),
  });
  const author = { caller: 'test', session: 'one' };
  const authority = {
    policy: createPolicy(),
    consent: alreadyGiven(systemClock.now()),
    tainted: () => false,
    sandbox: () => Promise.resolve(true),
    spendWrites: () => Promise.resolve(),
    lately: createLately(systemClock)('one'),
    rehearsed: () => Promise.resolve(false),
  };
  const on = (client: HubSpot) => door.forCall({ hubspot: client, options: {}, author, authority, effect: 'add' });
  return { crm, on, writes: on(hubspot) };
}

function create(objectType: string, ...records: SaidNewRecord[]) {
  const { crm, writes } = open();
  const input = { objectType, records };
  return writes.run({ tool: 'create_records', input, check: () => checkCreates(crm, input) });
}

const isWrite = ({ url }: HttpRequest) => /batch\/(create|update)$/.test(new URL(url).pathname);
const count = async (type: string) => (await hubspot.objects.list(type)).results.length;
const ann = { properties: { email: 'ann@acme.test' } };

const broken = () => Promise.reject(new TypeError('a fault of this program'));

describe('the door', () => {
  it('reports a create without an answer as unknown, does not send it again, and says how to find out', async () => {
    let sent = 0;
    fault = async (request, answer) => {
      const response = await answer(request);
      if (!isWrite(request)) return response;
      sent++;
      return { ...response, status: 502, body: '' };
    };
    const report = await create('companies', { properties: { name: 'Acme' } }, { properties: { nope: 1 } });
    expect(sent).toBe(1);
    expect(report).toMatchObject({
      applied: 0,
      failed: [{ index: 1, sent: false, code: 'unknown_property' }],
      unknown: [{ index: 0, sent: true, retryable: false, next: expect.stringContaining('search_records') }],
    });
    expect(await count('companies')).toBe(1);
  });

  it('says of an activity without an answer where to look for it', async () => {
    const { id } = await hubspot.objects.create('contacts', ann);
    const { crm, writes } = open();
    fault = (request, answer) => (isWrite(request) ? Promise.reject(new Error('socket closed')) : answer(request));
    const note = { type: 'note', body: 'x', associations: [{ toObjectType: 'contacts', to: id }] } as const;
    const report = await writes.run({
      tool: 'log_note',
      input: {},
      check: () => checkActivities(crm, [note]),
    });
    expect(report.unknown).toMatchObject([{ index: 0, next: expect.stringContaining(`contacts ${id}`) }]);
  });

  it('reports what never left as not sent', async () => {
    fault = (request, answer) =>
      isWrite(request) ? Promise.reject(Object.assign(new Error('no route'), { notSent: true })) : answer(request);
    const report = await create('contacts', ann);
    expect(report).toMatchObject({ applied: 0, unknown: [], failed: [{ index: 0, sent: false }] });
    expect(await count('contacts')).toBe(0);
  });

  it('keeps the rows that were written when a later batch fails', async () => {
    let batches = 0;
    fault = async (request, answer) => {
      if (!isWrite(request) || ++batches === 1) return answer(request);
      return Promise.reject(new Error('socket closed'));
    };
    const records = Array.from({ length: 150 }, (_, n) => ({ properties: { email: `c${n}@acme.test` } }));
    const report = await create('contacts', ...records);
    expect(report.applied + report.unknown.length).toBe(150);
    expect(report.applied).toBe(100);
    expect(new Set([...report.rows.map(([index]) => index), ...report.unknown.map(({ index }) => index)]).size).toBe(
      150,
    );
  });

  it('says a reason that many rows share only once in full', async () => {
    const report = await create('contacts', ...[1, 2, 3].map((n) => ({ properties: { nope: n } })));
    expect(report.failed.map(({ message }) => message.startsWith('As index 0'))).toEqual([false, true, true]);
  });

  it('names what HubSpot holds other than asked', async () => {
    const { id } = await hubspot.objects.create('contacts', { properties: { email: 'bob@acme.test', city: 'Ulm' } });
    const { crm, writes } = open();
    // HubSpot answers 200 and keeps the old value, as it does for a property that a rule protects.
    fault = async (request, answer) => {
      const response = await answer(request);
      if (!isWrite(request)) return response;
      return { ...response, body: String(response.body).replaceAll('"Bonn"', '"Ulm"') };
    };
    const input = { objectType: 'contacts', records: [{ id, properties: { city: 'Bonn' } }] };
    const report = await writes.run({ tool: 'update_records', input, check: () => checkUpdates(crm, input) });
    expect(report).toMatchObject({
      applied: 1,
      differences: [{ index: 0, id, property: 'city', asked: 'Bonn', found: 'Ulm' }],
    });
  });

  it('leaves a call in which it failed itself to whoever makes it again', async () => {
    const { crm, on, writes } = open();
    const input = { objectType: 'contacts', records: [ann] };
    const plan = { tool: 'create_records', input, check: () => checkCreates(crm, input) };
    const faulty = on({ ...hubspot, objects: { ...hubspot.objects, batchCreate: broken } });
    await expect(faulty.run(plan)).rejects.toThrow('a fault of this program');
    expect(await writes.run(plan)).toMatchObject({ applied: 1, unknown: [] });
    expect(await count('contacts')).toBe(1);
  });

  it('throws what concerns the whole call, and has then sent nothing', async () => {
    let writes = 0;
    fault = (request, answer) => {
      if (isWrite(request)) writes++;
      const denied = { status: 401, headers: {}, body: JSON.stringify({ category: 'INVALID_AUTHENTICATION' }) };
      return request.url.includes('/properties/') ? Promise.resolve(denied) : answer(request);
    };
    await expect(create('contacts', ann)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(writes).toBe(0);
  });
});
