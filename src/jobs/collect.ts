import { type Crm, UserError } from '../crm/index.ts';
import { HubSpotError } from '../hubspot/index.ts';
import type { TaskSearch } from './task.ts';

/** More records match than a person was shown. Nothing was written. */
export class MoreThanSeen extends Error {
  override readonly name = 'MoreThanSeen';
}

/**
 * The ids of all records that match, since writing changes what matches.
 * @param seen how many matched when a person was shown them; with more it stops at once
 * @throws {@link MoreThanSeen}, HubSpotError and UserError
 */
export async function collectIds(
  crm: Crm,
  { objectType, filterGroups }: TaskSearch,
  seen: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ids = new Set<string>();
  const said = { filterGroups, properties: ['hs_object_id'] };
  const found = await crm.records.searchAll(await crm.objectTypes.resolve(objectType), said, (records) => {
    for (const { id } of records) ids.add(id);
  });
  signal.throwIfAborted();
  if (ids.size > seen) throw new MoreThanSeen(moreThanSeen(ids.size, seen));
  if (found.complete) return [...ids];
  if (found.stoppedBy === 'window') throw tooFilled();
  // It is asked anew, and says then for itself what is wrong.
  throw new HubSpotError('The search was not read to its end.', { code: 'unavailable', sent: 'no', retryable: true });
}

function moreThanSeen(matching: number, seen: number): string {
  return `${matching} records match now, and the preview showed ${seen}. Nothing was written.`;
}

/** HubSpot shows 10,000 results, and only one more filter would cut them in slices. */
function tooFilled(): UserError {
  return new UserError(
    'too_many_matches',
    'More than 10,000 records match, and these filters leave no room for the one that would page further. Nothing was written.',
    { next: 'Use one filter less in each group, or narrow the filters to fewer than 10,000 matches.' },
  );
}
