import { cutText } from '../../crm/record-table.ts';
import { UserError } from '../../crm/user-error.ts';
import { quote } from '../../crm/words.ts';
import type { Written } from './written.ts';

const MAX_VALUE = 80;

export interface ValueConflict {
  readonly property: string;
  readonly found: string | null;
  readonly restore: string | null;
  readonly written: Written;
  readonly later: Written | undefined;
}

/** A field that is not as the call left it, and stays as it is. */
export function valueConflict({ property, found, restore, written, later }: ValueConflict): UserError {
  const now = `${property} is ${said(found)} now`;
  const was = `Before call ${written.callId} it was ${said(restore)}.`;
  if (later !== undefined) return laterCall(later, `${now}, as a later call wrote it. ${was}`, property);
  return changedSince(
    `${now}, not ${said(written.values[property] ?? '')} as the call wrote it: somebody changed it. ${was}`,
    property,
  );
}

const said = (value: string | null) => (value === null || value === '' ? 'empty' : quote(cutText(value, MAX_VALUE)));

export function laterCall({ callId }: Written, message: string, property?: string): UserError {
  return new UserError('changed_by_later_call', `${message} It stays as it is.`, {
    ...(property !== undefined && { property }),
    next: `Undo the later call ${callId} first, or both together.`,
  });
}

export function changedSince(message: string, property?: string): UserError {
  return new UserError('changed_since', `${message} It stays as it is.`, {
    ...(property !== undefined && { property }),
  });
}

export function cannotUndo(message: string, next?: string): UserError {
  return new UserError('cannot_undo', message, { ...(next !== undefined && { next }) });
}
