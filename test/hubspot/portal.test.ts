import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import type { PortalOptions } from '../../src/portal/index.ts';
import { createPortal } from '../../src/portal/index.ts';
import { fakeClock } from '../fake-clock.ts';
import { TOKEN } from './script.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function connected(options: Partial<PortalOptions> = {}) {
  const clock = fakeClock({ patient: true });
  const portal = await createPortal({ clock, random: seededRandom(1), seed: 'none', ...options });
  closing.push(() => portal.close());
  const statuses: (number | undefined)[] = [];
  const hubspot = createHubSpot({
    fetch: portal.fetch,
    clock,
    random: seededRandom(2),
    token: () => TOKEN,
    log: ({ status }) => statuses.push(status),
  });
  return { hubspot, clock, statuses };
}

const contacts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ properties: { email: `c${index}@x.test`, firstname: `F${index}` } }));

describe('the client on the embedded portal', () => {
  it('waits for nothing where no limits are enforced', async () => {
    const { hubspot, clock, statuses } = await connected({ limits: 'off' });
    const begun = clock.elapsed();
    const reading = async () => {
      for (let i = 0; i < 300; i++) await hubspot.objects.list('contacts');
    };
    await clock.settle(reading());
    expect(statuses).toEqual(Array(300).fill(200));
    expect(clock.elapsed() - begun).toBeLessThan(1_000);
  });

  it('writes and reads records, one by one and in batches', async () => {
    const { hubspot, clock } = await connected();
    const { objects } = hubspot;
    const created = await clock.settle(objects.batchCreate('contacts', contacts(130)));
    const ids = created.flatMap((row) => (row.outcome === 'applied' ? [row.value.id] : []));
    expect(ids).toHaveLength(130);
    const [first = '', second = '', third = ''] = ids;

    const read = await clock.settle(objects.batchRead('contacts', [...ids, '1'], { properties: ['firstname'] }));
    expect(read.map((row) => (row.outcome === 'applied' ? row.value.properties.firstname : row.error.code))).toEqual([
      ...ids.map((_, index) => `F${index}`),
      'not_found',
    ]);

    const past = await clock.settle(objects.batchRead('contacts', ids, { propertiesWithHistory: ['firstname'] }));
    expect(
      past.map((row) => row.outcome === 'applied' && row.value.propertiesWithHistory?.['firstname']?.length),
    ).toEqual(ids.map(() => 1));

    await clock.settle(objects.update('contacts', first, { firstname: 'Ada' }));
    const found = await clock.settle(
      objects.get('contacts', 'C0@x.test', { idProperty: 'email', properties: ['firstname'] }),
    );
    expect(found).toMatchObject({ id: first, properties: { firstname: 'Ada' } });

    const updated = await clock.settle(
      objects.batchUpdate('contacts', [
        { id: first, properties: { firstname: 'Bea' } },
        { id: second, properties: { no_such_property: 'x' } },
        { id: third, properties: { firstname: 'Cy' } },
      ]),
    );
    expect(updated).toMatchObject([
      { outcome: 'applied', value: { id: first, properties: { firstname: 'Bea' } } },
      { outcome: 'rejected', error: { code: 'validation', propertyName: 'no_such_property' } },
      { outcome: 'applied', value: { id: third } },
    ]);

    const upserted = await clock.settle(
      objects.batchUpsert('contacts', [
        { id: 'c1@x.test', idProperty: 'email', properties: { firstname: 'Dee' } },
        { id: 'new@x.test', idProperty: 'email', properties: { firstname: 'Eve' } },
      ]),
    );
    expect(upserted).toMatchObject([{ value: { id: second, new: false } }, { value: { new: true } }]);

    await expect(
      clock.settle(objects.create('contacts', { properties: { email: 'c2@x.test' } })),
    ).rejects.toMatchObject({
      code: 'conflict',
      existingId: third,
    });

    await clock.settle(objects.archive('contacts', first));
    await clock.settle(objects.batchArchive('contacts', [second]));
    const gone = await clock.settle(objects.batchRead('contacts', [first, second, third]));
    expect(gone.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected', 'applied']);
  });

  it('searches everything without ever hearing 429', async () => {
    const { hubspot, clock, statuses } = await connected();
    await clock.settle(hubspot.objects.batchCreate('contacts', contacts(1_230)));
    await clock.advance(60_000);
    const all = await clock.settle(hubspot.objects.searchAll('contacts', { properties: ['email'] }));
    expect(all).toMatchObject({ complete: true, total: 1_230 });
    expect(new Set(all.records.map(({ id }) => id)).size).toBe(1_230);
    const searches = Array.from({ length: 20 }, () => hubspot.objects.search('contacts', { query: 'c7' }));
    await clock.settle(Promise.all(searches));
    expect(statuses).not.toContain(429);
  });

  it('sends 300 calls through the portal in one go without ever hearing 429', async () => {
    const { hubspot, clock, statuses } = await connected();
    await clock.settle(Promise.all(Array.from({ length: 300 }, () => hubspot.objects.list('contacts'))));
    expect(statuses).toHaveLength(300);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('associates, labels and reads associations', async () => {
    const { hubspot, clock } = await connected();
    const { objects, associations } = hubspot;
    const contact = await clock.settle(objects.create('contacts', { properties: { firstname: 'Ada' } }));
    const company = await clock.settle(objects.create('companies', { properties: { name: 'Analytical' } }));
    const pair = { from: contact.id, to: company.id };

    const made = await clock.settle(
      associations.associateDefault('contacts', 'companies', [pair, { from: '1', to: company.id }]),
    );
    expect(made).toMatchObject([
      { outcome: 'applied', value: pair },
      { outcome: 'rejected', error: { code: 'not_found' } },
    ]);

    const labels = await clock.settle(
      associations.createLabel('contacts', 'companies', {
        name: 'adviser',
        label: 'Adviser',
        inverseLabel: 'Advised by',
      }),
    );
    const adviser = (await clock.settle(associations.labels('contacts', 'companies'))).find(
      ({ label }) => label === 'Adviser',
    );
    expect(labels.map(({ typeId }) => typeId)).toContain(adviser?.typeId);

    const types = [{ associationCategory: 'USER_DEFINED', associationTypeId: adviser?.typeId ?? 0 }] as const;
    await clock.settle(associations.associate('contacts', 'companies', [{ ...pair, types }]));
    const rows = await clock.settle(associations.batchRead('contacts', 'companies', [contact.id]));
    expect(rows).toMatchObject([{ outcome: 'applied', value: { to: [{ toObjectId: company.id }] } }]);
    const listed = await clock.settle(associations.list('contacts', contact.id, 'companies'));
    expect(listed.to[0]?.types).toContainEqual({ category: 'USER_DEFINED', typeId: adviser?.typeId, label: 'Adviser' });

    await clock.settle(associations.remove('contacts', 'companies', [pair]));
    expect(await clock.settle(associations.list('contacts', contact.id, 'companies'))).toEqual({ to: [] });
  });

  it('hears which scope is missing', async () => {
    const { hubspot, clock } = await connected({ tokens: new Map([[TOKEN, ['crm.objects.companies.read']]]) });
    await expect(clock.settle(hubspot.objects.list('contacts'))).rejects.toMatchObject({
      code: 'missing_scope',
      missingScopes: expect.arrayContaining(['crm.objects.contacts.read']),
    });
  });
});
