import { UserError } from './user-error.ts';

/**
 * Ids as find_duplicates writes those of one row, `101:207`, or each by itself.
 * @throws UserError `invalid_arguments` for fewer than two, more than `most`, and a row that does not name all of its own;
 *   `repeated_record`
 */
export function idsOfRow(said: readonly string[], most: number): readonly string[] {
  const ids = said.flatMap((each) => (ROW.test(each) ? each.split(':') : [each])).map((id) => id.trim());
  if (ids.some((id) => MORE.test(id))) {
    throw refused(
      'This row has more ids than it names.',
      'find_duplicates with those that it names tells all of them.',
    );
  }
  const twice = ids.find((id, place) => ids.indexOf(id) < place);
  if (twice !== undefined) throw new UserError('repeated_record', `${twice} is named twice.`, { property: 'ids' });
  if (ids.length < 2) throw refused('This takes two records or more.', 'Give the ids of one row of find_duplicates.');
  if (ids.length > most) throw refused(`This takes ${most} records at most.`, 'Give fewer ids; the others after them.');
  return ids;
}

const ROW = /^\s*\d{1,20}(?:\s*:\s*\+?\d{1,20})+\s*$/;
const MORE = /^\+\d+$/;

function refused(message: string, next: string): UserError {
  return new UserError('invalid_arguments', message, { property: 'ids', next });
}
