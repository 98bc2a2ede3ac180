import { invalid } from '../errors.ts';
import type { List } from '../facts/definitions.ts';
import { PORTAL, type Store } from '../store/store.ts';

/**
 * A list cannot look into itself, not through other lists either: keeping its members true would never end. Lists that
 * are deleted count, for they may come back. Guess: the words for a list that would look into itself. @throws PortalError 400
 */
export function checkCircle(store: Store, list: List): void {
  const seen = new Set<string>();
  const waiting = listsNamedIn(list.filterBranch);
  for (let listId = waiting.pop(); listId !== undefined; listId = waiting.pop()) {
    if (listId === list.listId) {
      throw invalid(`The filters of the list ${listId} refer to the list itself.`, {
        subCategory: 'ListError.CIRCULAR_REFERENCE',
      });
    }
    if (seen.has(listId)) continue;
    seen.add(listId);
    waiting.push(...listsNamedIn(store.lists.get(PORTAL, listId)?.filterBranch));
  }
}

/** Whether or not its filters can be read now: what they are about may have been deleted, and may come back. */
function listsNamedIn(definition: unknown): string[] {
  if (typeof definition !== 'object' || definition === null) return [];
  return Object.entries(definition).flatMap(([member, value]) =>
    member === 'listId' ? [String(value)] : listsNamedIn(value),
  );
}
