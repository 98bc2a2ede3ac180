/** `/webhooks/{appId}/subscriptions`: what an app's webhooks tell of. */

import { flag, integer, list, oneOf, optional, readBody, shape, text } from '../body.ts';
import { conflict, invalid, missingScopes, notFound, type PortalError } from '../errors.ts';
import type { App } from '../oauth/app.ts';
import { batchAnswer, type RowError } from '../objects/batch-answer.ts';
import type { Call } from '../route.ts';
import type { WebhookSubscription } from '../store/webhooks.ts';
import { isoTime } from '../time.ts';
import { managedApp } from './developer.ts';
import { eventTypes, namedTypeOf } from './event-types.ts';
import type { WebhookRoute } from './webhook-route.ts';

const MAX_SUBSCRIPTIONS = 1000;

const create = shape('SubscriptionCreateRequest', {
  eventType: oneOf('SubscriptionEventType', eventTypes),
  propertyName: optional(text),
  objectTypeId: optional(text),
  eventTypeName: optional(text),
  active: optional(flag),
});
const patch = shape('SubscriptionPatchRequest', { active: optional(flag) });
const batch = shape('BatchInputSubscriptionBatchUpdateRequest', {
  inputs: list(shape('SubscriptionBatchUpdateRequest', { id: integer, active: flag })),
});

export const subscriptionRoutes: readonly WebhookRoute[] = [
  {
    method: 'GET',
    path: 'subscriptions',
    handle(call) {
      const { appId } = managedApp(call);
      return { status: 200, body: { results: call.store.webhooks.subscriptions.list(String(appId)) } };
    },
  },
  {
    method: 'POST',
    path: 'subscriptions',
    handle(call) {
      const app = managedApp(call);
      const { active = false, ...wanted } = readBody(call, create);
      checkSubscription(call, app, wanted);
      const { subscriptions } = call.store.webhooks;
      const others = subscriptions.list(String(app.appId));
      // Guess: the words for too many subscriptions and for two of the same.
      if (others.length >= MAX_SUBSCRIPTIONS) {
        throw invalid(`An app can have at most ${MAX_SUBSCRIPTIONS} webhook subscriptions`);
      }
      const same = others.find(
        ({ eventType, propertyName, objectTypeId }) =>
          eventType === wanted.eventType &&
          propertyName === wanted.propertyName &&
          objectTypeId === wanted.objectTypeId,
      );
      if (same) throw conflict(`A subscription to ${wanted.eventType} exists already. Existing ID: ${same.id}`);
      const now = isoTime(call.now);
      const id = call.store.webhooks.nextSubscriptionId();
      const subscription = { id, ...wanted, active, createdAt: now, updatedAt: now };
      subscriptions.put(String(app.appId), id, subscription);
      return { status: 201, body: subscription };
    },
  },
  {
    method: 'POST',
    path: 'subscriptions/batch/update',
    handle(call) {
      const app = managedApp(call);
      const { inputs } = readBody(call, batch);
      const results: WebhookSubscription[] = [];
      const errors: RowError[] = [];
      for (const { id, active } of inputs) {
        const known = call.store.webhooks.subscriptions.get(String(app.appId), String(id));
        if (known) results.push(setActive(call, app, known, active));
        else {
          const { message } = unknownSubscription(String(id));
          errors.push({ status: 'error', category: 'OBJECT_NOT_FOUND', message, context: { ids: [String(id)] } });
        }
      }
      return batchAnswer(call, 200, results, errors);
    },
  },
  {
    method: 'GET',
    path: 'subscriptions/{subscriptionId}',
    handle: (call) => ({ status: 200, body: subscriptionOf(call, managedApp(call)) }),
  },
  {
    method: 'PATCH',
    path: 'subscriptions/{subscriptionId}',
    handle(call) {
      const app = managedApp(call);
      const subscription = subscriptionOf(call, app);
      const { active } = readBody(call, patch);
      return { status: 200, body: setActive(call, app, subscription, active ?? subscription.active) };
    },
  },
  {
    method: 'DELETE',
    path: 'subscriptions/{subscriptionId}',
    handle(call) {
      const app = managedApp(call);
      call.store.webhooks.subscriptions.delete(String(app.appId), subscriptionOf(call, app).id);
      return { status: 204 };
    },
  },
];

function subscriptionOf(call: Call, app: App): WebhookSubscription {
  const id = call.params['subscriptionId'] ?? '';
  const subscription = call.store.webhooks.subscriptions.get(String(app.appId), id);
  if (!subscription) throw unknownSubscription(id);
  return subscription;
}

/** Guess: the words for a subscription that is not there. */
function unknownSubscription(id: string): PortalError {
  return notFound(`Subscription ${id} not found`);
}

function setActive(call: Call, app: App, before: WebhookSubscription, active: boolean): WebhookSubscription {
  const after = { ...before, active, updatedAt: isoTime(call.now) };
  call.store.webhooks.subscriptions.put(String(app.appId), before.id, after);
  return after;
}

/** Guess: all words about subscriptions that cannot be; that an app must be able to read what it is told of is documented. @throws PortalError */
function checkSubscription(
  call: Call,
  app: App,
  { eventType, propertyName, objectTypeId }: Pick<WebhookSubscription, 'eventType' | 'propertyName' | 'objectTypeId'>,
): void {
  const propertyChange = eventType.endsWith('.propertyChange');
  if (propertyChange && !propertyName) throw invalid(`propertyName is required for ${eventType} subscriptions`);
  if (!propertyChange && propertyName) throw invalid(`propertyName is not allowed for ${eventType} subscriptions`);
  const generic = eventType.startsWith('object.');
  if (generic && !objectTypeId) throw invalid(`objectTypeId is required for ${eventType} subscriptions`);
  if (!generic && objectTypeId) throw invalid(`objectTypeId is not allowed for ${eventType} subscriptions`);
  const typeId = objectTypeId ?? namedTypeOf(eventType);
  if (typeId === undefined) return;
  const type = call.store.objectType(typeId);
  if (type?.id !== typeId) throw invalid(`${typeId} is not a valid objectTypeId`);
  const { read } = type.scopes;
  if (read.length > 0 && !read.some((scope) => app.scopes.includes(scope))) throw missingScopes(read);
}
