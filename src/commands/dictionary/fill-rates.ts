/** How many records have a value, property by property: one search each. */

import { type HubSpot, HubSpotError } from '../../hubspot/index.ts';
import { inParallel } from '../definitions/in-parallel.ts';
import type { TypeDefinitions } from '../definitions/read.ts';
import type { Progress } from '../demo/progress.ts';

/** By type id; a type that cannot be searched is not in it. */
export type FillRates = ReadonlyMap<string, { readonly records: number; readonly filled: ReadonlyMap<string, number> }>;

/** HubSpot's for an account. */
const SEARCHES_A_SECOND = 5;

export interface FillRateParts {
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Tells the person what it is going to cost, before it does. */
  readonly say: (sentence: string) => void;
}

export async function readFillRates(
  hubspot: HubSpot,
  types: readonly TypeDefinitions[],
  { progress, signal, say }: FillRateParts,
): Promise<FillRates> {
  const count = async (typeId: string, propertyName?: string): Promise<number | undefined> => {
    const filters = propertyName === undefined ? [] : [{ propertyName, operator: 'HAS_PROPERTY' as const }];
    const filterGroups = filters.length === 0 ? [] : [{ filters }];
    try {
      return (await hubspot.objects.search(typeId, { filterGroups, limit: 1 }, { signal })).total;
    } catch (error) {
      // Some of HubSpot's properties and types cannot be searched.
      if (error instanceof HubSpotError && error.sent === 'yes' && !error.retryable && error.code !== 'unauthorized') {
        return undefined;
      }
      throw error;
    }
  };
  const searchable = types.filter(({ type }) => type.can.search);
  const properties = searchable.reduce((sum, each) => sum + each.properties.length, 0);
  const most = properties + searchable.length;
  say(
    `Fill rates take up to ${most} searches of the account's daily calls: at ${SEARCHES_A_SECOND} a second, ${Math.ceil(most / SEARCHES_A_SECOND)} s.`,
  );
  progress.start('Records', searchable.length);
  const totals = await inParallel(
    searchable,
    async (found) => ({ ...found, records: await count(found.type.id) }),
    (done) => progress.at(done),
  );
  const wanted = totals.flatMap(({ type, properties: all, records }) =>
    records === undefined || records === 0 ? [] : all.map(({ name }) => ({ typeId: type.id, name })),
  );
  progress.start('Fill rates', wanted.length);
  const counts = await inParallel(
    wanted,
    async ({ typeId, name }) => ({ typeId, name, filled: await count(typeId, name) }),
    (done) => progress.at(done),
  );
  return new Map(
    totals.flatMap(({ type, records }) => {
      if (records === undefined) return [];
      const own = counts.flatMap(({ typeId, name, filled }) =>
        typeId === type.id && filled !== undefined ? [[name, filled] as const] : [],
      );
      return [[type.id, { records, filled: new Map(own) }] as const];
    }),
  );
}
