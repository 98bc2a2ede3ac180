/**
 * Products, line items, orders and leads. Source: developers.hubspot.com/docs/api-reference/latest/crm/objects/{products,
 * line-items,orders,leads}/guide, compared 2026-11-22.
 * Guess: the labels, and the properties that the guides do not name.
 */

import { system } from './system.ts';

const frequencies =
  'weekly=Weekly; biweekly=Every two weeks; monthly=Monthly; quarterly=Quarterly; per_six_months=Semi-annually; annually=Annually; per_two_years=Every two years; per_three_years=Every three years; per_four_years=Every four years; per_five_years=Every five years';

const sellable = `
createdate | Create date | datetime date | r
description | Description | string textarea
hs_cost_of_goods_sold | Unit cost | number number
hs_images | Images | string text
hs_recurring_billing_period | Term | string text
hs_sku | SKU | string text
hs_url | URL | string text
name | Name | string text
price | Unit price | number number
recurringbillingfrequency | Billing frequency | enumeration select |  | ${frequencies}
tax | Tax | number number
`;

export const products = `[productinformation] Product information${sellable}
amount | Amount | number number | rh
hs_folder_id | Folder ID | number number
hs_product_type | Product type | enumeration select |  | inventory=Inventory; non_inventory=Non-inventory; service=Service
hs_status | Status | enumeration select |  | active=Active; inactive=Inactive${system}`;

export const lineItems = `[lineiteminformation] Line item information${sellable}
amount | Net price | number calculation_equation | rc
discount | Unit discount | number number
hs_acv | Annual contract value | number calculation_equation | rc
hs_arr | Annual recurring revenue | number calculation_equation | rc
hs_discount_percentage | Discount percentage | number number
hs_line_item_currency_code | Currency | enumeration select | e
hs_margin | Margin | number calculation_equation | rc
hs_mrr | Monthly recurring revenue | number calculation_equation | rc
hs_position_on_quote | Position on quote | number number
hs_pre_discount_amount | Pre-discount amount | number calculation_equation | rc
hs_product_id | Product ID | number number
hs_recurring_billing_end_date | Billing end date | date calculation_equation | rc
hs_recurring_billing_number_of_payments | Number of payments | number number
hs_recurring_billing_start_date | Billing start date | date date
hs_tcv | Total contract value | number calculation_equation | rc
hs_term_in_months | Term in months | number calculation_equation | rc
hs_total_discount | Total discount | number calculation_equation | rc
quantity | Quantity | number number${system}`;

export const orders = `[order_information] Order information
hs_billing_address_city | Billing city | string text
hs_billing_address_country | Billing country | string text
hs_currency_code | Currency code | enumeration select | e
hs_external_created_date | External created date | datetime date
hs_external_order_id | External order ID | string text
hs_external_order_status | External status | string text
hs_fulfillment_status | Fulfillment status | string text
hs_order_discount | Order discount | number number
hs_order_name | Name | string text
hs_payment_status | Payment status | string text
hs_pipeline | Pipeline | enumeration select | e
hs_pipeline_stage | Pipeline stage | enumeration select | e
hs_shipping_address_city | Shipping city | string text
hs_shipping_address_country | Shipping country | string text
hs_shipping_tracking_number | Tracking number | string text
hs_source_store | Source store | string text
hs_subtotal_price | Subtotal price | number number
hs_tax | Tax price | number number
hs_total_price | Total price | number number${system}`;

export const leads = `[lead_information] Lead information
hs_associated_company_name | Associated company name | string calculation_rollup | rc
hs_associated_contact_email | Associated contact email | string calculation_rollup | rc
hs_contact_analytics_source | Contact original traffic source | string calculation_rollup | rc
hs_lead_disqualification_note | Disqualification note | string textarea
hs_lead_disqualification_reason | Disqualification reason | enumeration select |  | NOT_A_GOOD_FIT=Not a good fit; NO_BUDGET=No budget; NOT_INTERESTED=Not interested; UNRESPONSIVE=Unresponsive; OTHER=Other
hs_lead_label | Lead label | enumeration select |  | COLD=Cold; WARM=Warm; HOT=Hot
hs_lead_name | Lead name | string text
hs_lead_source | Lead source | string text | r
hs_lead_type | Lead type | enumeration select |  | NEW_BUSINESS=New business; UPSELL=Upsell; RE_ATTEMPTING=Re-attempting
hs_pipeline | Pipeline | enumeration select | e
hs_pipeline_stage | Pipeline stage | enumeration select | e${system}`;
