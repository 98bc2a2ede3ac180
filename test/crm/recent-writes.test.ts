import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { aggregate } from '../../src/crm/aggregate.ts';
import { parseGrouping } from '../../src/crm/groups.ts';
import { createCrm } from '../../src/crm/index.ts';
import { parseMeasure } from '../../src/crm/measures.ts';
import type { SaidFilter, SaidSearch } from '../../src/crm/types.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { createPortal } from '../../src/portal/index.ts';
import { boundless } from '../boundless.ts';

const open: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of open) await close();
});

/** A portal whose search lags behind by so much, and what was written to it as a journal would know it. */
async function lagging(indexDelayMs: number) {
  const portal = await createPortal({
    clock: systemClock,
    random: seededRandom(1),
    seed: 'none',
    limits: 'off',
    rules: { indexDelayMs: 0 },
  });
  const requests: string[] = [];
  const hubspot = createHubSpot({
    clock: systemClock,
    random: seededRandom(1),
    token: () => 'pat-na1-recent',
    ledger: boundless,
    fetch: (request) => {
      requests.push(new URL(request.url).pathname);
      return portal.fetch(request);
    },
  });
  open.push(async () => {
    await hubspot.close();
    portal.close();
  });
  const written: string[] = [];
  const crm = createCrm({
    hubspot,
    clock: systemClock,
    recent: async (type) => (type === 'contacts' ? [...new Set(written.toReversed())] : []),
  });
  const contacts = await crm.objectTypes.resolve('contacts');
  const make = async (properties: Record<string, string>) =>
    (await hubspot.objects.create('contacts', { properties })).id;
  return {
    crm,
    contacts,
    hubspot,
    requests,
    /** Known to the index, and not to the journal. */
    old: make,
    /** From now on the index lags. */
    lag: () => portal.control.faults.add({ kind: 'index-delay', ms: indexDelayMs }),
    async create(properties: Record<string, string>) {
      const id = await make(properties);
      written.push(id);
      return id;
    },
    async update(id: string, properties: Record<string, string>) {
      await hubspot.objects.update('contacts', id, properties);
      written.push(id);
    },
    async archive(id: string) {
      await hubspot.objects.archive('contacts', id);
      written.push(id);
    },
    async find(said: SaidSearch, limit?: number) {
      const page = await crm.records.search(contacts, { properties: ['firstname'], ...said }, { limit: limit ?? 100 });
      return { ids: page.records.map(({ id }) => id), total: page.total, note: page.note };
    },
  };
}

const where = (...filters: SaidFilter[]): SaidSearch => ({ filterGroups: [{ filters }] });
const named = (value: string) => where({ propertyName: 'firstname', operator: 'EQ', value });

describe('A search right after a write', () => {
  it.each([0, 1, 50, 10_000])('finds what was made, with an index that lags %i ms', async (delay) => {
    const portal = await lagging(delay);
    const other = await portal.old({ firstname: 'Ada' });
    portal.lag();
    const made = await portal.create({ firstname: 'Ada', email: 'ada@acme.test' });
    const found = await portal.find(named('Ada'));
    expect(new Set(found.ids)).toEqual(new Set([other, made]));
    expect(found.total).toBe(2);
    expect(found.note).toContain('written seconds ago');
    expect((await portal.find({ query: 'ada@acme' })).ids).toEqual([made]);
    expect((await portal.find({ query: 'nobody' })).ids).toEqual([]);
    expect((await portal.find({})).total).toBe(2);
    expect(await portal.crm.records.count(portal.contacts, named('Ada'))).toBe(2);
  });

  it.each([0, 10_000])('shows what was changed as it is now, with an index that lags %i ms', async (delay) => {
    const portal = await lagging(delay);
    const ids = [await portal.old({ firstname: 'Ada' }), await portal.old({ firstname: 'Ada' })];
    portal.lag();
    await portal.update(ids[0] ?? '', { firstname: 'Grace' });
    expect((await portal.find(named('Ada'))).ids).toEqual([ids[1]]);
    expect((await portal.find(named('Grace'))).ids).toEqual([ids[0]]);
    expect(await portal.crm.records.count(portal.contacts, named('Ada'))).toBe(1);
    await portal.archive(ids[1] ?? '');
    expect(await portal.find(named('Ada'))).toMatchObject({ ids: [], total: 0 });
  });

  it('knows of new associations', async () => {
    const portal = await lagging(10_000);
    const company = await portal.hubspot.objects.create('companies', { properties: { name: 'Acme' } });
    portal.lag();
    const [made] = [await portal.create({ firstname: 'Ada' }), await portal.create({ firstname: 'Grace' })];
    await portal.hubspot.associations.associateDefault('contacts', 'companies', [{ from: made, to: company.id }]);
    const said = where({ propertyName: 'associations.company', operator: 'EQ', value: company.id });
    expect((await portal.find(said)).ids).toEqual([made]);
    expect(await portal.crm.records.count(portal.contacts, said)).toBe(1);
  });

  it('keeps the order, and gives no record twice', async () => {
    const portal = await lagging(10_000);
    const old = [await portal.old({ firstname: 'B' }), await portal.old({ firstname: 'D' })];
    portal.lag();
    const made = [await portal.create({ firstname: 'C' }), await portal.create({ firstname: 'A' })];
    await portal.update(old[1] ?? '', { firstname: 'E' });
    const sorted = { sorts: [{ propertyName: 'firstname', direction: 'DESCENDING' as const }] };
    expect((await portal.find(sorted)).ids).toEqual([old[1], made[0], old[0], made[1]]);
  });

  it('adds up what was written too, each record once', async () => {
    const portal = await lagging(10_000);
    await portal.old({ firstname: 'Ada', lifecyclestage: 'lead' });
    const changed = await portal.old({ firstname: 'Ada', lifecyclestage: 'lead' });
    portal.lag();
    await portal.create({ firstname: 'Ada', lifecyclestage: 'customer' });
    await portal.update(changed, { lifecyclestage: 'customer' });
    const index = await portal.crm.properties.of(portal.contacts);
    const found = await aggregate(portal.crm, {
      type: portal.contacts,
      said: named('Ada'),
      measures: [parseMeasure('count', index)],
      groupings: [parseGrouping('lifecyclestage', index)],
      progress: () => undefined,
    });
    expect(found).toMatchObject({ total: 3, covered: 3 });
    expect(new Map(found.groups.map(({ keys, values }) => [keys[0], values[0]]))).toEqual(
      new Map([
        ['lead', 1],
        ['customer', 2],
      ]),
    );
  });

  it('says that some may be missing when more was written than one request reads', async () => {
    const portal = await lagging(10_000);
    portal.lag();
    for (let made = 0; made < 101; made += 1) await portal.create({ firstname: 'Ada' });
    const found = await portal.find(named('Ada'), 200);
    expect(found.ids).toHaveLength(100);
    expect(found.note).toContain('1 more records were written seconds ago');
  });

  it('costs no request when nothing was written', async () => {
    const portal = await lagging(10_000);
    await portal.find(named('Ada'));
    expect(portal.requests.filter((path) => path.endsWith('/batch/read'))).toEqual([]);
  });
});
