/** When a list is to be converted. */

import { Temporal } from 'temporal-polyfill';
import type { List } from '../facts/definitions.ts';
import { PORTAL, type Store } from '../store/store.ts';

/**
 * Milliseconds since the epoch; undefined: never, or it was already. Guess: at the start of the day in the account's time
 * zone; inactive is a list since a record last joined or left it, or since it was created.
 */
export function conversionAt(store: Store, list: List): number | undefined {
  if (!list.conversion || list.conversion.convertedAt !== undefined || list.deletedAt !== undefined) return undefined;
  const time = list.conversion.requestedConversionTime;
  const zone = store.account.get(PORTAL, 'account')?.timeZone ?? 'UTC';
  if (time.conversionType === 'CONVERSION_DATE') {
    return Temporal.PlainDate.from(time).toZonedDateTime(zone).epochMilliseconds;
  }
  const { listId } = list;
  const last = Math.max(
    Date.parse(list.createdAt),
    store.listMembers.lastJoinedAt(listId) ?? 0,
    store.listStates.lastRemovedAt(listId) ?? 0,
  );
  const length = { [`${time.timeUnit.toLowerCase()}s`]: time.offset };
  return Temporal.Instant.fromEpochMilliseconds(last).toZonedDateTimeISO(zone).add(length).epochMilliseconds;
}
