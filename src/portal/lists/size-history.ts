/** How a list grew, and when it was edited. */

import { invalid } from '../errors.ts';
import type { Call, Route } from '../route.ts';
import { isoTime } from '../time.ts';
import { timeOf } from './filters/subject.ts';
import { reads, requireList } from './find.ts';

export const listHistoryRoutes: readonly Route[] = [
  reads({
    method: 'GET',
    path: '/crm/lists/{listId}/size-and-edits-history/between',
    versions: ['v3', '2026-03', '2026-09-beta'],
    handle(call) {
      const { listId, edits = [] } = requireList(call);
      const [from, to] = [readTime(call, 'startDate'), readTime(call, 'endDate')];
      if (from > to) throw invalid('startDate must not be after endDate');
      const between = (at: number) => at >= from && at <= to;
      // Guess: one point for every day on which the size changed.
      const sizes = call.store.listStates.sizes(listId).filter(({ at }) => between(at));
      return {
        status: 200,
        body: {
          sizeHistory: sizes.map(({ at, size }) => ({ timestamp: isoTime(at), size })),
          editHistory: edits.filter((at) => between(Date.parse(at))),
        },
      };
    },
  }),
];

function readTime(call: Call, name: string): number {
  const said = call.query.get(name) ?? '';
  const at = timeOf(said);
  if (at === undefined) throw invalid(`Invalid ${name}: ${said === '' ? 'it is required' : said}`);
  return at;
}
