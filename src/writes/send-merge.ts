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

/** Both records are looked up first: nothing is merged that is not what was planned any more. */
export async function sendMerge(
  hubspot: HubSpot,
  change: MergeChange,
  options: CallOptions,
  clock: Clock,
): Promise<Sent> {
  for (const wait of [...LOCKED_MS, undefined]) {
    const found = await settle(() => lookUp(hubspot, change, options));
    if (found instanceof HubSpotError) return unread(change, found);
    if (found instanceof Error) throw found;
    const { survivor, loser } = found;
    if (survivor.id === loser.id) {
      return { index: 0, outcome: 'applied', value: { cells: mergedCells(change, survivor.id), echo: survivor } };
    }
    const strange = changed(change, survivor, loser);
    if (strange !== undefined) return objection(strange);
    const merged = await settle(() => hubspot.objects.merge(change.objectType.id, survivor.id, loser.id, options));
    if (!(merged instanceof Error))
      return asMerged(change, merged.id, await verified(hubspot, change, merged.id, options, clock));
    const isLocked = merged instanceof HubSpotError && merged.code === 'locked';
    if (!isLocked || wait === undefined || !(await hasTime(wait, options, clock))) throw merged;
  }
  throw new Error('The last try was not the last.');
}

/** On 423 HubSpot has done nothing and asks for at least two seconds: both are looked up again before it is asked again. */
const LOCKED_MS = [2_000, 4_000];

/** Waits, where the time is there for it and for a look after it. */
async function hasTime(wait: number, { deadlineAt = Number.POSITIVE_INFINITY, signal }: CallOptions, clock: Clock) {
  if (signal?.aborted || clock.elapsed() + wait + LOOK_MS > deadlineAt) return false;
  // A caller that goes away is seen by what follows.
  await sleep(clock, wait, signal).catch(() => undefined);
  return true;
}

function unread(change: MergeChange, error: HubSpotError): Sent {
  if (error.code === 'not_found') {
    return objection(`${change.objectType.singular} ${change.id} or ${change.loser} is not there any more.`);
  }
  return { index: 0, outcome: 'not_sent', error: error.sent === 'no' ? error : error.with({ sent: 'no' }) };
}

function asMerged(change: MergeChange, id: string, echo: HubSpotRecord | undefined): Sent {
  const cells = mergedCells(change, id);
  const value = echo === undefined ? { cells: { ...cells, verified: false } } : { cells, echo };
  return { index: 0, outcome: 'applied', value };
}

/** Under their own ids or those that they live on in. */
export async function lookUp(
  { objects }: HubSpot,
  { objectType, id, now = id, loser, held, expected }: MergeChange,
  options: CallOptions,
): Promise<{ readonly survivor: HubSpotRecord; readonly loser: HubSpotRecord }> {
  const properties = [...new Set([...Object.keys(held), ...Object.keys(expected)])];
  const [one, other] = await Promise.all(
    [now, loser].map((each) => objects.get(objectType.id, each, { properties }, options)),
  );
  if (one === undefined || other === undefined) throw new Error('Two records were asked for.');
  return { survivor: one, loser: other };
}

export function mergedCells({ objectType, id: survivor, loser }: MergeChange, id: string) {
  return { objectType: objectType.name, id, survivor, merged: loser };
}

/** What stands against it now, one sentence; undefined when all is as planned. */
function changed(change: MergeChange, survivor: HubSpotRecord, loser: HubSpotRecord): string | undefined {
  const { now = change.id } = change;
  if (loser.id !== change.loser) return `${change.loser} was merged into ${loser.id} since this was planned.`;
  // What it has become holds what nobody has looked at.
  if (survivor.id !== now) return `${now} was merged into ${survivor.id} since this was planned.`;
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
  let last: HubSpotRecord | undefined;
  for (const wait of [0, ...PATIENCE_MS]) {
    if (wait > 0 && !(await hasTime(wait, options, clock))) break;
    const read = await settle(() => objects.get(change.objectType.id, id, { properties }, options));
    if (read instanceof Error) continue;
    last = read;
    if (differences(0, change, read).length === 0) break;
  }
  return last;
}
