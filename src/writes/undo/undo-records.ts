/** Taking back what calls did to records. */

import type { Crm, HubSpotRecord, ObjectType } from '../../crm/index.ts';
import type { UserError } from '../../crm/user-error.ts';
import type { Change } from '../change.ts';
import { irreversibleNote } from '../irreversible.ts';
import { recordName } from '../stored-change.ts';
import { cannotUndo, changedSince, laterCall } from './conflict.ts';
import { type MadeRecord, readMade } from './made-records.ts';
import { type FieldRules, type Held, rewindValues, sameOf } from './rewind-values.ts';
import { unmergeable } from './unmergeable.ts';
import { type LaterWrites, targetOf, type Written } from './written.ts';

/** What is to be done about one record, pair or definition, and what is left as it is. */
export interface Undone {
  readonly change?: Change;
  /** The values as they are, of what the change sets. */
  readonly before?: Held;
  readonly problems: readonly UserError[];
}

export interface Rewinding {
  readonly crm: Crm;
  readonly later: LaterWrites;
  /** Whether the link of two records goes with what is taken back. */
  readonly ownLink: (record: string, other: string) => boolean;
}

/** @param targets rows by record, newest first, all of one type */
export async function undoRecords(
  type: ObjectType,
  targets: ReadonlyMap<string, readonly Written[]>,
  rewinding: Rewinding,
): Promise<ReadonlyMap<string, Undone>> {
  const { crm } = rewinding;
  const index = await crm.properties.of(type);
  const types = new Map(index.all.map((property) => [property.name, property.type]));
  const stages = index.all.find(({ name }) => name === STAGE)?.options?.map(({ value }) => value) ?? [];
  const rules: FieldRules = {
    objectType: type.name,
    same: (property, a, b) => sameOf(types.get(property))(a, b),
    later: rewinding.later,
  };
  const known = [...targets].flatMap(([target, rows]) => {
    const id = rows.find((row) => row.id !== undefined)?.id;
    return id === undefined ? [] : [{ target, id, rows }];
  });
  const made = known.filter(({ rows }) => rows.some((row) => row.made));
  const records = await readMade(
    crm,
    type,
    made.map(({ id }) => id),
  );
  const madeRecords = new Map(made.map(({ id }, place) => [id, records[place]]));
  const held = await readHeld(
    crm,
    type,
    known.filter(({ id }) => !madeRecords.has(id)),
  );
  const undone = new Map<string, Undone>();
  for (const { target, id, rows } of known) {
    const own = madeRecords.get(id);
    const record = own?.record ?? held.get(id);
    const merges = rows.filter(({ change }) => change.kind === 'merge');
    const undo = (): Undone => {
      if (merges.length > 0) return { problems: merges.map((merge) => unmergeable(merge, rows, index)) };
      if (record === undefined) return gone(target, rows, rewinding);
      if (record.id !== id) return { problems: [mergedSince(target, record.id, type)] };
      return undoRecord({ type, id, rows, values: record.properties, own, stages }, rules, rewinding);
    };
    undone.set(target, undo());
  }
  for (const [target] of targets) {
    if (undone.has(target)) continue;
    const problem = cannotUndo(
      'No answer said whether this record was made, so there is nothing certain to take back.',
    );
    undone.set(target, { problems: [problem] });
  }
  return undone;
}

async function readHeld(
  crm: Crm,
  type: ObjectType,
  known: readonly { readonly id: string; readonly rows: readonly Written[] }[],
): Promise<ReadonlyMap<string, HubSpotRecord>> {
  if (known.length === 0) return new Map();
  const properties = [...new Set(known.flatMap(({ rows }) => rows.flatMap(({ values }) => Object.keys(values))))];
  const ids = known.map(({ id }) => id);
  const read = await crm.records.read(type, ids, { properties });
  const held = new Map<string, HubSpotRecord>();
  for (const [place, row] of read.entries()) {
    if (row.outcome === 'applied') held.set(ids[place] ?? '', row.value);
    else if (row.error.code !== 'not_found') throw row.error;
  }
  return held;
}

/** What the record that it lives on in holds is not this one's alone, and archiving it would take the other one along. */
function mergedSince(target: string, into: string, { name }: ObjectType): UserError {
  return cannotUndo(`${target} was merged into ${recordName(name, into)} since. It stays as it is.`);
}

