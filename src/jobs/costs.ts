/** How many HubSpot calls the check and the before-images of a batch take, tool by tool. */

import type { Crm, ObjectType, RecordRef } from '../crm/index.ts';
import { linkedTypes } from '../writes/before.ts';
import type { SaidPairs } from '../writes/check-associations.ts';
import type { SaidNewRecord } from '../writes/check-creates.ts';
import { isRowError, settle } from '../writes/check-rows.ts';
import type { SaidUpdate } from '../writes/check-updates.ts';
import type { BatchCost } from './estimate.ts';

type Properties = Readonly<Record<string, unknown>>;

export async function updateCost(
  crm: Crm,
  said: {
    readonly objectType: string;
    readonly records?: readonly SaidUpdate[] | undefined;
    readonly properties?: Properties | undefined;
    readonly onlyIfEmpty?: boolean | undefined;
  },
): Promise<BatchCost> {
  const type = await crm.objectTypes.resolve(said.objectType);
  const [first] = said.records ?? [];
  const looksUp = said.records?.some(({ id, expected }) => !isPlainId(id) || expected !== undefined) ?? false;
  const compares = said.onlyIfEmpty === true;
  const reads = compares || looksUp || (await dependsOnRecord(crm, type, said.properties ?? first?.properties ?? {}));
  // What is compared is what is about to change, and is not read twice.
  return { reads: reads ? 1 : 0, beforeImages: compares ? 0 : 1, onAssociations: 0 };
}

export async function archiveCost(crm: Crm, { objectType }: { readonly objectType: string }): Promise<BatchCost> {
  const links = linkedTypes(await crm.objectTypes.resolve(objectType)).length;
  return { reads: 1, beforeImages: 1 + links, onAssociations: links };
}

interface SaidLinks {
  readonly pairs?: SaidPairs['pairs'] | undefined;
  /** Of all matches of a search. */
  readonly to?: RecordRef | undefined;
}

export function associateCost(
  said: SaidLinks & {
    readonly labels?: readonly string[] | undefined;
    readonly replaceLabels?: boolean | undefined;
  },
): BatchCost {
  const labelled = said.labels?.length || said.pairs?.some(({ labels }) => labels?.length);
  // The labels that a pair keeps are read by the check, and are then the before-image.
  const known = Boolean(labelled) && said.replaceLabels !== true;
  return { reads: lookUps(said) + (known ? 1 : 0), beforeImages: known ? 0 : 1, onAssociations: 2 };
}

export function dissociateCost(said: SaidLinks): BatchCost {
  // As there, of every pair: one that has nothing to lose is left out.
  return { reads: lookUps(said) + 1, beforeImages: 0, onAssociations: 2 };
}

export function upsertCost(): BatchCost {
  return { reads: 0, beforeImages: 1, onAssociations: 0 };
}

export function createCost({ records }: { readonly records: readonly SaidNewRecord[] }): BatchCost {
  const refs = records.flatMap(({ associations = [] }) => associations.map(({ to }) => to));
  return { reads: refs.every(isPlainId) ? 0 : 1, beforeImages: 0, onAssociations: 0 };
}

function lookUps({ pairs = [], to }: SaidLinks): number {
  const ends = [pairs.map((pair) => pair.from), [...pairs.map((pair) => pair.to), ...(to === undefined ? [] : [to])]];
  return ends.filter((refs) => !refs.every(isPlainId)).length;
}

/** A stage said by its label is looked up in the pipeline of each record. */
async function dependsOnRecord(crm: Crm, type: ObjectType, properties: Properties): Promise<boolean> {
  const needs = await settle(() => crm.values.needs(type, properties));
  return !isRowError(needs) && needs.length > 0;
}

function isPlainId(ref: RecordRef): boolean {
  return typeof ref === 'string' && /^\d{1,20}$/.test(ref.trim());
}
