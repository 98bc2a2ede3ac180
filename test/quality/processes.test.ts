import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alreadyGiven } from '../../src/approval/approval.ts';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createCrm } from '../../src/crm/index.ts';
import { createHubSpot, type HubSpot } from '../../src/hubspot/index.ts';
import { createPolicy } from '../../src/policy/index.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { createQuality } from '../../src/quality/index.ts';
import { boundless } from '../boundless.ts';

const clock = systemClock;
let folder: string;
let portal: Portal;
let seed = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quality-'));
  portal = await createPortal({ clock, random: seededRandom(++seed), seed: 'none', limits: 'off' });
});

afterEach(() => {
  portal.close();
  rmSync(folder, { recursive: true });
});

/** What a process has of its own: its client, its copy's service, and one call. */
function startProcess() {
  const requests: string[] = [];
  const hubspot = createHubSpot({
    clock,
    random: seededRandom(++seed),
    token: () => 'pat-na1-quality',
    ledger: boundless,
    fetch: (request) => {
      requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return portal.fetch(request);
    },
  });
  const log: string[] = [];
  const service = createQuality({
    clock,
    hubspot,
    random: seededRandom(++seed),
    folder: () => Promise.resolve(folder),
    log: (message) => log.push(message),
  });
  const crm = createCrm({ hubspot, clock });
  const call = service.forCall({
    crm,
    options: {},
    by: { caller: 'a test', policy: createPolicy(), consent: alreadyGiven(clock.now()), tainted: () => false },
    progress: () => undefined,
  });
  const contacts = () => crm.objectTypes.resolve('contacts');
  return {
    hubspot,
    requests,
    log,
    service,
    contacts,
    ...call,
    async pairs(): Promise<readonly string[]> {
      const found = await call.duplicates(await contacts());
      return found.state === 'done' ? found.result.clusters.map(({ ids }) => ids.join(':')) : [found.state];
    },
    async end() {
      await service.close();
      await hubspot.close();
    },
  };
}

/** People of whom the portal has two records each: the first as they sign, the second as friends call them. */
const people = {
  robert: { names: ['Robert', 'Bob'], lastname: 'Featherstone', phone: '+14155550143' },
  katherine: { names: ['Katherine', 'Kate'], lastname: 'Okonkwo', phone: '+442079460958' },
} as const;

async function createTwins(hubspot: HubSpot, ...who: readonly (keyof typeof people)[]): Promise<readonly string[]> {
  const inputs = who.flatMap((each) => {
    const { names, ...rest } = people[each];
    return names.map((firstname) => ({
      properties: { firstname, ...rest, email: `${firstname}@${rest.lastname}.example` },
    }));
  });
  const rows = await hubspot.objects.batchCreate('contacts', inputs);
  return rows.flatMap((row) => (row.outcome === 'applied' ? row.value.id : []));
}

const isList = (request: string) => request === 'GET /crm/objects/2026-09/0-1';

describe('Processes that share a copy', () => {
  it('go on with what another has read, and keep what people told it', async () => {
    const one = startProcess();
    const [a, b, c, d] = await createTwins(one.hubspot, 'robert', 'katherine');
    expect((await one.pairs()).toSorted()).toEqual([`${a}:${b}`, `${c}:${d}`]);
    await one.dismiss([`pair:contacts:${b}:${a}`], 'father and son');
    await one.end();

    const two = startProcess();
    expect(await two.pairs()).toEqual([`${c}:${d}`]);
    expect(two.requests.filter(isList)).toEqual([]);
    expect(await two.memory.dismissals()).toMatchObject([
      { fingerprint: `pair:contacts:${a}:${b}`, reason: 'father and son', by: 'a test' },
    ]);
    await two.end();
  });

  it('do not show what one of them merged', async () => {
    const process = startProcess();
    const [a = '', b = '', c, d] = await createTwins(process.hubspot, 'robert', 'katherine');
    await process.pairs();
    await process.hubspot.objects.merge('contacts', a, b);
    await process.merged(await process.contacts(), [a, b]);
    expect(await process.pairs()).toEqual([`${c}:${d}`]);
    await process.end();
  });
});

describe('Equal calls at the same time', () => {
  it('are one scan', async () => {
    const process = startProcess();
    await createTwins(process.hubspot, 'robert');
    const found = await Promise.all([process.pairs(), process.pairs(), process.pairs()]);
    expect(new Set(found.map((pairs) => pairs.join()))).toHaveLength(1);
    expect(process.requests.filter(isList)).toHaveLength(1);
    await process.end();
  });
});

describe('A scan of what has not changed', () => {
  it('is not made again', async () => {
    const process = startProcess();
    await createTwins(process.hubspot, 'robert');
    const type = await process.contacts();
    const one = await process.duplicates(type);
    const two = await process.duplicates(type);
    await process.hubspot.objects.create('contacts', { properties: { email: 'new@acme.example', lastname: 'New' } });
    const three = await process.duplicates(type);
    const scans = [one, two, three].map((each) => (each.state === 'done' ? each.result.scan : undefined));
    expect(scans[0]).toBeDefined();
    expect(scans[1]).toBe(scans[0]);
    expect(scans[2]).not.toBe(scans[0]);
    await process.end();
  });
});

describe('A process that ends while it reads', () => {
  it('stops at the end of a page, and the next one goes on there', async () => {
    const one = startProcess();
    const inputs = Array.from({ length: 900 }, (_, i) => ({ properties: { email: `person${i}@acme.example` } }));
    await one.hubspot.objects.batchCreate('contacts', inputs);
    const scanning = one.pairs().then(
      () => 'done',
      () => 'stopped',
    );
    while (one.requests.filter(isList).length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
    await one.service.close();
    expect(await scanning).toBe('stopped');
    const before = one.requests.filter(isList).length;
    await one.hubspot.close();

    const two = startProcess();
    await two.pairs();
    const after = two.requests.filter(isList).length;
    expect(after).toBeLessThan(9);
    expect(before + after).toBeLessThanOrEqual(10);
    await two.end();
  });
});

describe('HubSpot’s own pairs', () => {
  it('are one source of several: a scan does well without them, and says so', async () => {
    const process = startProcess();
    await createTwins(process.hubspot, 'robert');
    const answer = portal.fetch;
    portal.fetch = (request) =>
      request.url.includes('/data-quality/')
        ? Promise.resolve({ status: 200, headers: {}, body: '<html>' })
        : answer(request);
    const found = await process.duplicates(await process.contacts());
    expect(found).toMatchObject({
      state: 'done',
      result: { clusters: [{}], notes: [expect.stringContaining('own pairs')] },
    });
    portal.fetch = answer;
    const again = await process.duplicates(await process.contacts());
    expect(again).toMatchObject({ state: 'done', result: { proposedByHubSpot: expect.any(Number), notes: [] } });
    await process.end();
  });
});
