/**
 * What records are associated with, and under which labels.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide, compared 2026-11-22.
 */

import { expectPage, isAssociationLabel, nextOf } from './answers.ts';
import type { Batch } from './batches.ts';
import { runBatch, runBatchIn } from './batches.ts';
import type { Call } from './call.ts';
import type { Client } from './client.ts';
import { isObject } from './error-bodies.ts';
import type { Associations } from './hubspot.ts';
import type { Context, Json } from './join.ts';
import type { OperationName } from './operations.ts';
import type {
  AssociatedRecord,
  AssociationLabel,
  AssociationsOfRecord,
  CallOptions,
  Pair,
  Row,
  TypedPair,
} from './types.ts';

const MAX_PAGE = 500;
const MAX_READ = 1_000;
const MAX_WRITE = 2_000;
/** Guess: 100 records per request; a second source for it was not found. */
const MAX_REMOVE = 100;

export function createAssociations(client: Client): Associations {
  const labels = client.definitions<readonly AssociationLabel[]>('labels');

  return {
    list: async (objectType, objectId, toObjectType, request = {}, options) => {
      const path = { objectType, objectId, toObjectType };
      const query = { limit: MAX_PAGE, ...request };
      const answer = await client.once('associations.list', { path, query }, options);
      const { results, next } = expectPage('associations.list', answer, isTarget);
      return next === undefined ? { to: results.map(toAssociated) } : { to: results.map(toAssociated), next };
    },

    batchRead: (fromObjectType, toObjectType, ids, request = {}, options) =>
      client.run(options, (call) => readAll(client, { fromObjectType, toObjectType }, ids, request.limit, call)),

    associateDefault: (fromObjectType, toObjectType, pairs, options) => {
      const path = { fromObjectType, toObjectType };
      return writePairs(client, 'associations.associateDefault', path, pairs, MAX_WRITE, plainInput, options);
    },

    associate: (fromObjectType, toObjectType, pairs, options) => {
      const path = { fromObjectType, toObjectType };
      return writePairs(client, 'associations.associate', path, pairs, MAX_WRITE, typedInput, options);
    },

    remove: (fromObjectType, toObjectType, pairs, options) => {
      const path = { fromObjectType, toObjectType };
      return writePairs(client, 'associations.remove', path, pairs, MAX_REMOVE, removalInput, options);
    },

    removeLabels: (fromObjectType, toObjectType, pairs, options) => {
      const path = { fromObjectType, toObjectType };
      return writePairs(client, 'associations.removeLabels', path, pairs, MAX_REMOVE, typedInput, options);
    },

    labels: (fromObjectType, toObjectType, options) => {
      const path = { fromObjectType, toObjectType };
      return labels([fromObjectType, toObjectType], options, async (call) => {
        return toLabels('labels.list', await client.send('labels.list', { path }, call));
      });
    },

    createLabel: async (fromObjectType, toObjectType, body, options) => {
      const path = { fromObjectType, toObjectType };
      return toLabels('labels.create', await client.redefine(['labels'], 'labels.create', { path, body }, options));
    },

    updateLabel: async (fromObjectType, toObjectType, body, options) => {
      const path = { fromObjectType, toObjectType };
      await client.redefine(['labels'], 'labels.update', { path, body }, options);
    },

    deleteLabel: async (fromObjectType, toObjectType, associationTypeId, options) => {
      const path = { fromObjectType, toObjectType, associationTypeId: String(associationTypeId) };
      await client.redefine(['labels'], 'labels.delete', { path }, options);
    },
  };
}

type Types = Readonly<Record<'fromObjectType' | 'toObjectType', string>>;

/** Round after round, until every record is read, has enough, or the call is over; what is left has its cursor. */
async function readAll(
  client: Client,
  path: Types,
  ids: readonly string[],
  limit = Number.POSITIVE_INFINITY,
  call: Call,
): Promise<Row<AssociationsOfRecord>[]> {
  const rows = await runBatchIn(
    client,
    readBatch(
      path,
      ids.map((id) => ({ id })),
    ),
    call,
  );
  for (;;) {
    const open = rows.flatMap((row) => {
      if (row.outcome !== 'applied' || row.value.next === undefined || row.value.to.length >= limit) return [];
      return { row, input: { id: ids[row.index] ?? '', after: row.value.next } };
    });
    if (open.length === 0) return rows;
    const more = await runBatchIn(
      client,
      readBatch(
        path,
        open.map(({ input }) => input),
      ),
      call,
    );
    let grown = false;
    for (const { index, ...rest } of more) {
      const row = open[index]?.row;
      if (!row || rest.outcome !== 'applied') continue;
      rows[row.index] = { ...row, value: { ...rest.value, to: [...row.value.to, ...rest.value.to] } };
      grown = true;
    }
    if (!grown) return rows;
  }
}

