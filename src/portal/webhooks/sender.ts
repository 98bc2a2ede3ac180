/**
 * Sends an app's webhooks: events of real writes, in batches, signed, and again where nobody took them. What waits stands in
 * the store, written right after the commit that it tells of, so that a restart goes on with it.
 * Sources: developers.hubspot.com/docs/api-reference/2026-03/webhooks/guide, .../api-reference/error-handling, compared
 * 2026-11-22, and the headers of deliveries that public receivers recorded.
 */

import { type Cancel, within } from '../../clock.ts';
import type { App } from '../oauth/app.ts';
import type { PortalContext, Service } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import type { WaitingEvent } from '../store/webhook-events.ts';
import type { WebhookSettings } from '../store/webhooks.ts';
import { eventsOf } from './events.ts';
import { signature, signatureV3 } from './signature.ts';

const MAX_BATCH = 100;
const TIMEOUT_MS = 5_000;
const MAX_RETRIES = 10;
/** Guess: HubSpot waits a moment too, so that a batch fills. */
const GATHER_MS = 50;
/** So often it looks again at least while something waits: the portal's clock may have been set forward. */
const LOOK_MS = 30_000;
/** This portal's own bound; what comes beyond it counts as failed. */
const MAX_WAITING = 100_000;

/** Guess: the steps. Each is twice the one before, more or less; the ten of them take 24 hours at most. */
function retryDelay(attempt: number, chance: number): number {
  return 75_000 * 2 ** attempt * (0.8 + 0.3 * chance);
}

export const webhookSender: Service = (context) => {
  const { store, clock, random, deliver, apps } = context;
  if (!deliver) return { close: () => undefined };
  const { webhooks } = store;
  const closing = new AbortController();
  /** The ids of events on their way, by app, each with how many requests carry them. */
  let underway = new Map<number, { ids: Set<number>; requests: number }>();
  let timer: { readonly at: number; readonly cancel: Cancel } | undefined;

  const wake = (ms: number) => {
    const at = clock.elapsed() + ms;
    if (closing.signal.aborted || (timer && timer.at <= at)) return;
    timer?.cancel();
    timer = { at, cancel: clock.after(ms, pump, { background: true }) };
  };

  store.onCommit(({ changes, by, restored }) => {
    if (closing.signal.aborted) return;
    // The events that are underway belong to a past that is no more.
    if (restored) underway = new Map();
    const fresh = apps.flatMap((app) => {
      if (changes.length === 0 || !webhooks.settings.get(PORTAL, String(app.appId))) return [];
      const active = webhooks.subscriptions.list(String(app.appId)).filter((subscription) => subscription.active);
      if (active.length === 0) return [];
      return changes.flatMap((change) =>
        eventsOf(context, app.appId, active, change, by).map((event) => ({ appId: app.appId, event })),
      );
    });
    if (fresh.length > 0) {
      webhooks.events.transaction(() => {
        const room = MAX_WAITING - webhooks.events.waiting();
        for (const [i, { appId, event }] of fresh.entries()) {
          if (i < room) webhooks.events.add(appId, event);
          else webhooks.events.drop(appId, event, clock.now(), `More than ${MAX_WAITING} events were waiting`);
        }
      });
    }
    if (fresh.length > 0 || restored) wake(GATHER_MS);
  });

  const send = async (app: App, settings: WebhookSettings, batch: readonly WaitingEvent[]): Promise<void> => {
    const mine = underway;
    const flight = mine.get(app.appId) ?? { ids: new Set<number>(), requests: 0 };
    mine.set(app.appId, flight);
    for (const { id } of batch) flight.ids.add(id);
    flight.requests++;
    const failure = await attempt(context, deliver, app, settings, batch, closing.signal);
    flight.requests--;
    for (const { id } of batch) flight.ids.delete(id);
    if (closing.signal.aborted || mine !== underway) return;
    webhooks.events.transaction(() => {
      if (failure === undefined) return webhooks.events.sent(batch.map(({ id }) => id));
      const now = clock.now();
      const chance = random.float();
      for (const event of batch) {
        if (event.attempt >= MAX_RETRIES) webhooks.events.giveUp(event.id, now, failure);
        else webhooks.events.retry(event.id, now + retryDelay(event.attempt, chance));
      }
    });
    pump();
  };

  function pump(): void {
    timer?.cancel();
    timer = undefined;
    if (closing.signal.aborted) return;
    const now = clock.now();
    for (const app of apps) {
      const settings = webhooks.settings.get(PORTAL, String(app.appId));
      if (!settings) continue;
      while ((underway.get(app.appId)?.requests ?? 0) < settings.throttling.maxConcurrentRequests) {
        const ids = underway.get(app.appId)?.ids ?? new Set();
        const batch = webhooks.events
          .due(app.appId, now, MAX_BATCH + ids.size)
          .filter(({ id }) => !ids.has(id))
          .slice(0, MAX_BATCH);
        if (batch.length === 0) break;
        void send(app, settings, batch);
      }
      const next = webhooks.events.nextDue(app.appId, now);
      if (next !== undefined) wake(Math.min(next - now, LOOK_MS));
    }
  }

  wake(GATHER_MS);
  return {
    close() {
      timer?.cancel();
      closing.abort();
    },
  };
};

/** Undefined where the receiver took it; else what came of it. Guess: only 2xx counts as taken. */
async function attempt(
  { outerClock }: PortalContext,
  deliver: NonNullable<PortalContext['deliver']>,
  app: App,
  { targetUrl }: WebhookSettings,
  batch: readonly WaitingEvent[],
  closing: AbortSignal,
): Promise<string | undefined> {
  const body = JSON.stringify(batch.map(({ event, attempt }) => ({ ...event, attemptNumber: attempt })));
  const version = app.signatureVersion ?? 'v1';
  const signed = { clientSecret: app.clientSecret, method: 'POST', uri: targetUrl, body };
  // Receivers refuse what is older than five minutes by their own clocks.
  const timestamp = outerClock.now();
  const late = new AbortController();
  const answered = deliver({
    method: 'POST',
    url: targetUrl,
    headers: {
      'content-type': 'application/json',
      accept: '*/*',
      'user-agent':
        'HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client) - WebhooksExecutorDaemon-executor',
      'x-hubspot-request-timestamp': String(timestamp),
      'x-hubspot-signature': signature(version, signed),
      'x-hubspot-signature-v3': signatureV3(signed, timestamp),
      'x-hubspot-signature-version': version,
      // As recorded, although the documentation gives five seconds, and the portal too.
      'x-hubspot-timeout-millis': '10000',
    },
    body,
    signal: AbortSignal.any([late.signal, closing]),
  }).then(
    ({ status }) => (status >= 200 && status < 300 ? undefined : `Answered ${status}`),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const outcome = await within(outerClock, TIMEOUT_MS, answered, `No answer within ${TIMEOUT_MS} ms`);
  late.abort();
  return outcome;
}
