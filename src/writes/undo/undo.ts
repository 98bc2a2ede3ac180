/**
 * Takes back what calls wrote, field by field and newest first, as far as nobody has changed it since. The way back is a
 * plan like any other: checked, written down and sent through the same door, so that it can itself be taken back.
 */

import type { Crm, ObjectType } from '../../crm/index.ts';
import { UserError } from '../../crm/user-error.ts';
import type { CheckedRow, Plan, WriteArguments } from '../change.ts';
import { isRowError, settle } from '../check-rows.ts';
import type { Past } from '../past.ts';
import { recordName, UNREADABLE } from '../stored-change.ts';
import { asAllowed } from './as-allowed.ts';
import { chooseCalls } from './choose-calls.ts';
import { cannotUndo } from './conflict.ts';
import { FEW, MORE_OF_IT, MOST_IN_FULL } from './in-brief.ts';
import { type ReadDefinition, undoDefinition } from './undo-definitions.ts';
import { undoPairs } from './undo-pairs.ts';
import { type Rewinding, type Undone, undoRecords } from './undo-records.ts';
import { type LaterWrites, readLaterWrites, targetOf, unreadableIn, type Written, writtenBy } from './written.ts';

/** Which calls, as a tool is told of them; everything given must fit. */
export interface SaidUndo extends WriteArguments {
  /** A job's id stands for all the calls of its batches. */
  readonly callId?: string | undefined;
  /** Only calls of this session. */
  readonly session?: 'this' | undefined;
  readonly caller?: string | undefined;
  readonly tool?: string | undefined;
  /** ISO 8601; both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only what was done to records of this type. */
  readonly objectType?: string | undefined;
  /** Only what was done to this record: `contacts 101`. */
  readonly record?: string | undefined;
}

/** @throws UserError when nothing fits */
export async function planUndo(crm: Crm, past: Past, said: SaidUndo): Promise<Plan> {
  const type = said.objectType === undefined ? undefined : await crm.objectTypes.resolve(said.objectType);
  const { calls, older, underWay } = await chooseCalls(past, said, (call) =>
    writtenBy(call)
      .filter((written) => concerns(written, type, said.record))
      .toReversed(),
  );
  const chosen = calls.flatMap(({ written }) => written);
  const unreadable = calls.reduce((sum, { call }) => sum + unreadableIn(call), 0);
  if (chosen.length === 0 && unreadable === 0) {
    throw new UserError('nothing_to_undo', 'No call fits that changed anything. Nothing was sent.', {
      next: 'list_changes shows what was changed, with callIds.',
    });
  }
  const { writable, kept } = asAllowed(chosen, past);
  const many = chosen.length > MOST_IN_FULL;
  const touched = new Set(chosen.map(({ callId }) => callId));
  const oldest = Math.min(...calls.filter(({ call }) => touched.has(call.id)).map(({ call }) => call.at));
  return {
    tool: 'undo_changes',
    input: { ...said },
    undoes: [...touched],
    notes: [...(said.dryRun && many ? [MORE_OF_IT] : []), ...notesOn(older, underWay)],
    ...(many && { previewLines: FEW }),
    check: async () => {
      const later = await readLaterWrites(past.journal, writable, oldest);
      return [
        ...(await checkUndo(crm, past, writable, later)),
        ...kept,
        ...(unreadable > 0 ? [{ refused: cannotUndo(`${UNREADABLE} So it is with ${unreadable} rows.`) }] : []),
      ];
    },
  };
}

function notesOn(older: number | undefined, [underWay]: readonly string[]): string[] {
  return [
    ...(underWay === undefined ? [] : [`Call ${underWay} is still under way and is left as it is.`]),
    ...(older === undefined
      ? []
      : [
          `Older rows fit too and are left as they are: make the same call again with to: "${new Date(older).toISOString()}".`,
        ]),
  ];
}

function concerns({ change, id }: Written, type: ObjectType | undefined, record: string | undefined): boolean {
  const ends = 'from' in change && 'id' in change.from ? [change.from, change.to] : [];
  const types =
    ends.length > 0
      ? ends.map((end) => ('objectType' in end ? end.objectType.id : end.id))
      : 'objectType' in change
        ? [change.objectType.id]
        : [];
  if (type !== undefined && !types.includes(type.id)) return false;
  if (record === undefined) return true;
  const target = targetOf({ change, ...(id !== undefined && { id }) });
  return target === record || target.startsWith(`${record} `) || target.endsWith(` ${record}`);
}

