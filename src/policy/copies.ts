/**
 * Properties that HubSpot itself fills with the value of another one, or with a part of it. What is kept from callers in
 * the one must not be read in the other.
 * Guess: these are all; HubSpot lists its calculated properties nowhere in one place.
 * Source: HubSpot's default properties, developers.hubspot.com/docs/api-reference/latest/crm/properties, compared 2026-11-22.
 */

import { selectsProperty } from './selectors.ts';

/** Of the same record. */
const COPIES: Readonly<Record<string, readonly string[]>> = {
  email: [
    'hs_additional_emails',
    'hs_email_domain',
    'hs_full_name_or_email',
    'hs_content_membership_email',
    'hs_conversations_visitor_email',
    'hs_quarantined_emails',
    'hs_searchable_calculated_*email*',
  ],
  firstname: ['hs_full_name_or_email', 'hs_searchable_calculated_name'],
  lastname: ['hs_full_name_or_email', 'hs_searchable_calculated_name'],
  name: ['hs_searchable_calculated_name'],
  phone: ['hs_calculated_phone_number*', 'hs_searchable_calculated_*phone*'],
  mobilephone: ['hs_calculated_mobile_number*', 'hs_searchable_calculated_*mobile*'],
  domain: ['hs_additional_domains'],
  amount: [
    'amount_in_home_currency',
    'hs_closed_amount*',
    'hs_open_amount*',
    'hs_projected_amount*',
    'hs_forecast_amount',
    'hs_pre_discount_amount',
  ],
  hs_note_body: ['hs_body_preview*'],
  hs_call_body: ['hs_body_preview*'],
  hs_meeting_body: ['hs_body_preview*'],
  hs_task_body: ['hs_body_preview*'],
  hs_communication_body: ['hs_body_preview*'],
  hs_postal_mail_body: ['hs_body_preview*'],
  hs_email_html: ['hs_email_text', 'hs_body_preview*'],
  hs_email_text: ['hs_email_html', 'hs_body_preview*'],
};

/** Of the records that one is associated with. A single one gives its value away, and a sum of few tells much of each. */
const GATHERED: Readonly<Record<string, readonly string[]>> = {
  'contacts.company': ['tickets.hs_all_associated_contact_companies'],
  'contacts.email': [
    'tickets.hs_all_associated_contact_emails',
    'leads.hs_associated_contact_email',
    'feedback_submissions.hs_contact_email_rollup',
  ],
  'contacts.firstname': ['tickets.hs_all_associated_contact_firstnames'],
  'contacts.lastname': ['tickets.hs_all_associated_contact_lastnames'],
  'contacts.mobilephone': ['tickets.hs_all_associated_contact_mobilephones'],
  'contacts.phone': ['tickets.hs_all_associated_contact_phones'],
  'companies.name': [
    'leads.hs_associated_company_name',
    'tickets.hs_primary_company',
    'tickets.hs_primary_company_name',
  ],
  'deals.amount': [
    'contacts.recent_deal_amount',
    'contacts.total_revenue',
    'companies.recent_deal_amount',
    'companies.total_revenue',
    'companies.hs_total_deal_value',
  ],
};

const copies = [COPIES, GATHERED].flatMap((sources) =>
  Object.entries(sources).map(([source, selectors]) => {
    const [property = '', objectType] = source.split('.').toReversed();
    return { source: { objectType, property }, are: selectors.map(selectsProperty) };
  }),
);

/** The property and what it may be a copy of, each with its type. */
export function withSources(objectType: string, property: string) {
  const from = copies.filter(({ are }) => are.some((is) => is(objectType, property))).map(({ source }) => source);
  return [{ property, objectType }, ...from].map(({ objectType: type = objectType, ...source }) => ({
    ...source,
    type,
  }));
}
