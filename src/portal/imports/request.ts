/**
 * The importRequest: its shape, and the plan that it means for this portal.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/imports/guide, compared 2026-11-22.
 * Guess: the words of the refusals, and what is refused at once rather than told row by row.
 */

import { anything, flag, integer, list, oneOf, optional, shape, text, textMap } from '../body.ts';
import { invalid, notEmulated } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { AssociationType } from '../store/association-types.ts';
import type { Store } from '../store/store.ts';

const columnTypes = [
  'STANDARD',
  'HUBSPOT_OBJECT_ID',
  'HUBSPOT_ALTERNATE_ID',
  'FLEXIBLE_ASSOCIATION_LABEL',
  'ASSOCIATION_KEYS',
  'EVENT_TIMESTAMP',
] as const;
const columnType = oneOf('ColumnType', columnTypes);

/** `idColumnType` and `columnObjectType` are the older names. */
const columnMapping = shape('ColumnMapping', {
  columnName: text,
  columnObjectTypeId: optional(text),
  columnObjectType: optional(text),
  toColumnObjectTypeId: optional(text),
  propertyName: optional(text),
  columnType: optional(columnType),
  idColumnType: optional(columnType),
  foreignKeyType: optional(
    shape('AssociationSpec', {
      associationTypeId: integer,
      associationCategory: oneOf('AssociationCategory', [
        'HUBSPOT_DEFINED',
        'USER_DEFINED',
        'INTEGRATOR_DEFINED',
      ] as const),
    }),
  ),
  associationIdentifierColumn: optional(flag),
  ignored: optional(flag),
});
type ColumnMapping = ReturnType<typeof columnMapping>;

export const importRequest = shape('ImportRequest', {
  name: text,
  files: list(
    shape('ImportFile', {
      fileName: text,
      fileFormat: optional(oneOf('FileFormat', ['CSV', 'SPREADSHEET'] as const)),
      fileImportPage: shape('FileImportPage', { hasHeader: optional(flag), columnMappings: list(columnMapping) }),
    }),
  ),
  importOperations: optional(textMap),
  dateFormat: optional(oneOf('DateFormat', ['MONTH_DAY_YEAR', 'DAY_MONTH_YEAR', 'YEAR_MONTH_DAY'] as const)),
  timeZone: optional(text),
  marketableContactImport: optional(flag),
  createContactListFromImport: optional(flag),
  marketingEventObjectId: optional(anything),
});
export type ImportRequest = ReturnType<typeof importRequest>;

export type Operation = 'UPSERT' | 'CREATE' | 'UPDATE';

/** What one column of a file is for. */
export type Column = { readonly name: string } & (
  | { readonly kind: 'ignored' }
  /** The id of a record that the row is about. */
  | { readonly kind: 'id'; readonly type: ObjectTypeFacts }
  | { readonly kind: 'value'; readonly type: ObjectTypeFacts; readonly property: string; readonly identifies: boolean }
  /** Labels of the association between two records of the row. */
  | { readonly kind: 'label'; readonly type: ObjectTypeFacts; readonly to: ObjectTypeFacts }
  /** Other records that the row's record is linked with: by id where `key` is undefined, else by that property. */
  | {
      readonly kind: 'reference';
      readonly type: ObjectTypeFacts;
      readonly to: ObjectTypeFacts;
      readonly key: string | undefined;
      readonly association: AssociationType | undefined;
    }
);

export interface FilePlan {
  /** Its place in the request. */
  readonly position: number;
  readonly format: 'CSV' | 'SPREADSHEET';
  readonly hasHeader: boolean;
  readonly columns: readonly Column[];
}

export interface ImportPlan {
  /** In the order in which they are read: files that refer to others come last. */
  readonly files: readonly FilePlan[];
  readonly operations: ReadonlyMap<string, Operation>;
  readonly dateFormat: 'MONTH_DAY_YEAR' | 'DAY_MONTH_YEAR' | 'YEAR_MONTH_DAY';
  /** Undefined: the account's. */
  readonly timeZone: string | undefined;
}

/** The property that says which record is meant where no id does; undefined for types that have none. */
function identifierOf(type: ObjectTypeFacts): string | undefined {
  return type.id === '0-1' ? 'email' : type.id === '0-2' ? 'domain' : undefined;
}

/** @throws PortalError 400, 501 */
export function planOf(store: Store, request: ImportRequest): ImportPlan {
  if (request.files.length === 0) throw invalid('An import must have at least one file');
  if (request.timeZone !== undefined && !isTimeZone(request.timeZone))
    throw invalid(`Invalid timeZone: ${request.timeZone}`);
  const operations = new Map<string, Operation>();
  for (const [typeId, said] of Object.entries(request.importOperations ?? {})) {
    const operation = (['UPSERT', 'CREATE', 'UPDATE'] as const).find((each) => each === said);
    if (!operation)
      throw invalid(`Invalid import operation ${said} for ${typeId}: it must be one of UPSERT, CREATE, UPDATE`);
    operations.set(typeOf(store, typeId).id, operation);
  }
  const files = request.files.map(({ fileFormat, fileImportPage: { hasHeader, columnMappings } }, position) => {
    if (columnMappings.length === 0) throw invalid('Every file must have columnMappings');
    const columns = columnMappings.map((mapping) => columnOf(store, request, mapping));
    return { position, format: fileFormat ?? 'CSV', hasHeader: hasHeader ?? true, columns } as const;
  });
  checkRequired(files, operations);
  return {
    files: files.toSorted((a, b) => refers(a) - refers(b)),
    operations,
    dateFormat: request.dateFormat ?? 'MONTH_DAY_YEAR',
    timeZone: request.timeZone,
  };
}

