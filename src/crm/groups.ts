/** What records are grouped by. */

import type { Property } from '../hubspot/index.ts';
import { type Calendar, type Interval, intervals } from './intervals.ts';
import type { ObjectType, PropertyIndex, SaidFilter } from './types.ts';
import { UserError } from './user-error.ts';
import { isMultiple, requireComparable } from './values.ts';
import { quote } from './words.ts';

export interface Grouping {
  readonly name: string;
  readonly property: Property;
  /** Only of dates and times. */
  readonly interval?: Interval;
}

/** @param said a property, or a date and an interval: `closedate:month` */
export function parseGrouping(said: string, index: PropertyIndex): Grouping {
  const [name = '', word] = said.split(':').map((part) => part.trim());
  const property = index.get(name);
  requireComparable(property);
  const dated = property.type === 'date' || property.type === 'datetime';
  const interval = intervals.find((each) => each === (word?.toLowerCase() ?? (dated ? 'day' : undefined)));
  if (word !== undefined && !(dated && interval)) {
    throw new UserError(
      'invalid_grouping',
      dated
        ? `${quote(word)} is no interval.`
        : `${property.name} is of type ${property.type} and has no intervals. Leave out :${word}.`,
      { property: property.name, allowed: intervals },
    );
  }
  return interval ? { name: `${property.name}:${interval}`, property, interval } : { name: property.name, property };
}

/** The groups a record belongs to: one, or one for each option of a property that takes several. */
export function groupsOf(
  stored: string | null | undefined,
  { property, interval }: Grouping,
  calendar: Calendar | undefined,
): (string | null)[] {
  if (stored === null || stored === undefined || stored === '') return [null];
  if (interval && calendar) return [calendar.keyOf(stored, interval)];
  return isMultiple(property) ? stored.split(';').filter(Boolean) : [stored];
}

/** A group as a filter, so that HubSpot can count it without giving its records. */
export interface CountableGroup {
  readonly key: string;
  readonly filter: SaidFilter;
}

/** Every value the property's definition allows; undefined when only reading the records tells the values. */
export function valuesOf(
  type: ObjectType,
  { property }: Grouping,
  stageIds: readonly string[] | undefined,
): CountableGroup[] | undefined {
  const { name: propertyName } = property;
  const fixed = type.pipeline?.stageProperty === propertyName || type.pipeline?.pipelineProperty === propertyName;
  if (isMultiple(property)) return undefined;
  const values = fixed
    ? stageIds
    : property.type === 'bool'
      ? ['true', 'false']
      : property.type === 'enumeration' && property.options?.length
        ? property.options.map(({ value }) => value)
        : undefined;
  return values?.map((value) => ({ key: value, filter: { propertyName, operator: 'EQ', value } }));
}
