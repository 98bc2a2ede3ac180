import type { Crm, ObjectType } from '../crm/index.ts';
import { HubSpotError } from '../hubspot/index.ts';
import type { CheckedRow } from './change.ts';

/**
 * For a dry run: refuses creates that HubSpot would refuse because a record has their e-mail or other unique value. The
 * real call leaves this to HubSpot, which alone can do it without a race.
 */
export async function refuseTakenValues(
  crm: Crm,
  type: ObjectType,
  checked: readonly CheckedRow[],
): Promise<CheckedRow[]> {
  const taken = new Map<CheckedRow, HubSpotError>();
  for (const property of await uniqueProperties(crm, type)) {
    const rows = checked.flatMap((row) => {
      const value = 'change' in row && row.change.kind === 'create' ? row.change.properties[property] : undefined;
      return value === undefined ? [] : [{ row, value }];
    });
    if (rows.length === 0) continue;
    const refs = rows.map(({ value }) => ({ idProperty: property, value }));
    const found = await crm.records.read(type, refs, { properties: [property] });
    for (const [place, { row, value }] of rows.entries()) {
      const holder = found[place];
      if (holder?.outcome === 'applied') taken.set(row, conflict(type, property, value, holder.value.id));
    }
  }
  return checked.map((row) => {
    const refused = taken.get(row);
    return refused === undefined ? row : { refused };
  });
}

async function uniqueProperties(crm: Crm, type: ObjectType): Promise<readonly string[]> {
  const { all } = await crm.properties.of(type);
  const custom = all.filter(({ name, hasUniqueValue }) => hasUniqueValue === true && name !== 'hs_object_id');
  return [...new Set([...(type.name === 'contacts' ? ['email'] : []), ...custom.map(({ name }) => name)])];
}

function conflict(type: ObjectType, property: string, value: string, existingId: string): HubSpotError {
  const message = `${type.singular} ${existingId} has ${property} ${JSON.stringify(value)} already.`;
  return new HubSpotError(message, { code: 'conflict', sent: 'no', retryable: false, existingId });
}
