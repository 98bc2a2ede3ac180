/**
 * The rows of an export.
 * Guess: the headings (a record's id first, `Associated Company IDs` and, on demand, `Associated Company` last), and that
 * labels stand for options, stages and owners, and times in the account's time zone, unless VALUES are asked for.
 */

import { Temporal } from 'temporal-polyfill';
import { invalid } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { refreshLists } from '../lists/keep.ts';
import { valueOf } from '../objects/present.ts';
import type { PortalContext } from '../route.ts';
import { find } from '../search/search.ts';
import type { StoredRecord } from '../store/records.ts';
import { PORTAL, type Store } from '../store/store.ts';
import { parseTime } from '../values/normalize.ts';
import { type ExportRequest, groupsOf } from './request.ts';

export interface ExportTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly ExportCell[])[];
}

export type ExportCell = string | number;

type Context = Pick<PortalContext, 'store' | 'searchTable' | 'clock'>;

interface Column {
  readonly heading: string;
  readonly cell: (record: StoredRecord) => ExportCell;
}

/** Associated records that a row names for one association, unless the request lifts the limit. */
const MAX_ASSOCIATED = 1_000;

/**
 * Only inside a transaction. A property or association that was deleted since the export was asked for has no column.
 * @throws PortalError where the object type, the list or what a filter names is not there any more
 */
export function exportTable(context: Context, request: ExportRequest): ExportTable {
  const { store } = context;
  const type = store.objectType(request.objectType);
  if (!type) throw invalid(`The object type ${request.objectType} does not exist any more.`);
  const options = new Set(request.exportInternalValuesOptions ?? []);
  const zone = store.account.get(PORTAL, 'account')?.timeZone ?? 'UTC';
  const columns: Column[] = [
    { heading: options.has('NAMES') ? 'hs_object_id' : 'Record ID', cell: ({ id }) => id },
    ...request.objectProperties.flatMap((name) => {
      const property = store.properties.get(type.id, name);
      return property ? [propertyColumn(store, type, property, options, zone)] : [];
    }),
    ...(request.associatedObjectType ?? []).flatMap((segment) => {
      const target = store.objectType(segment);
      return target ? associationColumns(store, type, target, request) : [];
    }),
  ];
  return {
    headings: columns.map(({ heading }) => heading),
    rows: recordsOf(context, type, request).map((record) => columns.map(({ cell }) => cell(record))),
  };
}

function recordsOf(context: Context, type: ObjectTypeFacts, request: ExportRequest): StoredRecord[] {
  const { store } = context;
  if (request.exportType === 'LIST') {
    refreshLists(store, context.clock.now());
    const list = store.lists.get(PORTAL, request.listId ?? '');
    if (!list || list.deletedAt !== undefined) throw invalid(`The list ${request.listId} does not exist any more.`);
    const members = store.listMembers.list(request.listId ?? '', { limit: -1 });
    return members.flatMap(({ id }) => store.records.get(type.id, id) ?? []);
  }
  const { query = '', sorts = [] } = request.publicCrmSearchRequest ?? {};
  const groups = groupsOf(request);
  if (groups.length === 0 && query === '' && sorts.length === 0) return [...store.records.all(type.id)];
  const limit = Math.max(1, store.records.count(type.id));
  return find(context, type, { groups, query, sort: sorts[0], properties: [], limit, offset: 0 }).records;
}

function propertyColumn(
  store: Store,
  type: ObjectTypeFacts,
  property: Property,
  options: ReadonlySet<string>,
  zone: string,
): Column {
  const heading = options.has('NAMES') ? property.name : property.label;
  const show = options.has('VALUES') ? (value: string) => value : labeller(store, type, property, zone);
  return {
    heading,
    cell(record) {
      const value = valueOf(type, record, property.name);
      return value === undefined ? '' : show(value);
    },
  };
}

/** What people read instead of a value. */
function labeller(
  store: Store,
  type: ObjectTypeFacts,
  property: Property,
  zone: string,
): (value: string) => ExportCell {
  if (property.type === 'number') return (value) => (Number.isNaN(Number(value)) ? value : Number(value));
  if (property.type === 'datetime') return (value) => localTime(value, zone);
  const labels = labelsOf(store, type, property);
  if (labels.size === 0) return (value) => value;
  return (value) =>
    value
      .split(';')
      .map((option) => labels.get(option) ?? option)
      .join(';');
}

function labelsOf(store: Store, type: ObjectTypeFacts, property: Property): Map<string, string> {
  const pipelines = () => store.pipelines.list(type.id);
  if (property.name === type.pipelines?.pipelineProperty) {
    return new Map(pipelines().map(({ id, label }) => [id, label]));
  }
  if (property.name === type.pipelines?.stageProperty) {
    return new Map(pipelines().flatMap(({ stages, label }) => stages.map((s) => [s.id, `${s.label} (${label})`])));
  }
  if (property.referencedObjectType === 'OWNER') {
    const owners = store.owners.list(PORTAL);
    return new Map(owners.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`.trim()]));
  }
  return new Map(property.options.map(({ value, label }) => [value, label]));
}

function localTime(value: string, zone: string): string {
  const at = parseTime(value);
  if (at === undefined) return value;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

function associationColumns(
  store: Store,
  type: ObjectTypeFacts,
  target: ObjectTypeFacts,
  request: ExportRequest,
): Column[] {
  const most = request.overrideAssociatedObjectsPerDefinitionPerRowLimit ? -1 : MAX_ASSOCIATED;
  const name = `Associated ${target.labels.singular}`;
  const linked = ({ id }: StoredRecord) => store.associations.list({ typeId: type.id, id }, target.id, { limit: most });
  const labels = request.includeLabeledAssociations
    ? store.associationTypes.between(type.id, target.id).filter(({ label }) => label !== null)
    : [];
  return [
    { heading: `${name} IDs`, cell: (record) => joined(linked(record).map(({ id }) => id)) },
    ...(request.includePrimaryDisplayPropertyForAssociatedObjects
      ? [
          {
            heading: name,
            cell: (record: StoredRecord) => joined(linked(record).map(({ id }) => display(store, target, id))),
          },
        ]
      : []),
    ...labels.map((label) => ({
      heading: `${name} IDs (${label.label})`,
      cell: (record: StoredRecord) =>
        joined(
          linked(record)
            .filter(({ types }) => types.some((t) => t.typeId === label.typeId && t.category === label.category))
            .map(({ id }) => id),
        ),
    })),
  ];
}

const joined = (values: readonly string[]) => values.join(';');

function display(store: Store, type: ObjectTypeFacts, id: string): string {
  const record = store.records.get(type.id, id);
  return (record && valueOf(type, record, type.primaryDisplayProperty)) ?? '';
}
