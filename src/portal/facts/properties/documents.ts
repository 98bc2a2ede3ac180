/**
 * Quotes, their templates, and what a buyer is billed with: invoices, subscriptions, payments, carts, and the discounts,
 * fees and taxes on them. Source: developers.hubspot.com/docs/api-reference/latest/crm/objects/{quotes,invoices,
 * commerce-subscriptions,commerce-payments,carts,discounts,fees,taxes}/guide, compared 2026-11-22.
 * Guess: the labels, the properties that the guides do not name, and some of the options.
 */

import { system } from './system.ts';

const amountType = 'PERCENT=Percent; FIXED=Fixed';

/** A line beside the line items: what it is called and how much it is. */
const adjustment = `
hs_label | Label | string text
hs_sort_order | Sort order | number number
hs_type | Type | enumeration select |  | ${amountType}
hs_value | Value | number number
`;

export const quotes = `[quoteinformation] Quote information
hs_allowed_payment_methods | Accepted payment methods | enumeration checkbox | e
hs_collect_billing_address | Collect billing address | bool booleancheckbox |  | true/false
hs_collect_shipping_address | Collect shipping address | bool booleancheckbox |  | true/false
hs_comments | Comments to buyer | string html
hs_currency | Currency | enumeration select | e
hs_domain | Domain | string text
hs_esign_date | E-sign date | datetime date | r
hs_esign_enabled | E-signature enabled | bool booleancheckbox |  | true/false
hs_expiration_date | Expiration date | date date
hs_language | Language | enumeration select | e
hs_locale | Locale | enumeration select | e
hs_lock_date | Published date | datetime date | r
hs_locked | Locked | bool booleancheckbox | r | true/false
hs_payment_enabled | Payment enabled | bool booleancheckbox |  | true/false
hs_payment_status | Payment status | enumeration select | r | PENDING=Pending; PROCESSING=Processing; PAID=Paid
hs_payment_type | Payment type | enumeration select |  | HUBSPOT=HubSpot payments; BYO_STRIPE=Stripe
hs_pdf_download_link | PDF download link | string text | r
hs_proposal_slug | Quote slug | string text
hs_public_url_key | Public URL key | string text | r
hs_quote_amount | Quote amount | number number | r
hs_quote_link | Quote link | string text | r
hs_quote_number | Reference number | string text | r
hs_sender_company_address | Sender company street address | string text
hs_sender_company_city | Sender company city | string text
hs_sender_company_country | Sender company country | string text
hs_sender_company_domain | Sender company domain | string text
hs_sender_company_name | Sender company name | string text
hs_sender_company_state | Sender company state | string text
hs_sender_company_zip | Sender company postal code | string text
hs_sender_email | Sender email | string text
hs_sender_firstname | Sender first name | string text
hs_sender_image_url | Sender image URL | string text
hs_sender_jobtitle | Sender job title | string text
hs_sender_lastname | Sender last name | string text
hs_sender_phone | Sender phone | string text
hs_slug | Slug | string text | r
hs_status | Status | enumeration select |  | DRAFT=Draft; APPROVAL_NOT_NEEDED=Approval not needed; PENDING_APPROVAL=Pending approval; APPROVED=Approved; REJECTED=Rejected; PENDING_BUYER_ACTION=Pending buyer action
hs_template_type | Template type | enumeration select |  | CUSTOMIZABLE_QUOTE_TEMPLATE=Customizable quote template; CPQ_QUOTE=CPQ quote; QUOTE=Legacy quote; PROPOSAL=Proposal
hs_terms | Purchase terms | string html
hs_timezone | Time zone | enumeration select | e
hs_title | Quote name | string text${system}`;

export const quoteTemplates = `[quotetemplateinformation] Quote template information
hs_active | Active | bool booleancheckbox | r | true/false
hs_locale | Locale | enumeration select | re
hs_name | Name | string text | r${system}`;

