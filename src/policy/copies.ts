/**
 * Properties that HubSpot itself fills with the value of another one, or with a part of it. What is kept from callers in
 * the one must not be read in the other.
 * Guess: these are all; HubSpot lists its calculated properties nowhere in one place.
 * Source: HubSpot's default properties, developers.hubspot.com/docs/api-reference/latest/crm/properties, compared 2026-11-22.
 */

import { selects } from './selectors.ts';

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

const copies = Object.entries(COPIES).map(([source, patterns]) => ({ source, is: selects(patterns) }));

/** The property and what it may be a copy of. */
export function withSources(property: string): readonly string[] {
  return [property, ...copies.filter(({ is }) => is(property)).map(({ source }) => source)];
}
