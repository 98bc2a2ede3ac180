/**
 * `/engagements/v1/engagements`: notes, tasks, calls, meetings and e-mails as the legacy API has them, over the same
 * records as `/crm/objects/notes` and its like.
 * Source: developers.hubspot.com/docs/methods/engagements/engagements-overview and developers.hubspot.com/docs/
 * api-reference/legacy/crm/activities/engagements, compared 2026-11-22.
 * Guess: an update links what it lists and unlinks nothing; members of `metadata` that mean nothing are ignored; the
 * refusals but the recorded one about an object type.
 */

import { anyObject, integer, list, optional, readBody, shape, text } from '../body.ts';
import { invalid, notFound, PortalError } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { NewLink } from '../objects/links.ts';
import { archiveRecord, createRecord, updateRecord } from '../objects/write.ts';
import type { Call, Route } from '../route.ts';
import type { StoredRecord } from '../store/records.ts';
import { type EngagementKind, kindOf, toProperties } from './kinds.ts';
import { type Engagement, findEngagement, linkLists, presentEngagement } from './present.ts';

export const engagementRoute = {
  versions: ['v1'],
  budget: 'burst',
  source: { page: 'developers.hubspot.com/docs/methods/engagements/engagements-overview', compared: '2026-11-22' },
} as const;

export const engagementScopes = {
  read: () => ['crm.objects.contacts.read'],
  write: () => ['crm.objects.contacts.write'],
};

const ids = optional(list(integer));

const request = shape('EngagementRequest', {
  engagement: optional(
    shape('Engagement', { type: optional(text), ownerId: optional(integer), timestamp: optional(integer) }),
  ),
  associations: optional(
    shape('EngagementAssociations', { contactIds: ids, companyIds: ids, dealIds: ids, ticketIds: ids }),
  ),
  attachments: optional(list(shape('EngagementAttachment', { id: integer }))),
  metadata: optional(anyObject),
});

type Request = ReturnType<typeof request>;

export const engagementRoutes: readonly Route[] = [
  {
    ...engagementRoute,
    method: 'POST',
    path: '/engagements/engagements',
    scopes: engagementScopes.write,
    handle(call) {
      const sent = readBody(call, request);
      const said = sent.engagement?.type;
      if (said === undefined) throw invalid('Some required fields were not set: [type]');
      const kind = kindOf(said);
      if (!kind) throw unknownConstant(call, said, 'EngagementType');
      const type = typeFacts(call, kind);
      const timestamp = sent.engagement?.timestamp ?? call.now;
      const properties = { hs_timestamp: String(timestamp), ...propertiesOf(kind, sent) };
      const record = createRecord(call, type, properties, newLinks(call, type, sent));
      return { status: 200, body: presentEngagement(call, kind, record) };
    },
  },
  {
    ...engagementRoute,
    method: 'GET',
    path: '/engagements/engagements/{engagementId}',
    scopes: engagementScopes.read,
    handle(call) {
      const { kind, record } = engagementOf(call);
      return { status: 200, body: presentEngagement(call, kind, record) };
    },
  },
  {
    ...engagementRoute,
    method: 'PATCH',
    path: '/engagements/engagements/{engagementId}',
    scopes: engagementScopes.write,
    handle(call) {
      const { kind, record } = engagementOf(call);
      const sent = readBody(call, request);
      const type = typeFacts(call, kind);
      for (const { to, types } of newLinks(call, type, sent)) link(call, record, to.id, types);
      const updated = updateRecord(call, type, record, propertiesOf(kind, sent, record));
      return { status: 200, body: presentEngagement(call, kind, updated) };
    },
  },
  {
    ...engagementRoute,
    method: 'DELETE',
    path: '/engagements/engagements/{engagementId}',
    scopes: engagementScopes.write,
    handle(call) {
      archiveRecord(call, engagementOf(call).record);
      return { status: 204 };
    },
  },
];

/** Recorded for the object types of a path: 400 without a category. */
export function unknownConstant(call: Call, said: string, of: string): PortalError {
  return new PortalError(400, {
    message: `Invalid enum constant '${said}' for class ${of}`,
    requestId: call.random.uuid(),
  });
}

function engagementOf(call: Call): Engagement {
  const engagement = findEngagement(call, call.params['engagementId'] ?? '');
  if (!engagement) throw notFound();
  return engagement;
}

function typeFacts(call: Call, kind: EngagementKind): ObjectTypeFacts {
  const type = call.store.objectType(kind.typeId);
  if (!type) throw new Error(`There is no object type ${kind.typeId}.`);
  return type;
}

function propertiesOf(kind: EngagementKind, sent: Request, record?: StoredRecord): Record<string, string> {
  const { engagement, attachments, metadata = {} } = sent;
  return {
    ...toProperties(kind, engagement?.type, metadata, record),
    ...(engagement?.timestamp !== undefined && { hs_timestamp: String(engagement.timestamp) }),
    ...(engagement?.ownerId !== undefined && { hubspot_owner_id: String(engagement.ownerId) }),
    ...(attachments && { hs_attachment_ids: attachments.map(({ id }) => id).join(';') }),
  };
}

function newLinks(call: Call, type: ObjectTypeFacts, { associations }: Request): NewLink[] {
  return Object.entries(linkLists).flatMap(([name, typeId]) => {
    const unlabelled = call.store.associationTypes.unlabelled(type.id, typeId);
    const listed = associations && Object.entries(associations).find(([key]) => key === name)?.[1];
    if (!unlabelled || !listed) return [];
    const types = [{ associationCategory: unlabelled.category, associationTypeId: unlabelled.typeId }];
    return listed.map((id) => ({ to: { id: String(id) }, types }));
  });
}

function link(call: Call, record: StoredRecord, id: string, specs: NewLink['types']): void {
  for (const { associationCategory: category, associationTypeId: typeId } of specs) {
    const type = call.store.associationTypes.from(record.typeId, { category, typeId });
    const target = type && call.store.records.get(type.toTypeId, id);
    if (!target || target.archivedAt !== null) throw notFound();
    call.store.associations.link(record, target, [type]);
  }
}
