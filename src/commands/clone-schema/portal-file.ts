/** An account's definitions in the form that `portal --seed FILE.json` loads. */

import type { Owner, Property } from '../../hubspot/index.ts';
import { labelPairs } from '../definitions/label-pairs.ts';
import type { Definitions, LabelDefinitions, TypeDefinitions } from '../definitions/read.ts';

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

function labelsOf(found: LabelDefinitions): Record<string, unknown>[] {
  return labelPairs(found).map(({ label, inverse }) => ({
    fromObjectType: found.from.name,
    toObjectType: found.to.name,
    category: label.category,
    typeId: label.typeId,
    label: label.label,
    inverseTypeId: inverse.typeId,
    inverseLabel: inverse.label,
  }));
}
