/**
 * `/account-info/activity`: what HubSpot remembers of the doings of users. The portal remembers two kinds: changes of users
 * in the security history, and these and changes of pipelines in the audit log. Nobody logs in to it; what was written to
 * records is in their history only.
 * Source: developers.hubspot.com/docs/api-reference/latest/account/audit-logs/guide, compared 2026-11-22. Guess: the words of
 * the refusal, `CHANGE_USER`, the audit log's names for users, and that newest comes first.
 */

import { invalid, PortalError } from '../errors.ts';
import type { SecurityActivity } from '../facts/definitions.ts';
import { USER_EMAIL, USER_ID } from '../oauth/user.ts';
import { nextPage, readLimit, readStart } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { accountOf } from './details.ts';

/** Everything by the API is done in the name of who installed the app. */
export function noteActivity(call: Call, type: SecurityActivity['type'], userId: number): void {
  const id = call.store.nextId('securityActivity', 1);
  call.store.securityActivities.put(PORTAL, id, { id, type, objectId: String(userId), at: call.now });
}

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/account/audit-logs/guide',
  compared: '2026-11-22',
};
const scopes = () => ['account-info.security.read'];

export const activityRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/account-info/activity/login',
    scopes,
    budget: 'burst',
    source,
    handle: (call) => page(call, []),
  },
  {
    method: 'GET',
    path: '/account-info/activity/security',
    scopes,
    budget: 'burst',
    source,
    handle(call) {
      const { portalId, uiDomain } = accountOf(call);
      const from = timeOf(call, 'fromTimestamp') ?? 0;
      const to = timeOf(call, 'toTimestamp') ?? Number.POSITIVE_INFINITY;
      const user = call.query.get('userId') ?? String(USER_ID);
      const found = call.store.securityActivities
        .list(PORTAL)
        .filter(({ at }) => at >= from && at <= to && user === String(USER_ID))
        .toReversed();
      return page(
        call,
        found.map(({ id, type, objectId, at }) => ({
          id,
          type,
          userId: USER_ID,
          actingUser: USER_EMAIL,
          objectId,
          infoUrl: `${uiDomain}/settings/${portalId}/users`,
          createdAt: new Date(at).toISOString(),
        })),
      );
    },
  },
  {
    method: 'GET',
    path: '/account-info/activity/audit-logs',
    scopes,
    budget: 'burst',
    source,
    handle(call) {
      if (call.tier !== 'enterprise') {
        throw new PortalError(403, {
          message: 'Audit logs are available to Enterprise subscriptions only',
          category: 'MISSING_SUBSCRIPTION',
        });
      }
      const after = timeOf(call, 'occurredAfter') ?? 0;
      const before = timeOf(call, 'occurredBefore') ?? Number.POSITIVE_INFINITY;
      const user = Number(call.query.get('actingUserId') ?? USER_ID);
      const direction = call.query.get('sort') === 'occurredAt' ? 1 : -1;
      const entries = auditLog(call)
        .filter(({ at }) => at > after && at < before && user === USER_ID)
        .sort((a, b) => direction * (a.at - b.at))
        .map(({ at, ...entry }) => ({
          ...entry,
          occurredAt: new Date(at).toISOString(),
          actingUser: { userId: USER_ID, userEmail: USER_EMAIL },
        }));
      return page(call, entries);
    },
  },
];

const actions = { ADD_USER: 'CREATE', CHANGE_USER: 'UPDATE', REMOVE_USER: 'DELETE' } as const;

function auditLog(call: Call) {
  const { pipelineAudits, securityActivities } = call.store;
  const pipelines = pipelineAudits.scopes().flatMap((typeId) =>
    pipelineAudits
      .list(typeId)
      .flat()
      .map(({ action, identifier, timestamp }) => ({
        id: `pipeline-${typeId}-${identifier}-${timestamp}`,
        category: 'PIPELINE',
        subCategory: call.store.objectType(typeId)?.fullyQualifiedName ?? typeId,
        action: action as string,
        targetObjectId: identifier,
        at: Date.parse(timestamp),
      })),
  );
  const users = securityActivities.list(PORTAL).map(({ id, type, objectId, at }) => ({
    id: `user-${id}`,
    category: 'USER',
    subCategory: 'USER',
    action: actions[type] as string,
    targetObjectId: objectId,
    at,
  }));
  return [...pipelines, ...users];
}

/** Guess: the cursor of an activity log is the position. @throws PortalError 400 */
function page(call: Call, all: readonly unknown[]): Answer {
  const limit = readLimit(call, 100, 200);
  const start = readStart(call);
  const end = start + limit;
  const paging = end < all.length ? { paging: nextPage(call, call.path, String(end)) } : {};
  return { status: 200, body: { results: all.slice(start, end), ...paging } };
}

/** Milliseconds since the epoch, or ISO 8601. @throws PortalError 400 */
function timeOf(call: Call, name: string): number | undefined {
  const said = call.query.get(name);
  if (said === null || said === '') return undefined;
  const at = /^\d+$/.test(said) ? Number(said) : Date.parse(said);
  if (Number.isNaN(at)) throw invalid(`Invalid ${name} ${said}: it is no time`);
  return at;
}