interface ReadInput {
  readonly id: string;
  readonly after?: string;
}

function readBatch(path: Types, items: readonly ReadInput[]): Batch<ReadInput, AssociationsOfRecord> {
  return {
    operation: 'associations.batchRead',
    path,
    items,
    maxRows: MAX_READ,
    body: (rows) => ({ inputs: rows.map(({ item }) => item) }),
    rowKeys: ({ item }) => [item.id],
    resultKeys: (result) => idOf(result.from),
    errorKeys: ({ fromObjectId = [], id = [], ids = [] }) => [...fromObjectId, ...id, ...ids],
    value: (result) => {
      const to = listOf(result.to).filter(isTarget).map(toAssociated);
      const next = nextOf(result);
      return next === undefined ? { to } : { to, next };
    },
    // HubSpot reports a record without associations as an error, or not at all.
    valueDespite: (error) => (error.subCategory?.endsWith('NO_ASSOCIATIONS_FOUND') ? { to: [] } : undefined),
    unmentioned: () => ({ value: { to: [] } }),
    objection: ({ id }) =>
      /^\d{1,20}$/.test(id) ? undefined : `${JSON.stringify(id.slice(0, 80))} is not a record id.`,
  };
}

function writePairs<P extends Pair>(
  client: Client,
  operation: OperationName,
  path: Types,
  items: readonly P[],
  maxRows: number,
  toInput: (pair: P) => object,
  options: CallOptions | undefined,
): Promise<Row<Pair>[]> {
  const batch: Batch<P, Pair> = {
    operation,
    path,
    items,
    maxRows,
    body: (rows) => ({ inputs: rows.map(({ item }) => toInput(item)) }),
    rowKeys: ({ item }) => [pairKey(item.from, item.to), `from:${item.from}`, `to:${item.to}`],
    resultKeys: (result) => pairsIn(result),
    errorKeys: pairsOf,
    value: (_, { item }) => plainPair(item),
    // An association that exists already, or is gone already, is not always mentioned.
    unmentioned: ({ item }) => ({ value: plainPair(item) }),
    objection: ({ from, to }) =>
      /^\d{1,20} \d{1,20}$/.test(`${from} ${to}`) ? undefined : 'A pair holds two record ids.',
  };
  return runBatch(client, batch, options);
}

const pairKey = (from: string, to: string) => `${from}/${to}`;

const plainPair = ({ from, to }: Pair): Pair => ({ from, to });
const plainInput = ({ from, to }: Pair) => ({ from: { id: from }, to: { id: to } });
const removalInput = ({ from, to }: Pair) => ({ from: { id: from }, to: [{ id: to }] });
const typedInput = ({ from, to, types }: TypedPair) => ({ from: { id: from }, to: { id: to }, types });

/** `{ from: { id }, to: { id } }` or `{ fromObjectId, toObjectId }`. */
function pairsIn(result: Json): string[] {
  const [from] = [...idOf(result.from), ...idOf({ id: result.fromObjectId })];
  const [to] = [...idOf(result.to), ...idOf({ id: result.toObjectId })];
  return from === undefined || to === undefined ? [] : [pairKey(from, to)];
}

/** An error names a pair, or a record on one side of it; which side, it may leave open. */
function pairsOf({ fromObjectId = [], toObjectId = [], id = [], ids = [] }: Context): string[] {
  const pairs = fromObjectId.flatMap((from) => toObjectId.map((to) => pairKey(from, to)));
  if (pairs.length > 0) return pairs;
  const either = [...id, ...ids];
  return [...fromObjectId, ...either]
    .map((from) => `from:${from}`)
    .concat([...toObjectId, ...either].map((to) => `to:${to}`));
}

function idOf(value: unknown): string[] {
  return isObject(value) && (typeof value.id === 'string' || typeof value.id === 'number') ? [String(value.id)] : [];
}

/** As HubSpot sends it: `toObjectId` is a number in older versions. */
interface Target {
  readonly toObjectId: string | number;
  readonly associationTypes: readonly AssociationLabel[];
}

const isTarget = (value: unknown): value is Target =>
  isObject(value) &&
  (typeof value.toObjectId === 'string' || typeof value.toObjectId === 'number') &&
  Array.isArray(value.associationTypes) &&
  value.associationTypes.every(isAssociationLabel);

const toAssociated = ({ toObjectId, associationTypes }: Target): AssociatedRecord => ({
  toObjectId: String(toObjectId),
  types: associationTypes.map(plainLabel),
});

const plainLabel = ({ category, typeId, label }: AssociationLabel) => ({ category, typeId, label: label ?? null });

const toLabels = (operation: OperationName, answer: unknown) =>
  expectPage(operation, answer, isAssociationLabel).results.map(plainLabel);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
