/** What each kind of record is compared by, and what files call it. Data only. */

import type { Kind } from '../types.ts';
import { headingsOf } from './headings.ts';

/** What a property says, whatever it is called. */
export type Role =
  | 'given'
  | 'middle'
  | 'surname'
  | 'suffix'
  | 'name'
  | 'email'
  | 'phone'
  | 'profile'
  | 'organisation'
  | 'website'
  | 'birthdate'
  | 'birthyear'
  | 'birthmonth'
  | 'birthday'
  | 'identifier'
  | 'source'
  | 'sourceId'
  | 'parent'
  | 'number'
  | 'street'
  | 'city'
  | 'postcode'
  | 'state'
  | 'country'
  | 'fact';

/** A property that a kind knows. */
export interface KnownProperty {
  /** HubSpot's name where HubSpot has such a property. */
  readonly property: string;
  readonly role: Role;
  /** What else files call it; case, spaces and marks do not count. */
  readonly synonyms: readonly string[];
}

function known(role: Role, property: string, ...english: readonly string[]): KnownProperty {
  return { property, role, synonyms: [...english, ...headingsOf(property)] };
}

const places: readonly KnownProperty[] = [
  known('number', 'street_number', 'house number', 'house no', 'building number', 'street no'),
  known(
    'street',
    'address',
    'address 1',
    'address line 1',
    'addr',
    'addr line1',
    'addr full',
    'street address',
    'street',
  ),
  known('street', 'address2', 'address 2', 'address line 2', 'addr line2'),
  known('street', 'street_name', 'road'),
  known('city', 'city', 'suburb', 'town', 'locality', 'addr city', 'municipality'),
  known('postcode', 'zip', 'postcode', 'postal code', 'zip code', 'zipcode', 'addr postal code', 'postcode fake'),
  known('state', 'state', 'region', 'province', 'county', 'state region', 'addr state'),
  known('country', 'country', 'country region', 'country code', 'hs_country_region_code', 'addr country', 'nation'),
];

const persons: readonly KnownProperty[] = [
  known(
    'given',
    'firstname',
    'first name',
    'given name',
    'forename',
    'fname',
    'fname c1',
    'primary name first',
    'name first',
    'first',
  ),
  known('middle', 'middle_name', 'second name', 'middle initial', 'fname c2', 'primary name middle', 'name middle'),
  known(
    'surname',
    'lastname',
    'last name',
    'surname',
    'family name',
    'lname',
    'lname c1',
    'primary name last',
    'name last',
    'last',
  ),
  known('suffix', 'name_suffix', 'suffix', 'generation', 'name generation', 'primary name suffix'),
  known('name', 'full_name', 'name', 'fullname', 'person name', 'primary name full', 'name full', 'contact name'),
  known('email', 'email', 'email address', 'e mail', 'mail', 'emailaddress', 'primary email'),
  known('email', 'hs_additional_emails', 'additional emails', 'secondary email', 'email 2', 'other email'),
  known('email', 'work_email', 'business email'),
  known('phone', 'phone', 'phone number', 'telephone', 'tel', 'telephone number', 'home phone', 'phone 1'),
  known('phone', 'mobilephone', 'mobile phone', 'mobile', 'cell', 'cell phone', 'mobile phone number', 'phone 2'),
  known('phone', 'work_phone', 'office phone', 'business phone', 'phone work'),
  known('profile', 'hs_linkedin_url', 'linkedin url', 'linkedin', 'linkedin profile', 'hs_linkedinid', 'linkedinbio'),
  known(
    'organisation',
    'company',
    'company name',
    'organisation',
    'organization',
    'employer',
    'account name',
    'employer name',
  ),
  known('website', 'website', 'website url', 'company website', 'company domain', 'domain', 'web'),
  known('birthdate', 'date_of_birth', 'dob', 'birth date', 'birthdate', 'birth dt'),
  known('birthyear', 'birth_year', 'year of birth', 'by', 'yob', 'birthyear'),
  known('birthmonth', 'birth_month', 'month of birth', 'bm', 'birthmonth'),
  known('birthday', 'birth_day', 'day of birth', 'bd', 'birthday'),
  known(
    'identifier',
    'national_id',
    'soc sec id',
    'ssn',
    'social security number',
    'ssn number',
    'nino',
    'insurance number',
    'national insurance number',
    'national id number',
  ),
  known('identifier', 'passport_number', 'passport', 'passport no'),
  known(
    'identifier',
    'drivers_license',
    'drlic',
    'drivers license number',
    'driver license number',
    'driving licence',
    'drivers licence',
  ),
  known('identifier', 'tax_id', 'tax number', 'taxpayer id'),
  known('source', 'hs_object_source'),
  known('source', 'hs_object_source_label'),
  known('sourceId', 'hs_object_source_id'),
  // Guess: the Salesforce integration, and none else, makes `salesforcecontactid`, `salesforceleadid` and
  // `salesforceaccountid`: a portal without it has none of them.
  known('sourceId', 'salesforcecontactid', 'salesforce contact id'),
  known('sourceId', 'salesforceleadid', 'salesforce lead id'),
  known('sourceId', 'external_id', 'external key', 'crm id', 'customer number', 'customer id'),
  ...places,
  known('fact', 'birth_place', 'place of birth', 'birthplace'),
  known('fact', 'occupation', 'profession'),
  known('fact', 'gender', 'sex'),
];

