/** What a record says of its primary company. Source: HubSpot's default properties of contacts, deals and tickets. */

import { type Calculation, on } from './calculated.ts';

const COMPANIES = '0-2';

const properties: readonly { readonly property: string; readonly on: string }[] = [
  { property: 'associatedcompanyid', on: '0-1' },
  { property: 'hs_primary_associated_company', on: '0-3' },
];

/** Guess: a value that is written to `associatedcompanyid` is not kept, and links nothing. */
export const primaryCompany: readonly Calculation[] = properties.map(({ property, on: typeId }) => ({
  appliesTo: on(typeId),
  calculate: (subject) => ({ [property]: subject.primary(COMPANIES) }),
}));

/** Guess: `hs_primary_company` holds the name, like `hs_primary_company_name`. */
export const ticketCompany: Calculation = {
  appliesTo: on('0-5'),
  reads: { [COMPANIES]: ['name'] },
  calculate(subject) {
    const id = subject.primary(COMPANIES);
    const name =
      id === undefined
        ? undefined
        : subject
            .linked(COMPANIES)
            .find((company) => company.id === id)
            ?.value('name');
    return { hs_primary_company_id: id, hs_primary_company_name: name, hs_primary_company: name };
  },
};
