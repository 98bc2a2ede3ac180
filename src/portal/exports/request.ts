/**
 * What an export is asked for.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/exports/guide, compared 2026-11-22.
 */

import { flag, list, oneOf, optional, type ReadAs, type Reader, shape, text } from '../body.ts';
import { notEmulated } from '../errors.ts';
import { type SearchFilter, type SearchSort, searchFilter } from '../search/input.ts';

const languages = [
  'EN',
  'DE',
  'ES',
  'FR',
  'JA',
  'NL',
  'PT',
  'PT_BR',
  'IT',
  'PL',
  'SV',
  'FI',
  'ZH_TW',
  'DA_DK',
  'NO',
] as const;

/** One name or several. */
const names: Reader<string[]> = (value, at) => (Array.isArray(value) ? list(text)(value, at) : [text(value, at)]);

const sortShape = shape('Sort', {
  propertyName: text,
  order: optional(oneOf('SortOrder', ['ASC', 'DES'])),
  direction: optional(oneOf('SortDirection', ['ASCENDING', 'DESCENDING'])),
});

const sort: Reader<SearchSort> = (value, at) => {
  if (typeof value === 'string') {
    return { propertyName: value.replace(/^-/, ''), descending: value.startsWith('-'), lenient: false };
  }
  const { propertyName, order, direction } = sortShape(value, at);
  return { propertyName, descending: order === 'DES' || direction === 'DESCENDING', lenient: false };
};

/** The old binary spreadsheet has no writer here. */
const format: Reader<'XLSX' | 'CSV'> = (value, at) => {
  const said = oneOf('ExportFormat', ['XLS', 'XLSX', 'CSV'])(value, at);
  if (said === 'XLS') throw notEmulated('exports as XLS (as XLSX and CSV it does)');
  return said;
};

const fields = {
  exportType: oneOf('ExportType', ['VIEW', 'LIST']),
  format,
  exportName: text,
  language: oneOf('ExportLanguage', languages),
  objectType: text,
  objectProperties: list(text),
  associatedObjectType: optional(names),
  exportInternalValuesOptions: optional(list(oneOf('ExportInternalValuesOption', ['NAMES', 'VALUES']))),
  overrideAssociatedObjectsPerDefinitionPerRowLimit: optional(flag),
  includePrimaryDisplayPropertyForAssociatedObjects: optional(flag),
  includeLabeledAssociations: optional(flag),
  listId: optional(text),
  publicCrmSearchRequest: optional(
    shape('PublicCrmSearchRequest', {
      filterGroups: optional(list(shape('FilterGroup', { filters: list(searchFilter) }))),
      filters: optional(list(searchFilter)),
      sorts: optional(list(sort)),
      query: optional(text),
    }),
  ),
};

export type ExportRequest = ReadAs<typeof fields>;

export const exportRequest: Reader<ExportRequest> = shape('PublicExportRequest', fields);

/** The groups of a view's filters: any one must hold. */
export function groupsOf({ publicCrmSearchRequest }: ExportRequest): readonly (readonly SearchFilter[])[] {
  const { filterGroups = [], filters = [] } = publicCrmSearchRequest ?? {};
  return [...filterGroups.map((group) => group.filters), ...(filters.length > 0 ? [filters] : [])];
}
