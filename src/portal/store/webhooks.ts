/** An app's webhooks: where they go, what they tell of, and what waits to be sent. */

import type { Database } from '../../sqlite.ts';
import type { Counters } from './counters.ts';
import type { DefinitionSet, DefinitionTables } from './definitions.ts';
import { type WebhookEvents, webhookEvents } from './webhook-events.ts';

export interface WebhookSettings {
  readonly targetUrl: string;
  readonly throttling: { readonly maxConcurrentRequests: number };
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface WebhookSubscription {
  readonly id: string;
  readonly eventType: string;
  /** Of a property change: which one. */
  readonly propertyName?: string;
  /** Of the `object.` events: whose. */
  readonly objectTypeId?: string;
  readonly eventTypeName?: string;
  /** False: paused. */
  readonly active: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface WebhookTables {
  /** In scope `PORTAL`, by app id. */
  readonly settings: DefinitionSet<WebhookSettings>;
  /** By app id and subscription id. */
  readonly subscriptions: DefinitionSet<WebhookSubscription>;
  readonly events: WebhookEvents;
  nextSubscriptionId(): string;
}

export function webhookTables(database: Database, ids: Counters, definitions: DefinitionTables): WebhookTables {
  return {
    settings: definitions.set('webhookSettings'),
    subscriptions: definitions.set('webhookSubscription'),
    events: webhookEvents(database),
    nextSubscriptionId: () => ids.next('webhookSubscription', FIRST_SUBSCRIPTION_ID),
  };
}

const FIRST_SUBSCRIPTION_ID = 3_923_621;
