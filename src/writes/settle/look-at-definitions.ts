/** Definitions: what has a name is looked up by it. */

import { type CallOptions, type HubSpot, HubSpotError } from '../../hubspot/index.ts';
import { definitionBefore } from '../definition-before.ts';
import type { DefinitionChange } from '../definition-change.ts';
import type { Cells } from '../describe.ts';
import type { Doubt, Looking, Verdict, Verdicts } from './verdict.ts';

export async function lookAtDefinitions(
  doubts: readonly Doubt<DefinitionChange>[],
  { hubspot, options }: Looking,
): Promise<Verdicts> {
  const verdicts = new Map<number, Verdict>();
  for (const { index, change } of doubts) verdicts.set(index, await lookAt(change, hubspot, options));
  return verdicts;
}

async function lookAt(change: DefinitionChange, hubspot: HubSpot, options: CallOptions): Promise<Verdict> {
  if (change.step.startsWith('update_')) return { is: 'absent' };
  const there = await known(() =>
    change.step.startsWith('archive_') ? definitionBefore(hubspot, change, options) : made(hubspot, change, options),
  );
  if (change.step.startsWith('archive_')) {
    const gone = there === undefined || there['archived'] === true;
    return gone ? { is: 'applied', cells: { done: change.step, name: change.name } } : { is: 'absent' };
  }
  if (there !== undefined) return { is: 'applied', cells: { done: change.step, name: change.name, ...idOf(there) } };
  return { is: NAMED.has(change.step) ? 'absent' : 'unknown' };
}

/** HubSpot makes no second one of the same name. Guess: of pipelines, stages and links of schemas it may. */
const NAMED: ReadonlySet<string> = new Set(['create_group', 'create_property', 'create_label', 'create_schema']);

async function made(
  { properties, pipelines, associations, schemas }: HubSpot,
  change: DefinitionChange,
  options: CallOptions,
): Promise<object | undefined> {
  switch (change.step) {
    case 'create_group':
      return (await properties.groups(change.objectType.id, options)).find(({ name }) => name === change.name);
    case 'create_property':
      return properties.get(change.objectType.id, change.name, options);
    case 'create_pipeline':
      return (await pipelines.list(change.objectType.id, options)).find(({ label }) => label === change.input.label);
    case 'create_stage': {
      const pipeline = (await pipelines.list(change.objectType.id, options)).find(({ id }) => id === change.pipelineId);
      return pipeline?.stages.find(({ label }) => label === change.input.label);
    }
    case 'create_label': {
      const labels = await associations.labels(change.from.id, change.to.id, options);
      return labels.find(({ label }) => label === change.input.label);
    }
    case 'create_schema':
      return (await schemas.list({}, options)).find(({ name }) => name === change.input.name);
    case 'associate_schema': {
      const links = (await schemas.get(change.objectType.id, options)).associations ?? [];
      return links.find(({ toObjectTypeId }) => toObjectTypeId === change.to.id);
    }
    default:
      return undefined;
  }
}

async function known(read: () => Promise<object | undefined>): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const found = await read();
    return found && { ...found };
  } catch (error) {
    if (error instanceof HubSpotError && error.code === 'not_found') return undefined;
    throw error;
  }
}

function idOf({ objectTypeId, id, typeId }: Readonly<Record<string, unknown>>): Cells {
  const known = objectTypeId ?? id ?? typeId;
  return typeof known === 'string' || typeof known === 'number' ? { id: String(known) } : {};
}
