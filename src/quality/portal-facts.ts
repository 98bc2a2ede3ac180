/** What a portal consists of besides records, as checks want it told. */

import { type Crm, type ObjectType, type PropertyIndex, UserError } from '../crm/index.ts';
import type { OwnerFacts, PipelineFacts, PropertyFacts } from '../enrich/anomalies/types.ts';
import { HubSpotError, type Owner, type Pipeline, type Property } from '../hubspot/index.ts';

/** What HubSpot calls sensitive is sent to no model in any form, and no values are proposed for it. */
export function mayLeave({ dataSensitivity = 'non_sensitive' }: Property): boolean {
  return dataSensitivity === 'non_sensitive';
}

/** Definitions of what may be seen in full. */
export function propertyFacts(index: PropertyIndex): ReadonlyMap<string, PropertyFacts> {
  const seen = index.all.filter(({ restricted, archived }) => restricted !== 'mask' && archived !== true);
  return new Map(seen.map((property) => [property.name, factsOf(property)]));
}

function factsOf(property: Property): PropertyFacts {
  const { name, label, type, fieldType, calculated = false, hubspotDefined = false, options, updatedAt } = property;
  const at = updatedAt === undefined ? Number.NaN : Date.parse(updatedAt);
  return {
    name,
    label,
    type,
    fieldType,
    calculated,
    hubspotDefined,
    options: options.map((option) => ({ value: option.value, label: option.label, hidden: option.hidden ?? false })),
    ...(Number.isNaN(at) ? {} : { updatedAt: at }),
  };
}

export async function ownerFacts(crm: Crm): Promise<readonly OwnerFacts[]> {
  const [active, archived] = await Promise.all([
    crm.owners.list().then((all) => all.filter((owner) => !owner.archived)),
    crm.owners.list({ archived: true }).then((all) => all.filter((owner) => owner.archived)),
  ]);
  return [...active, ...archived].map(({ id, email = '', archived: gone }: Owner) => ({ id, email, archived: gone }));
}

export async function pipelineFacts(crm: Crm, type: ObjectType): Promise<readonly PipelineFacts[]> {
  return type.pipeline === undefined ? [] : (await crm.pipelines.of(type)).map(pipelineOf);
}

function pipelineOf({ id, label, stages }: Pipeline): PipelineFacts {
  return {
    id,
    label,
    stages: stages.map(({ id: stage, label: name, displayOrder, metadata }) => {
      const probability = Number(metadata['probability'] ?? Number.NaN);
      return {
        id: stage,
        label: name,
        order: displayOrder,
        closed: metadata['isClosed'] === 'true' || metadata['ticketState'] === 'CLOSED',
        ...(Number.isNaN(probability) ? {} : { probability }),
      };
    }),
  };
}

const NOT_READABLE = new Set(['missing_scope', 'unknown_object_type', 'not_possible', 'no_key', 'property_masked']);

/**
 * Undefined where the portal does not have it, or the token may not read it: a check that needs it is then not run, and
 * says so.
 */
export async function ifReadable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const unreadable =
      (error instanceof HubSpotError &&
        ['missing_scope', 'forbidden', 'not_found', 'unsupported'].includes(error.code)) ||
      (error instanceof UserError && NOT_READABLE.has(error.code));
    if (unreadable) return undefined;
    throw error;
  }
}
