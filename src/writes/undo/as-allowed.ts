/** What the policy lets a caller take back of what calls wrote. */

import { UserError } from '../../crm/user-error.ts';
import type { CheckedRow } from '../change.ts';
import type { Past } from '../past.ts';
import { cannotUndo } from './conflict.ts';
import { targetOf, type Written } from './written.ts';

export interface Allowed {
  /** With the values alone that may be written; rows that have no others are not among them. */
  readonly writable: readonly Written[];
  /** What says of the rest that it stays: a field is named where the caller may know of it. */
  readonly kept: readonly CheckedRow[];
}

export function asAllowed(chosen: readonly Written[], past: Past): Allowed {
  const writable: Written[] = [];
  const kept = new Map<string, CheckedRow>();
  for (const written of chosen) {
    const { change, values, made } = written;
    const names = 'properties' in change ? Object.keys(values) : [];
    const allowed = names.filter((name) => 'objectType' in change && past.writes(change.objectType.name, name));
    if (made || names.length === 0 || allowed.length > 0)
      writable.push({ ...written, values: Object.fromEntries(allowed.map((name) => [name, values[name] ?? ''])) });
    // A record that a call made goes as a whole.
    if (made || !('properties' in change)) continue;
    for (const name of names) {
      if (allowed.includes(name)) continue;
      const target = targetOf(written);
      if (!past.shows(change.objectType.name, name)) kept.set('', { refused: cannotUndo(HIDDEN) });
      else kept.set(`${target} ${name}`, { refused: notWritable(name), id: target });
    }
  }
  return { writable, kept: [...kept.values()] };
}

const HIDDEN = 'The policy of this server hides some fields; they stay.';

const notWritable = (property: string) =>
  new UserError('cannot_undo', `The policy of this server does not let ${property} be written. It stays as it is.`, {
    property,
    next: 'Ask the person who runs this server.',
  });
