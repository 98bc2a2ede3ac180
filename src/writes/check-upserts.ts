import { type Crm, type ObjectType, type PropertyIndex, UserError } from '../crm/index.ts';
import { isReadOnly } from '../crm/values.ts';
import type { CheckedRow } from './change.ts';
import { checkRows, refuseRepeats, writableType } from './check-rows.ts';

export interface SaidUpserts {
  readonly objectType: string;
  readonly idProperty: string;
  readonly records: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  readonly dryRun?: boolean | undefined;
}

/**
 * Checks records of one type that are to be updated where a record has the same value of `idProperty`, else created.
 * The value goes along in `properties` too: HubSpot documents that with `email` no partial upsert is supported.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis, compared 2026-11-22.
 * Guess: a row that carries its `email` among its properties is what HubSpot calls complete.
 */
export async function checkUpserts(crm: Crm, said: SaidUpserts): Promise<CheckedRow[]> {
  const type = await writableType(crm, said.objectType, 'create');
  const index = await crm.properties.of(type);
  const idProperty = uniqueProperty(type, index, said.idProperty);
  const refuseRepeat = refuseRepeats();
  const checked = await checkRows(said.records, async ({ properties }, place) => {
    const wire = await crm.values.toWire(type, properties);
    const value = wire[idProperty];
    if (value === undefined || value === '') {
      throw new UserError('missing_key', `This row has no ${idProperty}, which is the key of this upsert.`, {
        property: idProperty,
      });
    }
    refuseRepeat(idProperty === 'email' ? value.toLowerCase() : value, place);
    return { change: { kind: 'upsert', objectType: type, idProperty, value, properties: wire } };
  });
  return said.dryRun ? withCurrentValues(crm, type, checked) : checked;
}

/** The name of a property by which records are told apart. Throws UserError `not_unique`. */
export function uniqueProperty(type: ObjectType, index: PropertyIndex, said: string): string {
  const { name, hasUniqueValue } = index.get(said);
  const unique = (property: { name: string; hasUniqueValue?: boolean }) =>
    (property.hasUniqueValue === true && property.name !== 'hs_object_id') ||
    (type.name === 'contacts' && property.name === 'email');
  if (unique({ name, hasUniqueValue: hasUniqueValue === true })) return name;
  // A row has to write its key too.
  const allowed = index.all.filter((property) => unique(property) && !isReadOnly(property)).map(({ name: key }) => key);
  throw new UserError(
    'not_unique',
    `${name} is not a unique property of ${type.plural}, so it cannot be the key of an upsert.`,
    {
      property: name,
      allowed,
      next:
        allowed.length > 0
          ? `Use idProperty ${allowed.join(' or ')}, or find the records and use update_records.`
          : 'Find the records with search_records, then use update_records and create_records.',
    },
  );
}

/** Says for a dry run which rows would update a record, and what it holds now. */
async function withCurrentValues(crm: Crm, type: ObjectType, checked: readonly CheckedRow[]): Promise<CheckedRow[]> {
  const upserts = checked.flatMap((row) => ('change' in row && row.change.kind === 'upsert' ? [row.change] : []));
  const properties = [...new Set(upserts.flatMap((change) => Object.keys(change.properties)))];
  const refs = upserts.map(({ idProperty, value }) => ({ idProperty, value }));
  const rows = refs.length === 0 ? [] : await crm.records.read(type, refs, { properties });
  const found = new Map(upserts.map((change, place) => [change, rows[place]]));
  return checked.map((row) => {
    if (!('change' in row) || row.change.kind !== 'upsert') return row;
    const current = found.get(row.change);
    return current?.outcome === 'applied' ? { ...row, before: current.value.properties } : row;
  });
}
