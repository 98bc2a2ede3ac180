/** Pages of legacy engagements: all, those of one record, and those that changed last. Source: see routes.ts. */

import type { Answer, Call, Route } from '../route.ts';
import { kinds } from './kinds.ts';
import { allEngagements, type Engagement, presentEngagement } from './present.ts';
import { engagementRoute, engagementScopes, unknownConstant } from './routes.ts';

const objectTypes: Readonly<Record<string, string>> = {
  CONTACT: '0-1',
  COMPANY: '0-2',
  DEAL: '0-3',
  TICKET: '0-5',
};

export const engagementListRoutes: readonly Route[] = [
  {
    ...engagementRoute,
    method: 'GET',
    path: '/engagements/engagements/paged',
    scopes: engagementScopes.read,
    handle: (call) => page(call, allEngagements(call).sort(byId), { parameter: 'limit', standard: 100, max: 250 }),
  },
  {
    ...engagementRoute,
    method: 'GET',
    path: '/engagements/engagements/recent/modified',
    scopes: engagementScopes.read,
    handle(call) {
      const since = number(call, 'since', 0);
      const changed = allEngagements(call).filter(({ record }) => record.updatedAt >= since);
      return page(call, changed.sort(lastFirst), { parameter: 'count', standard: 20, max: 100, total: true });
    },
  },
  {
    ...engagementRoute,
    method: 'GET',
    path: '/engagements/engagements/associated/{objectType}/{objectId}/paged',
    scopes: engagementScopes.read,
    handle(call) {
      const { objectType = '', objectId = '' } = call.params;
      const typeId = objectTypes[objectType.toUpperCase()];
      if (typeId === undefined) throw unknownConstant(call, objectType, 'ObjectType');
      const { records, associations } = call.store;
      const id = records.get(typeId, objectId)?.id ?? objectId;
      const linked = /^\d+$/.test(id) ? kinds : [];
      const found = linked.flatMap((kind) =>
        associations.linkedWith(kind.typeId, { typeId, id }).flatMap((each): Engagement[] => {
          const record = records.get(kind.typeId, each);
          return record ? [{ kind, record }] : [];
        }),
      );
      return page(call, found.sort(lastFirst), { parameter: 'limit', standard: 100, max: 100 });
    },
  },
];

const byId = (a: Engagement, b: Engagement) => Number(a.record.id) - Number(b.record.id);
/** Guess: the order. */
const lastFirst = (a: Engagement, b: Engagement) => b.record.updatedAt - a.record.updatedAt || byId(a, b);

/** Guess: `offset` counts engagements, and a limit beyond the most is cut. */
function page(
  call: Call,
  engagements: readonly Engagement[],
  { parameter, standard, max, total = false }: { parameter: string; standard: number; max: number; total?: boolean },
): Answer {
  const limit = Math.max(1, Math.min(number(call, parameter, standard), max));
  const start = number(call, 'offset', 0);
  const results = engagements.slice(start, start + limit);
  const end = start + results.length;
  return {
    status: 200,
    body: {
      results: results.map(({ kind, record }) => presentEngagement(call, kind, record)),
      hasMore: end < engagements.length,
      offset: end,
      ...(total && { total: engagements.length }),
    },
  };
}

/** A whole number of the query; what is none counts as not given. */
function number(call: Call, name: string, standard: number): number {
  const said = call.query.get(name) ?? '';
  return /^\d{1,15}$/.test(said) ? Number(said) : standard;
}
