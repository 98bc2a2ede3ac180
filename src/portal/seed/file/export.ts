/** Writes a whole portal as a portal file: loaded again, it gives the same file. */

import {
  customDefaultDefinitions,
  type DefaultDefinitions,
  defaultDefinitions,
} from '../../facts/default-properties.ts';
import type { List } from '../../facts/definitions.ts';
import type { ObjectTypeFacts } from '../../facts/object-type.ts';
import type { AssociationTypeId } from '../../store/association-types.ts';
import { isFirstDirection } from '../../store/associations.ts';
import { apiSource, type PropertyVersion } from '../../store/history.ts';
import type { StoredRecord } from '../../store/records.ts';
import { PORTAL, type Store } from '../../store/store.ts';
import { checkPipeline } from '../../values/pipeline.ts';
import { checkValue } from './check-value.ts';
import type { FileAssociation, FileAssociationLabel, FileRecord, Flowing, PortalFile } from './portal-file.ts';

/** The file in pieces, one record or association a line, read from SQLite while it is written. */
export function* portalFileText(store: Store): IterableIterator<string> {
  const { records, associations, lists, ...definitions } = flowing(store);
  yield '{\n';
  for (const [name, value] of Object.entries(definitions)) yield `${JSON.stringify(name)}: ${JSON.stringify(value)},\n`;
  yield '"records": {';
  let first = true;
  for (const [name, ofType] of Object.entries(records)) {
    yield `${first ? '' : ','}\n${JSON.stringify(name)}: `;
    yield* lines(ofType);
    first = false;
  }
  yield '},\n"associations": ';
  yield* lines(associations);
  yield ',\n"lists": ';
  yield* lines(lists);
  yield '\n}\n';
}

function* lines(entries: Iterable<unknown>): IterableIterator<string> {
  let separator = '[\n';
  for (const entry of entries) {
    yield separator + JSON.stringify(entry);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]' : '\n]';
}

function flowing(store: Store): PortalFile<Flowing> {
  const account = store.account.get(PORTAL, 'account');
  if (!account) throw new Error('The portal has no account yet.');
  const types = store.objectTypes().filter(({ emulated }) => emulated);
  const stored = new Set(store.records.typeIds());
  const byType = <T>(entries: (type: ObjectTypeFacts) => readonly T[]): Record<string, readonly T[]> =>
    Object.fromEntries(
      types.map((type) => [type.name, entries(type)] as const).filter(([, found]) => found.length > 0),
    );
  return {
    account,
    owners: store.owners.list(PORTAL),
    schemas: store.schemas.list(PORTAL),
    propertyGroups: byType(({ id }) => own(store.propertyGroups.list(id), defaultsOf(store, id).groups)),
    properties: byType(({ id }) => own(store.properties.list(id), defaultsOf(store, id).properties)),
    pipelines: byType(({ id }) => store.pipelines.list(id)),
    associationLabels: labels(store),
    listFolders: store.listFolders.list(PORTAL),
    records: Object.fromEntries(
      types.filter(({ id }) => stored.has(id)).map((type) => [type.name, recordsOf(store, type)]),
    ),
    associations: associations(store),
    lists: store.lists.list(PORTAL).map((list) => ({
      ...inOrder(list),
      memberIds: store.listMembers.list(list.listId, { limit: -1 }).map(({ id }) => id),
    })),
  };
}

/** In one order of members, however the list came to be: the file that is loaded from the file is the same. */
function inOrder(list: List): List {
  return { ...Object.fromEntries(Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1))), ...list };
}

/** What is not as it is without being told. */
function own<T extends { readonly name: string }>(all: readonly T[], defaults: readonly T[]): T[] {
  const known = new Map(defaults.map((entry) => [entry.name, JSON.stringify(entry)]));
  return all.filter((entry) => known.get(entry.name) !== JSON.stringify(entry));
}

/** What a type has without being told. */
function defaultsOf(store: Store, typeId: string): DefaultDefinitions {
  const schema = store.schemas.get(PORTAL, typeId);
  return schema ? customDefaultDefinitions(schema.name, schema.labels.singular) : defaultDefinitions(typeId);
}

