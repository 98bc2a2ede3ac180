/** Reading what a record, or many, are linked with. */

import { list, optional, readBody, shape, text } from '../body.ts';
import { notFound } from '../errors.ts';
import { batchAnswer, checkSize, type RowError } from '../objects/batch-answer.ts';
import { nextPage, readLimit } from '../paging.ts';
import type { Route } from '../route.ts';
import { linkId, noAssociations, pairScopes, presentLink, source, typesOf } from './pair.ts';

const MAX_PAGE = 500;
const MAX_BATCH = 1_000;

const batchInput = shape('BatchInputPublicFetchAssociationsBatchRequest', {
  inputs: optional(list(shape('PublicFetchAssociationsBatchRequest', { id: text, after: optional(text) }))),
});

export const readRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/crm/objects/{objectType}/{objectId}/associations/{toObjectType}',
    versions: ['v4', '2026-03', '2026-09-beta'],
    scopes: pairScopes.read,
    budget: 'associations',
    source,
    handle(call) {
      const { from, to } = typesOf(call);
      const record = call.store.records.get(from.id, call.params['objectId'] ?? '');
      if (!record || record.archivedAt !== null) throw notFound();
      const limit = readLimit(call, MAX_PAGE, MAX_PAGE);
      const links = call.store.associations.list(record, to.id, {
        limit: limit + 1,
        from: call.query.get('after') ?? undefined,
      });
      const next = links[limit];
      return {
        status: 200,
        body: {
          results: links.slice(0, limit).map((link) => presentLink(call, from, to, link)),
          ...(next && { paging: nextPage(call, call.path, next.id) }),
        },
      };
    },
  },
  {
    method: 'POST',
    path: '/crm/associations/{fromObjectType}/{toObjectType}/batch/read',
    scopes: pairScopes.read,
    budget: 'associations',
    source,
    handle(call) {
      const { inputs = [] } = readBody(call, batchInput);
      checkSize(inputs, MAX_BATCH);
      const { from, to } = typesOf(call);
      const results: unknown[] = [];
      const errors: RowError[] = [];
      for (const { id, after } of inputs) {
        const record = call.store.records.get(from.id, id);
        const live = record?.archivedAt === null ? record : undefined;
        const links = live ? call.store.associations.list(live, to.id, { limit: MAX_PAGE + 1, from: after }) : [];
        const next = links[MAX_PAGE];
        if (links.length > 0) {
          results.push({
            from: { id },
            to: links.slice(0, MAX_PAGE).map((link) => presentLink(call, from, to, link)),
            ...(next && { paging: { next: { after: String(linkId(call, next.id)) } } }),
          });
        } else {
          errors.push(noAssociations(from, to, id));
        }
      }
      return batchAnswer(call, 200, results, errors);
    },
  },
];
