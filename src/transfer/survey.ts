/** What an import would do, before it begins: every row is judged by itself, and some, or all, by what HubSpot holds. */

import type { Random } from '../clock.ts';
import type { Crm, ObjectType } from '../crm/index.ts';
import { inFull } from '../crm/say-once.ts';
import { HubSpotError } from '../hubspot/index.ts';
import { type Estimate, estimateOf } from '../jobs/estimate.ts';
import type { Json } from '../journal/journal.ts';
import type { CheckedRow, Plan } from '../writes/change.ts';
import { settle } from '../writes/check-rows.ts';
import type { Writes } from '../writes/index.ts';
import { type ImportInput, importKind, toWire, wantedOf } from './import-kind.ts';
import { type ImportItem, itemsOf, keyOf, loadItem } from './item.ts';
import type { Mapping } from './mapping.ts';
import type { Source } from './source.ts';

export interface Refused {
  readonly row: number;
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** One value that would be written. `before` is absent of a record that is not there yet. */
export interface Difference {
  readonly row: number;
  readonly key: string;
  readonly property: string;
  readonly before?: string;
  readonly after: string;
}

export interface Judged {
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Which properties tell their records apart. */
  readonly keys: ReadonlySet<string>;
}

export interface Survey {
  readonly rows: number;
  /** What certainly cannot be written, whatever HubSpot holds. */
  readonly refused: number;
  /** The first of them. */
  readonly refusals: readonly Refused[];
  /** Rows that could be written by what they hold: all of them when they are few, otherwise a fair sample. */
  readonly sample: readonly ImportItem[];
  /** The sample, as its items are stored. */
  readonly stored: readonly Json[];
}

/** So many rows are looked up in HubSpot for a preview: ten calls. */
const SAMPLE = 1_000;
const SHOWN = 10;

/** Reads the whole source once, and nothing of HubSpot but definitions. */
export async function surveyOf(
  source: Source,
  mapping: Mapping,
  type: ObjectType,
  { crm, random, onBytes }: { readonly crm: Crm; readonly random: Random; readonly onBytes: (read: number) => void },
): Promise<Survey> {
  const sample: Json[] = [];
  const refusals: Refused[] = [];
  let rows = 0;
  let fine = 0;
  for await (const json of itemsOf(source, mapping, onBytes)) {
    rows += 1;
    const item = loadItem(mapping, json);
    const against = await objectionTo(crm, type, mapping, item);
    if (against !== undefined) {
      if (refusals.length < SHOWN) refusals.push({ row: item.row, key: keyOf(mapping, item)?.value ?? '', ...against });
      continue;
    }
    fine += 1;
    // Every row has the same chance to stay, however many there will be.
    const place = fine <= SAMPLE ? sample.length : Math.floor(random.float() * fine);
    if (place < SAMPLE) sample[place] = json;
  }
  return {
    rows,
    refused: rows - fine,
    refusals,
    sample: sample.map((json) => loadItem(mapping, json)),
    stored: sample,
  };
}

async function objectionTo(crm: Crm, type: ObjectType, mapping: Mapping, item: ImportItem) {
  const found = await settle(async () => {
    const { said } = await wantedOf(crm, type, mapping, item);
    // A stage that several pipelines have is judged with its record.
    const needs = type.pipeline === undefined ? [] : await crm.values.needs(type, said);
    const { [type.pipeline?.stageProperty ?? '']: _stage, ...rest } = said;
    await toWire(crm, type, needs.length > 0 ? rest : said);
  });
  if (!(found instanceof Error)) return undefined;
  // What HubSpot did not answer is no row's fault.
  if (found instanceof HubSpotError) throw found;
  return { code: found.code, message: found.message };
}

/** Looks items up in HubSpot and judges them as the import itself would, policy included. It only reads; the plan it gives has been checked. */
export async function judgeBatch(
  items: readonly Json[],
  input: ImportInput,
  { crm, writes }: { readonly crm: Crm; readonly writes: Writes },
) {
  const { mapping } = input;
  const plan = planOf(crm, input, items);
  const checked = await plan.check();
  const report = await writes.run({ ...plan, input: { ...plan.input, dryRun: true }, check: async () => checked });
  const against = new Map(inFull(report.failed).map((row) => [row.index, row]));
  const rows = items.map((json, index) => {
    const item = loadItem(mapping, json);
    const { property, value: key = '' } = keyOf(mapping, item) ?? {};
    const failed = against.get(index);
    const row = checked[index];
    return {
      item,
      key,
      property,
      outcome: failed === undefined && row !== undefined ? outcomeOf(row) : ('refused' as const),
      ...(failed !== undefined && { code: failed.code, message: failed.message }),
      differences: row === undefined ? [] : differencesOf(row, item.row, key),
    };
  });
  return { rows, plan: { ...plan, check: async () => checked } };
}

function planOf(crm: Crm, { mapping, file, sha256 }: ImportInput, items: readonly Json[]): Plan {
  const { $schema: _, ...rest } = mapping;
  return importKind.nextBatch(crm, { mapping: JSON.parse(JSON.stringify(rest)), file, sha256 }, items);
}

function outcomeOf(row: CheckedRow): 'new' | 'changed' | 'unchanged' | 'refused' {
  if ('refused' in row) return 'refused';
  if ('unchanged' in row) return 'unchanged';
  return row.change.kind === 'upsert' ? 'new' : 'changed';
}

function differencesOf(row: CheckedRow, number: number, key: string): readonly Difference[] {
  if (!('change' in row) || !('properties' in row.change)) return [];
  return Object.entries(row.change.properties).map(([property, after]) => ({
    row: number,
    key,
    property,
    ...(row.before !== undefined && { before: row.before[property] ?? '' }),
    after,
  }));
}

/** What the import costs, if the rest of the rows are as those that were judged. */
export async function costOf(crm: Crm, mapping: Mapping, judged: Judged, rows: number): Promise<Estimate> {
  const histories = Object.values(mapping.properties).some(({ wins }) => wins === 'newest');
  const keys = judged.keys.size;
  // One request for the records that are there and one for those that are not.
  const writes = (judged.new > 0 ? 1 : 0) + (judged.changed > 0 ? 1 : 0);
  return estimateOf(
    crm,
    { reads: histories ? 2 * keys : keys, beforeImages: 0, writes, onAssociations: 0 },
    { rows, searched: false },
  );
}
