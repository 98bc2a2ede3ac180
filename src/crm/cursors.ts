/** Cursors that belong to one question: the same place in another one's results would be silently wrong. */

import { UserError } from './user-error.ts';

/** Enough to tell the few questions of a conversation apart; each character is one that a model has to repeat. */
const MARK_LENGTH = 5;

/** FNV-1a over the question's characters; it guards against mistakes, not against anybody. */
function markOf(question: unknown): string {
  let hash = 0x811c9dc5;
  for (const unit of JSON.stringify(question)) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36).padStart(MARK_LENGTH, '0').slice(-MARK_LENGTH);
}

/** @param question what was asked, as it was said: relative dates move between two pages */
export function cursorAt(place: string, question: unknown): string {
  return `${place}~${markOf(question)}`;
}

/** The place that a cursor stands for; throws when it is of another question, or no cursor at all. */
export function placeOf(cursor: string, question: unknown): string {
  const place = cursor.slice(0, -MARK_LENGTH - 1);
  if (place !== '' && cursor === cursorAt(place, question)) return place;
  throw new UserError(
    'invalid_cursor',
    'The cursor does not belong to this search: leave `after` out to start again, or repeat the call that gave it.',
  );
}
