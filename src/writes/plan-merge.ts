/** Merging as a tool asks for it: a plan that writes nothing, and the same plan carried out, step by step. */

import { UserError } from '../crm/index.ts';
import { cutText } from '../crm/record-table.ts';
import { type KeptBeside, keptBeside, listedAfter } from '../enrich/merge/kept-beside.ts';
import type { FieldChoice, MergePlan, RecordNow } from '../enrich/merge/types.ts';
import type { CheckedRow, MergeChange, Plan, Values, WriteArguments } from './change.ts';
import { MAX_TEXT } from './describe.ts';
import { type MergeParts, type ReadMerge, readMerge, type SaidMerge } from './read-merge.ts';
import type { Snapshot } from './record-snapshot.ts';
import type { WriteReport } from './report.ts';

/** What a tool shows of a plan; every sentence is a note. */
export interface ShownMerge {
  readonly objectType: string;
  readonly survivor: string;
  readonly losers: string[];
  readonly columns: string[];
  readonly rows: (string | boolean | null)[][];
  /** So many properties are the same in all records, or only the survivor has them. */
  readonly unchanged: number;
  /** Those that differ, and that this server does not let be written. */
  readonly leftAlone?: string[];
  /** Of which somebody said that they are two, and why. */
  readonly apart?: { pair: string; by: string; at: string; reason: string | null }[];
  /** Absent when it must not be carried out. */
  readonly digest?: string;
  readonly notes: string[];
}

export async function showMerge(parts: MergeParts, said: SaidMerge): Promise<ShownMerge> {
  const { plan, properties, notes } = await readMerge(parts, said);
  const { survivor, losers, fields, same, leftAlone, refusals, apart, digest } = plan;
  const shown = fields.filter((field) => !isUncontested(field, survivor));
  const kept = leftAlone.filter((name) => properties.some((each) => each.name === name && !each.hubspots));
  const hubspots = leftAlone.length - kept.length;
  const open = fields.filter(({ needsHuman }) => needsHuman).map(({ property }) => property);
  return {
    objectType: plan.objectType,
    survivor,
    losers: [...losers],
    columns: ['property', 'keep', 'from', 'rule', 'loses', 'ask'],
    rows: shown.map(lineOf),
    unchanged: same.length + fields.length - shown.length,
    ...(kept.length > 0 && { leftAlone: kept }),
    ...(apart.length > 0 && {
      apart: apart.map(({ ids: [a, b], by, at, reason = null }) => ({
        pair: `${a}:${b}`,
        by,
        at: new Date(at).toISOString(),
        reason,
      })),
    }),
    ...(refusals.length === 0 && { digest }),
    notes: [
      ...refusals.map((refusal) => `Refused: ${refusal}`),
      `${survivor} stays: ${plan.survivorReasons.join('; ')}.`,
      ...(open.length > 0 ? [`A person has to decide: ${open.join(', ')}. Say it with fields.`] : []),
      ...(kept.length > 0 ? ['leftAlone differ and may not be written here, so HubSpot decides.'] : []),
      ...(hubspots > 0
        ? [
            `${hubspots} ${hubspots === 1 ? 'property differs' : 'properties differ'} that HubSpot alone sets: it decides.`,
          ]
        : []),
      ...plan.sideEffects,
      ...notes,
    ],
  };
}

/** Only the survivor has a value, and keeps it. */
function isUncontested({ from, loses, needsHuman, contested }: FieldChoice, survivor: string): boolean {
  return !contested && loses.length === 0 && !needsHuman && from.includes(survivor);
}

function lineOf({ property, keep, from, rule, loses, needsHuman }: FieldChoice): (string | boolean | null)[] {
  const lost = loses.map(({ id, value }) => `${id}: ${cutText(value, MAX_TEXT)}`).join(' | ');
  return [property, cutText(keep, MAX_TEXT), from.join('+'), rule, lost === '' ? null : lost, needsHuman || null];
}

export interface SaidMergeWrite extends SaidMerge, WriteArguments {
  readonly digest: string;
}

/**
 * First what the survivor lacks, then one merge after the other. Everything is read and planned anew, and must come out as
 * the caller has seen it.
 */
export function planMergeWrite(parts: MergeParts, said: SaidMergeWrite): Plan {
  return {
    tool: 'merge_records',
    input: { ...said },
    whole: true,
    check: async () => {
      const read = await readMerge(parts, said);
      const { plan } = read;
      if (plan.refusals.length > 0) {
        throw new UserError('cannot_merge', `${plan.refusals.join(' ')} Nothing was sent.`, {
          next: 'Merge others, or ask the person.',
        });
      }
      if (plan.digest !== said.digest) {
        throw new UserError(
          'plan_changed',
          'The records are not as they were when this digest was made, or it was made for another call. Nothing was sent.',
          { next: 'plan_merge again with the same arguments, look at what changed, and pass the new digest.' },
        );
      }
      return stepsOf(read);
    },
  };
}

