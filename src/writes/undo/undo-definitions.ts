/** Taking back what calls did to definitions: what was made is archived, what was changed is patched back. */

import * as z from 'zod';
import type { Crm } from '../../crm/index.ts';
import type { UserError } from '../../crm/user-error.ts';
import type { Definition } from '../definition-before.ts';
import type { DefinitionChange } from '../definition-change.ts';
import { irreversibleNote } from '../irreversible.ts';
import { loadChange, storeChange } from '../stored-change.ts';
import { cannotUndo, changedSince, laterCall } from './conflict.ts';
import type { Rewinding, Undone } from './undo-records.ts';
import { placesOf, type Written } from './written.ts';

/** A definition as it is now; undefined when it is not there. */
export type ReadDefinition = (change: DefinitionChange) => Promise<Definition | undefined>;

/** Each row for itself: definitions change seldom, and each has its own request. */
export async function undoDefinition(written: Written, read: ReadDefinition, rewinding: Rewinding): Promise<Undone> {
  const { change } = written;
  if (change.kind !== 'define') return { problems: [] };
  const [place = ''] = placesOf(written);
  const again = rewinding.later(place, written);
  if (again?.undoes.includes(written.callId)) return { problems: [] };
  if (again !== undefined) return { problems: [laterCall(again, `A later call changed ${change.name}.`)] };
  const note = irreversibleNote(change);
  if (note !== undefined)
    return { problems: [cannotUndo(`${change.step} ${change.name} cannot be taken back.`, note)] };
  return change.step.startsWith('create_')
    ? unmake(written, change, read, rewinding.crm)
    : patchBack(written, change, read);
}

async function unmake(written: Written, change: DefinitionChange, read: ReadDefinition, crm: Crm): Promise<Undone> {
  const archive = await archiveOf(written, change, crm);
  const now = archive && (await read(archive));
  if (archive === undefined || now === undefined) return { problems: [] };
  const input = 'input' in change ? definition.parse(JSON.parse(JSON.stringify(change.input))) : {};
  const changed = Object.keys(input).filter((name) => name in now && !same(input[name], now[name]));
  const problem =
    changed.length > 0
      ? changedSince(`${change.name} was changed since it was made (${changed.join(', ')}).`)
      : await inUse(change, crm);
  return problem === undefined ? { change: archive, problems: [] } : { problems: [problem] };
}

/** Archiving a property takes its values along. */
async function inUse(change: DefinitionChange, crm: Crm): Promise<UserError | undefined> {
  if (change.step !== 'create_property' || !change.objectType.can.search) return undefined;
  const filters = [{ propertyName: change.name, operator: 'HAS_PROPERTY' as const }];
  const count = await crm.records.count(change.objectType, { filterGroups: [{ filters }] });
  if (count === 0) return undefined;
  return changedSince(
    `${count} ${change.objectType.plural} have a value of ${change.name}, which archiving it would take away.`,
  );
}

async function archiveOf(
  { cells }: Written,
  change: DefinitionChange,
  crm: Crm,
): Promise<DefinitionChange | undefined> {
  const { name } = change;
  const id = String(cells['id'] ?? '');
  switch (change.step) {
    case 'create_group':
      return { kind: 'define', step: 'archive_group', name, objectType: change.objectType };
    case 'create_property':
      return { kind: 'define', step: 'archive_property', name, objectType: change.objectType };
    case 'create_pipeline':
      return { kind: 'define', step: 'archive_pipeline', name, objectType: change.objectType, pipelineId: id };
    case 'create_stage': {
      const { objectType, pipelineId } = change;
      return { kind: 'define', step: 'archive_stage', name, objectType, pipelineId, stageId: id };
    }
    case 'create_label': {
      const { from, to } = change;
      const type = (await crm.associationTypes.list(from, to)).find(({ label }) => label === name);
      return type && { kind: 'define', step: 'archive_label', name, from, to, typeId: type.typeId };
    }
    case 'create_schema':
      return { kind: 'define', step: 'archive_schema', name, objectType: await crm.objectTypes.resolve(id) };
    default:
      return undefined;
  }
}

const definition = z.record(z.string(), z.json());
const stored = z.object({ v: z.number(), change: z.record(z.string(), z.json()) });

async function patchBack(written: Written, change: DefinitionChange, read: ReadDefinition): Promise<Undone> {
  const { before } = written;
  const now = await read(change);
  if (now === undefined) return { problems: [cannotUndo(`${change.name} is not there any more.`)] };
  if (before === undefined || !('definition' in before) || !('input' in change)) {
    return { problems: [cannotUndo(`What ${change.name} was before is not known.`)] };
  }
  const { definition: was } = before;
  const input = definition.parse(JSON.parse(JSON.stringify(change.input)));
  const problems: UserError[] = [];
  const patch: Record<string, z.output<typeof definition>[string]> = {};
  for (const [name, asked] of Object.entries(input)) {
    const held = now[name];
    const restore = was[name] ?? '';
    if (!(name in now) && !(name in was)) {
      problems.push(cannotUndo(`HubSpot does not tell what ${name} of ${change.name} was.`));
    } else if (same(asked, held)) {
      if (!same(restore, held)) patch[name] = restore;
    } else if (!same(restore, held ?? '')) {
      problems.push(changedSince(`${name} of ${change.name} was changed since the call.`));
    }
  }
  if (Object.keys(patch).length === 0) return { problems };
  // A label is always patched together with its name.
  const { v, change: kept } = stored.parse(storeChange(change));
  const back = loadChange({ v, change: { ...kept, input: patch } });
  return { ...(back !== undefined && { change: back }), problems };
}

type Part = z.output<typeof definition>[string] | undefined;

/** HubSpot adds to what it is given: what was asked for must be there. */
function same(asked: Part, found: Part): boolean {
  if (Array.isArray(asked)) {
    return (
      Array.isArray(found) && asked.length === found.length && asked.every((each, place) => same(each, found[place]))
    );
  }
  if (found === null || found === undefined) return asked === null || asked === undefined || asked === '';
  if (typeof asked === 'object' && asked !== null) {
    if (typeof found !== 'object' || Array.isArray(found)) return false;
    return Object.entries(asked).every(([name, value]) => same(value, found[name]));
  }
  return typeof found !== 'object' && String(asked ?? '') === String(found ?? '');
}
