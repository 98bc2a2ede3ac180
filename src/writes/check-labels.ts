import { type AssociationType, type Crm, type ObjectType, UserError } from '../crm/index.ts';
import { fold } from '../crm/words.ts';
import type { CheckedRow } from './change.ts';
import { checkRows } from './check-rows.ts';
import { withoutUndefined } from './without-undefined.ts';

interface SaidPair {
  readonly fromObjectType: string;
  readonly toObjectType: string;
}

/** Source: developers.hubspot.com/docs/api-reference/latest/crm/associations/associations-schema/guide, compared 2026-11-22. */
const MOST_LABELS = 10;

/** Checks a new label for associations of two object types. */
export async function checkNewLabel(
  crm: Crm,
  said: SaidPair & {
    readonly label: string;
    readonly inverseLabel?: string | undefined;
    readonly name?: string | undefined;
  },
): Promise<CheckedRow[]> {
  const { from, to, labels } = await pairOf(crm, said);
  return checkRows([said], ({ label, inverseLabel, name = nameFor(label) }) => {
    if (labels.some((each) => fold(each.label ?? '') === fold(label))) {
      throw new UserError(
        'already_exists',
        `${from.plural} and ${to.plural} have the label ${JSON.stringify(label)} already.`,
      );
    }
    if (labels.filter((each) => each.category === 'USER_DEFINED').length >= MOST_LABELS) {
      throw new UserError(
        'limit_reached',
        `HubSpot takes ${MOST_LABELS} labels per pair of object types. Archive one first.`,
      );
    }
    if (!/^[a-z]\w*$/i.test(name)) {
      throw new UserError('invalid_name', 'name takes letters, digits and underscores, and starts with a letter.');
    }
    const input = { name, label, ...withoutUndefined({ inverseLabel }) };
    return { change: { kind: 'define', step: 'create_label', name: label, from, to, input } };
  });
}

/** Checks new words for a label; associations that carry it keep it. */
export async function checkLabelUpdate(
  crm: Crm,
  said: SaidPair & { readonly label: string; readonly newLabel: string; readonly newInverseLabel?: string | undefined },
): Promise<CheckedRow[]> {
  const { from, to } = await pairOf(crm, said);
  return checkRows([said], async ({ label, newLabel, newInverseLabel }) => {
    const { typeId } = await ownLabel(crm, from, to, label);
    const input = { label: newLabel, ...withoutUndefined({ inverseLabel: newInverseLabel }) };
    return { change: { kind: 'define', step: 'update_label', name: label, from, to, typeId, input } };
  });
}

/** Checks a label that is to be removed, from every pair that carries it. */
export async function checkLabelArchive(crm: Crm, said: SaidPair & { readonly label: string }): Promise<CheckedRow[]> {
  const { from, to } = await pairOf(crm, said);
  return checkRows([said], async ({ label }) => {
    const { typeId } = await ownLabel(crm, from, to, label);
    return { change: { kind: 'define', step: 'archive_label', name: label, from, to, typeId } };
  });
}

async function pairOf(crm: Crm, { fromObjectType, toObjectType }: SaidPair) {
  const from = await crm.objectTypes.resolve(fromObjectType);
  const to = await crm.objectTypes.resolve(toObjectType);
  return { from, to, labels: await crm.associationTypes.list(from, to) };
}

async function ownLabel(crm: Crm, from: ObjectType, to: ObjectType, said: string): Promise<AssociationType> {
  const [type] = await crm.associationTypes.resolve(from, to, said);
  if (type?.category === 'USER_DEFINED') return type;
  throw new UserError(
    'not_possible',
    `${JSON.stringify(said)} is HubSpot's own label and cannot be changed or archived.`,
  );
}

/** HubSpot's internal name for a label: no hyphen, no digit first. */
function nameFor(label: string): string {
  const name = fold(label)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  return /^[a-z]/.test(name) ? name : `label_${name}`;
}
