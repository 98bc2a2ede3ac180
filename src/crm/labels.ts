/** What the opaque ids in rows stand for: owners, pipelines and stages, each said once beside the rows. */

import type { Crm } from './index.ts';
import { ownerName } from './owners.ts';
import type { Cell } from './record-table.ts';
import type { ObjectType } from './types.ts';
import { fold } from './words.ts';

export interface LabelTable {
  readonly columns: string[];
  readonly rows: string[][];
}

/** An id, what it is called, and what tells it from another of that name. */
interface Name {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
}

/** @returns undefined when the rows hold no ids that need saying, or the token may not read what they stand for */
export async function labelsOf(
  crm: Crm,
  type: ObjectType,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<LabelTable | undefined> {
  const found: string[][] = [];
  for (const [at, property] of columns.entries()) {
    const ids = new Set(rows.map((row) => row[at]).filter((cell) => typeof cell === 'string'));
    const names = ids.size === 0 ? [] : await namesFor(crm, type, property, ids);
    for (const { id, label, hint } of names) {
      if (!ids.has(id) || letters(id) === letters(label)) continue;
      const namesake = names.some((other) => other.id !== id && other.label === label);
      found.push([property, id, namesake ? `${label} (${hint})` : label]);
    }
  }
  return found.length > 0 ? { columns: ['property', 'id', 'label'], rows: found } : undefined;
}

/** An id such as `closedwon` speaks for itself. */
const letters = (text: string) => fold(text).replaceAll(' ', '');

const ownerScope = 'crm.objects.owners.read';

async function namesFor(
  crm: Crm,
  type: ObjectType,
  property: string,
  ids: ReadonlySet<string>,
): Promise<readonly Name[]> {
  const { pipelineProperty, stageProperty } = type.pipeline ?? {};
  if (property === pipelineProperty)
    return (await crm.pipelines.of(type)).map(({ id, label }) => ({ id, label, hint: id }));
  if (property === stageProperty) {
    const pipelines = await crm.pipelines.of(type);
    return pipelines.flatMap(({ label: hint, stages }) => stages.map(({ id, label }) => ({ id, label, hint })));
  }
  if (property !== 'hubspot_owner_id' || crm.scopes.granted()?.has(ownerScope) === false) return [];
  const owners = await crm.owners.list();
  const known = new Set(owners.map(({ id }) => id));
  const gone = [...ids].every((id) => known.has(id)) ? [] : await crm.owners.list({ archived: true });
  return [
    ...owners.map((owner) => ({ id: owner.id, label: ownerName(owner), hint: owner.email ?? owner.id })),
    ...gone.map((owner) => ({
      id: owner.id,
      label: `${ownerName(owner)} (deactivated)`,
      hint: owner.email ?? owner.id,
    })),
  ];
}
