/** Activity records as the legacy engagements API sends them. Source: see kinds.ts. */

import type { Call } from '../route.ts';
import type { StoredRecord } from '../store/records.ts';
import { PORTAL } from '../store/store.ts';
import { type EngagementKind, kinds, toMetadata, typeOf } from './kinds.ts';

/** The lists of associated records, by object type. */
export const linkLists = {
  contactIds: '0-1',
  companyIds: '0-2',
  dealIds: '0-3',
  ticketIds: '0-5',
} as const;

export function presentEngagement(call: Call, kind: EngagementKind, record: StoredRecord): object {
  const { store } = call;
  const owner = record.properties['hubspot_owner_id'];
  const timestamp = record.properties['hs_timestamp'];
  const linked = (typeId: string) => store.associations.list(record, typeId, { limit: -1 }).map(({ id }) => Number(id));
  const lists = Object.entries(linkLists).map(([name, typeId]) => [name, linked(typeId)] as const);
  return {
    engagement: {
      id: Number(record.id),
      portalId: store.account.get(PORTAL, 'account')?.portalId,
      active: record.archivedAt === null,
      createdAt: record.createdAt,
      lastUpdated: record.updatedAt,
      ...(owner !== undefined && { ownerId: Number(owner) }),
      type: typeOf(kind, record),
      timestamp: timestamp === undefined ? record.createdAt : Date.parse(timestamp),
    },
    associations: { ...Object.fromEntries(lists), ownerIds: [], workflowIds: [] },
    attachments: (record.properties['hs_attachment_ids'] ?? '')
      .split(';')
      .filter((id) => id !== '')
      .map((id) => ({ id: Number(id) })),
    metadata: toMetadata(kind, record),
  };
}

export interface Engagement {
  readonly kind: EngagementKind;
  readonly record: StoredRecord;
}

/** The engagement with this id, whatever its type. */
export function findEngagement(call: Call, id: string): Engagement | undefined {
  for (const kind of kinds) {
    const record = call.store.records.get(kind.typeId, id);
    if (record && record.archivedAt === null) return { kind, record };
  }
  return undefined;
}

export function allEngagements(call: Call): Engagement[] {
  return kinds.flatMap((kind) => [...call.store.records.all(kind.typeId)].map((record) => ({ kind, record })));
}
