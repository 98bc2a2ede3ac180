/** Cursors that belong to one question: the same place in another one's results would be silently wrong. */

import { createHash } from 'node:crypto';
import { UserError } from './user-error.ts';

/** Enough to tell the few questions of a conversation apart; each character is one that a model has to repeat. */
const MARK_LENGTH = 4;

const markOf = (question: unknown) =>
  createHash('sha256').update(JSON.stringify(question)).digest('base64url').slice(0, MARK_LENGTH);

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
