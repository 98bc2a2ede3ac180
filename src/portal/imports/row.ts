/**
 * One row of an import: the records that it creates or updates, and what it links.
 * Sources: the imports guide and knowledge.hubspot.com/import-and-export/troubleshoot-import-errors, compared
 * 2026-11-22. Guess: an empty cell changes nothing; a bad value is told and left out, unless it says which record is
 * meant; companies are known by their domain whether or not the column says so; in a file of one type a record may be
 * in one row only.
 */

import { PortalError } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { isBlocked } from '../objects/gdpr-delete.ts';
import { createRecord, updateRecord } from '../objects/write.ts';
import { ownMembers } from '../own-members.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { convert } from './convert.ts';
import { linkRow } from './link-row.ts';
import { problemsOf } from './problems.ts';
import type { FilePlan } from './request.ts';
import { type Cell, idsOf, importSource, type RowProblem, type Work, type Written } from './work.ts';

/** Types that HubSpot creates only linked with a record of another type. */
const dependentTypes = ['0-136', '0-14'];

export function importRow(work: Work, row: readonly string[]): void {
  if (row.length !== work.file.columns.length) {
    const errorMessage = `The row has ${row.length} columns, the request maps ${work.file.columns.length}`;
    return work.report({ errorType: 'INCORRECT_NUMBER_OF_COLUMNS', errorMessage });
  }
  const cells = work.file.columns.flatMap((column, i): Cell[] => {
    const position = work.positions[i] ?? i;
    const text = row[position] ?? '';
    return text.trim() === '' || column.kind === 'ignored' ? [] : [{ column, text, number: position + 1 }];
  });
  const types = writtenTypes(work.file);
  const records = new Map<string, Written>();
  for (const type of types) {
    const written = writeRecord(work, type, cells, [...records.values()], types.length === 1);
    if (written) records.set(type.id, written);
  }
  linkRow(work, cells, records);
}

function writtenTypes({ columns }: FilePlan): ObjectTypeFacts[] {
  const byId = new Map<string, ObjectTypeFacts>();
  for (const column of columns)
    if (column.kind === 'id' || column.kind === 'value') byId.set(column.type.id, column.type);
  return [...byId.values()].sort((a, b) => isLate(a) - isLate(b));
}

function isLate({ id }: ObjectTypeFacts): number {
  return Number(dependentTypes.includes(id));
}

function writeRecord(
  work: Work,
  type: ObjectTypeFacts,
  cells: readonly Cell[],
  before: readonly Written[],
  once: boolean,
): Written | undefined {
  const { store, now, importId } = work;
  const own = cells.filter(({ column }) => 'type' in column && column.type.id === type.id);
  const values = valuesOf(work, type, own);
  const found = values && findRecord(work, type, own, values);
  if (!values || !found) return undefined;
  const known = found.record;
  if (!known && Object.keys(values).length === 0) return undefined;
  const operation = work.plan.operations.get(type.id) ?? 'UPSERT';
  const refuse = (errorType: string, errorMessage: string): undefined => {
    work.report({ errorType, errorMessage, type });
  };
  if (operation === 'CREATE' && known) return refuse('CREATE_ONLY_IMPORT', `${known.id} exists already`);
  if (operation === 'UPDATE' && !known) return refuse('UPDATE_ONLY_IMPORT', 'No such record exists');
  if (once && known && store.imports.hasWritten(importId, type.id, known.id)) {
    const errorType = found.byId ? 'DUPLICATE_OBJECT_ID' : 'DUPLICATE_ALTERNATE_ID';
    return refuse(errorType, `${known.id} is in more than one row`);
  }
  const writer = { store, now, source: importSource(importId), settlesLater: true } as const;
  const links = dependentTypes.includes(type.id) ? before.flatMap(({ record }) => newLink(store, type, record)) : [];
  const write = (sent: Readonly<Record<string, string>>) =>
    known ? updateRecord(writer, type, known, sent) : createRecord(writer, type, sent, links);
  const record = attempt(work, type, own, values, write);
  if (!record) return undefined;
  const marked = marketable(work, record);
  work.count(known ? 'UPDATED_OBJECTS' : 'CREATED_OBJECTS');
  work.count('PROPERTY_VALUES_EMITTED', Object.keys(values).length);
  if (store.imports.wrote(importId, type.id, record.id)) work.count('UNIQUE_OBJECTS_WRITTEN');
  work.lookups.noted(marked);
  return { record: marked, created: !known };
}

