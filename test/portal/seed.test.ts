import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { objectTypes } from '../../src/portal/facts/object-types.ts';
import { seedPortal } from '../../src/portal/seed/index.ts';
import type { StoredRecord } from '../../src/portal/store/records.ts';
import { openStore, PORTAL, type Store } from '../../src/portal/store/store.ts';
import { checkRequired, checkValues } from '../../src/portal/values/check.ts';
import { at, talkTo } from './talk.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;

function seeded(now: number): Store {
  const store = openStore({ nextStep: () => 1 });
  seedPortal(store, 'demo', now);
  return store;
}

let store: Store;
let of: (typeId: string) => StoredRecord[];
beforeAll(() => {
  store = seeded(NOW);
  const all = new Map(store.records.typeIds().map((typeId) => [typeId, [...store.records.all(typeId)]]));
  of = (typeId) => all.get(typeId) ?? [];
});

function fingerprint(from: Store): string {
  const hash = createHash('sha256');
  for (const typeId of from.records.typeIds()) {
    for (const record of from.records.all(typeId)) {
      hash.update(JSON.stringify(record));
      for (const to of from.associations.linkedTypeIds(record)) {
        hash.update(JSON.stringify(from.associations.list(record, to, { limit: -1 })));
      }
    }
  }
  hash.update(JSON.stringify(from.owners.list(PORTAL)));
  return hash.digest('hex');
}

describe('the demo', () => {
  test('is the same for the same clock, and another for another', () => {
    const again = fingerprint(store);
    expect(fingerprint(seeded(NOW))).toBe(again);
    expect(fingerprint(seeded(NOW + DAY))).not.toBe(again);
  });

  test('is a business of middle size', () => {
    const counts = Object.fromEntries(store.records.typeIds().map((typeId) => [typeId, of(typeId).length]));
    expect(counts['0-1']).toBeGreaterThan(1150);
    expect(counts['0-1']).toBeLessThan(1250);
    expect(counts).toMatchObject({ '0-2': 300, '0-3': 400, '0-5': 250 });
    for (const typeId of ['0-7', '0-8', '0-18', '0-27', '0-46', '0-47', '0-48', '0-49', '0-136', '2-38114206']) {
      expect(counts[typeId]).toBeGreaterThan(20);
    }
  });

  test('a portal that has an account is not seeded again', () => {
    const before = fingerprint(store);
    seedPortal(store, 'demo', NOW + DAY);
    expect(fingerprint(store)).toBe(before);
  });

  test('holds only values that the API would accept, where it lets them be written', () => {
    for (const typeId of store.records.typeIds()) {
      const type = store.objectType(typeId);
      if (!type) throw new Error(typeId);
      for (const record of of(typeId)) {
        const writable = Object.entries(record.properties).filter(([name]) => {
          const property = store.properties.get(typeId, name);
          if (!property) throw new Error(`${type.name} has no property ${name}`);
          return !property.modificationMetadata.readOnlyValue && !property.calculated;
        });
        const sent = Object.fromEntries(writable);
        expect(checkValues(store, type, sent, undefined, NOW)).toEqual(sent);
      }
    }
  });

  test('has what a create requires, but for what people left out', () => {
    for (const typeId of store.records.typeIds()) {
      const type = store.objectType(typeId);
      const incomplete = of(typeId).filter((record) => {
        try {
          if (type) checkRequired(type, record.properties);
          return false;
        } catch {
          return true;
        }
      });
      expect(incomplete).toEqual([]);
    }
  });

  test('ids are as long as HubSpot’s, grow with creation, and collide across types', () => {
    for (const typeId of store.records.typeIds()) {
      const records = of(typeId).toSorted((a, b) => Number(a.id) - Number(b.id));
      for (const [i, record] of records.entries()) {
        expect(record.id).toMatch(/^\d{11,12}$/);
        expect(record.createdAt).toBeGreaterThanOrEqual(records[i - 1]?.createdAt ?? 0);
      }
    }
    const contacts = new Set(of('0-1').map((record) => record.id));
    expect(of('0-3').filter((record) => contacts.has(record.id)).length).toBeGreaterThan(100);
  });

  test('nothing was created or changed in the future, and nothing changed before it was created', () => {
    for (const typeId of store.records.typeIds()) {
      for (const { createdAt, updatedAt } of of(typeId)) {
        expect(createdAt).toBeLessThanOrEqual(NOW);
        expect(updatedAt).toBeLessThanOrEqual(NOW);
        expect(updatedAt).toBeGreaterThanOrEqual(createdAt);
      }
    }
  });

  test('a history ends with the current value and is in order', () => {
    for (const deal of of('0-3')) {
      const versions = store.records.history(deal, 'dealstage');
      expect(versions[0]?.value).toBe(deal.properties['dealstage']);
      const times = versions.map((version) => version.at);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
    }
  });
});

