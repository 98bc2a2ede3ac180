/** What the records of a change are called, for the person who is asked about it. */

import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { Policy } from '../policy/index.ts';
import type { Before, Ready } from './before.ts';
import type { Change, RecordId } from './change.ts';
import { settle } from './check-rows.ts';
import { type Names, namedBy, placeOf } from './question.ts';
import type { Snapshot } from './record-snapshot.ts';

/**
 * A name that cannot be read, or that the policy hides, is left out: the record still has its id.
 * What was read whole before it goes is not read again.
 */
export async function readNames(
  rows: readonly { readonly row: Ready; readonly before: Before | undefined }[],
  policy: Policy,
  { hubspot, options }: { readonly hubspot: HubSpot; readonly options: CallOptions },
): Promise<Names> {
  const records = rows.flatMap(({ row }) => namedBy(row.change));
  const known = new Map(rows.flatMap(({ row, before }) => wholeIn(row.change, before)));
  const names = new Map<string, string>();
  for (const { objectType } of new Map(records.map((record) => [record.objectType.id, record])).values()) {
    const properties = nameProperties(objectType).filter((name) =>
      ['allow', 'read'].includes(policy.access(objectType.name, name)),
    );
    const keep = (id: string, held: Snapshot['values']) => {
      const said = properties.flatMap((name) => held[name] || []);
      // A person by first and last name; by the e-mail address only without them.
      const name = objectType.name === 'contacts' && said.length > 1 ? said.slice(0, 2).join(' ') : said[0];
      if (name !== undefined) names.set(placeOf({ objectType, id }), name);
    };
    const ids = [...new Set(records.filter((each) => each.objectType.id === objectType.id).map(({ id }) => id))];
    const unread = ids.filter((id) => {
      const held = known.get(placeOf({ objectType, id }));
      if (held !== undefined) keep(id, held);
      return held === undefined;
    });
    if (properties.length === 0 || unread.length === 0) continue;
    const read = await settle(() => hubspot.objects.batchRead(objectType.id, unread, { properties }, options));
    for (const row of read instanceof Error ? [] : read) {
      if (row.outcome === 'applied') keep(row.value.id, row.value.properties);
    }
  }
  return names;
}

function nameProperties({ name, displayProperty }: RecordId['objectType']): readonly string[] {
  return name === 'contacts' ? ['firstname', 'lastname', 'email'] : [displayProperty];
}

/** Values of records that were read whole before they go, by {@link placeOf}. */
function wholeIn(change: Change, before: Before | undefined): (readonly [string, Snapshot['values']])[] {
  if (change.kind !== 'merge' && change.kind !== 'archive') return [];
  const { objectType } = change;
  const whole = before === undefined ? [] : 'merged' in before ? before.merged : 'associated' in before ? [before] : [];
  return whole.map(({ id, values }) => [placeOf({ objectType, id }), values] as const);
}
