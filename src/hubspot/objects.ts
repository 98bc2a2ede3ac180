/** Records of every type: one by one and in batches. */

import { expectPage, isRecord, toRecord } from './answers.ts';
import type { Batch } from './batches.ts';
import { runBatch, runBatchIn } from './batches.ts';
import type { Call } from './call.ts';
import type { Client, Request } from './client.ts';
import { isObject } from './error-bodies.ts';
import type { HubSpotError } from './errors.ts';
import { failure } from './exchange.ts';
import type { Objects } from './hubspot.ts';
import type { Json } from './join.ts';
import type { OperationName } from './operations.ts';
import { createSearch } from './search.ts';
import type { CallOptions, GetRequest, HubSpotRecord, PropertyValues, ReadRequest } from './types.ts';

/** Source: developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis, compared 2026-11-22. */
const MAX_ROWS = 100;
/** Guess: with histories HubSpot reads 50 records at once. */
const MAX_ROWS_WITH_HISTORY = 50;

/** Longer lists of properties do not fit an address; a batch of one carries them in its body. */
const MAX_QUERY = 3_000;

export function createObjects(client: Client): Objects {
  const one = async (operation: OperationName, request: Request, options: CallOptions | undefined) =>
    toRecord(operation, await client.once(operation, request, options));

  return {
    ...createSearch(client),

    list: async (objectType, request = {}, options) => {
      const answer = await client.once('objects.list', { path: { objectType }, query: { ...request } }, options);
      const page = expectPage('objects.list', answer, isRecord);
      return { ...page, results: page.results.map((record) => toRecord('objects.list', record)) };
    },

    get: (objectType, id, request = {}, options) =>
      client.run(options, async (call) => {
        const { associations, ...read } = request;
        const names = [...(read.properties ?? []), ...(read.propertiesWithHistory ?? [])].join().length;
        if (read.idProperty === undefined && names <= MAX_QUERY) return getById(client, objectType, id, request, call);
        const [row] = await runBatchIn(client, readBatch(objectType, [id], read), call);
        if (row?.outcome !== 'applied') throw row?.error ?? notFound(objectType, id, read.idProperty);
        if (!associations?.length) return row.value;
        const archived = read.archived ? { archived: true } : {};
        const linked = await getById(client, objectType, row.value.id, { associations, ...archived }, call);
        return linked.associations ? { ...row.value, associations: linked.associations } : row.value;
      }),

    create: (objectType, input, options) =>
      one('objects.create', { path: { objectType }, body: { associations: [], ...input } }, options),

    update: (objectType, objectId, properties, options) =>
      one('objects.update', { path: { objectType, objectId }, body: { properties } }, options),

    archive: async (objectType, objectId, options) => {
      await client.once('objects.archive', { path: { objectType, objectId } }, options);
    },

    merge: (objectType, primaryObjectId, objectIdToMerge, options) =>
      one('objects.merge', { path: { objectType }, body: { primaryObjectId, objectIdToMerge } }, options),

    batchRead: (objectType, ids, request = {}, options) => {
      return runBatch(client, readBatch(objectType, ids, request), options);
    },

    batchCreate: (objectType, inputs, options) => {
      const complete = inputs.map((input) => ({ associations: [], ...input }));
      return runBatch(client, writeBatch('objects.batchCreate', objectType, complete), options);
    },

    batchUpdate: (objectType, inputs, options) =>
      runBatch(client, writeBatch('objects.batchUpdate', objectType, inputs), options),

    batchUpsert: (objectType, inputs, options) =>
      runBatch(client, writeBatch('objects.batchUpsert', objectType, inputs), options),

    batchArchive: (objectType, ids, options) =>
      runBatch(
        client,
        {
          operation: 'objects.batchArchive',
          path: { objectType },
          items: ids,
          maxRows: MAX_ROWS,
          body: (rows) => ({ inputs: rows.map(({ item }) => ({ id: item })) }),
          rowKeys: ({ item }) => [idKey(item)],
          resultKeys: (result) => [idKey(String(result.id))],
          errorKeys: idsIn,
          value: (_, { item }) => ({ id: item }),
          unmentioned: ({ item }) => ({ value: { id: item } }),
          objection: (item) => idObjection(item),
        },
        options,
      ),
  };
}