describe('the people', () => {
  test('two have the same name, and one has left but still owns records', () => {
    const owners = store.owners.list(PORTAL);
    const names = owners.map((owner) => `${owner.firstName} ${owner.lastName}`);
    expect(names.filter((name) => name === 'Maria Santos')).toHaveLength(2);
    expect(new Set(owners.map((owner) => owner.email)).size).toBe(owners.length);
    const gone = owners.filter((owner) => owner.archived);
    expect(gone).toHaveLength(1);
    expect(gone[0]).not.toHaveProperty('userId');
    const left = of('0-1').filter((contact) => contact.properties['hubspot_owner_id'] === gone[0]?.id);
    expect(left.length).toBeGreaterThan(30);
  });
});

describe('the definitions', () => {
  test('two deal pipelines share a stage label', () => {
    const labels = store.pipelines.list('0-3').map((pipeline) => pipeline.stages.map((stage) => stage.label));
    expect(labels).toHaveLength(2);
    expect(labels.every((list) => list.includes('Contract Sent'))).toBe(true);
  });

  test('there are custom properties of every kind, unique ones among them, and labels', () => {
    const own = objectTypes
      .flatMap((type) => store.properties.list(type.id))
      .filter((property) => !property.hubspotDefined);
    expect(new Set(own.map((property) => property.type))).toEqual(
      new Set(['string', 'number', 'bool', 'date', 'datetime', 'enumeration']),
    );
    expect(own.filter((property) => property.hasUniqueValue).map((property) => property.name)).toEqual([
      'customer_number',
      'erp_id',
    ]);
    const labels = store.associationTypes.between('0-1', '0-2').map((type) => type.label);
    expect(labels).toEqual(expect.arrayContaining(['Decision maker', 'Billing contact', 'Primary', null]));
    expect(store.account.get(PORTAL, 'account')).toMatchObject({
      companyCurrency: 'USD',
      additionalCurrencies: ['EUR', 'GBP'],
      timeZone: 'US/Eastern',
    });
    const rates = store.exchangeRates.list(PORTAL);
    expect(Object.fromEntries(rates.map((rate) => [rate.fromCurrencyCode, rate.conversionRate]))).toEqual({
      EUR: 1.08,
      GBP: 1.26,
    });
  });

  test('a deal in another currency is worth something in the account’s own', async () => {
    const talk = await talkTo({ seed: 'demo' });
    const found = await talk('POST', '/crm/v3/objects/deals/search', {
      filters: [
        { propertyName: 'deal_currency_code', operator: 'EQ', value: 'EUR' },
        { propertyName: 'amount', operator: 'HAS_PROPERTY' },
      ],
      properties: ['amount', 'amount_in_home_currency'],
    });
    const results = at(found.body, 'results');
    if (!Array.isArray(results)) throw new Error('No results');
    expect(results.length).toBeGreaterThan(3);
    for (const deal of results) {
      const amount = Number(at(deal, 'properties', 'amount'));
      expect(Number(at(deal, 'properties', 'amount_in_home_currency'))).toBeCloseTo(amount * 1.08, 5);
    }
  });

  test('most contacts have a primary company, and labels are in use', () => {
    const primary = store.associationTypes.find('0-1', '0-2', { category: 'HUBSPOT_DEFINED', typeId: 1 });
    const linked = of('0-1').filter((contact) => {
      const links = store.associations.list(contact, '0-2', { limit: 100 });
      return links.some(({ types }) => types.some(({ typeId }) => typeId === primary?.typeId));
    });
    expect(linked.length).toBeGreaterThan(1000);
    // Billing contacts in HubSpot's own sense (931) belong to quotes and invoices.
    const unused = store.associationTypes
      .between('0-1', '0-2')
      .filter((type) => !store.associations.isUsed('0-1', type));
    expect(unused.map((type) => type.typeId)).toEqual([931]);
  });
});

