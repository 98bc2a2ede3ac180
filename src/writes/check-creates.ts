import { type Crm, type ObjectType, type RecordRef, UserError } from '../crm/index.ts';
import type { CheckedRow } from './change.ts';
import { checkRows, writableType } from './check-rows.ts';
import { findRecords } from './find-records.ts';
import { refuseTakenValues } from './refuse-taken-values.ts';

/** A record to associate with, as a tool is told of it. */
export interface SaidAssociation {
  readonly toObjectType: string;
  readonly to: RecordRef;
  readonly labels?: readonly string[] | undefined;
}

/** A record to be made, as a tool is told of it. */
export interface SaidNewRecord {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly associations?: readonly SaidAssociation[] | undefined;
}

/** Checks records of one type that are to be made together with their associations. */
export async function checkCreates(
  crm: Crm,
  said: {
    readonly objectType: string;
    readonly records: readonly SaidNewRecord[];
    readonly dryRun?: boolean | undefined;
  },
): Promise<CheckedRow[]> {
  const type = await writableType(crm, said.objectType, 'create');
  await crm.properties.of(type);
  const associate = await findAssociations(crm, said.records, said.dryRun);
  const checked = await checkRows(said.records, (record) => checkCreate(crm, type, record, associate));
  return said.dryRun ? refuseTakenValues(crm, type, checked) : checked;
}

/** Makes of one said record the change that creates it. */
export async function checkCreate(
  crm: Crm,
  type: ObjectType,
  { properties, associations = [] }: SaidNewRecord,
  associate: Associate,
): Promise<CheckedRow> {
  const wire = await crm.values.toWire(type, properties);
  const given = Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== ''));
  if (Object.keys(given).length === 0) {
    throw new UserError('nothing_to_write', 'This row gives no property a value.', {
      next: `list_properties of ${type.name} names the properties.`,
    });
  }
  const links = [];
  for (const each of associations) links.push(await associate(type, each));
  return { change: { kind: 'create', objectType: type, properties: given, associations: links } };
}

/** Turns a said association of a record of type `from` into record id and association types, or throws why not. */
export type Associate = (
  from: ObjectType,
  said: SaidAssociation,
) => Promise<{
  readonly to: { readonly objectType: ObjectType; readonly id: string };
  readonly types: Awaited<ReturnType<Crm['associationTypes']['resolve']>>;
}>;

/** Looks up every record that the rows are to be associated with, all rows at once. */
export async function findAssociations(
  crm: Crm,
  rows: readonly Pick<SaidNewRecord, 'associations'>[],
  verify: boolean | undefined,
): Promise<Associate> {
  const targets = rows.flatMap((row) => row.associations ?? []);
  const find = await findRecords(crm, targets.map(asRecord), verify);
  return async (from, said) => {
    const to = find(asRecord(said));
    return { to, types: await crm.associationTypes.resolve(from, to.objectType, said.labels) };
  };
}

function asRecord({ toObjectType, to }: SaidAssociation): { objectType: string; ref: RecordRef } {
  return { objectType: toObjectType, ref: to };
}
