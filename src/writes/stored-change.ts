/** Changes as the journal keeps them: plain, small, versioned JSON, and back again. */

import * as z from 'zod';
import type { AssociationType, ObjectType } from '../crm/index.ts';
import { customType } from '../crm/object-types.ts';
import { standardTypes } from '../crm/standard-types.ts';
import type { Json } from '../journal/journal.ts';
import type { Change, RecordId } from './change.ts';
import type { DefinitionChange } from './definition-change.ts';

/** Raised when a change can no longer be read as it was written. */
const VERSION = 1;

const standard = new Map(standardTypes.map((type) => [type.id, type]));

/** A custom type comes back with its ids and names alone: enough to send, to look at and to name a change. */
const objectType = z
  .object({ id: z.string(), name: z.string() })
  .transform(
    ({ id, name }): ObjectType =>
      standard.get(id) ?? customType({ id, objectTypeId: id, fullyQualifiedName: name, name, labels: {} }),
  );
const recordId = z.object({ objectType, id: z.string() });
const values = z.record(z.string(), z.string());
const types = z.array(
  z.object({
    category: z.enum(['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK']),
    typeId: z.number(),
    label: z.string().nullable(),
  }),
);

const recordChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    objectType,
    properties: values,
    associations: z.array(z.object({ to: recordId, types })),
  }),
  z.object({
    kind: z.literal('update'),
    objectType,
    id: z.string(),
    properties: values,
    clearFirst: z.array(z.string()).exactOptional(),
  }),
  z.object({
    kind: z.literal('upsert'),
    objectType,
    idProperty: z.string(),
    value: z.string(),
    properties: values,
  }),
  z.object({ kind: z.literal('archive'), objectType, id: z.string() }),
  z.object({
    kind: z.literal('merge'),
    objectType,
    id: z.string(),
    loser: z.string(),
    held: values,
    expected: values,
    brought: z.array(z.string()),
    lost: z.array(z.string()),
    undecided: z.array(z.string()),
  }),
  z.object({ kind: z.literal('associate'), from: recordId, to: recordId, types }),
  z.object({ kind: z.literal('dissociate'), from: recordId, to: recordId, types }),
]);

/** What a definition's input holds is HubSpot's business; it is kept and sent as it is. */
const definitionChange = z
  .looseObject({
    kind: z.literal('define'),
    step: z.string(),
    name: z.string(),
    objectType: objectType.optional(),
    from: objectType.optional(),
    to: objectType.optional(),
  })
  .pipe(z.custom<DefinitionChange>((value) => typeof value === 'object'));

const storedChange = z.object({ v: z.literal(VERSION), change: z.union([recordChange, definitionChange]) });

/** Object types shrink to id and name, association types to category, id and label. */
export function storeChange(change: Change): Json {
  return plain.parse(JSON.parse(JSON.stringify({ v: VERSION, change: shrunk(change) })));
}

/** Undefined where the log was damaged, or where another version of this program wrote it. */
export function loadChange(stored: Json): Change | undefined {
  return storedChange.safeParse(stored).data?.change;
}

/** What is said in the place of such a change. */
export const UNREADABLE =
  'The journal is damaged where this row stood, so what it changed is not known: look in HubSpot.';

const plain = z.json();

function shrunk(change: Change): object {
  switch (change.kind) {
    case 'create': {
      const associations = change.associations.map(({ to, types }) => ({
        to: shrunkId(to),
        types: types.map(shrunkLabel),
      }));
      return { ...change, objectType: shrunkType(change.objectType), associations };
    }
    case 'update':
    case 'upsert':
    case 'archive':
    case 'merge':
      return { ...change, objectType: shrunkType(change.objectType) };
    case 'associate':
    case 'dissociate':
      return {
        ...change,
        from: shrunkId(change.from),
        to: shrunkId(change.to),
        types: change.types.map(shrunkLabel),
      };
    case 'define':
      return {
        ...change,
        ...('objectType' in change && { objectType: shrunkType(change.objectType) }),
        ...('from' in change && { from: shrunkType(change.from) }),
        ...('to' in change && { to: shrunkType(change.to) }),
      };
  }
}

function shrunkType({ id, name }: ObjectType) {
  return { id, name };
}

function shrunkId({ objectType, id }: RecordId) {
  return { objectType: shrunkType(objectType), id };
}

function shrunkLabel({ category, typeId, label }: AssociationType) {
  return { category, typeId, label };
}

/** Of the records that a change names, as the journal looks for them: `contacts 101`. */
export function recordsOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'create':
      return change.associations.map(({ to }) => recordName(to.objectType.name, to.id));
    case 'update':
    case 'archive':
      return [recordName(change.objectType.name, change.id)];
    case 'merge':
      return [change.id, change.loser].map((id) => recordName(change.objectType.name, id));
    case 'associate':
    case 'dissociate':
      return [change.from, change.to].map((end) => recordName(end.objectType.name, end.id));
    case 'upsert':
    case 'define':
      return [];
  }
}

/** One record as the journal names it. */
export function recordName(objectType: string, id: string): string {
  return `${objectType} ${id}`;
}
