/** Two records as they are before they become one: nothing else will be left of the one that goes. */

import { isReadOnly } from '../crm/values.ts';
import { type CallOptions, type HubSpot, HubSpotError } from '../hubspot/index.ts';
import type { Image, ReadyRow, Snapshot } from './before.ts';
import { settle } from './check-rows.ts';

/** What tells who a record is, and can be linked again by hand. */
export const LINKED: readonly string[] =
  'contacts companies deals tickets leads line_items quotes notes calls emails meetings tasks'.split(' ');

/** @param group merges of one object type. A row whose records could not be read whole is refused. */
export async function readMerged(
  hubspot: HubSpot,
  group: readonly ReadyRow[],
  options: CallOptions,
): Promise<Iterable<readonly [number, Image]>> {
  const merges = group.flatMap(({ index, row }) => (row.change.kind === 'merge' ? [{ index, ...row.change }] : []));
  const [first] = merges;
  if (first === undefined) return [];
  const ids = [...new Set(merges.flatMap(({ id, loser }) => [id, loser]))];
  const found = await settle(() => snapshots(hubspot, first.objectType.id, ids, options));
  if (found instanceof HubSpotError) return merges.map(({ index }) => [index, { refused: unread(found) }]);
  if (found instanceof Error) throw found;
  return merges.map(({ index, id, loser }) => {
    const merged = [id, loser].map((each) => found.get(each));
    const failed = merged.find((each) => each instanceof HubSpotError);
    if (failed !== undefined) return [index, { refused: unread(failed) }];
    const whole = merged.flatMap((each) => (each === undefined || each instanceof HubSpotError ? [] : [each]));
    return [index, { before: { merged: whole } }];
  });
}

async function snapshots(
  hubspot: HubSpot,
  type: string,
  ids: readonly string[],
  options: CallOptions,
): Promise<ReadonlyMap<string, Snapshot | HubSpotError>> {
  const defined = await hubspot.properties.list(type, {}, options);
  const settable = new Set(defined.filter((property) => !isReadOnly(property)).map(({ name }) => name));
  const properties = defined.map(({ name }) => name);
  const [records, links] = await Promise.all([
    hubspot.objects.batchRead(type, ids, { properties }, options),
    readLinks(hubspot, type, ids, options),
  ]);
  return new Map(
    ids.map((id, place): [string, Snapshot | HubSpotError] => {
      const row = records[place];
      if (row === undefined) throw new Error(`Record ${id} was not read.`);
      if (row.outcome !== 'applied') return [id, row.error];
      const held = Object.entries(row.value.properties).filter(([, value]) => value !== null && value !== '');
      const values = Object.fromEntries(held.filter(([name]) => settable.has(name)));
      const readOnly = Object.fromEntries(held.filter(([name]) => !settable.has(name)));
      return [id, { id, values, readOnly, associated: links.get(id) ?? {} }];
    }),
  );
}

/** What the two types have in common, or the token may see, only HubSpot knows: the rest is no link. */
async function readLinks(
  { associations }: HubSpot,
  type: string,
  ids: readonly string[],
  options: CallOptions,
): Promise<ReadonlyMap<string, Record<string, string[]>>> {
  const links = new Map<string, Record<string, string[]>>(ids.map((id) => [id, {}]));
  const all = await Promise.all(
    LINKED.map(async (name) => ({
      name,
      rows: await settle(() => associations.batchRead(type, name, ids, {}, options)),
    })),
  );
  for (const { name, rows } of all) {
    if (rows instanceof HubSpotError && !NO_LINKS.has(rows.code)) throw rows;
    if (rows instanceof Error) continue;
    for (const [place, row] of rows.entries()) {
      const linked = links.get(ids[place] ?? '');
      if (linked === undefined) continue;
      if (row.outcome === 'applied') {
        if (row.value.to.length > 0) linked[name] = row.value.to.map(({ toObjectId }) => toObjectId);
      } else if (!NO_LINKS.has(row.error.code)) throw row.error;
    }
  }
  return links;
}

const NO_LINKS: ReadonlySet<string> = new Set(
  'not_found validation invalid_argument unsupported conflict missing_scope forbidden'.split(' '),
);

function unread(error: HubSpotError): HubSpotError {
  const { code, retryable, retryAfterMs, missingScopes } = error;
  return new HubSpotError(
    `The records could not be read whole, so nothing was merged: of what is merged, only what was read before is left. ${error.message}`,
    {
      code,
      sent: 'no',
      retryable: retryable || code === 'deadline',
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(missingScopes !== undefined && { missingScopes }),
    },
  );
}