/**
 * An import that only creates needs columns for what every record of the type must have.
 * Source: developers.hubspot.com/changelog/crm-imports-api-new-validation-for-required-properties, compared 2026-11-22.
 */
function checkRequired(files: readonly FilePlan[], operations: ReadonlyMap<string, Operation>): void {
  const columns = files.flatMap((file) => file.columns);
  const types = new Map(columns.flatMap((column) => (column.kind === 'value' ? [[column.type.id, column.type]] : [])));
  for (const type of types.values()) {
    if (operations.get(type.id) !== 'CREATE') continue;
    const mapped = columns.flatMap((column) =>
      column.kind === 'value' && column.type.id === type.id ? [column.property] : [],
    );
    const missing = type.required.filter((group) => !group.some((name) => mapped.includes(name)));
    if (missing.length === 0) continue;
    const name = type.fullyQualifiedName;
    const words = missing.map((group) => (group.length === 1 ? group[0] : `One of [${group.join(', ')}]`));
    throw invalid(`Some required properties for ${name} creates are missing: [${words.join(', ')}]`, {
      context: { [`${name} properties`]: [`[${mapped.join(', ')}]`] },
    });
  }
}

function refers({ columns }: FilePlan): number {
  return Number(columns.some(({ kind }) => kind === 'reference'));
}

/** The types that the plan writes, in the order of its columns. */
export function mappedTypes({ files }: ImportPlan): string[] {
  const ids = files.flatMap(({ columns }) => columns.flatMap((column) => ('type' in column ? [column.type.id] : [])));
  return [...new Set(ids)];
}

function columnOf(store: Store, request: ImportRequest, mapping: ColumnMapping): Column {
  const { columnName: name, propertyName = '', foreignKeyType, toColumnObjectTypeId } = mapping;
  if (mapping.ignored) return { kind: 'ignored', name };
  const said = mapping.columnObjectTypeId ?? mapping.columnObjectType;
  if (said === undefined) throw invalid(`The column ${name} has no columnObjectTypeId`);
  const type = typeOf(store, said);
  const kind = mapping.columnType ?? mapping.idColumnType ?? 'STANDARD';
  if (kind === 'EVENT_TIMESTAMP') throw notEmulated('the import of marketing event participants');
  const association = foreignKeyType && associationOf(store, type, foreignKeyType);
  const to = toColumnObjectTypeId === undefined ? undefined : typeOf(store, toColumnObjectTypeId);
  if (kind === 'FLEXIBLE_ASSOCIATION_LABEL') {
    if (!to) throw invalid(`The column ${name} has association labels and no toColumnObjectTypeId`);
    return { kind: 'label', name, type, to };
  }
  if (kind === 'ASSOCIATION_KEYS' || (propertyName === '' && (to ?? association))) {
    const other = to ?? otherEnd(store, type, association) ?? type;
    const key = kind === 'HUBSPOT_OBJECT_ID' ? undefined : keyOf(request, store, other);
    return { kind: 'reference', name, type, to: other, key, association };
  }
  if (propertyName === 'hs_object_id' || (propertyName === '' && kind === 'HUBSPOT_OBJECT_ID'))
    return { kind: 'id', name, type };
  const property = store.properties.get(type.id, propertyName);
  if (property?.archived !== false) {
    throw invalid(`Property "${propertyName}" does not exist`, { context: { propertyName: [propertyName] } });
  }
  const identifies =
    propertyName === identifierOf(type) || (kind === 'HUBSPOT_ALTERNATE_ID' && property.hasUniqueValue);
  if (kind === 'HUBSPOT_ALTERNATE_ID' && !identifies) {
    throw invalid(`Property "${propertyName}" is not a unique identifier of ${type.fullyQualifiedName}`);
  }
  return { kind: 'value', name, type, property: propertyName, identifies };
}

/** The property by which another file's rows are meant; an id where that file says so. */
function keyOf({ files }: ImportRequest, store: Store, to: ObjectTypeFacts): string | undefined {
  for (const mapping of files.flatMap(({ fileImportPage }) => fileImportPage.columnMappings)) {
    const type = store.objectType(mapping.columnObjectTypeId ?? mapping.columnObjectType ?? '');
    if (!mapping.associationIdentifierColumn || type?.id !== to.id) continue;
    return mapping.propertyName === 'hs_object_id' ? undefined : mapping.propertyName;
  }
  return identifierOf(to);
}

function associationOf(store: Store, type: ObjectTypeFacts, said: NonNullable<ColumnMapping['foreignKeyType']>) {
  const id = { category: said.associationCategory, typeId: said.associationTypeId };
  const known =
    store.associationTypes.from(type.id, id) ??
    store
      .objectTypes()
      .flatMap((other) => store.associationTypes.from(other.id, id) ?? [])
      .find(({ toTypeId }) => toTypeId === type.id);
  if (!known) throw invalid(`Association type ${id.category} ${id.typeId} is not valid for ${type.fullyQualifiedName}`);
  return known;
}

function otherEnd(store: Store, type: ObjectTypeFacts, association: AssociationType | undefined) {
  if (!association) return undefined;
  return store.objectType(association.fromTypeId === type.id ? association.toTypeId : association.fromTypeId);
}

function typeOf(store: Store, said: string): ObjectTypeFacts {
  const type = store.objectType(said);
  if (!type) throw invalid(`Unable to infer object type from: ${said}`);
  if (!type.emulated || !type.operations.has('create')) throw notEmulated(`the import of ${type.name}`);
  return type;
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