export const invoices = `[invoiceinformation] Invoice information
hs_allow_partial_payments | Allow partial payments | bool booleancheckbox |  | true/false
hs_amount_billed | Amount billed | number number | r
hs_amount_paid | Amount paid | number number | r
hs_balance_due | Balance due | number number | r
hs_billable | Billable | bool booleancheckbox |  | true/false
hs_collect_address_types | Address collection | enumeration checkbox | e
hs_comments | Comments | string html
hs_currency | Currency | enumeration select | e
hs_days_overdue | Days overdue | number number | r
hs_due_date | Due date | datetime date
hs_external_invoice_id | External invoice ID | string text
hs_invoice_date | Invoice date | datetime date
hs_invoice_link | Invoice link | string text | r
hs_invoice_payment_collection_method | Payment collection | enumeration select |  | manual=Manual; automatic=Automatic
hs_invoice_status | Status | enumeration select |  | draft=Draft; open=Open; paid=Paid; voided=Voided
hs_number | Invoice number | string text | r
hs_payment_date | Payment date | datetime date | r
hs_pdf_download_link | PDF download link | string text | r
hs_purchase_order_number | Purchase order number | string text
hs_recipient_company_address | Billing street address | string text
hs_recipient_company_city | Billing city | string text
hs_recipient_company_country | Billing country | string text
hs_recipient_company_zip | Billing postal code | string text
hs_tax_id | Tax ID | string text
hs_title | Title | string text${system}`;

export const subscriptions = `[subscription_information] Subscription information
hs_collection_process | Collection process | enumeration select |  | automatic_payments=Automatic payments; manual_payments=Manual payments
hs_currency_code | Currency | enumeration select | e
hs_invoice_creation | Invoice creation | enumeration select |  | on=On; draft=Draft; off=Off
hs_last_payment_amount | Last payment amount | number number
hs_last_payment_date | Last payment date | datetime date
hs_name | Name | string text
hs_next_payment_amount | Next payment amount | number number
hs_next_payment_due_date | Next payment due date | date date
hs_number_of_completed_payments | Completed payments | number number
hs_recurring_billing_end_date | Billing end date | date date
hs_recurring_billing_frequency | Billing frequency | enumeration select |  | weekly=Weekly; biweekly=Every two weeks; monthly=Monthly; quarterly=Quarterly; per_six_months=Semi-annually; annually=Annually
hs_recurring_billing_start_date | Billing start date | date date
hs_recurring_revenue | Recurring revenue | number number | r
hs_status | Status | enumeration select |  | active=Active; past_due=Past due; canceled=Canceled; expired=Expired; scheduled=Scheduled; paused=Paused
hs_total_collected_amount | Total collected amount | number number | r${system}`;

export const commercePayments = `[commerce_payment_information] Payment information
hs_billing_address_city | Billing city | string text
hs_billing_address_country | Billing country | string text
hs_billing_address_postal_code | Billing postal code | string text
hs_billing_address_street | Billing street address | string text
hs_currency_code | Currency | enumeration select | e
hs_customer_email | Customer email | string text
hs_external_reference_id | External reference ID | string text
hs_fees_amount | Fees | number number
hs_initial_amount | Gross amount | number number
hs_initiated_date | Initiated date | datetime date
hs_latest_status | Status | enumeration select |  | succeeded=Succeeded; processing=Processing; pending=Pending; failed=Failed; refunded=Refunded; partially_refunded=Partially refunded; disputed=Disputed
hs_net_amount | Net amount | number number | r
hs_payment_method_type | Payment method | enumeration select |  | card=Card; ach=ACH; cash=Cash; check=Check; other=Other
hs_payment_source | Payment source | string text
hs_payment_source_app_id | Payment source app ID | number number
hs_payout_date | Payout date | datetime date
hs_processor_type | Processor | enumeration select |  | hs_payments=HubSpot payments; byo_stripe=Stripe; none=None
hs_reference_number | Reference number | string text
hs_refunds_amount | Refunds | number number | r${system}`;

export const carts = `[cart_information] Cart information
hs_cart_discount | Cart discount | number number
hs_cart_name | Name | string text
hs_cart_url | Cart URL | string text
hs_currency_code | Currency code | enumeration select | e
hs_external_cart_id | External cart ID | string text
hs_external_created_date | External created date | datetime date
hs_external_status | External status | string text
hs_source_store | Source store | string text
hs_tags | Tags | string text
hs_tax | Tax | number number
hs_total_price | Total price | number number${system}`;

export const discounts = `[discount_information] Discount information
hs_duration | Duration | enumeration select |  | ONCE=Once; FOREVER=Forever${adjustment}${system}`;

export const fees = `[fee_information] Fee information${adjustment}${system}`;

export const taxes = `[tax_information] Tax information
hs_tax_rate_id | Tax rate ID | string text${adjustment}${system}`;
