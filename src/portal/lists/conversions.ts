/** `/crm/lists/{listId}/schedule-conversion`: turning a dynamic list into a static one, later. */

import { Temporal } from 'temporal-polyfill';
import { integer, oneOf, type Reader, readBody, shape } from '../body.ts';
import { invalid, notFound } from '../errors.ts';
import type { List, ListConversionTime } from '../facts/definitions.ts';
import type { Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { conversionAt } from './conversion-time.ts';
import { reads, requireList, writes } from './find.ts';

const kind = shape('PublicListConversionTime', {
  conversionType: oneOf('ConversionType', ['CONVERSION_DATE', 'INACTIVITY']),
});
const date = shape('PublicListConversionDate', { year: integer, month: integer, day: integer });
const inactivity = shape('PublicListConversionInactivity', {
  timeUnit: oneOf('TimeUnit', ['DAY', 'WEEK', 'MONTH']),
  offset: integer,
});

const conversionBody: Reader<ListConversionTime> = (value, at) => {
  const { conversionType } = kind(value, at);
  return conversionType === 'CONVERSION_DATE'
    ? { conversionType, ...date(value, at) }
    : { conversionType, ...inactivity(value, at) };
};

const path = '/crm/lists/{listId}/schedule-conversion';

export const listConversionRoutes: readonly Route[] = [
  reads({
    method: 'GET',
    path,
    handle(call) {
      const { listId, conversion } = requireScheduled(call);
      return { status: 200, body: { listId, ...conversion } };
    },
  }),
  writes({ method: 'PUT', path, handle: schedule }),
  writes({
    method: 'DELETE',
    path,
    handle(call) {
      const { conversion, ...list } = requireScheduled(call);
      if (conversion?.convertedAt !== undefined) throw unknownConversion(list.listId);
      call.store.lists.put(PORTAL, list.listId, list);
      call.store.listStates.scheduled();
      return { status: 204 };
    },
  }),
];

function requireScheduled(call: Call): List {
  const list = requireList(call);
  if (!list.conversion) throw unknownConversion(list.listId);
  return list;
}

/** Guess: the words for a list that nothing is to be converted of. */
function unknownConversion(listId: string) {
  return notFound(`No conversion is scheduled for the list ${listId}.`, { context: { listId: [listId] } });
}

/** Guess: the words of the refusals. */
function schedule(call: Call) {
  const list = requireList(call);
  const requestedConversionTime = readBody(call, conversionBody);
  if (list.processingType !== 'DYNAMIC') {
    throw invalid(`A list with the processing type ${list.processingType} cannot be converted.`, {
      subCategory: 'ListError.INVALID_PROCESSING_TYPE',
    });
  }
  if (requestedConversionTime.conversionType === 'INACTIVITY') {
    const { offset } = requestedConversionTime;
    if (offset < 1 || offset > 10_000) throw invalid(`Invalid offset ${offset}: it must be positive`);
  } else if (!isDate(requestedConversionTime)) {
    const { year, month, day } = requestedConversionTime;
    throw invalid(`${year}-${month}-${day} is not a date`);
  }
  const { listId } = list;
  const scheduled: List = { ...list, conversion: { requestedConversionTime } };
  const at = conversionAt(call.store, scheduled);
  if (requestedConversionTime.conversionType === 'CONVERSION_DATE' && at !== undefined && at <= call.now) {
    throw invalid('The conversion date must be in the future.');
  }
  call.store.lists.put(PORTAL, listId, scheduled);
  call.store.listStates.scheduled();
  return { status: 200, body: { listId, requestedConversionTime } };
}

function isDate({ year, month, day }: { year: number; month: number; day: number }): boolean {
  if (year < 1 || year > 9_999) return false;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).year === year;
  } catch {
    return false;
  }
}