function labels(store: Store): FileAssociationLabel[] {
  // An archived custom object is no object type.
  const defined = store.associationTypes
    .defined()
    .filter(({ from, to }) => store.objectType(from) !== undefined && store.objectType(to) !== undefined);
  const byKey = new Map(defined.map((label) => [keyOf(label.from, label.to, label.typeId), label]));
  const told = new Set<string>();
  const found: FileAssociationLabel[] = [];
  for (const { from, to, typeId, name, label, inverseTypeId } of defined) {
    if (told.has(keyOf(from, to, typeId))) continue;
    const inverseKey = keyOf(to, from, inverseTypeId);
    told.add(inverseKey);
    found.push({
      fromObjectType: nameOf(store, from),
      toObjectType: nameOf(store, to),
      category: 'USER_DEFINED',
      typeId,
      name,
      label,
      inverseTypeId,
      inverseLabel: byKey.get(inverseKey)?.label ?? label,
    });
  }
  return found;
}

function keyOf(from: string, to: string, typeId: number): string {
  return `${from}/${to}/${typeId}`;
}

function* recordsOf(store: Store, type: ObjectTypeFacts): IterableIterator<FileRecord> {
  for (const record of store.records.each(type.id)) yield present(store, type, record);
}

function present(store: Store, type: ObjectTypeFacts, record: StoredRecord): FileRecord {
  const history = store.records
    .historyNames(record)
    .map((name) => [name, store.records.history(record, name)] as const);
  const outdated = outdatedOf(store, type, record);
  const { sourceType, sourceId } = record.source;
  const usual = sourceType === apiSource.sourceType && sourceId === apiSource.sourceId;
  return {
    id: record.id,
    properties: record.properties,
    createdAt: timeOf(record.createdAt),
    updatedAt: timeOf(record.updatedAt),
    archived: record.archivedAt !== null,
    ...(record.archivedAt !== null && { archivedAt: timeOf(record.archivedAt) }),
    ...(!usual && { source: record.source }),
    ...(history.length > 0 && {
      history: Object.fromEntries(history.map(([name, all]) => [name, all.map(presentVersion)])),
    }),
    ...(outdated.length > 0 && { outdated }),
  };
}

function presentVersion({ value, at, ...source }: PropertyVersion) {
  return { value, timestamp: timeOf(at), ...source };
}

/** Values that loading would refuse or change, if it were not told. */
function outdatedOf(store: Store, type: ObjectTypeFacts, record: StoredRecord): string[] {
  const outdated: string[] = [];
  for (const [name, value] of Object.entries(record.properties)) {
    const property = store.properties.get(type.id, name);
    const checked = property && checkValue(store, property, value);
    if (checked && (!('value' in checked) || checked.value !== value)) outdated.push(name);
  }
  if (type.pipelines) {
    const { stageProperty, pipelineProperty } = type.pipelines;
    const stage = record.properties[stageProperty];
    const { problems, pipeline } = checkPipeline(store, type, record.properties);
    const silent = stage !== undefined && pipeline !== record.properties[pipelineProperty];
    if ((problems.length > 0 || silent) && !outdated.includes(stageProperty)) outdated.push(stageProperty);
  }
  return outdated;
}

function* associations(store: Store): IterableIterator<FileAssociation> {
  for (const { from, to, types } of store.associations.all()) {
    const known = store.associationTypes.between(from.typeId, to.typeId);
    // The second direction is told only for what has no counterpart in the first.
    const told = isFirstDirection(from, to)
      ? types
      : types.filter((type) => !store.associationTypes.find(from.typeId, to.typeId, type)?.inverse);
    if (told.length === 0) continue;
    const typeIds = told.map((type) => (isShared(known, type) ? type : type.typeId));
    yield [nameOf(store, from.typeId), from.id, nameOf(store, to.typeId), to.id, typeIds];
  }
}

/** Whether HubSpot and the portal gave out the same id. */
function isShared(known: readonly AssociationTypeId[], { typeId }: AssociationTypeId): boolean {
  return known.filter((type) => type.typeId === typeId).length > 1;
}

function nameOf(store: Store, typeId: string): string {
  return store.objectType(typeId)?.name ?? typeId;
}

/** With its milliseconds, none of which may get lost. */
function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
