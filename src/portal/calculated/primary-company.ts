/** What a record says of its primary company. Source: HubSpot's default properties of contacts and deals. */

import type { Calculated } from './calculated.ts';

const COMPANIES = '0-2';

const properties: readonly { readonly property: string; readonly on: string }[] = [
  { property: 'associatedcompanyid', on: '0-1' },
  { property: 'hs_primary_associated_company', on: '0-3' },
];

/** Guess: a value that is written to `associatedcompanyid` is not kept, and links nothing. */
export const primaryCompany: readonly Calculated[] = properties.map(({ property, on }) => ({
  property,
  appliesTo: (type) => type.id === on,
  calculate: (store, type, record) => store.associations.primary({ typeId: type.id, id: record.id }, COMPANIES),
}));
