/** The client as one caller sees it: every row of a record that it is given counts. */

import type { HubSpot, Row } from '../hubspot/index.ts';
import type { Spending } from './budgets.ts';

export function metered(hubspot: HubSpot, spending: Spending, caller: string): HubSpot {
  const { objects } = hubspot;

  async function counting<T>(work: () => Promise<T>, rows: (found: T) => number): Promise<T> {
    spending.left(caller, 'rowsRead');
    const found = await work();
    spending.note(caller, 'rowsRead', rows(found));
    return found;
  }

  return {
    ...hubspot,
    objects: {
      ...objects,
      search: (type, request, options) =>
        counting(
          () => objects.search(type, request, options),
          ({ results }) => results.length,
        ),
      list: (type, request, options) =>
        counting(
          () => objects.list(type, request, options),
          ({ results }) => results.length,
        ),
      get: (type, id, request, options) =>
        counting(
          () => objects.get(type, id, request, options),
          () => 1,
        ),
      batchRead: (type, ids, request, options) =>
        counting(() => objects.batchRead(type, ids, request, options), applied),
      /** Stops where the budget does, with what has been read until then. */
      searchAll: (type, request, how, options) => {
        const { limit = Number.POSITIVE_INFINITY } = how ?? {};
        const most = Math.min(limit, spending.left(caller, 'rowsRead'));
        return objects.searchAll(
          type,
          request,
          {
            ...how,
            ...(most < Number.POSITIVE_INFINITY && { limit: most }),
            onPage(records, done, total) {
              spending.note(caller, 'rowsRead', records.length);
              how?.onPage?.(records, done, total);
            },
          },
          options,
        );
      },
    },
  };
}

function applied(rows: readonly Row<unknown>[]): number {
  return rows.filter(({ outcome }) => outcome === 'applied').length;
}
