/**
 * What webhooks can tell of. Source: HubSpot's published models of the webhooks API (2026-03), compared 2026-11-22.
 * `conversation.` events and `event.completed` can be subscribed to, but nothing in this portal raises them.
 */

/** What happens to a record. */
export type EventAction =
  | 'creation'
  | 'deletion'
  | 'propertyChange'
  | 'merge'
  | 'restore'
  | 'associationChange'
  | 'privacyDeletion';

/** The object types whose events have names of their own. */
const namedTypes = new Map([
  ['contact', '0-1'],
  ['company', '0-2'],
  ['deal', '0-3'],
  ['ticket', '0-5'],
  ['product', '0-7'],
  ['line_item', '0-8'],
]);

const actions = ['creation', 'deletion', 'propertyChange', 'merge', 'restore', 'associationChange'];

export const eventTypes: readonly string[] = [
  ...[...namedTypes.keys(), 'object']
    .flatMap((name) => actions.map((action) => `${name}.${action}`))
    .filter((type) => type !== 'product.associationChange'),
  'contact.privacyDeletion',
  ...['creation', 'deletion', 'privacyDeletion', 'propertyChange', 'newMessage'].map((what) => `conversation.${what}`),
  'event.completed',
];

/** The object type that an event type is about; undefined for `object.` events, which name it themselves, and the rest. */
export function namedTypeOf(eventType: string): string | undefined {
  return namedTypes.get(eventType.split('.')[0] ?? '');
}

/** Whether a subscription's event type means this, for records of one type. */
export function means(
  subscription: { readonly eventType: string; readonly objectTypeId?: string },
  typeId: string,
  action: EventAction,
): boolean {
  const [name = '', what] = subscription.eventType.split('.');
  if (what !== action) return false;
  return name === 'object' ? subscription.objectTypeId === typeId : namedTypes.get(name) === typeId;
}
