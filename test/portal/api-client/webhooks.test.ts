import { Client, Signature } from '@hubspot/api-client';
import { SubscriptionCreateRequestEventTypeEnum as EventType } from '@hubspot/api-client/lib/codegen/webhooks/index.js';
import { describe, expect, test } from 'vitest';
import { deliver } from '../../../src/commands/portal/deliver.ts';
import type { PortalOptions } from '../../../src/portal/index.ts';
import { type App, demoApp } from '../../../src/portal/oauth/app.ts';
import { receiver } from '../webhook-receiver.ts';
import { hubspot, refusal } from './hubspot.ts';

const { appId, clientSecret, developerApiKey = '' } = demoApp;

async function developer(options: Partial<PortalOptions> = {}) {
  const { client, url, portal } = await hubspot({ deliver, ...options });
  return { client, url, portal, webhooks: new Client({ developerApiKey, basePath: url }).webhooks };
}

/** A portal whose app hears of new contacts. */
async function listening(app: App = demoApp, path = '/hook') {
  const target = await receiver();
  const { client, webhooks, url } = await developer({ apps: [app] });
  const targetUrl = target.url + path;
  await webhooks.settingsApi.configure(appId, { targetUrl, throttling: { maxConcurrentRequests: 10 } });
  const subscription = await webhooks.subscriptionsApi.create(appId, {
    eventType: EventType.ContactCreation,
    active: true,
  });
  return { client, webhooks, target, targetUrl, subscription, url };
}

describe('Settings', () => {
  test('are set, read, replaced and cleared', async () => {
    const { webhooks } = await developer();
    expect(await refusal(webhooks.settingsApi.getAll(appId))).toMatchObject({
      code: 404,
      body: { category: 'OBJECT_NOT_FOUND' },
    });
    const first = await webhooks.settingsApi.configure(appId, {
      targetUrl: 'https://www.example.com/hubspot',
      throttling: { maxConcurrentRequests: 10 },
    });
    expect(first).toMatchObject({ targetUrl: 'https://www.example.com/hubspot' });
    await webhooks.settingsApi.configure(appId, {
      targetUrl: 'https://www.example.com/other',
      throttling: { maxConcurrentRequests: 6 },
    });
    expect(await webhooks.settingsApi.getAll(appId)).toMatchObject({
      targetUrl: 'https://www.example.com/other',
      throttling: { maxConcurrentRequests: 6 },
      createdAt: first.createdAt,
    });
    await webhooks.settingsApi.clear(appId);
    expect((await refusal(webhooks.settingsApi.getAll(appId))).code).toBe(404);
  });

  test.each([
    ['http://www.example.com/hook', 10, 'targetUrl must be a valid https URL, but was http://www.example.com/hook'],
    ['nowhere', 10, 'targetUrl must be a valid https URL, but was nowhere'],
    ['https://www.example.com', 5, 'maxConcurrentRequests must be greater than 5, but was 5'],
  ])('to %s with %d requests are refused', async (targetUrl, maxConcurrentRequests, message) => {
    const { webhooks } = await developer();
    expect(
      await refusal(webhooks.settingsApi.configure(appId, { targetUrl, throttling: { maxConcurrentRequests } })),
    ).toMatchObject({ code: 400, body: { message, category: 'VALIDATION_ERROR' } });
    expect((await refusal(webhooks.settingsApi.getAll(appId))).code).toBe(404);
  });
});

