/** What the operator's policy has against rows, before anybody is asked and anything is sent. */

import { UserError } from '../crm/index.ts';
import type { HubSpot } from '../hubspot/index.ts';
import type { Policy } from '../policy/index.ts';
import type { Change, CheckedRow } from './change.ts';

/**
 * The rows, those refused whose values the policy does not take.
 * @throws {@link UserError} when a row would write a property that is kept from it: who tries that gets nothing written
 */
export function withObjections(
  checked: readonly CheckedRow[],
  policy: Policy,
  { hides }: Pick<HubSpot, 'hides'>,
): readonly CheckedRow[] {
  const types = new Set(checked.flatMap((row) => ('change' in row ? typeOf(row.change) : [])));
  for (const [index, row] of checked.entries()) {
    if (!('refused' in row) || !(row.refused instanceof UserError)) continue;
    const { code, message, details } = row.refused;
    const { property } = details;
    const unseen = property !== undefined && [...types].some((type) => hides?.(type, property));
    if (code !== 'restricted_property' && !(code === 'unknown_property' && unseen)) continue;
    throw new UserError(
      code,
      `The row at index ${index}: ${message} The whole call is refused; nothing was sent.`,
      details,
    );
  }
  return checked.map((row) => ('change' in row ? (objection(row.change, policy) ?? row) : row));
}

function objection(change: Change, policy: Policy): CheckedRow | undefined {
  if (change.kind !== 'create' && change.kind !== 'update' && change.kind !== 'upsert') return undefined;
  const values =
    change.kind === 'upsert' ? { ...change.properties, [change.idProperty]: change.value } : change.properties;
  const found = policy.objection(change.kind, change.objectType.name, values);
  if (found === undefined) return undefined;
  const { property, message } = found;
  const refused = new UserError('refused_by_policy', message, {
    property,
    next: 'Put the value right, or ask the person who runs this server.',
  });
  return { refused, ...('id' in change && { id: change.id }) };
}

function typeOf(change: Change): string[] {
  return 'objectType' in change ? [change.objectType.name] : [];
}
