/** An account's definitions in the form that `portal --seed FILE.json` loads. */

import type { AssociationLabel, Owner, Property } from '../../hubspot/index.ts';
import { type Definitions, isOwn, type LabelDefinitions, type TypeDefinitions } from '../definitions/read.ts';

export interface Choices {
  /** Owners without their names and addresses; their ids stay, since records hold them. */
  readonly anonymizeOwners: boolean;
}

export function portalFileOf(definitions: Definitions, { anonymizeOwners }: Choices): Record<string, unknown> {
  const { account, owners, schemas, types, labels } = definitions;
  const read = new Set(types.map(({ type }) => type.id));
  const byType = <T>(entries: (found: TypeDefinitions) => readonly T[]) =>
    Object.fromEntries(
      types.map((found) => [found.type.name, entries(found)] as const).filter(([, all]) => all.length > 0),
    );
  return {
    ...(account && { account: accountOf(account) }),
    owners: anonymizeOwners ? owners.map(anonymous) : owners,
    schemas: schemas
      .filter(({ objectTypeId }) => read.has(objectTypeId))
      .map(({ properties: _properties, associations: _associations, ...schema }) => schema),
    propertyGroups: byType(({ groups }) => groups),
    properties: byType(({ properties }) => properties.map(withoutPeople)),
    pipelines: byType(({ pipelines }) => pipelines),
    associationLabels: labels.flatMap(labelsOf),
  };
}

function accountOf({
  portalId,
  accountType,
  timeZone,
  companyCurrency,
  additionalCurrencies = [],
  uiDomain,
  dataHostingLocation,
}: NonNullable<Definitions['account']>) {
  return { portalId, accountType, timeZone, companyCurrency, additionalCurrencies, uiDomain, dataHostingLocation };
}

function anonymous(owner: Owner, i: number): Owner {
  const number = i + 1;
  return { ...owner, email: `owner-${number}@example.com`, firstName: 'Owner', lastName: String(number) };
}

/** Who made a definition is nobody's business elsewhere. */
function withoutPeople(property: Property): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(property).filter(([name]) => name !== 'createdUserId' && name !== 'updatedUserId'),
  );
}

/**
 * HubSpot lists both directions and does not say which label is the other side of which.
 * Guess: their ids follow each other, as they are made together; failing that they have the same words.
 */
function labelsOf({ from, to, forward, backward }: LabelDefinitions): Record<string, unknown>[] {
  const left = backward.filter(isOwn);
  const told = new Set<number>();
  return forward.filter(isOwn).flatMap((label) => {
    if (from.id === to.id && told.has(label.typeId)) return [];
    const others = left.filter(({ typeId }) => from.id !== to.id || typeId !== label.typeId);
    const inverse =
      others.find(({ typeId }) => typeId === label.typeId + 1) ??
      others.find(({ typeId }) => typeId === label.typeId - 1) ??
      (from.id === to.id ? undefined : others.find((other) => other.label === label.label)) ??
      label;
    const at = left.indexOf(inverse);
    if (at >= 0) left.splice(at, 1);
    told.add(inverse.typeId);
    return [entry(from.name, to.name, label, inverse)];
  });
}

function entry(fromObjectType: string, toObjectType: string, label: AssociationLabel, inverse: AssociationLabel) {
  return {
    fromObjectType,
    toObjectType,
    category: label.category,
    typeId: label.typeId,
    label: label.label,
    inverseTypeId: inverse.typeId,
    inverseLabel: inverse.label,
  };
}
