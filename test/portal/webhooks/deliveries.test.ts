import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../../src/clock.ts';
import type { Fetch } from '../../../src/fetch.ts';
import { createPortal } from '../../../src/portal/index.ts';
import { demoApp } from '../../../src/portal/oauth/app.ts';
import { signature, signatureV3 } from '../../../src/portal/webhooks/signature.ts';
import { fakeClock } from '../../fake-clock.ts';
import { create } from '../records.ts';
import { type Talk, talkTo } from '../talk.ts';
import { base, inbox, key, started, subscribe } from './inbox.ts';

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

  test('of a portal that lives in another time are signed in the time of their receivers', async () => {
    const box = inbox(() => new Promise((resolve) => clock.after(1_000, () => resolve(200))));
    const clock = fakeClock();
    const time = { now: Date.UTC(2020, 0, 1), frozen: true };
    const talk = await talkTo({ clock, time, deliver: box.deliver });
    onTestFinished(() => talk.portal.close());
    await subscribe(talk, { eventType: 'contact.creation' });
    await create(talk, 'contacts', { email: 'ada@example.com' });
    await clock.advance(100);
    const [request] = box.requests;
    expect(Number(request?.headers['x-hubspot-request-timestamp'])).toBe(Date.UTC(2026, 10, 22) + 50);
    expect(new Date(Number(box.events()[0]?.['occurredAt'])).getUTCFullYear()).toBe(2020);
    // A jump of the portal's clock takes none of the receiver's five seconds.
    talk.portal.control.clock.advance(60_000);
    await clock.advance(2_000);
    expect(talk.portal.control.webhooks()).toEqual({ waiting: 0, failed: [] });
    expect(box.requests).toHaveLength(1);
  });

  test('are made at once, also when the clock was set back', async () => {
    const box = inbox();
    const { clock, talk } = await started(box, { eventType: 'contact.creation' });
    await create(talk, 'contacts', { email: 'ada@example.com' });
    talk.portal.control.clock.advance(-86_400_000);
    await clock.advance(100);
    expect(box.requests).toHaveLength(1);
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
