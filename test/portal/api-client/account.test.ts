import type { Client } from '@hubspot/api-client';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import { describe, expect, test } from 'vitest';
import { at, results } from '../talk.ts';
import { hubspot, refusal } from './hubspot.ts';

interface Said {
  readonly status: number;
  readonly body: unknown;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the client has no method for, it sends as it is told to. */
async function ask(client: Client, method: Method, path: string, body?: unknown): Promise<Said> {
  const headers = { accept: 'application/json' };
  const sent = await client.apiRequest({ method, path, headers, ...(body !== undefined && { body }) });
  const text = await sent.text();
  return { status: sent.status, body: text === '' ? undefined : JSON.parse(text) };
}

async function rows(client: Client, path: string): Promise<unknown[]> {
  return results({ ...(await ask(client, 'GET', path)), headers: {} });
}

const refusedWith = (status: number, category: string) => ({ status, body: { status: 'error', category } });

describe('HubSpot’s client on users and owners', () => {
  test('makes a user, whose owner and record are there at once', async () => {
    const { client } = await hubspot();
    const { usersApi } = client.settings.users;
    const user = await usersApi.create({ email: 'Ada@example.com', firstName: 'Ada', lastName: 'L', roleId: '100001' });
    expect(user).toMatchObject({ email: 'Ada@example.com', superAdmin: false, roleIds: ['100001'] });
    const { ownersApi } = client.crm.owners;
    const [owner] = (await ownersApi.getPage('ada@EXAMPLE.com')).results;
    expect(owner).toMatchObject({ firstName: 'Ada', type: 'PERSON', userId: Number(user.id), archived: false });
    expect(owner?.id).not.toBe(user.id);
    expect((await ownersApi.getById(Number(user.id), 'userId')).id).toBe(owner?.id);
    expect((await ownersApi.getById(Number(owner?.id))).userIdIncludingInactive).toBe(Number(user.id));
    const found = await client.crm.objects.searchApi.doSearch('users', {
      filterGroups: [
        { filters: [{ propertyName: 'hs_internal_user_id', operator: FilterOperatorEnum.Eq, value: user.id }] },
      ],
      properties: ['hs_email', 'hs_given_name', 'hubspot_owner_id'],
      limit: 1,
      sorts: [],
      after: '0',
    });
    expect(found.results[0]?.properties).toMatchObject({ hs_email: 'Ada@example.com', hubspot_owner_id: owner?.id });
    const contact = await client.crm.contacts.basicApi.create({
      properties: { firstname: 'C', hubspot_owner_id: owner?.id ?? '' },
    });
    expect(contact.properties['hubspot_owner_id']).toBe(owner?.id);
  });

  test('changes and removes a user by address, and its owner goes to the archive', async () => {
    const { client } = await hubspot();
    const { usersApi } = client.settings.users;
    const { id } = await usersApi.create({ email: 'bob@example.com', firstName: 'Bob' });
    const changed = await usersApi.replace('bob@example.com', { lastName: 'Byte' }, 'EMAIL');
    expect(changed).toMatchObject({ id, firstName: 'Bob', lastName: 'Byte' });
    expect((await usersApi.getById(id)).lastName).toBe('Byte');
    const { ownersApi } = client.crm.owners;
    const [owner] = (await ownersApi.getPage('bob@example.com')).results;
    expect(owner?.lastName).toBe('Byte');
    await usersApi.archive(id);
    expect(await refusal(usersApi.getById(id))).toMatchObject({ code: 404, body: { category: 'OBJECT_NOT_FOUND' } });
    expect((await ownersApi.getPage('bob@example.com')).results).toEqual([]);
    const [gone] = (await ownersApi.getPage('bob@example.com', undefined, undefined, true)).results;
    expect(gone).toMatchObject({ id: owner?.id, archived: true, userIdIncludingInactive: Number(id) });
    expect(gone?.userId).toBeUndefined();
    const record = await client.crm.objects.basicApi.getPage('users', 1, undefined, ['hs_deactivated']);
    expect(record.results[0]?.properties['hs_deactivated']).toBe('true');
    const events = await rows(client, '/account-info/v3/activity/security');
    expect(events.map((event) => at(event, 'type'))).toEqual(['REMOVE_USER', 'CHANGE_USER', 'ADD_USER']);
  });

  test('pages through users', async () => {
    const { client } = await hubspot();
    const { usersApi } = client.settings.users;
    for (const name of ['a', 'b', 'c']) await usersApi.create({ email: `${name}@example.com` });
    const first = await usersApi.getPage(2);
    expect(first.results.map(({ email }) => email)).toEqual(['a@example.com', 'b@example.com']);
    const second = await usersApi.getPage(2, first.paging?.next?.after);
    expect(second.results.map(({ email }) => email)).toEqual(['c@example.com']);
    expect(second.paging).toBeUndefined();
    expect((await client.settings.users.rolesApi.getAll()).results).toContainEqual(
      expect.objectContaining({ id: '100001', requiresBillingWrite: false }),
    );
  });

  test('is refused users that cannot be', async () => {
    const { client } = await hubspot();
    const { usersApi } = client.settings.users;
    await usersApi.create({ email: 'ada@example.com' });
    expect(await refusal(usersApi.create({ email: 'ADA@example.com' }))).toMatchObject({
      code: 409,
      body: { category: 'CONFLICT', message: 'User already exists with email ADA@example.com' },
    });
    const invalid = { code: 400, body: { status: 'error', category: 'VALIDATION_ERROR' } };
    expect(await refusal(usersApi.create({ email: 'nobody' }))).toMatchObject(invalid);
    expect(await refusal(usersApi.create({ email: 'b@example.com', roleId: '7' }))).toMatchObject(invalid);
    expect(await refusal(usersApi.create({ email: 'b@example.com', primaryTeamId: '7' }))).toMatchObject(invalid);
    expect(await refusal(client.crm.owners.ownersApi.getById(7))).toMatchObject({ code: 404 });
    expect((await usersApi.getPage()).results).toHaveLength(1);
  });

  test('makes teams, puts users in them, and sees them with their owners', async () => {
    const { client } = await hubspot();
    const { usersApi, teamsApi } = client.settings.users;
    const ada = await usersApi.create({ email: 'ada@example.com' });
    const bob = await usersApi.create({ email: 'bob@example.com' });
    const teams = '/settings/teams/2026-09-beta';
    const made = await ask(client, 'POST', teams, { name: 'West', members: [{ userId: ada.id }] });
    expect(made).toMatchObject({ status: 201, body: { name: 'West', userIds: [ada.id] } });
    const west = String(at(made.body, 'id'));
    const child = await ask(client, 'POST', teams, { name: 'Far West', parentTeamId: west });
    const joined = await ask(client, 'POST', `${teams}/${west}/members`, { userId: bob.id, type: 'SECONDARY' });
    expect(joined.status).toBe(201);
    const told = (await teamsApi.getAll()).results.find(({ id }) => id === west);
    expect(told).toMatchObject({ name: 'West', userIds: [ada.id], secondaryUserIds: [bob.id] });
    await ask(client, 'PATCH', `${teams}/${west}`, { name: 'Pacific' });
    const [owner] = (await client.crm.owners.ownersApi.getPage('ada@example.com')).results;
    expect(owner?.teams).toMatchObject([{ id: west, name: 'Pacific', primary: true }]);
    const below = { parentTeamId: String(at(child.body, 'id')) };
    expect(await ask(client, 'PATCH', `${teams}/${west}`, below)).toMatchObject(refusedWith(400, 'VALIDATION_ERROR'));
    expect(await ask(client, 'POST', teams, { name: 'Pacific' })).toMatchObject(refusedWith(409, 'CONFLICT'));
    expect((await ask(client, 'DELETE', `${teams}/${west}`)).status).toBe(204);
    expect((await teamsApi.getAll()).results.map(({ name }) => name)).toEqual(['Far West']);
    expect((await usersApi.getById(ada.id)).primaryTeamId).toBeUndefined();
  });
});

describe('HubSpot’s client on currencies', () => {
  const CURRENCIES = '/settings/v3/currencies';

  test('sets rates, by which deals are worth something in the account’s currency', async () => {
    const { client } = await hubspot();
    const { basicApi } = client.crm.deals;
    expect((await ask(client, 'GET', `${CURRENCIES}/company-currency`)).body).toMatchObject({ currencyCode: 'USD' });
    const rate = await ask(client, 'POST', `${CURRENCIES}/exchange-rates`, {
      fromCurrencyCode: 'EUR',
      conversionRate: '1.23456789',
    });
    expect(rate).toMatchObject({
      status: 200,
      body: { fromCurrencyCode: 'EUR', toCurrencyCode: 'USD', conversionRate: 1.234568, visibleInUI: true },
    });
    const deal = await basicApi.create({
      properties: { dealname: 'D', dealstage: 'qualifiedtobuy', amount: '100', deal_currency_code: 'EUR' },
    });
    const worth = async () =>
      (await basicApi.getById(deal.id, ['amount_in_home_currency'])).properties['amount_in_home_currency'];
    expect(await worth()).toBe('123.4568');
    const id = String(at(rate.body, 'id'));
    await ask(client, 'PATCH', `${CURRENCIES}/exchange-rates/${id}`, { conversionRate: 2 });
    expect(await worth()).toBe('200');
    await ask(client, 'POST', `${CURRENCIES}/exchange-rates`, {
      fromCurrencyCode: 'EUR',
      conversionRate: 9,
      effectiveAt: '2001-01-01T00:00:00Z',
    });
    expect(await worth()).toBe('200');
    expect((await rows(client, `${CURRENCIES}/exchange-rates/current`)).map((each) => at(each, 'id'))).toEqual([id]);
    expect(await rows(client, '/settings/currencies/2026-09/exchange-rates?fromCurrencyCode=EUR')).toHaveLength(2);
    const details = await ask(client, 'GET', '/account-info/v3/details');
    expect(details.body).toMatchObject({ companyCurrency: 'USD', additionalCurrencies: ['EUR'] });
    expect(details.body).not.toHaveProperty('exchangeRates');
  });

  test('sets, reads and changes many rates, hides one, and changes the account’s currency', async () => {
    const { client } = await hubspot();
    const batch = `${CURRENCIES}/exchange-rates/batch`;
    const made = await ask(client, 'POST', `${batch}/create`, {
      inputs: [
        { fromCurrencyCode: 'EUR', conversionRate: 1.1 },
        { fromCurrencyCode: 'GBP', conversionRate: 1.3 },
      ],
    });
    const ids = results({ ...made, headers: {} }).map((rate) => ({ id: String(at(rate, 'id')) }));
    expect(results({ ...(await ask(client, 'POST', `${batch}/read`, { inputs: ids })), headers: {} })).toHaveLength(2);
    const changed = await ask(client, 'POST', `${batch}/update`, { inputs: [{ ...ids[0], conversionRate: 1.2 }] });
    expect(at(changed.body, 'results', 0, 'conversionRate')).toBe(1.2);
    const pair = { fromCurrencyCode: 'GBP', toCurrencyCode: 'USD', visibleInUI: false };
    expect((await ask(client, 'POST', `${CURRENCIES}/exchange-rates/update-visibility`, pair)).status).toBe(204);
    const details = () => ask(client, 'GET', '/account-info/v3/details');
    expect((await details()).body).toMatchObject({ additionalCurrencies: ['EUR'] });
    await ask(client, 'PUT', `${CURRENCIES}/company-currency`, { currencyCode: 'EUR' });
    expect((await details()).body).toMatchObject({ companyCurrency: 'EUR', additionalCurrencies: [] });
    expect(await rows(client, `${CURRENCIES}/exchange-rates/current`)).toEqual([]);
    const codes = await rows(client, `${CURRENCIES}/codes`);
    expect(codes).toContainEqual({ currencyCode: 'EUR', currencyName: 'Euro' });
  });

  test('is refused rates that say nothing', async () => {
    const { client } = await hubspot();
    const rates = `${CURRENCIES}/exchange-rates`;
    const invalid = refusedWith(400, 'VALIDATION_ERROR');
    const bad = [
      { fromCurrencyCode: 'XYZ', conversionRate: 1 },
      { fromCurrencyCode: 'USD', conversionRate: 1 },
      { fromCurrencyCode: 'EUR', conversionRate: 0 },
      { fromCurrencyCode: 'EUR', conversionRate: 'much' },
      { fromCurrencyCode: 'EUR', conversionRate: 1, effectiveAt: 'soon' },
    ];
    const missing = 'Some required fields were not set: [conversionRate]';
    expect(await ask(client, 'POST', rates, { fromCurrencyCode: 'EUR' })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(missing) },
    });
    for (const rate of bad) expect(await ask(client, 'POST', rates, rate)).toMatchObject(invalid);
    const mixed = { inputs: [{ fromCurrencyCode: 'EUR', conversionRate: 1 }, bad[0]] };
    expect(await ask(client, 'POST', `${rates}/batch/create`, mixed)).toMatchObject(invalid);
    expect(await rows(client, rates)).toEqual([]);
    expect(await ask(client, 'GET', `${rates}/1`)).toMatchObject(refusedWith(404, 'OBJECT_NOT_FOUND'));
    const central = await ask(client, 'POST', `${CURRENCIES}/central-fx-rates/add-currency`, { currencyCode: 'EUR' });
    expect(central).toMatchObject(invalid);
  });
});