function stepsOf({ type, plan, records, properties }: ReadMerge): readonly CheckedRow[] {
  const { survivor, fields, losers } = plan;
  const settable = new Set(properties.filter(({ writable }) => writable).map(({ name }) => name));
  const [own, ...others] = [survivor, ...losers].map((id) => {
    const record = records.find((each) => each.id === id);
    if (record === undefined) throw new Error(`${id} was not read.`);
    return record;
  });
  if (own === undefined) throw new Error('There is no survivor.');
  const written = fields.filter(({ write }) => write);
  const patch: CheckedRow[] =
    written.length === 0
      ? []
      : [
          {
            change: {
              kind: 'update',
              objectType: type,
              id: survivor,
              properties: valuesOf(written, ({ keep }) => keep),
            },
            before: { hs_object_id: survivor, ...valuesOf(written, ({ property }) => own.properties[property] ?? '') },
          },
        ];
  // What they agree on now must not be lost unseen either.
  const agreed = plan.same.filter((name) => settable.has(name));
  const beside = verifiable(keptBeside[type.name], properties);
  const merges = others.map((loser, place): CheckedRow => {
    const planned = mergeChange(type, plan, agreed, own, loser, losers.slice(0, place));
    const change = beside === undefined ? planned : withBeside(planned, beside, own, others.slice(0, place), loser);
    return { change, merged: [own, loser].map((record) => snapshotOf(record, settable)) };
  });
  return [...patch, ...merges];
}

/**
 * @param agreed properties in which the records are the same
 * @param merged those that are part of the survivor by then
 */
function mergeChange(
  objectType: MergeChange['objectType'],
  { survivor, fields }: MergePlan,
  agreed: readonly string[],
  own: RecordNow,
  loser: RecordNow,
  merged: readonly string[],
): MergeChange {
  const known = new Set([survivor, ...merged]);
  const there = ({ write, from }: FieldChoice) => write || from.some((id) => known.has(id));
  const reached = fields.filter((field) => there(field) || field.from.includes(loser.id));
  const sameOf = ({ properties }: RecordNow) =>
    Object.fromEntries(agreed.map((name) => [name, properties[name] ?? '']));
  return {
    kind: 'merge',
    objectType,
    id: survivor,
    loser: loser.id,
    held: { ...sameOf(loser), ...valuesOf(fields, ({ property }) => loser.properties[property] ?? '') },
    expected: { ...sameOf(own), ...valuesOf(reached, ({ keep }) => keep) },
    brought: reached.filter((field) => !there(field)).map(({ property }) => property),
    lost: fields.filter(({ loses }) => loses.some(({ id }) => id === loser.id)).map(({ property }) => property),
    undecided: fields.filter(({ needsHuman }) => needsHuman).map(({ property }) => property),
  };
}

/** Undefined where it is not seen as it is. */
function verifiable(beside: KeptBeside | undefined, properties: ReadMerge['properties']): KeptBeside | undefined {
  const seen = (name: string) => properties.some((property) => property.name === name && property.masked !== true);
  return beside !== undefined && seen(beside.property) && seen(beside.list) ? beside : undefined;
}

/** With what HubSpot is to keep beside, of all that are part of the survivor then. */
function withBeside(
  change: MergeChange,
  beside: KeptBeside,
  own: RecordNow,
  merged: readonly RecordNow[],
  loser: RecordNow,
): MergeChange {
  const { property, list } = beside;
  const kept = change.expected[property];
  if (kept === undefined) return change;
  const then = change.brought.includes(property) ? own.properties : { ...own.properties, [property]: kept };
  const listed = listedAfter(
    beside,
    then,
    [...merged, loser].map(({ properties }) => properties),
    kept,
  );
  if (listed === '') return change;
  return {
    ...change,
    held: { ...change.held, [list]: loser.properties[list] ?? '' },
    expected: { ...change.expected, [list]: `;${listed}` },
    brought: [...change.brought, list],
  };
}

function valuesOf(fields: readonly FieldChoice[], value: (field: FieldChoice) => string): Values {
  return Object.fromEntries(fields.map((field) => [field.property, value(field)]));
}

function snapshotOf({ id, properties, associations }: RecordNow, settable: ReadonlySet<string>): Snapshot {
  const held = Object.entries(properties).filter(([, value]) => value !== null && value !== '');
  return {
    id,
    values: Object.fromEntries(held.filter(([name]) => settable.has(name))),
    readOnly: Object.fromEntries(held.filter(([name]) => !settable.has(name))),
    associated: Object.fromEntries(Object.entries(associations).map(([type, ids]) => [type, [...ids]])),
  };
}

/** The ids under which a record is found only as a part of another: what was merged, and what the record that stayed was called. */
export function goneIn({ columns, rows }: Pick<WriteReport, 'columns' | 'rows'>): string[] {
  const cell = (row: WriteReport['rows'][number], column: string) => row[columns.indexOf(column)];
  const merges = rows.filter((row) => typeof cell(row, 'merged') === 'string');
  const ids = merges.flatMap((row) => ['merged', 'survivor', 'id'].map((column) => String(cell(row, column))));
  const now = String(merges.map((row) => cell(row, 'id')).at(-1));
  return [...new Set(ids)].filter((id) => id !== now);
}
