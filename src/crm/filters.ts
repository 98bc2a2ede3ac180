/**
 * Filters as people say them -> as HubSpot's search reads them.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22.
 */

import type { Filter, FilterOperator, Property, SearchRequest } from '../hubspot/index.ts';
import type { Dates } from './dates.ts';
import type { Crm } from './index.ts';
import type { createPipelines } from './pipelines.ts';
import type { ObjectType, SaidFilter, SaidSearch } from './types.ts';
import { UserError } from './user-error.ts';
import type { Values } from './values.ts';
import { quote } from './words.ts';

export const operators = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const satisfies readonly FilterOperator[];

/** HubSpot's limits on one search. */
const MAX_GROUPS = 5;
export const MAX_FILTERS_PER_GROUP = 6;
export const MAX_FILTERS = 18;
/** HubSpot takes 3,000 characters in all, and no value is written in fewer than three. */
const MAX_VALUES = 1_000;

const ASSOCIATED = 'associations.';

/** What an operator that takes one value means with several. */
const several: Readonly<Partial<Record<FilterOperator, FilterOperator>>> = { EQ: 'IN', NEQ: 'NOT_IN' };

export interface FilterParts {
  readonly objectTypes: Crm['objectTypes'];
  readonly properties: Crm['properties'];
  readonly pipelines: ReturnType<typeof createPipelines>;
  readonly values: Values;
  readonly dates: Dates;
}

export function createFilters({ objectTypes, properties, pipelines, values, dates }: FilterParts) {
  async function toWire(
    type: ObjectType,
    said: NonNullable<SaidSearch['filterGroups']>,
  ): Promise<NonNullable<SearchRequest['filterGroups']>> {
    const groups = said.filter((group) => group.filters.length > 0);
    requireFit(groups);
    return Promise.all(
      groups.map(async ({ filters }) => {
        const pipelineId = await pipelineOf(type, filters);
        return { filters: await Promise.all(filters.map((filter) => one(type, filter, pipelineId))) };
      }),
    );
  }

  /** The one pipeline that a group of filters is about, so that its stages can be said by label. */
  async function pipelineOf(type: ObjectType, filters: readonly SaidFilter[]): Promise<string | undefined> {
    if (!type.pipeline) return undefined;
    const { pipelineProperty } = type.pipeline;
    const index = await properties.of(type);
    const about = filters.filter(
      ({ propertyName, operator }) =>
        (operator === 'EQ' || operator === 'IN') &&
        !propertyName.startsWith(ASSOCIATED) &&
        index.get(propertyName).name === pipelineProperty,
    );
    const named = about.flatMap((filter) => filter.values ?? (filter.value === undefined ? [] : [filter.value]));
    return named.length === 1 ? (await pipelines.resolve(type, String(named[0]))).id : undefined;
  }

  async function one(type: ObjectType, filter: SaidFilter, pipelineId?: string): Promise<Filter> {
    if (filter.propertyName.startsWith(ASSOCIATED)) return association(filter);
    const property = (await properties.of(type)).get(filter.propertyName);
    const propertyName = property.name;
    const list = filter.values ?? (filter.value === undefined || filter.value === '' ? [] : [filter.value]);
    const operator = list.length > 1 ? (several[filter.operator] ?? filter.operator) : filter.operator;
    const read = async (said: unknown): Promise<string> => {
      if (propertyName === type.pipeline?.stageProperty && pipelineId !== undefined) {
        return (await pipelines.resolveStage(type, String(said), pipelineId)).stage.id;
      }
      return values.one(type, property, said, true);
    };

    switch (operator) {
      case 'HAS_PROPERTY':
      case 'NOT_HAS_PROPERTY':
        return { propertyName, operator };
      case 'IN':
      case 'NOT_IN': {
        requireValues({ propertyName, operator }, list, 1);
        const wire = await Promise.all(list.map(read));
        // HubSpot compares lists of strings with the stored value in lower case, enumerations as they are.
        return {
          propertyName,
          operator,
          values: property.type === 'string' ? wire.map((value) => value.toLowerCase()) : wire,
        };
      }
      case 'BETWEEN': {
        const bounds = filter.highValue === undefined ? list : [...list, filter.highValue];
        requireValues({ propertyName, operator }, bounds, 2);
        if (property.type === 'datetime') {
          const [low, high] = await Promise.all(bounds.map((bound) => dates.moment(bound, propertyName)));
          return { propertyName, operator, value: String(low?.start), highValue: String(high?.end) };
        }
        const [value = '', highValue = ''] = await Promise.all(bounds.map(read));
        return { propertyName, operator, value, highValue };
      }
      case 'CONTAINS_TOKEN':
      case 'NOT_CONTAINS_TOKEN':
        requireValues({ propertyName, operator }, list, 1);
        return { propertyName, operator, value: String(list[0]) };
      default:
        requireValues({ propertyName, operator }, list, 1);
        if (property.type === 'datetime') return dateTime(property, operator, list[0]);
        return { propertyName, operator, value: await read(list[0]) };
    }
  }

  /**
   * A bare day stands for all of it: after the 31st is after its end, on the 31st is any time of it.
   * Guess: BETWEEN includes both its bounds.
   */
  async function dateTime({ name: propertyName }: Property, operator: FilterOperator, said: unknown): Promise<Filter> {
    const { start, end, wholeDay } = await dates.moment(said, propertyName);
    if (wholeDay && operator === 'EQ')
      return { propertyName, operator: 'BETWEEN', value: String(start), highValue: String(end) };
    if (wholeDay && operator === 'NEQ') {
      throw new UserError(
        'invalid_filter',
        `NEQ cannot leave out a whole day of ${propertyName}. Use two filterGroups: LT the day, and GT the day.`,
        {
          property: propertyName,
        },
      );
    }
    return { propertyName, operator, value: String(operator === 'LTE' || operator === 'GT' ? end : start) };
  }

  /**
   * The pseudo-property `associations.{objectType}`: records associated with a given one.
   * Guess: HubSpot's page shows the singular name (`associations.contact`) and no type id, so every type is named so.
   */
  async function association(filter: SaidFilter): Promise<Filter> {
    const target = await objectTypes.resolve(filter.propertyName.slice(ASSOCIATED.length));
    if (target.custom) {
      throw new UserError(
        'invalid_filter',
        `HubSpot cannot search by associated ${target.plural}. Use list_associations from that record.`,
        {
          next: 'list_associations',
        },
      );
    }
    const propertyName = `${ASSOCIATED}${target.singular.toLowerCase().replaceAll(' ', '_')}`;
    const ids = (filter.values ?? (filter.value === undefined ? [] : [filter.value])).map(String);
    if (!['EQ', 'IN'].includes(filter.operator) || ids.length === 0) {
      throw new UserError('invalid_filter', `${filter.propertyName} takes EQ with a record id, or IN with several.`);
    }
    return ids.length === 1
      ? { propertyName, operator: 'EQ', value: ids[0] ?? '' }
      : { propertyName, operator: 'IN', values: ids };
  }

  return { toWire };
}

