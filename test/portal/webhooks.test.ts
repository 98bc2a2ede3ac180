import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import type { Fetch, HttpRequest } from '../../src/fetch.ts';
import { createPortal } from '../../src/portal/index.ts';
import { demoApp } from '../../src/portal/oauth/app.ts';
import { signature, signatureV3 } from '../../src/portal/webhooks/signature.ts';
import { fakeClock } from '../fake-clock.ts';
import { credentials, redirectUri } from './install.ts';
import { create, spec } from './records.ts';
import { at, type Talk, talkTo } from './talk.ts';

type Event = Readonly<Record<string, unknown>>;

const key = `hapikey=${demoApp.developerApiKey}`;
const base = `/webhooks/v3/${demoApp.appId}`;

/** Takes deliveries on a clock that stands still; `answer` says what comes of each. */
function inbox(answer: (request: HttpRequest) => Promise<number> | number = () => 200) {
  const requests: HttpRequest[] = [];
  const deliver: Fetch = async (request) => {
    requests.push(request);
    return { status: await answer(request), headers: {}, body: '' };
  };
  const batches = (): Event[][] => requests.map(({ body }) => JSON.parse(String(body)));
  return { deliver, requests, batches, events: () => batches().flat() };
}

async function subscribe(talk: Talk, ...subscriptions: readonly Record<string, string>[]): Promise<void> {
  const throttling = { maxConcurrentRequests: 6 };
  const set = await talk('PUT', `${base}/settings?${key}`, { targetUrl: 'https://hooks.example.com/in', throttling });
  if (set.status !== 200) throw new Error(JSON.stringify(set.body));
  for (const subscription of subscriptions) {
    const made = await talk('POST', `${base}/subscriptions?${key}`, { ...subscription, active: true });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  }
}

/** What the app is sent when a user installs it. */
async function codeOf(talk: Talk): Promise<string> {
  const scope = 'crm.objects.contacts.read crm.objects.contacts.write crm.objects.companies.write';
  const query = new URLSearchParams({ client_id: demoApp.clientId, redirect_uri: redirectUri, scope });
  const { headers } = await talk('GET', `/oauth/authorize?${query.toString()}`);
  return new URL(headers['location'] ?? '').searchParams.get('code') ?? '';
}

async function started(box: { deliver: Fetch }, ...subscriptions: readonly Record<string, string>[]) {
  const clock = fakeClock();
  const talk = await talkTo({ clock, deliver: box.deliver });
  onTestFinished(() => talk.portal.close());
  await subscribe(talk, ...subscriptions);
  return { clock, talk };
}

describe('Signatures are those of HubSpot’s own examples', () => {
  const clientSecret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
  const body =
    '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';

  test('v1', () => {
    expect(signature('v1', { clientSecret, method: 'POST', uri: 'https://www.example.com', body })).toBe(
      '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de',
    );
  });

  test('v2', () => {
    const uri = 'https://www.example.com/webhook_uri';
    expect(signature('v2', { clientSecret, method: 'GET', uri, body: '' })).toBe(
      'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e',
    );
  });

  test('v3', () => {
    const uri = 'https://www.example.com/webhook_uri';
    expect(signatureV3({ clientSecret, method: 'POST', uri, body }, 1_564_113_600_000)).toBe(
      'DxmVAjFNa2xfF3YgQjdZP6TNcok9k1oaH7UXombPtvw=',
    );
    const published = {
      clientSecret: 'cfc68c0b-4b4e-4ef8-b764-95350e4ea479',
      method: 'POST',
      uri: 'https://webhook.site/335453f5-94b3-49d9-b684-a55354d4b8df',
      body: '[{"eventId":531833541,"subscriptionId":3923621,"portalId":48807704,"appId":16111050,"occurredAt":1752613920733,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":138017612137,"changeFlag":"CREATED","changeSource":"CRM_UI","sourceId":"userId:76023669"}]',
    };
    expect(signatureV3(published, 1_752_613_922_216)).toBe('gbj1XPRvUt0noT7i7fXfTzOD4sLzQmf0VT28ZYq0EYg=');
  });
});