/** One row for each record, pair or definition; what stands against more than one field of it follows at the end. */
async function checkUndo(
  crm: Crm,
  past: Past,
  chosen: readonly Written[],
  later: LaterWrites,
): Promise<readonly CheckedRow[]> {
  const rewinding: Rewinding = { crm, later, ownLink: ownLinks(chosen) };
  const targets = groupBy(chosen, targetOf);
  const groups = groupBy([...targets], ([, rows]) => groupOf(rows));
  const undone = new Map<string, Undone>();
  for (const group of groups.values()) {
    for (const [target, result] of await undoGroup(new Map(group), rewinding, (change) => past.definition(change)))
      undone.set(target, result);
  }
  leaveToArchiving(undone);
  const rest: CheckedRow[] = [];
  const first = [...targets.keys()].map((target): CheckedRow => {
    const { change, before, problems } = undone.get(target) ?? { problems: [] };
    const refused = problems.map((problem) => ({ refused: problem, id: target }));
    rest.push(...refused.slice(change === undefined ? 1 : 0));
    if (change !== undefined) return { change, ...(before && { before }) };
    return refused[0] ?? { unchanged: target, kept: {} };
  });
  return [...first, ...rest];
}

/** In order of first appearance. */
function groupBy<T>(all: readonly T[], keyOf: (each: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return groups;
}

/** Links that these rows made, or that go with a record that they made. */
function ownLinks(chosen: readonly Written[]): Rewinding['ownLink'] {
  const made = new Set(chosen.filter((written) => written.made).map(targetOf));
  const pairs = new Set(chosen.filter(({ change }) => change.kind === 'associate').map(targetOf));
  return (record, other) => made.has(other) || pairs.has(`${record} ${other}`) || pairs.has(`${other} ${record}`);
}

/** An archived record loses its associations by itself. */
function leaveToArchiving(undone: Map<string, Undone>): void {
  const archived = new Set(
    [...undone].filter(([, { change }]) => change?.kind === 'archive').map(([target]) => target),
  );
  for (const [target, { change, problems }] of undone) {
    if (change?.kind !== 'associate' && change?.kind !== 'dissociate') continue;
    if ([change.from, change.to].some((end) => archived.has(recordName(end.objectType.name, end.id)))) {
      undone.set(target, { problems });
    }
  }
}

function groupOf([row]: readonly Written[]): string {
  const change = row?.change;
  if (change === undefined) return '';
  if (change.kind === 'define') return 'definitions';
  if ('from' in change) return `${change.from.objectType.id} ${change.to.objectType.id}`;
  return change.objectType.id;
}

/** What a type's records, or its reader, stand against concerns all of the group and no other. */
async function undoGroup(
  targets: ReadonlyMap<string, readonly Written[]>,
  rewinding: Rewinding,
  definition: ReadDefinition,
): Promise<ReadonlyMap<string, Undone>> {
  const done = await settle(async () => {
    const change = [...targets.values()][0]?.[0]?.change;
    if (change === undefined) return new Map<string, Undone>();
    if (change.kind === 'associate' || change.kind === 'dissociate') return undoPairs(targets, rewinding);
    if (change.kind !== 'define') {
      return undoRecords(await rewinding.crm.objectTypes.resolve(change.objectType.id), targets, rewinding);
    }
    return undoDefinitions(targets, rewinding, definition);
  });
  if (!isRowError(done)) return done;
  return new Map([...targets.keys()].map((target) => [target, { problems: [cannotUndo(done.message)] }]));
}

async function undoDefinitions(
  targets: ReadonlyMap<string, readonly Written[]>,
  rewinding: Rewinding,
  definition: ReadDefinition,
): Promise<ReadonlyMap<string, Undone>> {
  const undone = new Map<string, Undone>();
  for (const [target, [newest, ...older]] of targets) {
    if (newest === undefined) continue;
    const result = await undoDefinition(newest, definition, rewinding);
    const left = older.map(({ callId }) =>
      cannotUndo(`Call ${callId} changed it before that; undo it by itself afterwards.`),
    );
    undone.set(target, { ...result, problems: [...result.problems, ...left] });
  }
  return undone;
}
