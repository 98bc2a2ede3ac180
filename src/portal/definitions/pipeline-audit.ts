/**
 * Saves pipelines, and keeps a book of what changed in them and their stages.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/pipelines/guide, compared 2026-11-22: all changes, deletions
 * included, newest first.
 * Guess: the words of the actions; that stages which were only moved are not told.
 */

import type { Pipeline, PipelineAudit, PipelineStage } from '../facts/definitions.ts';
import type { Call } from '../route.ts';
import { PORTAL } from '../store/store.ts';

/** Newest first. */
export function auditOf(call: Call, typeId: string, of: 'pipeline' | 'stage', id: string): PipelineAudit[] {
  return (call.store.pipelineAudits.get(typeId, `${of}/${id}`) ?? []).toReversed();
}

/** Puts, changes or, without `after`, deletes a pipeline. */
export function savePipeline(
  call: Call,
  typeId: string,
  before: Pipeline | undefined,
  after: Pipeline | undefined,
): void {
  const id = (after ?? before)?.id ?? '';
  if (after) call.store.pipelines.put(typeId, id, after);
  else call.store.pipelines.delete(typeId, id);
  if (!before || !after || before.label !== after.label || before.displayOrder !== after.displayOrder) {
    note(call, typeId, 'pipeline', before, after);
  }
  const old = new Map(before?.stages.map((stage) => [stage.id, stage]));
  for (const stage of after?.stages ?? []) {
    const known = old.get(stage.id);
    old.delete(stage.id);
    if (!known || !sameStage(known, stage)) note(call, typeId, 'stage', known, stage);
  }
  for (const stage of old.values()) note(call, typeId, 'stage', stage, undefined);
}

function sameStage(one: PipelineStage, other: PipelineStage): boolean {
  return one.label === other.label && JSON.stringify(one.metadata) === JSON.stringify(other.metadata);
}

function note(
  call: Call,
  typeId: string,
  of: 'pipeline' | 'stage',
  before: { readonly id: string } | undefined,
  after: { readonly id: string } | undefined,
): void {
  const { pipelineAudits, account } = call.store;
  const identifier = (after ?? before)?.id ?? '';
  const entry: PipelineAudit = {
    action: before ? (after ? 'UPDATE' : 'DELETE') : 'CREATE',
    portalId: account.get(PORTAL, 'account')?.portalId ?? 0,
    identifier,
    timestamp: new Date(call.now).toISOString(),
    rawObject: after ?? before,
  };
  const name = `${of}/${identifier}`;
  pipelineAudits.put(typeId, name, [...(pipelineAudits.get(typeId, name) ?? []), entry]);
}