function requireFit(groups: readonly { readonly filters: readonly SaidFilter[] }[]): void {
  const filters = groups.flatMap((group) => group.filters);
  const values = filters.reduce((sum, filter) => sum + (filter.values?.length ?? 0), 0);
  if (values > MAX_VALUES) {
    throw new UserError(
      'too_many_values',
      `HubSpot takes 3,000 characters in one search, and these are ${values} values. Search in parts, or read records by id with get_records.`,
    );
  }
  const total = filters.length;
  if (
    groups.length <= MAX_GROUPS &&
    total <= MAX_FILTERS &&
    groups.every((group) => group.filters.length <= MAX_FILTERS_PER_GROUP)
  )
    return;
  throw new UserError(
    'too_many_filters',
    `HubSpot takes ${MAX_GROUPS} filterGroups of ${MAX_FILTERS_PER_GROUP} filters, ${MAX_FILTERS} in all. Join values of one property with IN, or search in parts.`,
  );
}

function requireValues(
  { operator, propertyName }: Pick<SaidFilter, 'operator' | 'propertyName'>,
  list: readonly unknown[],
  count: 1 | 2,
): void {
  const fits = operator === 'IN' || operator === 'NOT_IN' ? list.length >= 1 : list.length === count;
  if (fits) return;
  if (list.length === 0 && (operator === 'EQ' || operator === 'NEQ')) {
    const instead = operator === 'EQ' ? 'NOT_HAS_PROPERTY' : 'HAS_PROPERTY';
    throw new UserError(
      'invalid_filter',
      `${operator} on ${propertyName} needs a value. For an empty property use ${instead}.`,
      { property: propertyName },
    );
  }
  const wanted =
    operator === 'BETWEEN'
      ? '`value` and `highValue`'
      : operator === 'IN' || operator === 'NOT_IN'
        ? '`values`'
        : 'one `value`';
  throw new UserError('invalid_filter', `${operator} on ${propertyName} takes ${wanted}, not ${quote(list)}.`, {
    property: propertyName,
  });
}