describe('Subscriptions', () => {
  test('are created, read, paused in a batch and archived', async () => {
    const { webhooks } = await developer();
    const created = await webhooks.subscriptionsApi.create(appId, {
      eventType: EventType.ContactPropertyChange,
      propertyName: 'lifecyclestage',
      active: true,
    });
    expect(created).toMatchObject({
      eventType: 'contact.propertyChange',
      propertyName: 'lifecyclestage',
      active: true,
    });
    const paused = await webhooks.subscriptionsApi.create(appId, {
      eventType: EventType.ObjectCreation,
      objectTypeId: '0-46',
    });
    expect(paused.active).toBe(false);
    const id = Number(created.id);
    expect((await webhooks.subscriptionsApi.getAll(appId)).results.map((each) => each.id)).toEqual([
      created.id,
      paused.id,
    ]);
    expect((await webhooks.subscriptionsApi.update(id, appId, { active: false })).active).toBe(false);
    const batch = await webhooks.subscriptionsApi.updateBatch(appId, {
      inputs: [
        { id, active: true },
        { id: 7, active: true },
      ],
    });
    expect(batch.results.map((each) => [each.id, each.active])).toEqual([[created.id, true]]);
    expect(batch).toMatchObject({ numErrors: 1, errors: [{ category: 'OBJECT_NOT_FOUND' }] });
    await webhooks.subscriptionsApi.archive(id, appId);
    expect(await refusal(webhooks.subscriptionsApi.getById(id, appId))).toMatchObject({
      code: 404,
      body: { message: `Subscription ${id} not found` },
    });
  });

  test.each([
    [{ eventType: EventType.ContactPropertyChange }, 'propertyName is required'],
    [{ eventType: EventType.DealCreation, propertyName: 'amount' }, 'propertyName is not allowed'],
    [{ eventType: EventType.ObjectCreation }, 'objectTypeId is required'],
    [{ eventType: EventType.ObjectDeletion, objectTypeId: '2-404' }, '2-404 is not a valid objectTypeId'],
    [{ eventType: EventType.TicketMerge, objectTypeId: '0-5' }, 'objectTypeId is not allowed'],
  ])('%o are refused', async (request, message) => {
    const { webhooks } = await developer();
    expect(await refusal(webhooks.subscriptionsApi.create(appId, request))).toMatchObject({
      code: 400,
      body: { message: expect.stringContaining(message), category: 'VALIDATION_ERROR' },
    });
    expect((await webhooks.subscriptionsApi.getAll(appId)).results).toEqual([]);
  });

  test('of the same kind exist once, and only for what the app may read', async () => {
    const app = { ...demoApp, scopes: ['crm.objects.contacts.read'] };
    const { webhooks } = await developer({ apps: [app] });
    const { id } = await webhooks.subscriptionsApi.create(appId, { eventType: EventType.ContactCreation });
    expect(
      await refusal(webhooks.subscriptionsApi.create(appId, { eventType: EventType.ContactCreation })),
    ).toMatchObject({ code: 409, body: { message: expect.stringContaining(id), category: 'CONFLICT' } });
    expect(await refusal(webhooks.subscriptionsApi.create(appId, { eventType: EventType.DealCreation }))).toMatchObject(
      {
        code: 403,
        body: { category: 'MISSING_SCOPES' },
      },
    );
  });
});

