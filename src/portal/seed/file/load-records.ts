/** Records of a portal file, with their history. */

import type { ObjectTypeFacts } from '../../facts/object-type.ts';
import type { ChangeSource, PropertyVersion } from '../../store/history.ts';
import type { StoredRecord } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { checkPipeline } from '../../values/pipeline.ts';
import { checkValue } from './check-value.ts';
import type { LoadProgress } from './load.ts';
import { eachOfType } from './object-types.ts';
import {
  dictionary,
  flag,
  inside,
  integer,
  list,
  object,
  optional,
  type Place,
  PortalFileError,
  recordId,
  shape,
  text,
  time,
  word,
} from './read.ts';

const source = {
  sourceType: word,
  sourceId: optional(text),
  sourceLabel: optional(text),
  updatedByUserId: optional(integer),
};

const record = shape(
  {
    id: optional(recordId),
    properties: optional(object),
    createdAt: optional(time),
    updatedAt: optional(time),
    archived: optional(flag),
    archivedAt: optional(time),
    source: optional(shape(source, 'closed')),
    history: optional(
      dictionary(list(shape({ value: text, timestamp: time, ...source, sourceType: optional(word) }, 'closed'))),
    ),
    outdated: optional(list(word)),
  },
  'closed',
);

type Read = ReturnType<typeof record>;

interface Loading {
  readonly now: number;
  readonly progress: LoadProgress;
}

/** How many records there are between two words about the progress. */
const STEP = 1000;

export function loadRecords(store: Store, value: unknown, place: Place, { now, progress }: Loading): void {
  let total = 0;
  for (const entries of Object.values(object(value, place))) total += Array.isArray(entries) ? entries.length : 0;
  let done = 0;
  const merged: { typeId: string; id: string; ids: string; place: Place }[] = [];
  eachOfType(store, value, place, record, (type, records, at) => {
    // What an account has on its first day: the file says what is there instead.
    for (const record of store.records.each(type.id)) store.records.erase(record);
    const insert = (read: Read, i: number) => {
      const { id, properties } = insertRecord(store, type, read, inside(at, i), now);
      const ids = properties['hs_merged_object_ids'];
      if (ids !== undefined) merged.push({ typeId: type.id, id, ids, place: inside(at, i) });
      if (++done % STEP === 0 || done === total) progress('records', done, total);
    };
    // Those that have an id come first, so that new ids are behind them.
    for (const [i, read] of records.entries()) if (read.id !== undefined) insert(read, i);
    for (const [i, read] of records.entries()) if (read.id === undefined) insert(read, i);
  });
  for (const { typeId, id, ids, place: at } of merged) redirect(store, typeId, id, ids.split(';'), at);
}

function insertRecord(store: Store, type: ObjectTypeFacts, read: Read, place: Place, now: number): StoredRecord {
  const values = readValues(store, type, read, place);
  const createdAt = read.createdAt ?? values.createdAt ?? now;
  const archivedAt = read.archived ? (read.archivedAt ?? read.updatedAt ?? now) : undefined;
  const id = read.id ?? values.id ?? store.records.nextId(type.id);
  if (store.records.get(type.id, id)) throw new PortalFileError(inside(place, 'id'), `${type.name} have ${id} twice.`);
  if (archivedAt === undefined) checkUnique(store, type, values.properties, inside(place, 'properties'));
  return store.records.insert({
    typeId: type.id,
    id,
    properties: values.properties,
    createdAt,
    updatedAt: read.updatedAt ?? values.updatedAt ?? createdAt,
    ...(archivedAt !== undefined && { archivedAt }),
    ...(read.source && { source: read.source }),
    ...(read.history && { history: readHistory(store, type, read.history, place) }),
  });
}

