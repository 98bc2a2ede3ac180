/** One merge: looked at once more, sent, and looked at again. */

import { type Clock, sleep } from '../clock.ts';
import { type CallOptions, type HubSpot, HubSpotError, type HubSpotRecord } from '../hubspot/index.ts';
import type { MergeChange, Values } from './change.ts';
import { settle } from './check-rows.ts';
import { differences, sameValue } from './same-value.ts';
import type { Sent } from './send.ts';

/** HubSpot may need a moment until a merged record shows all its values: what differs is read again after so long. */
const PATIENCE_MS = [500, 1_500, 3_000];
/** What a look takes at most, so that one is not begun that cannot end. */
const LOOK_MS = 1_000;

/**
 * Both records are looked up first: an earlier merge of the same call may have given the one that stays a new id, which
 * alone HubSpot may take; and nothing is merged that is not what was planned any more.
 */
export async function sendMerge(
  hubspot: HubSpot,
  change: MergeChange,
  options: CallOptions,
  clock: Clock,
): Promise<Sent> {
  const found = await settle(() => lookUp(hubspot, change, options));
  if (found instanceof HubSpotError) {
    return found.code === 'not_found'
      ? objection(`${change.objectType.singular} ${change.id} or ${change.loser} is not there any more.`)
      : { index: 0, outcome: 'not_sent', error: found.sent === 'no' ? found : found.with({ sent: 'no' }) };
  }
  if (found instanceof Error) throw found;
  const { survivor, loser } = found;
  if (survivor.id === loser.id) {
    return { index: 0, outcome: 'applied', value: { cells: mergedCells(change, survivor.id), echo: survivor } };
  }
  const strange = changed(change, survivor, loser);
  if (strange !== undefined) return objection(strange);
  const merged = await hubspot.objects.merge(change.objectType.id, survivor.id, loser.id, options);
  const echo = await verified(hubspot, change, merged.id, options, clock);
  const cells = mergedCells(change, merged.id);
  return {
    index: 0,
    outcome: 'applied',
    value: echo === undefined ? { cells: { ...cells, verified: false } } : { cells, echo },
  };
}

/** Under their own ids or those that they live on in. */
export async function lookUp(
  { objects }: HubSpot,
  { objectType, id, loser, held, expected }: MergeChange,
  options: CallOptions,
): Promise<{ readonly survivor: HubSpotRecord; readonly loser: HubSpotRecord }> {
  const properties = [...new Set([...Object.keys(held), ...Object.keys(expected)])];
  const [one, other] = await Promise.all(
    [id, loser].map((each) => objects.get(objectType.id, each, { properties }, options)),
  );
  if (one === undefined || other === undefined) throw new Error('Two records were asked for.');
  return { survivor: one, loser: other };
}

export function mergedCells({ objectType, id: survivor, loser }: MergeChange, id: string) {
  return { objectType: objectType.name, id, survivor, merged: loser };
}

/** What stands against it now, one sentence; undefined when all is as planned. */
function changed(change: MergeChange, survivor: HubSpotRecord, loser: HubSpotRecord): string | undefined {
  if (loser.id !== change.loser) return `${change.loser} was merged into ${loser.id} since this was planned.`;
  const before = Object.entries(change.expected).filter(([name]) => !change.brought.includes(name));
  const own = other(Object.fromEntries(before), survivor);
  if (own !== undefined) return `${own} of ${change.id} is not as planned.`;
  const theirs = other(change.held, loser);
  return theirs === undefined ? undefined : `${theirs} of ${change.loser} was changed since this was planned.`;
}

/** The first property that is not what it should be. */
function other(wanted: Values, { properties }: HubSpotRecord): string | undefined {
  return Object.entries(wanted).find(([name, value]) => !sameValue(value, properties[name] ?? null))?.[0];
}

function objection(what: string): Sent {
  const message = `Not merged: ${what}`;
  return {
    index: 0,
    outcome: 'not_sent',
    error: new HubSpotError(message, { code: 'conflict', sent: 'no', retryable: false }),
  };
}

/** The merged record, as soon as it has every value that was planned, else as it is in the end; undefined when it cannot be read. */
async function verified(
  { objects }: HubSpot,
  change: MergeChange,
  id: string,
  options: CallOptions,
  clock: Clock,
): Promise<HubSpotRecord | undefined> {
  const properties = Object.keys(change.expected);
  const { deadlineAt = Number.POSITIVE_INFINITY, signal } = options;
  let last: HubSpotRecord | undefined;
  for (const wait of [0, ...PATIENCE_MS]) {
    if (wait > 0) {
      if (signal?.aborted || clock.elapsed() + wait + LOOK_MS > deadlineAt) break;
      // A caller that goes away is seen above.
      await sleep(clock, wait, signal).catch(() => undefined);
    }
    const read = await settle(() => objects.get(change.objectType.id, id, { properties }, options));
    if (read instanceof Error) continue;
    last = read;
    if (differences(0, change, read).length === 0) break;
  }
  return last;
}