function isClosed(deal: StoredRecord): boolean {
  const pipeline = store.pipelines.get('0-3', deal.properties['pipeline'] ?? '');
  const stage = pipeline?.stages.find(({ id }) => id === deal.properties['dealstage']);
  return stage?.metadata['isClosed'] === 'true';
}

const lastDigits = (contact: StoredRecord) => (contact.properties['phone'] ?? '').replaceAll(/\D/g, '').slice(-10);

const open = () => of('0-3').filter((deal) => !isClosed(deal));

describe('what is wrong in it', () => {
  test('open deals that should have closed long ago, that nobody touched, and that lack amount or owner', () => {
    const past = open().filter((deal) => Date.parse(deal.properties['closedate'] ?? '') < NOW);
    expect(past.length).toBeGreaterThan(30);
    expect(open().filter((deal) => deal.updatedAt < NOW - 180 * DAY).length).toBeGreaterThan(15);
    expect(open().filter((deal) => deal.properties['amount'] === undefined).length).toBeGreaterThan(20);
    expect(open().filter((deal) => deal.properties['hubspot_owner_id'] === undefined).length).toBeGreaterThan(10);
  });

  test('the same people and companies twice, found by number, name or address', () => {
    const groups = new Map<string, StoredRecord[]>();
    for (const contact of of('0-1').filter((each) => lastDigits(each).length === 10)) {
      const key = `${lastDigits(contact)} ${contact.properties['lastname']?.toLowerCase()}`;
      groups.set(key, [...(groups.get(key) ?? []), contact]);
    }
    expect([...groups.values()].filter((group) => group.length > 1).length).toBeGreaterThan(10);
    expect(of('0-1').filter((contact) => contact.properties['email']?.includes('+news@')).length).toBeGreaterThan(5);
    const names = of('0-2').map((company) => (company.properties['name'] ?? '').toLowerCase().replace(', inc.', ''));
    expect(names.length - new Set(names).size).toBeGreaterThan(5);
  });

  test('no two contacts share an address, which HubSpot would not allow', () => {
    const emails = of('0-1').flatMap((contact) => contact.properties['email']?.toLowerCase() ?? []);
    expect(new Set(emails).size).toBe(emails.length);
  });

  test('names in the wrong case, customers who are still leads, placeholders, and a stranger who gives orders', () => {
    const contacts = of('0-1');
    expect(
      contacts.filter(({ properties: p }) => p['firstname'] && p['firstname'] === p['firstname'].toLowerCase()).length,
    ).toBeGreaterThan(15);
    expect(contacts.some(({ properties }) => properties['email'] === 'test@test.example')).toBe(true);
    expect(contacts.filter(({ properties }) => properties['lifecyclestage'] === undefined).length).toBeGreaterThan(30);
    const orders = of('0-5').filter(({ properties }) =>
      properties['content']?.includes('Ignore all previous instructions'),
    );
    expect(orders).toHaveLength(1);
  });
});