/** Values as they are kept. Those that every record has without storing them say its id and times. */
function readValues(store: Store, type: ObjectTypeFacts, read: Read, place: Place) {
  const properties: Record<string, string> = {};
  const said: { id?: string; createdAt?: number; updatedAt?: number } = {};
  for (const [name, given] of Object.entries(read.properties ?? {})) {
    if (given === null || given === '') continue;
    // Made only where something is wrong: there may be millions of values.
    const at = () => inside(inside(place, 'properties'), name);
    const raw = typeof given === 'string' ? given : text(given, at());
    if (name === 'hs_object_id') said.id = idSaid(read, recordId(given, at()), at());
    else if (name === type.createdProperty) said.createdAt = time(given, at());
    else if (name === type.modifiedProperty) said.updatedAt = time(given, at());
    else properties[name] = readValue(store, type, name, raw, at, read.outdated);
  }
  checkStage(store, type, properties, read, place);
  return { properties, ...said };
}

function idSaid({ id }: Read, said: string, place: Place): string {
  if (id === undefined || id === said) return said;
  throw new PortalFileError(place, `the record's id is ${id}.`);
}

function readValue(
  store: Store,
  type: ObjectTypeFacts,
  name: string,
  raw: string,
  place: () => Place,
  outdated: readonly string[] = [],
): string {
  const property = store.properties.get(type.id, name);
  if (!property) {
    throw new PortalFileError(place(), `${type.name} have no such property: put it into properties.${type.name}.`);
  }
  if (outdated.includes(name)) return raw;
  const checked = checkValue(store, property, raw);
  if ('problem' in checked) throw new PortalFileError(place(), checked.problem);
  return checked.value;
}

/** A record with a stage is in that stage's pipeline; one that names none is in the first. */
function checkStage(
  store: Store,
  type: ObjectTypeFacts,
  properties: Record<string, string>,
  { outdated = [] }: Read,
  place: Place,
): void {
  if (!type.pipelines) return;
  const { pipelineProperty, stageProperty } = type.pipelines;
  if (outdated.includes(pipelineProperty) || outdated.includes(stageProperty)) return;
  const stage = properties[stageProperty];
  const { problems, pipeline } = checkPipeline(store, type, {
    [pipelineProperty]: properties[pipelineProperty],
    [stageProperty]: stage,
  });
  const [problem] = problems;
  if (problem) throw new PortalFileError(inside(inside(place, 'properties'), problem.name), `${problem.message}.`);
  if (pipeline !== undefined && stage !== undefined) properties[pipelineProperty] ??= pipeline;
}

function checkUnique(store: Store, type: ObjectTypeFacts, properties: Record<string, string>, place: Place): void {
  for (const { property, value } of store.uniqueValues.keys(type.id, properties)) {
    const holder = store.uniqueValues.holder(type.id, property, value);
    if (holder === undefined) continue;
    throw new PortalFileError(
      inside(place, property),
      `${JSON.stringify(value)} must be unique, and ${type.name} ${holder} has it, too.`,
    );
  }
}

type FileHistory = NonNullable<Read['history']>;

/** In the order in which the versions came, whichever way round the file tells them. */
function readHistory(
  store: Store,
  type: ObjectTypeFacts,
  history: FileHistory,
  place: Place,
): Record<string, PropertyVersion[]> {
  const read: Record<string, PropertyVersion[]> = {};
  for (const [name, versions] of Object.entries(history)) {
    if (!store.properties.get(type.id, name)) {
      throw new PortalFileError(
        inside(inside(place, 'history'), name),
        `${type.name} have no such property: put it into properties.${type.name}.`,
      );
    }
    read[name] = versions
      .map(({ value, timestamp, sourceType = 'INTEGRATION', ...more }): PropertyVersion => {
        const source: ChangeSource = { sourceType, ...more };
        return { value, at: timestamp, ...source };
      })
      .toReversed()
      .sort((a, b) => a.at - b.at);
  }
  return read;
}

/** Ids that were merged into a record mean that record. */
function redirect(store: Store, typeId: string, id: string, ids: readonly string[], place: Place): void {
  const mergedIds = ids.filter((other) => other !== '' && other !== id);
  for (const other of mergedIds) {
    const known = store.records.mergedInto(typeId, other);
    if (known === undefined && !store.records.get(typeId, other)) continue;
    throw new PortalFileError(
      inside(inside(place, 'properties'), 'hs_merged_object_ids'),
      `${other} was merged into this record, so it can neither be a record nor be merged into another one.`,
    );
  }
  store.records.redirect({ typeId, primaryId: id, mergedIds, newId: id, movedProperties: 0 });
}
