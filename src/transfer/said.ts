/** What a row says of its record, by the rules of the mapping. Pure. */

import { UserError } from '../crm/user-error.ts';
import type { ImportItem } from './item.ts';
import type { Mapping, PropertyRule } from './mapping.ts';

/** By property; `''` clears. A property of which the row says nothing is not there. */
export function saidOf({ properties }: Mapping, { cells }: ImportItem): Readonly<Record<string, string>> {
  const said: Record<string, string> = {};
  for (const [name, rule] of Object.entries(properties)) {
    const value = valueOf(rule, cells);
    if (value !== undefined) said[name] = value;
  }
  return said;
}

function valueOf(rule: PropertyRule, cells: ReadonlyMap<string, string>): string | undefined {
  if ('constant' in rule) return rule.constant;
  const cell = cells.get(rule.column) ?? '';
  const trimmed = rule.trim ? cell.trim() : cell;
  const { values } = rule;
  const value = values !== undefined && Object.hasOwn(values, trimmed) ? (values[trimmed] ?? '') : trimmed;
  return value === '' && rule.empty === 'keep' ? undefined : value;
}

/** Which of two values the record is to have, where they differ. */
export function sourceWins(
  wins: PropertyRule['wins'],
  held: string | null | undefined,
  /** When the row was changed, and the property in HubSpot; milliseconds since the epoch. */
  times: { readonly source: number | undefined; readonly hubspot: number | undefined },
): boolean {
  switch (wins) {
    case 'source':
      return true;
    case 'hubspot':
      return false;
    case 'fill':
      return (held ?? '') === '';
    case 'newest':
      return times.hubspot === undefined || (times.source !== undefined && times.source > times.hubspot);
  }
}

/** ISO 8601 with its offset, or milliseconds since the epoch. */
export function timeOf({ time }: Mapping, { cells }: ImportItem): number | undefined {
  if (time === undefined) return undefined;
  const said = cells.get(time)?.trim() ?? '';
  if (/^\d{11,14}$/.test(said)) return Number(said);
  const read = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(said) ? Date.parse(said) : Number.NaN;
  if (!Number.isNaN(read)) return read;
  throw new UserError(
    'invalid_time',
    `${JSON.stringify(said)} in ${JSON.stringify(time)} is no time: expected ISO 8601 with its offset, such as 2026-11-22T09:00:00Z, or milliseconds since 1970.`,
  );
}
