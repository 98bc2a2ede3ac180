/** What the opaque ids in rows stand for: owners, pipelines and stages, each said once beside the rows. */

import type { Crm } from './index.ts';
import { ownerName } from './owners.ts';
import type { Cell } from './record-table.ts';
import type { ObjectType } from './types.ts';

export interface LabelTable {
  readonly columns: string[];
  readonly rows: string[][];
}

/** @returns undefined when the rows hold no such ids, or the token may not read what they stand for */
export async function labelsOf(
  crm: Crm,
  type: ObjectType,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<LabelTable | undefined> {
  const found: string[][] = [];
  for (const [at, property] of columns.entries()) {
    const ids = new Set(rows.map((row) => row[at]).filter((cell) => typeof cell === 'string'));
    if (ids.size === 0) continue;
    const names = await namesFor(crm, type, property, ids);
    for (const id of ids) {
      const label = names?.get(id);
      if (label !== undefined && label !== id) found.push([property, id, label]);
    }
  }
  return found.length > 0 ? { columns: ['property', 'id', 'label'], rows: found } : undefined;
}

const ownerScopes = ['crm.objects.owners.read'];

async function namesFor(
  crm: Crm,
  type: ObjectType,
  property: string,
  ids: ReadonlySet<string>,
): Promise<Map<string, string> | undefined> {
  const { pipelineProperty, stageProperty } = type.pipeline ?? {};
  if (property === pipelineProperty) return new Map((await crm.pipelines.of(type)).map(({ id, label }) => [id, label]));
  if (property === stageProperty) {
    return new Map((await crm.pipelines.of(type)).flatMap(({ stages }) => stages.map(({ id, label }) => [id, label])));
  }
  if (property !== 'hubspot_owner_id') return undefined;
  const granted = crm.scopes.granted();
  if (granted && !ownerScopes.some((scope) => granted.has(scope))) return undefined;
  const names = new Map((await crm.owners.list()).map((owner) => [owner.id, ownerName(owner)]));
  if ([...ids].every((id) => names.has(id))) return names;
  for (const owner of await crm.owners.list({ archived: true }))
    names.set(owner.id, `${ownerName(owner)} (deactivated)`);
  return names;
}
