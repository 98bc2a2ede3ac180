/** A record as filters look at it. */

import { Temporal } from 'temporal-polyfill';
import type { ObjectTypeFacts } from '../../facts/object-type.ts';
import { valueOf } from '../../objects/present.ts';
import type { PropertyVersion } from '../../store/history.ts';
import type { StoredRecord } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { parseTime } from '../../values/normalize.ts';
import type { Moment } from './moment.ts';

export interface Subject {
  readonly type: ObjectTypeFacts;
  readonly id: string;
  /** Undefined: it has none. */
  value(property: string): string | undefined;
  /** Every value that it ever had, newest first; an empty one where it was cleared. */
  history(property: string): readonly PropertyVersion[];
}

export function subjectOf(store: Store, type: ObjectTypeFacts, record: StoredRecord): Subject {
  return {
    type,
    id: record.id,
    value: (property) => valueOf(type, record, property),
    history(property) {
      const versions = store.records.history(record, property);
      const value = versions.length > 0 ? undefined : valueOf(type, record, property);
      // What every record has without a history: it was last written with the record.
      return value === undefined ? versions : [{ value, at: record.updatedAt, sourceType: 'CALCULATED' }];
    },
  };
}

/** What of a property is compared with a time. */
export const parsers = [
  'VALUE',
  'UPDATED_AT',
  'ANNIVERSARY',
  'VALUE_WITH_ZONE_SAME_LOCAL_CONVERSION',
  'ANNIVERSARY_WITH_ZONE_SAME_LOCAL_CONVERSION',
] as const;
export type TimeParser = (typeof parsers)[number];

/**
 * A time of a record in milliseconds since the epoch; undefined: it has none. A date is midnight UTC, unless the parser
 * moves it to the same hour of the filter's zone. Guess: an anniversary is the one of the year that it is now.
 */
export function readTime(
  subject: Subject,
  property: string,
  parser: TimeParser,
  zone: string,
  moment: Moment,
): number | undefined {
  if (parser === 'UPDATED_AT') return subject.history(property)[0]?.at;
  const value = subject.value(property);
  const at = value === undefined ? undefined : timeOf(value);
  if (at === undefined || parser === 'VALUE') return at;
  const utc = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC');
  const moved = parser.endsWith('SAME_LOCAL_CONVERSION') ? utc.toPlainDateTime().toZonedDateTime(zone) : utc;
  return (parser.startsWith('ANNIVERSARY') ? moved.with({ year: moment.local(zone).year }) : moved).epochMilliseconds;
}

const LATEST_TIME = 8_640_000_000_000_000;

export function timeOf(value: string): number | undefined {
  const said = value.trim();
  if (!/^-?\d{5,16}$/.test(said)) return parseTime(said);
  return Math.abs(Number(said)) <= LATEST_TIME ? Number(said) : undefined;
}