/** A record that is not there any more. What made it is undone already; what changed it cannot be. */
function gone(target: string, rows: readonly Written[], { later }: Rewinding): Undone {
  const archive = rows.find(({ change }) => change.kind === 'archive');
  if (archive !== undefined)
    return { problems: [cannotUndo(`${target} was archived.`, irreversibleNote(archive.change))] };
  if (rows.some(({ made }) => made)) return { problems: [] };
  const [newest] = rows;
  const again = newest && later(target, newest);
  return {
    problems: [
      again === undefined
        ? cannotUndo(`${target} is not there any more.`)
        : laterCall(again, `${target} was archived by a later call.`),
    ],
  };
}

interface OneRecord {
  readonly type: ObjectType;
  readonly id: string;
  readonly rows: readonly Written[];
  readonly values: Held;
  readonly own: MadeRecord | undefined;
  /** Lifecycle stages in their order. */
  readonly stages: readonly string[];
}

const STAGE = 'lifecyclestage';

/** HubSpot lets a lifecycle stage only go forward, and says nothing when it ignores one. */
function goesBack(properties: Held, held: Held, stages: readonly string[]): boolean {
  const [next, now] = [properties[STAGE] ?? '', held[STAGE] ?? ''];
  return next !== '' && now !== '' && stages.indexOf(next) < stages.indexOf(now);
}

function undoRecord(
  { type, id, rows, values, own, stages }: OneRecord,
  rules: FieldRules,
  rewinding: Rewinding,
): Undone {
  const making = rows.find(({ made }) => made);
  const setting = rows.filter((row) => !row.made && row.change.kind !== 'archive');
  const rewound = rewindValues(setting, values, rules);
  const change: Change | undefined =
    Object.keys(rewound.properties).length === 0
      ? undefined
      : {
          kind: 'update',
          objectType: type,
          id,
          properties: rewound.properties,
          ...(goesBack(rewound.properties, values, stages) && { clearFirst: [STAGE] }),
        };
  const update: Undone = { ...(change !== undefined && { change, before: values }), problems: rewound.conflicts };
  if (making === undefined) return update;
  // It was archived before, and a person has restored it.
  if (rewinding.later(targetOf(making), making)?.undoes.includes(making.callId)) return update;
  const objection = stillAsMade(making, rewound, { id, values, own }, rules, rewinding);
  if (objection !== undefined) return { ...update, problems: [...rewound.conflicts, objection] };
  return { change: { kind: 'archive', objectType: type, id }, problems: [] };
}

/** What stands against archiving a record because a call made it; undefined when nobody did anything with it since. */
function stillAsMade(
  making: Written,
  rewound: ReturnType<typeof rewindValues>,
  { id, values, own }: Pick<OneRecord, 'id' | 'values' | 'own'>,
  { same, objectType }: FieldRules,
  { later, ownLink }: Rewinding,
): UserError | undefined {
  const now = (name: string) => rewound.values.get(name) ?? (rewound.values.has(name) ? null : (values[name] ?? null));
  const changed = Object.entries(making.values)
    .filter(([name, value]) => rewound.left.has(name) || !same(name, value, now(name)))
    .map(([name]) => name);
  const added = (own?.setLater ?? []).filter((name) => !(name in making.values) && (now(name) ?? '') !== '');
  const kept = new Set(
    making.change.kind === 'create'
      ? making.change.associations.map(({ to }) => recordName(to.objectType.name, to.id))
      : [],
  );
  const linked = (own?.linked ?? []).filter((name) => !kept.has(name) && !ownLink(targetOf(making), name));
  const fields = [...changed, ...added];
  const [first] = fields.flatMap((name) => later(`${objectType} ${id} ${name}`, making) ?? []);
  const what = [...fields.slice(0, 10), ...linked.slice(0, 10).map((name) => `linked with ${name}`)].join(', ');
  if (first !== undefined)
    return laterCall(first, `${targetOf(making)} was changed by a later call since it was made (${what}).`);
  if (what !== '')
    return changedSince(`${targetOf(making)} was changed since it was made (${what}), so it is not archived.`);
  return undefined;
}