describe('Events tell of real writes', () => {
  test('of a changed property, with its new value, and of no other property', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'contact.propertyChange', propertyName: 'firstname' });
    const id = await create(talk, 'contacts', { email: 'ada@example.com' });
    await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname: 'Ada', lastname: 'Lovelace' } });
    await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname: 'Ada' } });
    await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname: '' } });
    await clock.advance(1000);
    expect(box.events()).toEqual(
      ['Ada', ''].map((propertyValue) => ({
        eventId: expect.any(Number),
        subscriptionId: expect.any(Number),
        portalId: 48213907,
        appId: demoApp.appId,
        occurredAt: Date.UTC(2026, 10, 22),
        subscriptionType: 'contact.propertyChange',
        attemptNumber: 0,
        objectId: Number(id),
        propertyName: 'firstname',
        propertyValue,
        changeSource: 'INTEGRATION',
        sourceId: expect.any(String),
      })),
    );
  });

  test('of a record that is archived', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'company.deletion' });
    const id = await create(talk, 'companies', { name: 'Acme' });
    await talk('DELETE', `/crm/v3/objects/companies/${id}`);
    await clock.advance(1000);
    expect(box.events()).toMatchObject([
      { subscriptionType: 'company.deletion', objectId: Number(id), changeFlag: 'DELETED' },
    ]);
  });

  test('of what an app does without setting values, with the app as their source', async () => {
    const box = inbox();
    const { clock, talk } = await started(
      box,
      { eventType: 'company.deletion' },
      { eventType: 'contact.merge' },
      { eventType: 'contact.associationChange' },
    );
    const form = { grant_type: 'authorization_code', code: await codeOf(talk), ...credentials() };
    const granted = await talk.portal.fetch({
      method: 'POST',
      url: 'http://127.0.0.1/oauth/v1/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
    const token: string = JSON.parse(String(granted.body)).access_token;
    const company = await create(talk, 'companies', { name: 'Acme' });
    const ada = await create(talk, 'contacts', { email: 'ada@example.com' });
    const other = await create(talk, 'contacts', { email: 'countess@example.com' });
    const pair = `/crm/v4/objects/contacts/${ada}/associations/default/companies/${company}`;
    expect((await talk('PUT', pair, undefined, token)).status).toBe(200);
    const merge = { primaryObjectId: ada, objectIdToMerge: other };
    expect((await talk('POST', '/crm/v3/objects/contacts/merge', merge, token)).status).toBe(200);
    expect((await talk('DELETE', `/crm/v3/objects/companies/${company}`, undefined, token)).status).toBe(204);
    await clock.advance(1000);
    const events = box.events();
    expect(new Set(events.map(({ subscriptionType }) => subscriptionType))).toEqual(
      new Set(['contact.associationChange', 'contact.merge', 'company.deletion']),
    );
    for (const event of events) {
      expect(event).toMatchObject({ changeSource: 'INTEGRATION', sourceId: String(demoApp.appId) });
    }
  });

  test('of a contact that is deleted for good', async () => {
    const box = inbox();
    const { clock, talk } = await started(
      box,
      { eventType: 'contact.privacyDeletion' },
      { eventType: 'contact.deletion' },
    );
    const id = await create(talk, 'contacts', { email: 'ada@example.com' });
    const deleted = await talk('POST', '/crm/v3/objects/contacts/gdpr-delete', { objectId: id });
    expect(deleted.status).toBe(204);
    await clock.advance(1000);
    expect(box.events()).toMatchObject([{ subscriptionType: 'contact.privacyDeletion', objectId: Number(id) }]);
  });

  test('of sensitive values only that they changed', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, {
      eventType: 'object.propertyChange',
      objectTypeId: '0-1',
      propertyName: 'diagnosis',
    });
    const property = await talk('POST', '/crm/v3/properties/contacts', {
      name: 'diagnosis',
      label: 'Diagnosis',
      type: 'string',
      fieldType: 'text',
      groupName: 'contactinformation',
      dataSensitivity: 'sensitive',
    });
    expect(property.status).toBe(201);
    await create(talk, 'contacts', { email: 'ada@example.com', diagnosis: 'genius' });
    await clock.advance(1000);
    expect(box.events()).toMatchObject([{ propertyName: 'diagnosis', propertyValue: 'REDACTED', isSensitive: true }]);
  });

  test('of calculated values, with CALCULATED as their source', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'deal.propertyChange', propertyName: 'hs_is_closed_won' });
    const id = await create(talk, 'deals', { dealname: 'Big', dealstage: 'qualifiedtobuy', pipeline: 'default' });
    await talk('PATCH', `/crm/v3/objects/deals/${id}`, { properties: { dealstage: 'closedwon' } });
    await clock.advance(1000);
    expect(box.events().at(-1)).toMatchObject({
      propertyName: 'hs_is_closed_won',
      propertyValue: 'true',
      changeSource: 'CALCULATED',
    });
  });

  test('of two contacts that become one', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'contact.merge' });
    const primary = await create(talk, 'contacts', { email: 'ada@example.com' });
    const other = await create(talk, 'contacts', { email: 'countess@example.com', phone: '1' });
    const merged = await talk('POST', '/crm/v3/objects/contacts/merge', {
      primaryObjectId: primary,
      objectIdToMerge: other,
    });
    expect(merged.status).toBe(200);
    await clock.advance(1000);
    expect(box.events()).toMatchObject([
      {
        subscriptionType: 'contact.merge',
        primaryObjectId: Number(primary),
        mergedObjectIds: expect.arrayContaining([Number(other)]),
        newObjectId: Number(at(merged.body, 'id')),
        numberOfPropertiesMoved: expect.any(Number),
      },
    ]);
  });

  test('of an association, from each side that is subscribed to, and of its end', async () => {
    const box = inbox();
    const { clock, talk } = await started(
      box,
      { eventType: 'contact.associationChange' },
      { eventType: 'object.associationChange', objectTypeId: '0-3' },
    );
    const contact = await create(talk, 'contacts', { email: 'ada@example.com' });
    const deal = await create(talk, 'deals', { dealname: 'Big', dealstage: 'qualifiedtobuy', pipeline: 'default' });
    await talk('PUT', `/crm/v4/objects/contacts/${contact}/associations/deals/${deal}`, [spec(4)]);
    await talk('DELETE', `/crm/v4/objects/contacts/${contact}/associations/deals/${deal}`);
    await clock.advance(1000);
    const sides = [
      {
        subscriptionType: 'contact.associationChange',
        associationType: 'CONTACT_TO_DEAL',
        fromObjectId: Number(contact),
        toObjectId: Number(deal),
        isPrimaryAssociation: false,
      },
      {
        subscriptionType: 'object.associationChange',
        objectTypeId: '0-3',
        fromObjectTypeId: '0-3',
        toObjectTypeId: '0-1',
        associationTypeId: 3,
        associationCategory: 'HUBSPOT_DEFINED',
        fromObjectId: Number(deal),
        toObjectId: Number(contact),
      },
    ];
    for (const associationRemoved of [false, true]) {
      const some = box.events().filter((event) => event['associationRemoved'] === associationRemoved);
      expect(some).toHaveLength(2);
      expect(some).toEqual(expect.arrayContaining(sides.map((side) => expect.objectContaining(side))));
    }
  });

  test('of objects without events of their own, and nothing of a write that was refused', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'object.creation', objectTypeId: '0-46' });
    expect((await talk('POST', '/crm/v3/objects/notes', { properties: { nonsense: 'x' } })).status).toBe(400);
    const id = await create(talk, 'notes', { hs_timestamp: '2026-11-22T00:00:00Z', hs_note_body: 'Hello' });
    await clock.advance(1000);
    expect(box.events()).toMatchObject([
      { subscriptionType: 'object.creation', objectTypeId: '0-46', objectId: Number(id), changeFlag: 'CREATED' },
    ]);
  });
});