describe('HubSpot’s client on what an account uses', () => {
  test('counts records, properties, pipelines and types', async () => {
    const { client } = await hubspot();
    await client.crm.contacts.basicApi.create({ properties: { firstname: 'A' } });
    const records = await ask(client, 'GET', '/crm/v3/limits/records');
    expect(at(records.body, 'hubspotDefinedObjectTypes')).toContainEqual({
      objectTypeId: '0-1',
      singularLabel: 'Contact',
      pluralLabel: 'Contacts',
      limit: 15_000_000,
      usage: 1,
      percentage: 0,
    });
    const property = { name: 'own', label: 'Own', groupName: 'contactinformation' };
    await client.crm.properties.coreApi.create('contacts', {
      ...property,
      type: PropertyCreateTypeEnum.String,
      fieldType: PropertyCreateFieldTypeEnum.Text,
    });
    const properties = await ask(client, 'GET', '/crm/limits/2026-09/custom-properties');
    expect(properties.body).toMatchObject({ overallLimit: 10_000, overallUsage: 1, overallPercentage: 0.01 });
    const pipelines = await ask(client, 'GET', '/crm/limits/2026-09/pipelines');
    expect(at(pipelines.body, 'hubspotDefinedObjectTypes')).toContainEqual(
      expect.objectContaining({ objectTypeId: '0-3', limit: 100, usage: 1, percentage: 1 }),
    );
    expect((await ask(client, 'GET', '/crm/v3/limits/custom-object-types')).body).toEqual({
      limit: 10,
      usage: 0,
      percentage: 0,
    });
    const calculated = await ask(client, 'GET', '/crm/v3/limits/calculated-properties');
    expect(calculated.body).toMatchObject({ overallUsage: 0 });
  });

  test('tells labels, and records that come near their limit', async () => {
    const { client } = await hubspot();
    const labels = client.crm.associations.v4.schema.definitionsApi;
    await labels.create('contacts', 'companies', { name: 'l', label: 'L', inverseLabel: 'M' });
    const [told] = await rows(client, '/crm/v3/limits/associations/labels?fromObjectTypeId=0-1&toObjectTypeId=0-2');
    expect(told).toMatchObject({ allLabels: ['L'], limit: 10, usage: 1, percentage: 10 });
    await ask(client, 'POST', '/crm/associations/2026-09/definitions/configurations/companies/contacts/batch/create', {
      inputs: [{ category: 'HUBSPOT_DEFINED', typeId: 280, maxToObjectIds: 5 }],
    });
    const firm = async (name: string, people: number) => {
      const { id } = await client.crm.companies.basicApi.create({ properties: { name } });
      for (let i = 0; i < people; i++) {
        const person = await client.crm.contacts.basicApi.create({ properties: { firstname: `P${i}` } });
        await client.crm.associations.v4.basicApi.createDefault('companies', id, 'contacts', person.id);
      }
      return Number(id);
    };
    const [full, near] = [await firm('Full', 5), await firm('Near', 4)];
    await firm('Small', 3);
    expect((await ask(client, 'GET', '/crm/v3/limits/associations/records/0-2/0-1')).body).toEqual({
      limit: 5,
      totalRecordsAtLimit: 1,
      totalRecordsNearLimit: 1,
      atLimitFromRecordSamples: [{ objectId: full, label: 'Full' }],
      nearLimitFromRecordSamples: [{ objectId: near, label: 'Near', usage: 4, percentage: 80 }],
    });
    const companies = { objectTypeId: '0-2', hasRecordsAtLimit: true, hasRecordsNearLimit: true };
    expect(await rows(client, '/crm/v3/limits/associations/records/from')).toMatchObject([companies]);
    expect(await rows(client, '/crm/v3/limits/associations/records/0-2/to')).toMatchObject([{ objectTypeId: '0-1' }]);
    const unknown = await ask(client, 'GET', '/crm/v3/limits/associations/records/moons/to');
    expect(unknown).toMatchObject({ status: 400, body: { message: 'Unable to infer object type from: moons' } });
  });

  test('reads the audit log of an Enterprise account only, and nobody’s logins', async () => {
    const { client } = await hubspot();
    const user = await client.settings.users.usersApi.create({ email: 'ada@example.com' });
    const log = '/account-info/v3/activity/audit-logs';
    expect(await rows(client, log)).toContainEqual(
      expect.objectContaining({ category: 'USER', action: 'CREATE', targetObjectId: user.id }),
    );
    expect(await rows(client, `${log}?actingUserId=1`)).toEqual([]);
    expect(await rows(client, '/account-info/v3/activity/login')).toEqual([]);
    expect((await ask(client, 'GET', '/account-info/v3/api-usage/daily')).status).toBe(200);
    const small = await hubspot({ tier: 'professional' });
    expect((await ask(small.client, 'GET', log)).status).toBe(403);
  });
});