describe('Webhooks are managed', () => {
  test('with the developer API key of the app, and with no other', async () => {
    const { url, webhooks } = await developer();
    const stranger = new Client({ developerApiKey: 'wrong', basePath: url });
    expect(await refusal(stranger.webhooks.subscriptionsApi.getAll(appId))).toMatchObject({
      code: 401,
      body: { category: 'INVALID_AUTHENTICATION', message: expect.stringContaining('The API key provided is invalid') },
    });
    expect((await refusal(new Client({ basePath: url }).webhooks.settingsApi.getAll(appId))).code).toBe(401);
    expect((await refusal(webhooks.settingsApi.getAll(5))).code).toBe(404);
  });

  test('not with a private app token', async () => {
    const { url } = await developer();
    const answer = await fetch(`${url}/webhooks/v3/${appId}/subscriptions?hapikey=`, {
      headers: { authorization: 'Bearer pat-na1-test' },
    });
    expect(answer.status).toBe(403);
  });

  test('under their new name since 2026-09, where a batch says its failures in a 200', async () => {
    const { url } = await developer();
    const key = `hapikey=${developerApiKey}`;
    const post = (path: string) =>
      fetch(`${url}${path}?${key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ inputs: [{ id: 7, active: true }] }),
      });
    expect((await post(`/app-webhooks/2026-09/${appId}/subscriptions/batch/update`)).status).toBe(200);
    expect((await post(`/webhooks/2026-03/${appId}/subscriptions/batch/update`)).status).toBe(207);
    expect((await post(`/webhooks/2026-09/${appId}/subscriptions/batch/update`)).status).not.toBe(200);
  });
});

describe('A delivery', () => {
  test('is accepted by Signature.isValid with v1 and v3, and when tampered with by neither', async () => {
    const { client, target, targetUrl, subscription } = await listening();
    const contact = await client.crm.contacts.basicApi.create({ properties: { email: 'ada@example.com' } });
    await target.arrived(1);
    const [delivery] = target.deliveries;
    if (!delivery) throw new Error('Nothing arrived.');
    expect(delivery.events).toEqual([
      {
        eventId: expect.any(Number),
        subscriptionId: Number(subscription.id),
        portalId: 48213907,
        appId,
        occurredAt: expect.any(Number),
        subscriptionType: 'contact.creation',
        attemptNumber: 0,
        objectId: Number(contact.id),
        changeFlag: 'CREATED',
        changeSource: 'INTEGRATION',
        sourceId: expect.any(String),
      },
    ]);
    const { headers, body } = delivery;
    expect(headers['x-hubspot-signature-version']).toBe('v1');
    const v1 = {
      signatureVersion: 'v1',
      signature: String(headers['x-hubspot-signature']),
      clientSecret,
      requestBody: body,
    };
    expect(Signature.isValid(v1)).toBe(true);
    expect(Signature.isValid({ ...v1, requestBody: body.replace('CREATED', 'DELETED') })).toBe(false);
    expect(Signature.isValid({ ...v1, clientSecret: 'wrong' })).toBe(false);

    const timestamp = Number(headers['x-hubspot-request-timestamp']);
    const v3 = {
      signatureVersion: 'v3',
      signature: String(headers['x-hubspot-signature-v3']),
      clientSecret,
      requestBody: body,
      method: delivery.method,
      url: targetUrl,
      timestamp,
    };
    expect(Signature.isValid(v3)).toBe(true);
    expect(Signature.isValid({ ...v3, requestBody: `${body} ` })).toBe(false);
    expect(Signature.isValid({ ...v3, url: `${targetUrl}?x=1` })).toBe(false);
    expect(Signature.isValid({ ...v3, method: 'PUT' })).toBe(false);
    expect(Signature.isValid({ ...v3, clientSecret: 'wrong' })).toBe(false);
    expect(Signature.isValid({ ...v3, timestamp: timestamp + 1 })).toBe(false);
    expect(() => Signature.isValid({ ...v3, timestamp: Date.now() - 300_001 })).toThrow('Timestamp is invalid');
  });

  test('is accepted by Signature.isValid with v2, where the app is set to it, and not when tampered with', async () => {
    const { client, target, targetUrl } = await listening({ ...demoApp, signatureVersion: 'v2' }, '/hook?from=hubspot');
    await client.crm.contacts.basicApi.create({ properties: { email: 'ada@example.com' } });
    await target.arrived(1);
    const [delivery] = target.deliveries;
    if (!delivery) throw new Error('Nothing arrived.');
    expect(delivery).toMatchObject({ url: '/hook?from=hubspot', headers: { 'x-hubspot-signature-version': 'v2' } });
    const v2 = {
      signatureVersion: 'v2',
      signature: String(delivery.headers['x-hubspot-signature']),
      clientSecret,
      requestBody: delivery.body,
      method: 'POST',
      url: targetUrl,
    };
    expect(Signature.isValid(v2)).toBe(true);
    expect(Signature.isValid({ ...v2, requestBody: '[]' })).toBe(false);
    expect(Signature.isValid({ ...v2, url: targetUrl.replace('hubspot', 'elsewhere') })).toBe(false);
    expect(Signature.isValid({ ...v2, method: 'GET' })).toBe(false);
    expect(Signature.isValid({ ...v2, clientSecret: 'wrong' })).toBe(false);
  });

  test('is signed in v3 over the address with the characters decoded that HubSpot decodes, and no others', async () => {
    const { client, target } = await listening(demoApp, '/hook?to=a%40b%2Cc%20d%26');
    await client.crm.contacts.basicApi.create({ properties: { email: 'ada@example.com' } });
    await target.arrived(1);
    const [delivery] = target.deliveries;
    if (!delivery) throw new Error('Nothing arrived.');
    const { headers } = delivery;
    const v3 = {
      signatureVersion: 'v3',
      signature: String(headers['x-hubspot-signature-v3']),
      clientSecret,
      requestBody: delivery.body,
      method: 'POST',
      timestamp: Number(headers['x-hubspot-request-timestamp']),
    };
    expect(Signature.isValid({ ...v3, url: `${target.url}/hook?to=a@b,c%20d%26` })).toBe(true);
    expect(Signature.isValid({ ...v3, url: `${target.url}/hook?to=a%40b%2Cc%20d%26` })).toBe(false);
  });

  test('comes for active subscriptions only', async () => {
    const { client, webhooks, target, subscription } = await listening();
    await webhooks.subscriptionsApi.update(Number(subscription.id), appId, { active: false });
    await client.crm.contacts.basicApi.create({ properties: { email: 'silent@example.com' } });
    await webhooks.subscriptionsApi.update(Number(subscription.id), appId, { active: true });
    const heard = await client.crm.contacts.basicApi.create({ properties: { email: 'heard@example.com' } });
    await target.arrived(1);
    expect(target.events().map((event) => event['objectId'])).toEqual([Number(heard.id)]);
  });
});