const contacts = (count: number, offset = 0) =>
  Array.from({ length: count }, (_, i) => ({
    properties: { email: `c${offset + i}@example.com` },
    associations: [],
  }));

const load = async (talk: Talk, count: number, offset = 0) => {
  const made = await talk('POST', '/crm/v3/objects/contacts/batch/create', { inputs: contacts(count, offset) });
  expect(made.status).toBe(201);
};

describe('Deliveries', () => {
  test('carry 100 events at most, and no event twice', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'contact.creation' });
    for (const offset of [0, 100, 200]) await load(talk, offset === 200 ? 50 : 100, offset);
    await clock.advance(1000);
    expect(box.batches().map((batch) => batch.length)).toEqual([100, 100, 50]);
    expect(new Set(box.events().map((event) => event['objectId'])).size).toBe(250);
  });

  test('are no more at once than the app allows', async () => {
    let open = 0;
    let busiest = 0;
    const waiting: (() => void)[] = [];
    const box = inbox(async () => {
      open++;
      busiest = Math.max(busiest, open);
      await new Promise<void>((resolve) => waiting.push(resolve));
      open--;
      return 200;
    });
    const { clock, talk } = await started(box, { eventType: 'contact.creation' });
    for (let i = 0; i < 8; i++) await load(talk, 100, i * 100);
    await clock.advance(100);
    expect(box.requests).toHaveLength(6);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await clock.advance(1);
    }
    expect([box.requests.length, busiest]).toEqual([8, 6]);
    expect(new Set(box.events().map((event) => event['objectId'])).size).toBe(800);
  });

  test('are repeated after a failure, later each time, ten times within 24 hours, then given up', async () => {
    const box = inbox(() => 500);
    const clock = fakeClock();
    const times: number[] = [];
    const deliver: Fetch = (request) => {
      times.push(clock.now());
      return box.deliver(request);
    };
    const talk = await talkTo({ clock, deliver });
    onTestFinished(() => talk.portal.close());
    await subscribe(talk, { eventType: 'contact.creation' });
    await create(talk, 'contacts', { email: 'ada@example.com' });
    await clock.advance(24 * 3_600_000);
    expect(box.events().map((event) => event['attemptNumber'])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(gaps.every((gap, i) => gap > (gaps[i - 1] ?? 0))).toBe(true);
    await clock.advance(48 * 3_600_000);
    expect(box.requests).toHaveLength(11);
    expect(talk.portal.control.webhooks()).toMatchObject({
      waiting: 0,
      failed: [{ appId: demoApp.appId, attempt: 11, failure: 'Answered 500', event: { attemptNumber: 0 } }],
    });
  });

  test('are repeated when there is no answer within five seconds, or no connection', async () => {
    const outcomes: (() => Promise<number>)[] = [
      () => new Promise(() => {}),
      () => Promise.reject(new Error('connect ECONNREFUSED')),
    ];
    const box = inbox(() => outcomes.shift()?.() ?? 200);
    const { clock, talk } = await started(box, { eventType: 'contact.creation' });
    await create(talk, 'contacts', { email: 'ada@example.com' });
    await clock.advance(5_000);
    expect(box.requests[0]?.signal?.aborted).toBe(false);
    await clock.advance(100);
    expect(box.requests[0]?.signal?.aborted).toBe(true);
    await clock.advance(600_000);
    expect(box.events().map((event) => event['attemptNumber'])).toEqual([0, 1, 2]);
    await clock.advance(24 * 3_600_000);
    expect(box.requests).toHaveLength(3);
  });

  test('each carry a fresh timestamp and signature, also when repeated', async () => {
    const statuses = [503];
    const box = inbox(() => statuses.shift() ?? 200);
    const { clock, talk } = await started(box, { eventType: 'contact.creation' });
    await create(talk, 'contacts', { email: 'ada@example.com' });
    await clock.advance(600_000);
    expect(box.requests).toHaveLength(2);
    for (const { headers, url, body } of box.requests) {
      const signed = { clientSecret: demoApp.clientSecret, method: 'POST', uri: url, body: String(body) };
      const timestamp = Number(headers['x-hubspot-request-timestamp']);
      expect(headers['x-hubspot-signature-v3']).toBe(signatureV3(signed, timestamp));
      expect(headers['x-hubspot-signature']).toBe(signature('v1', signed));
    }
    const [first, second] = box.requests.map(({ headers }) => headers['x-hubspot-request-timestamp']);
    expect(Number(second)).toBeGreaterThan(Number(first));
  });

  test('that were not made go on after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portal-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const options = { seed: 'none', limits: 'off', file: join(folder, 'portal.db') } as const;
    const down = inbox(() => Promise.reject(new Error('connect ECONNREFUSED')));
    const before = fakeClock();
    const first = await talkTo({ ...options, clock: before, deliver: down.deliver });
    await subscribe(first, { eventType: 'contact.creation' });
    const id = await create(first, 'contacts', { email: 'ada@example.com' });
    await before.advance(1000);
    expect(down.requests).toHaveLength(1);
    first.portal.close();

    const up = inbox();
    const after = fakeClock({ start: before.now() });
    const second = await createPortal({ ...options, clock: after, random: seededRandom(2), deliver: up.deliver });
    onTestFinished(() => second.close());
    await after.advance(600_000);
    expect(up.events()).toMatchObject([{ objectId: Number(id), attemptNumber: 1 }]);
  });

  test('move no clock that stands still but for writes', async () => {
    const box = inbox();
    const clock = fakeClock();
    const start = Date.UTC(2026, 0, 1);
    const talk = await talkTo({ clock, deliver: box.deliver, time: { now: start, frozen: true } });
    onTestFinished(() => talk.portal.close());
    await subscribe(talk, { eventType: 'contact.creation' });
    const ids = [
      await create(talk, 'contacts', { email: 'ada@example.com' }),
      await create(talk, 'contacts', { email: 'grace@example.com' }),
    ];
    await clock.advance(60_000);
    expect(box.events().map((event) => [event['objectId'], Number(event['occurredAt']) - start])).toEqual([
      // After the settings and the subscription, at the end of the first write and of the second.
      [Number(ids[0]), 2_000],
      [Number(ids[1]), 3_000],
    ]);
  });

  test('that wait when a snapshot is restored are those that waited when it was taken', async () => {
    const statuses = [500, 500];
    const box = inbox(() => statuses.shift() ?? 200);
    const { clock, talk } = await started(box, { eventType: 'contact.creation' });
    const kept = await create(talk, 'contacts', { email: 'ada@example.com' });
    await clock.advance(1000);
    talk.portal.control.snapshot('here');
    await create(talk, 'contacts', { email: 'grace@example.com' });
    await clock.advance(1000);
    talk.portal.control.restore('here');
    await clock.advance(24 * 3_600_000);
    expect(box.events().map((event) => event['attemptNumber'])).toEqual([0, 0, 1]);
    expect(box.events().at(-1)).toMatchObject({ objectId: Number(kept) });
  });

  test('are not made any more when the settings are deleted', async () => {
    const statuses = [500];
    const box = inbox(() => statuses.shift() ?? 200);
    const { clock, talk } = await started(box, { eventType: 'contact.creation' });
    await create(talk, 'contacts', { email: 'ada@example.com' });
    await clock.advance(1000);
    expect((await talk('DELETE', `${base}/settings?${key}`)).status).toBe(204);
    await create(talk, 'contacts', { email: 'grace@example.com' });
    await clock.advance(48 * 3_600_000);
    expect(box.requests).toHaveLength(1);
  });
});
