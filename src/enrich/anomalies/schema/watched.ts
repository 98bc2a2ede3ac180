/** The properties that the checks of a portal's schema look at. */

import { type Column, isEmptyAt, type Table } from '../../table.ts';
import { creationProperties, sourceProperties } from '../series/creation.ts';
import type { PortalData, PropertyFacts } from '../types.ts';

/** Of HubSpot's own only what people and forms fill; of a portal's own all that is not calculated. */
const own: Readonly<Record<string, readonly string[]>> = {
  contacts: [
    'email',
    'firstname',
    'lastname',
    'phone',
    'mobilephone',
    'company',
    'jobtitle',
    'city',
    'zip',
    'country',
    'website',
    'message',
    'lifecyclestage',
    'hs_lead_status',
    'hubspot_owner_id',
    'hs_legal_basis',
    'industry',
    'salutation',
  ],
  companies: [
    'name',
    'domain',
    'phone',
    'city',
    'zip',
    'country',
    'industry',
    'type',
    'numberofemployees',
    'annualrevenue',
    'description',
    'lifecyclestage',
    'hubspot_owner_id',
  ],
  deals: [
    'dealname',
    'amount',
    'closedate',
    'dealtype',
    'hs_priority',
    'hs_next_step',
    'description',
    'closed_lost_reason',
    'closed_won_reason',
    'hubspot_owner_id',
  ],
  tickets: [
    'subject',
    'content',
    'hs_ticket_priority',
    'hs_ticket_category',
    'source_type',
    'hs_resolution',
    'hubspot_owner_id',
  ],
};

const isWatched = (objectType: string, { name, calculated, hubspotDefined }: PropertyFacts): boolean =>
  !calculated && (!hubspotDefined || (own[objectType]?.includes(name) ?? false));

/** For `reads`: the watched properties of every type, and those by which records are told apart in time. */
export function watchedNames({ properties }: Pick<PortalData, 'properties'>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.keys(own).map((objectType) => [
      objectType,
      [
        ...[...(properties.get(objectType)?.values() ?? [])]
          .filter((facts) => isWatched(objectType, facts))
          .map(({ name }) => name),
        ...creationProperties,
        ...sourceProperties,
      ],
    ]),
  );
}

export interface Watched {
  readonly table: Table;
  readonly facts: PropertyFacts;
  readonly column: Column;
}

/** Every watched property that the data holds, in the definitions' order. */
export function watched(data: PortalData, holds: (facts: PropertyFacts) => boolean = () => true): Watched[] {
  return Object.keys(own).flatMap((objectType) => {
    const table = data.tables.get(objectType);
    if (table === undefined) return [];
    return [...(data.properties.get(objectType)?.values() ?? [])].flatMap((facts) => {
      const column = table.columns.get(facts.name);
      return column !== undefined && isWatched(objectType, facts) && holds(facts) ? [{ table, facts, column }] : [];
    });
  });
}

export function filledIn(column: Column, rows: number): number {
  let filled = 0;
  for (let row = 0; row < rows; row++) if (!isEmptyAt(column, row)) filled++;
  return filled;
}