const organisations: readonly KnownProperty[] = [
  known(
    'name',
    'name',
    'company name',
    'company',
    'organisation',
    'organization',
    'site name',
    'org',
    'org name',
    'business name',
    'organisation name',
    'organization name',
    'account name',
    'facility name',
    'title',
    'person name',
    'psn name',
    'primary name org',
    'name org',
    'firm',
    'legal name',
    'restaurant name',
  ),
  known('website', 'domain', 'company domain', 'company domain name', 'web domain'),
  known('website', 'website', 'url', 'web', 'homepage', 'website url', 'website address'),
  known('website', 'hs_additional_domains', 'additional domains'),
  known('phone', 'phone', 'phone number', 'telephone', 'tel', 'main phone'),
  known('phone', 'mobilephone', 'other phone', 'phone 2'),
  known('email', 'email', 'email address', 'mail', 'contact email'),
  known('profile', 'linkedin_company_page', 'linkedin url', 'linkedin', 'hs_linkedin_handle', 'linkedin company page'),
  known(
    'identifier',
    'vat_number',
    'vat',
    'vat id',
    'tax number',
    'tax id',
    'registration number',
    'company number',
    'ein',
    'siren',
    'siret',
    'duns',
    'lei',
    'registration id',
  ),
  known('parent', 'hs_parent_company_id', 'parent company id'),
  known('source', 'hs_object_source'),
  known('source', 'hs_object_source_label'),
  known('sourceId', 'hs_object_source_id'),
  known('sourceId', 'salesforceaccountid', 'salesforce account id'),
  known('sourceId', 'external_id', 'external key', 'crm id', 'customer number'),
  ...places,
  known('fact', 'industry', 'type', 'category', 'cuisine', 'class', 'sector'),
];

// `hs_primary_associated_company` of deals and `hs_primary_company` of tickets are among HubSpot's own properties.
const deals: readonly KnownProperty[] = [
  known('name', 'dealname', 'deal name', 'opportunity name', 'name'),
  known('fact', 'amount', 'value', 'deal amount'),
  known('fact', 'closedate', 'close date'),
  known('fact', 'createdate', 'create date'),
  known('fact', 'pipeline'),
  known('fact', 'dealtype', 'deal type'),
  known('fact', 'hs_primary_associated_company', 'company', 'associated company', 'account'),
  known('fact', 'hubspot_owner_id', 'owner'),
  known('fact', 'description'),
];

const tickets: readonly KnownProperty[] = [
  known('name', 'subject', 'ticket name', 'title', 'name'),
  known('fact', 'content', 'description', 'ticket description', 'body'),
  known('fact', 'createdate', 'create date'),
  known('fact', 'hs_primary_company', 'company'),
  // Guess: of several contacts it names all, always in the same order. HubSpot has no property for the first of them.
  known(
    'fact',
    'hs_all_associated_contact_emails',
    'hs primary contact',
    'contact',
    'contact email',
    'requester',
    'requester email',
  ),
  known('fact', 'hs_pipeline', 'pipeline'),
  known('fact', 'source_type', 'source'),
];

/** The properties by which records of a kind are compared. `generic` knows none: it takes what text there is. */
export const knownProperties: Readonly<Record<Kind, readonly KnownProperty[]>> = {
  contacts: persons,
  persons,
  companies: organisations,
  organisations,
  deals,
  tickets,
  generic: [],
};

/** What files call properties by which nothing is compared, in English; other languages have theirs among the headings. */
const uncompared: Readonly<Record<string, readonly string[]>> = {
  lifecyclestage: ['stage'],
  dealstage: ['stage'],
  hs_pipeline_stage: ['stage', 'status'],
  hubspot_owner_id: ['owner', 'assigned to'],
  jobtitle: ['job', 'position'],
};

/** What else files call a property of an object type, compared by or not; case, spaces and marks do not count. */
export function synonymsOf(objectType: string, property: string): readonly string[] {
  const known = Object.entries(knownProperties).find(([kind]) => kind === objectType)?.[1] ?? [];
  const compared = known.find((each) => each.property === property);
  return compared?.synonyms ?? [...(uncompared[property] ?? []), ...headingsOf(property)];
}