const idKey = (id: string) => `id:${id}`;
/** HubSpot keeps e-mail addresses in lower case, and compares unique values so. */
const valueKey = (property: string, value: unknown) => `value:${property}:${String(value).toLowerCase()}`;
const propertyOf = ({ properties }: Json, name: string): string | undefined => {
  const value = isObject(properties) ? properties[name] : undefined;
  return typeof value === 'string' ? value : undefined;
};
const traceKey = (trace: unknown) => `trace:${String(trace)}`;
const traceOf = (index: number) => `row-${index}`;

/** Written as HubSpot writes ids, an id is found in the answer again. */
const idObjection = (id: string | undefined, idProperty?: string) =>
  id === undefined || idProperty !== undefined || /^\d{1,20}$/.test(id)
    ? undefined
    : `${JSON.stringify(id.slice(0, 80))} is not a record id.`;

const idsIn = (context: Readonly<Record<string, readonly string[]>>) =>
  [...(context.ids ?? []), ...(context.id ?? [])].map(idKey);

async function getById(client: Client, objectType: string, objectId: string, request: GetRequest, call: Call) {
  const { idProperty: _, ...query } = request;
  return toRecord('objects.get', await client.send('objects.get', { path: { objectType, objectId }, query }, call));
}

/** A value such as an e-mail address goes into the body, never into a path. */
function readBatch(objectType: string, ids: readonly string[], request: ReadRequest): Batch<string, HubSpotRecord> {
  const { idProperty, archived, properties = [], propertiesWithHistory = [] } = request;
  // A contact is found by its other addresses as well; its row is joined by whichever was asked for.
  const keyProperties = idProperty === 'email' ? ['email', 'hs_additional_emails'] : idProperty ? [idProperty] : [];
  return {
    operation: 'objects.batchRead',
    path: { objectType },
    query: archived ? { archived } : {},
    items: ids,
    maxRows: propertiesWithHistory.length > 0 ? MAX_ROWS_WITH_HISTORY : MAX_ROWS,
    body: (rows) => ({
      ...(idProperty === undefined ? {} : { idProperty }),
      properties: [...new Set([...properties, ...keyProperties])],
      propertiesWithHistory,
      inputs: [...new Set(rows.map(({ item }) => item))].map((id) => ({ id })),
    }),
    rowKeys: ({ item }) => (idProperty === undefined ? [idKey(item)] : [valueKey(idProperty, item), idKey(item)]),
    resultKeys: (result) => {
      if (idProperty === undefined) return [idKey(String(result.id))];
      const values = keyProperties.flatMap((name) => propertyOf(result, name)?.split(';') ?? []);
      return values.map((value) => valueKey(idProperty, value));
    },
    errorKeys: idsIn,
    value: (result) => toRecord('objects.batchRead', result),
    unmentioned: ({ item }) => ({ error: notFound(objectType, item, idProperty) }),
    objection: (item) => idObjection(item, idProperty),
  };
}

interface Written {
  readonly id?: string;
  readonly idProperty?: string;
  readonly properties: PropertyValues;
}

/** Every row carries a trace id: with it HubSpot refuses single rows instead of the whole batch, and names them. */
function writeBatch<I extends Written>(
  operation: OperationName,
  objectType: string,
  items: readonly I[],
): Batch<I, HubSpotRecord> {
  const idProperties = [...new Set(items.flatMap(({ idProperty }) => idProperty ?? []))];
  const ownKey = ({ id, idProperty }: Written) => {
    if (id === undefined) return [];
    return [idProperty === undefined ? idKey(id) : valueKey(idProperty, id)];
  };
  return {
    operation,
    path: { objectType },
    items,
    maxRows: MAX_ROWS,
    body: (rows) => ({ inputs: rows.map(({ index, item }) => ({ ...item, objectWriteTraceId: traceOf(index) })) }),
    rowKeys: ({ index, item }) => [traceKey(traceOf(index)), ...ownKey(item)],
    resultKeys: (result) => {
      const values = idProperties.map((name) => valueKey(name, propertyOf(result, name)));
      return [traceKey(result.objectWriteTraceId), idKey(String(result.id)), ...values];
    },
    errorKeys: ({ objectWriteTraceId, ...context }) => objectWriteTraceId?.map(traceKey) ?? idsIn(context),
    value: (result) => toRecord(operation, result),
    unmentioned: () => undefined,
    propertiesOf: (item) => item.properties,
    objection: ({ id, idProperty }) => idObjection(id, idProperty),
  };
}

function notFound(objectType: string, id: string, idProperty = 'id'): HubSpotError {
  const message = `No ${objectType} record with ${idProperty} ${JSON.stringify(id.slice(0, 100))}.`;
  return failure('objects.batchRead', message, { code: 'not_found', sent: 'yes' });
}
