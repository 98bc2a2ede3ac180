/**
 * What a commit's changes are as webhook events. Sources: developers.hubspot.com/docs/api-reference/2026-03/webhooks/guide,
 * compared 2026-11-22, and deliveries that public receivers recorded (members and their order, `changeFlag`, sources).
 */

import type { PortalContext } from '../route.ts';
import type { AssociationTypeId } from '../store/association-types.ts';
import type { RecordRef } from '../store/associations.ts';
import type { Change } from '../store/changes.ts';
import type { ChangeSource } from '../store/history.ts';
import { PORTAL } from '../store/store.ts';
import type { WebhookEvent } from '../store/webhook-events.ts';
import type { WebhookSubscription } from '../store/webhooks.ts';
import { type EventAction, means } from './event-types.ts';

/** Something that happened to a record, before it is known who wants to hear of it. */
interface Happening {
  readonly typeId: string;
  readonly action: EventAction;
  /** Of a property change. */
  readonly property?: string;
  /** What the event says beside what every event says. */
  readonly members: Readonly<Record<string, unknown>>;
  /** What only `object.` events say. */
  readonly generic?: Readonly<Record<string, unknown>>;
  readonly source: ChangeSource;
}

/** The events that an app's subscriptions want of a change in a commit made by `by`. */
export function eventsOf(
  context: PortalContext,
  appId: number,
  subscriptions: readonly WebhookSubscription[],
  change: Change,
  by: ChangeSource,
): WebhookEvent[] {
  return happenings(context, change, by).flatMap((happening) =>
    subscriptions
      .filter(
        (subscription) =>
          means(subscription, happening.typeId, happening.action) &&
          (happening.property === undefined || happening.property === subscription.propertyName),
      )
      .map((subscription) => event(context, appId, subscription, happening)),
  );
}

function event(
  { store, clock, random }: PortalContext,
  appId: number,
  { id, eventType }: WebhookSubscription,
  { typeId, members, generic, source }: Happening,
): WebhookEvent {
  const isGeneric = eventType.startsWith('object.');
  return {
    // Any number: HubSpot says itself that it is not unique.
    eventId: Math.floor(random.float() * 2 ** 32),
    subscriptionId: Number(id),
    portalId: store.account.get(PORTAL, 'account')?.portalId ?? 0,
    appId,
    occurredAt: clock.now(),
    subscriptionType: eventType,
    attemptNumber: 0,
    ...(isGeneric && { objectTypeId: typeId }),
    ...members,
    changeSource: source.sourceType,
    ...(source.sourceId !== undefined && { sourceId: source.sourceId }),
    ...(isGeneric && generic),
  };
}

function happenings(context: PortalContext, change: Change, by: ChangeSource): Happening[] {
  switch (change.kind) {
    case 'created': {
      const { typeId, id, properties, source } = change.record;
      const created = { objectId: Number(id), changeFlag: 'CREATED' };
      return [
        { typeId, action: 'creation', members: created, source },
        // Guess: values that a record is created with are told of too.
        ...Object.entries(properties).map(([name, value]) =>
          propertyChange(context, change.record, name, value, source),
        ),
      ];
    }
    case 'updated': {
      const { before, after, source } = change;
      const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)]);
      return [...names]
        .filter((name) => before.properties[name] !== after.properties[name])
        .map((name) => propertyChange(context, after, name, after.properties[name] ?? '', source));
    }
    case 'archived':
      return [whole(change.record, 'deletion', 'DELETED', by)];
    case 'restored':
      return [whole(change.record, 'restore', 'RESTORED', by)];
    case 'erased':
      return [whole(change.record, change.record.typeId === '0-1' ? 'privacyDeletion' : 'deletion', 'DELETED', by)];
    case 'merged':
      return [
        {
          typeId: change.typeId,
          action: 'merge',
          members: {
            objectId: Number(change.newId),
            primaryObjectId: Number(change.primaryId),
            mergedObjectIds: change.mergedIds.map(Number),
            newObjectId: Number(change.newId),
            numberOfPropertiesMoved: change.movedProperties,
          },
          source: by,
        },
      ];
    case 'linked':
    case 'unlinked':
      return [associationChange(context, change.from, change.to, change.type, change.kind === 'unlinked', by)];
  }
}

function whole({ typeId, id }: RecordRef, action: EventAction, changeFlag: string, source: ChangeSource): Happening {
  return { typeId, action, members: { objectId: Number(id), changeFlag }, source };
}

function propertyChange(
  { store }: PortalContext,
  { typeId, id }: RecordRef,
  name: string,
  value: string,
  source: ChangeSource,
): Happening {
  const sensitivity = store.properties.get(typeId, name)?.dataSensitivity ?? 'non_sensitive';
  const isSensitive = sensitivity !== 'non_sensitive';
  return {
    typeId,
    action: 'propertyChange',
    property: name,
    members: { objectId: Number(id), propertyName: name, propertyValue: isSensitive ? 'REDACTED' : value },
    generic: { isSensitive },
    source,
  };
}

/** Guess: `_UNLABELED` where a pair also has a primary association, as in the names that HubSpot's clients give them. */
function associationChange(
  { store }: PortalContext,
  from: RecordRef,
  to: RecordRef,
  type: AssociationTypeId,
  associationRemoved: boolean,
  source: ChangeSource,
): Happening {
  const types = store.associationTypes.between(from.typeId, to.typeId);
  const known = store.associationTypes.find(from.typeId, to.typeId, type);
  const word = (typeId: string) => (store.objectType(typeId)?.singular ?? typeId).toUpperCase();
  const suffix = known?.label === null && types.some(({ single }) => single) ? '_UNLABELED' : '';
  return {
    typeId: from.typeId,
    action: 'associationChange',
    members: {
      associationType: `${word(from.typeId)}_TO_${word(to.typeId)}${suffix}`,
      fromObjectId: Number(from.id),
      toObjectId: Number(to.id),
      associationRemoved,
      isPrimaryAssociation: known?.single ?? false,
    },
    generic: {
      fromObjectTypeId: from.typeId,
      toObjectTypeId: to.typeId,
      associationTypeId: type.typeId,
      associationCategory: type.category,
    },
    source,
  };
}