/** Undefined where a value that says which record is meant is wrong. */
function valuesOf(work: Work, type: ObjectTypeFacts, cells: readonly Cell[]): Record<string, string> | undefined {
  const values = ownMembers<string>({});
  let usable = true;
  for (const { column, text, number } of cells) {
    if (column.kind !== 'value') continue;
    const property = work.store.properties.get(type.id, column.property);
    if (!property) continue;
    const converted = convert(work.store, type, property, text, work.plan);
    const problem = 'value' in converted ? refusalOf(work, type, column.property, converted.value) : converted;
    if (problem) work.report({ ...problem, type, value: text, columnNumber: number });
    else if ('value' in converted) values[column.property] = converted.value;
    if (problem && column.identifies) usable = false;
  }
  return usable ? values : undefined;
}

/** What an import refuses though the API takes it. Guess: a domain has a dot. */
function refusalOf(
  { store }: Work,
  type: ObjectTypeFacts,
  property: string,
  value: string,
): Pick<RowProblem, 'errorType' | 'errorMessage'> | undefined {
  if (type.id === '0-1' && property === 'email' && isBlocked(store, value)) {
    return { errorType: 'GDPR_BLACKLISTED_EMAIL', errorMessage: `${value} was deleted for good` };
  }
  if (property === 'domain' && !/^\S+\.\S+$/.test(value)) {
    return { errorType: 'INVALID_DOMAIN', errorMessage: `${value} is no domain name` };
  }
  return undefined;
}

/** The record that the row is about; undefined where that cannot be told. */
function findRecord(
  work: Work,
  type: ObjectTypeFacts,
  cells: readonly Cell[],
  values: Readonly<Record<string, string>>,
): { readonly record: StoredRecord | undefined; readonly byId: boolean } | undefined {
  const { store } = work;
  const idCell = cells.find(({ column }) => column.kind === 'id');
  if (idCell) {
    const record = store.records.get(type.id, idCell.text.trim());
    if (record?.archivedAt === null) return { record, byId: true };
    const errorMessage = `No ${type.singular} has the id ${idCell.text}`;
    work.report({
      errorType: 'INVALID_OBJECT_ID',
      errorMessage,
      type,
      value: idCell.text,
      columnNumber: idCell.number,
    });
    return undefined;
  }
  for (const { column, text, number } of cells) {
    if (column.kind !== 'value' || !column.identifies) continue;
    const value = values[column.property] ?? '';
    const ids = idsOf(work, type, column.property, value);
    if (ids.length > 1) {
      const errorMessage = `${ids.length} records have ${value}`;
      work.report({
        errorType: 'MULTIPLE_COMPANIES_WITH_THIS_DOMAIN',
        errorMessage,
        type,
        value: text,
        columnNumber: number,
      });
      return undefined;
    }
    const record = ids[0] === undefined ? undefined : store.records.get(type.id, ids[0]);
    if (record) return { record, byId: false };
  }
  return { record: undefined, byId: false };
}

/** Writes once more without the values that were refused. */
function attempt(
  work: Work,
  type: ObjectTypeFacts,
  cells: readonly Cell[],
  values: Record<string, string>,
  write: (sent: Readonly<Record<string, string>>) => StoredRecord,
): StoredRecord | undefined {
  for (let tries = 0; tries < 2; tries++) {
    try {
      return write(values);
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      const problems = problemsOf(error);
      for (const { property, ...problem } of problems) {
        const cell = cells.find(({ column }) => column.kind === 'value' && column.property === property);
        work.report({ ...problem, type, ...(cell && { value: cell.text, columnNumber: cell.number }) });
      }
      if (problems.some(({ property, fatal }) => fatal || property === undefined)) return undefined;
      for (const { property = '' } of problems) delete values[property];
    }
  }
  return undefined;
}

/** The API may not write this property; an import may. */
function marketable({ store, now, importId, marketable: wanted }: Work, record: StoredRecord): StoredRecord {
  const property = store.properties.get(record.typeId, 'hs_marketable_status');
  if (wanted === undefined || record.typeId !== '0-1' || !property) return record;
  return store.records.update(record, { hs_marketable_status: String(wanted) }, now, importSource(importId));
}

function newLink(store: Store, type: ObjectTypeFacts, record: StoredRecord) {
  const unlabelled = store.associationTypes.unlabelled(type.id, record.typeId);
  if (!unlabelled) return [];
  const { category: associationCategory, typeId: associationTypeId } = unlabelled;
  return [{ to: { id: record.id }, types: [{ associationCategory, associationTypeId }] }];
}
