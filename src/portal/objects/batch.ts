/** Up to 100 records at a time: read, create, update, upsert, archive. */

import { readBody } from '../body.ts';
import { invalid } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { readFlag } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import type { StoredRecord } from '../store/records.ts';
import { batchAnswer, checkSize, type RowError, runRows } from './batch-answer.ts';
import { findRecord, isPlainId, requireRecord } from './find.ts';
import { batchArchiveInput, batchCreateInput, batchReadInput, batchUpdateInput } from './input.ts';
import { typeAllowing } from './operations.ts';
import { present, presentValues, presentWhole } from './present.ts';
import { objectScopes } from './scopes.ts';
import { archiveRecord, createRecord, updateRecord } from './write.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis',
  compared: '2026-11-22',
};

const MAX_BATCH = 100;
const MAX_HISTORY_BATCH = 50;

export const batchRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/crm/objects/{objectType}/batch/read',
    scopes: objectScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const type = typeAllowing(call, 'read');
      const {
        inputs = [],
        properties = [],
        propertiesWithHistory: history = [],
        idProperty,
      } = readBody(call, batchReadInput);
      checkSize(inputs, MAX_BATCH);
      if (history.length > 0 && inputs.length > MAX_HISTORY_BATCH) {
        throw invalid(
          `The maximum number of inputs supported in a batch request for property histories is ${MAX_HISTORY_BATCH}. Please reduce the number of items and try again`,
        );
      }
      const archived = readFlag(call, 'archived');
      const found = new Map<string, StoredRecord>();
      const missing: string[] = [];
      for (const { id } of inputs) {
        const record = findRecord(call, type, id, { idProperty, archived });
        if (record) found.set(record.id, record);
        else if (!missing.includes(id)) missing.push(id);
      }
      const results = [...found.values()].map((record) => present(call, type, record, { properties, history }));
      return batchAnswer(call, 200, results, missingRows(type, missing));
    },
  },
  {
    method: 'POST',
    path: '/crm/objects/{objectType}/batch/create',
    scopes: objectScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = typeAllowing(call, 'create');
      const { inputs = [] } = readBody(call, batchCreateInput);
      checkSize(inputs, MAX_BATCH);
      const { results, errors } = runRows(call, inputs, (input) => {
        const record = createRecord(call, type, input.properties, input.associations ?? []);
        return traced(presentWhole(call, type, record), input);
      });
      return batchAnswer(call, 201, results, errors);
    },
  },
  {
    method: 'POST',
    path: '/crm/objects/{objectType}/batch/update',
    scopes: objectScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = typeAllowing(call, 'update');
      const { inputs = [] } = readBody(call, batchUpdateInput);
      checkSize(inputs, MAX_BATCH);
      checkNoTwins(inputs);
      const missing: UpdateRow[] = [];
      const { results, errors } = runRows(call, inputs, (input) => {
        const record = findOwn(call, type, input);
        if (!record) {
          missing.push(input);
          return [];
        }
        const updated = updateRecord(call, type, record, input.properties);
        return [traced(presentValues(call, type, updated, Object.keys(input.properties)), input)];
      });
      const unknown = missing.flatMap((input) =>
        missingRows(type, [input.id]).map((row) =>
          input.objectWriteTraceId === undefined
            ? row
            : { ...row, context: { ...row.context, objectWriteTraceId: [input.objectWriteTraceId] } },
        ),
      );
      return batchAnswer(call, 200, results.flat(), [...errors, ...unknown]);
    },
  },
  {
    method: 'POST',
    path: '/crm/objects/{objectType}/batch/upsert',
    scopes: objectScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = typeAllowing(call, 'update');
      const { inputs = [] } = readBody(call, batchUpdateInput);
      checkSize(inputs, MAX_BATCH);
      checkNoTwins(inputs);
      const upsert = (input: UpdateRow) => {
        const { id, idProperty, properties } = input;
        if (isPlainId(idProperty)) {
          const updated = updateRecord(call, type, requireRecord(call, type, id), properties);
          return traced({ ...presentWhole(call, type, updated), new: false }, input);
        }
        const known = findRecord(call, type, id, { idProperty });
        const record = known
          ? updateRecord(call, type, known, properties)
          : createRecord(call, typeAllowing(call, 'create'), { ...properties, [idProperty]: id });
        return traced({ ...presentWhole(call, type, record), new: known === undefined }, input);
      };
      // Documented: with e-mail addresses there is no partial upsert. Guess: one bad row refuses the batch.
      const whole = inputs.some(({ idProperty }) => idProperty === 'email');
      const { results, errors } = runRows(call, inputs, upsert, { whole });
      return batchAnswer(call, 200, results, errors);
    },
  },
  {
    method: 'POST',
    path: '/crm/objects/{objectType}/batch/archive',
    scopes: objectScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = typeAllowing(call, 'archive');
      const { inputs = [] } = readBody(call, batchArchiveInput);
      checkSize(inputs, MAX_BATCH);
      for (const input of inputs) {
        const record = findOwn(call, type, input);
        if (record) archiveRecord(call, record);
      }
      return { status: 204 };
    },
  },
];

type UpdateRow = NonNullable<ReturnType<typeof batchUpdateInput>['inputs']>[number];

/** The record that a row is to change; to a batch a merged id means nothing. Documented for updates. */
function findOwn(
  call: Call,
  type: ObjectTypeFacts,
  { id, idProperty }: { readonly id: string; readonly idProperty?: string | undefined },
): StoredRecord | undefined {
  const record = findRecord(call, type, id, { idProperty });
  return isPlainId(idProperty) && record?.id !== id ? undefined : record;
}

function traced<T>(result: T, { objectWriteTraceId }: { readonly objectWriteTraceId?: string | undefined }): T {
  return objectWriteTraceId === undefined ? result : { ...result, objectWriteTraceId };
}

/** One error for all ids that mean nothing. Recorded by public clients. */
function missingRows(type: ObjectTypeFacts, ids: readonly string[]): RowError[] {
  if (ids.length === 0) return [];
  return [
    {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message: `Could not get some ${type.fullyQualifiedName} objects, they may be deleted or not exist. Check that ids are valid.`,
      context: { ids },
    },
  ];
}

/** Recorded by public clients: the whole batch is refused, traced or not. */
function checkNoTwins(inputs: readonly { readonly id: string; readonly idProperty?: string | undefined }[]): void {
  const seen = new Set<string>();
  const twins = new Set<string>();
  for (const { id, idProperty = '' } of inputs) {
    // Addresses are the same whatever their case.
    const key = JSON.stringify([idProperty, idProperty === 'email' ? id.trim().toLowerCase() : id]);
    if (seen.has(key)) twins.add(id);
    seen.add(key);
  }
  if (twins.size === 0) return;
  const ids = [...twins];
  throw invalid(`Duplicate IDs found in batch input: [${ids.join(', ')}]. IDs must be unique`, { context: { ids } });
}
