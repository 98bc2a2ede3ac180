/**
 * The properties that HubSpot gives every deal, recorded from live accounts. The format: parse-properties.ts.
 * Guess: which of them are read-only where the record does not say; the options of dealtype.
 */
export const deals = `
[dealinformation] Deal information
hs_all_owner_ids | All owner IDs | enumeration select | rhe
hs_all_team_ids | All team IDs | enumeration select | rhe
hs_all_accessible_team_ids | All teams | enumeration select | rhe
amount | Amount | number number
amount_in_home_currency | Amount in company currency | number calculation_equation | rc
hs_acv | Annual contract value | number number | rc
hs_arr | Annual recurring revenue | number number | rc
hs_associated_deal_registration_product_interests | Associated Shared Deal Product Interests | enumeration checkbox | rce
hs_associated_deal_registration_deal_type | Associated Shared Deal Type | enumeration select | rc | CHANNEL=Channel; BEST_PARTNER_WINS=Best Partner Wins; DIFM=Partner Assisted; COLLAB=Partner Sourced; COLLAB_OR_DIFM=Partner Sourced or Assisted
hs_attributed_team_ids | Attributed reporting team | enumeration checkbox | e
hs_average_call_duration | Average call duration | number calculation_rollup | rc
hs_average_deal_owner_duration_in_current_stage | Average Deal Owner Duration In Current Stage | number number | r
hs_all_assigned_business_unit_ids | Brands | enumeration checkbox | e
closedate | Close Date | datetime date
hs_closed_amount | Closed Deal Amount | number calculation_equation | rc
hs_closed_amount_in_home_currency | Closed deal amount in home currency | number calculation_equation | rc
hs_closed_deal_close_date | Closed Deal Close Date | number calculation_equation | rc
hs_closed_deal_create_date | Closed Deal Create Date | number calculation_equation | rc
closed_lost_reason | Closed Lost Reason | string textarea
hs_closed_won_count | Closed won count | number calculation_equation | rc
hs_closed_won_date | Closed Won Date (Internal) | datetime date | rc
closed_won_reason | Closed Won Reason | string textarea
createdate | Create Date | datetime date
hs_created_by_user_id | Created by user ID | number number | r
deal_currency_code | Currency | enumeration select | e
engagements_last_meeting_booked | Date of last meeting booked in meetings tool | datetime date | r
days_to_close | Days to close | number calculation_equation | rc
hs_days_to_close_raw | Days to close (without rounding) | number calculation_equation | rc
hs_deal_amount_calculation_preference | Deal amount calculation preference | enumeration radio |  | TCV=Total Contract Value; ARR=Annual Recurring Revenue; MRR=Monthly Recurring Revenue; CUSTOM=Custom
hs_all_collaborator_owner_ids | Deal Collaborator | enumeration checkbox | e
description | Deal Description | string textarea
dealname | Deal Name | string text
hubspot_owner_id | Deal owner | enumeration select | e
hs_deal_stage_probability | Deal probability | number number
hs_deal_score | Deal Score | number number | r
hs_is_deal_split | Deal Split Added | bool calculation_equation | rc | true/false
hs_all_deal_split_owner_ids | Deal Split Users | enumeration checkbox | rce
dealstage | Deal Stage | enumeration radio | e
hs_deal_stage_probability_shadow | Deal stage probability shadow | number calculation_equation | rc
hs_tag_ids | Deal Tags | enumeration checkbox | e
dealtype | Deal Type | enumeration radio |  | newbusiness=New Business; existingbusiness=Existing Business
hs_duration | Duration | number calculation_equation | rc
hs_exchange_rate | Exchange rate | number number
hs_forecast_amount | Forecast amount | number number | rc
hs_manual_forecast_category | Forecast category | enumeration select |  | OMIT=Not forecasted; PIPELINE=Pipeline; BEST_CASE=Best case; COMMIT=Commit; CLOSED=Closed won
hs_forecast_probability | Forecast probability | number number
hs_line_item_global_term_hs_discount_percentage | Global Term Line Item Discount Percentage | string text
hs_line_item_global_term_hs_discount_percentage_enabled | Global Term Line Item Discount Percentage Enabled | bool booleancheckbox |  | true/false
hs_line_item_global_term_recurringbillingfrequency | Global Term Line Item Recurring Billing Frequency | string text
hs_line_item_global_term_recurringbillingfrequency_enabled | Global Term Line Item Recurring Billing Frequency Enabled | bool booleancheckbox |  | true/false
hs_line_item_global_term_hs_recurring_billing_period | Global Term Line Item Recurring Billing Period | string text
hs_line_item_global_term_hs_recurring_billing_period_enabled | Global Term Line Item Recurring Billing Period Enabled | bool booleancheckbox |  | true/false
hs_line_item_global_term_hs_recurring_billing_start_date | Global Term Line Item Recurring Billing Start Date | string text
hs_line_item_global_term_hs_recurring_billing_start_date_enabled | Global Term Line Item Recurring Billing Start Date Enabled | bool booleancheckbox |  | true/false
hs_has_empty_conditional_stage_properties | Has Empty Conditional Stage Properties | bool booleancheckbox | r | true/false
hs_weighted_hs_hs_mrr_in_home_currency | hs_hs_mrr_in_home_currency weighted value | number calculation_equation | rc
hs_hs_mrr_in_home_currency | hs_mrr in Company Currency | number calculation_equation | rc
hs_campaign | HubSpot Campaign | string text
hs_createdate | HubSpot Create Date | datetime date | rh
hs_synced_deal_owner_name_and_email | HubSpot Sales Lead | string text | r
hs_deal_registration_mrr | HubSpot Shared Deal MRR | number number | r
hs_deal_registration_mrr_currency_code | HubSpot Shared Deal MRR Currency Code | enumeration select | re
hubspot_team_id | HubSpot Team | enumeration select | re
hs_weighted_hs_mrr | HubSpot Weighted hs_mrr | number calculation_equation | rc
hs_is_active_shared_deal | Is Active Shared Deal | bool booleancheckbox | r | true/false
hs_is_closed_count | Is Closed (numeric) | number calculation_equation | rc
hs_is_closed_lost | Is closed lost | bool calculation_equation | rc | true/false
hs_is_closed_won | Is Closed Won | bool calculation_equation | rc | true/false
hs_is_closed | Is Deal Closed? | bool calculation_equation | rc | true/false
hs_is_in_first_deal_stage | Is In First Deal Stage | bool booleancheckbox | r | true/false
hs_is_open_count | Is Open (numeric) | number calculation_equation | rc
hs_is_stalled | Is Stalled | bool calculation_equation | rc | true/false
hs_is_stalled_after_timestamp | Is Stalled After Timestamp | datetime date | r
hs_notes_last_activity | Last Activity | object_coordinates text | rh
notes_last_updated | Last Activity Date | datetime date | r
notes_last_contacted | Last Contacted | datetime date | r
hs_lastmodifieddate | Last Modified Date | datetime date | rh
hs_latest_approval_status | Latest Approval Status | string text | r
hs_latest_approval_status_approval_id | Latest Approval Status Approval ID | number number | r
hs_latest_marketing_email_click_date | Latest marketing email click date | datetime calculation_rollup | rc
hs_latest_marketing_email_open_date | Latest marketing email open date | datetime calculation_rollup | rc
hs_latest_marketing_email_reply_date | Latest marketing email reply date | datetime calculation_rollup | rc
hs_latest_meeting_activity | Latest meeting activity | datetime date | rh
hs_latest_sales_email_click_date | Latest sales email click date | datetime calculation_rollup | rc
hs_latest_sales_email_open_date | Latest sales email open date | datetime calculation_rollup | rc
hs_latest_sales_email_reply_date | Latest sales email reply date | datetime calculation_rollup | rc
hs_analytics_latest_source | Latest Traffic Source | enumeration calculation_equation | rc | ORGANIC_SEARCH=Organic Search; PAID_SEARCH=Paid Search; EMAIL_MARKETING=Email Marketing; SOCIAL_MEDIA=Organic Social; REFERRALS=Referrals; OTHER_CAMPAIGNS=Other Campaigns; DIRECT_TRAFFIC=Direct Traffic; OFFLINE=Offline Sources; PAID_SOCIAL=Paid Social
hs_analytics_latest_source_company | Latest Traffic Source Company | enumeration select | r | ORGANIC_SEARCH=Organic Search; PAID_SEARCH=Paid Search; EMAIL_MARKETING=Email Marketing; SOCIAL_MEDIA=Organic Social; REFERRALS=Referrals; OTHER_CAMPAIGNS=Other Campaigns; DIRECT_TRAFFIC=Direct Traffic; OFFLINE=Offline Sources; PAID_SOCIAL=Paid Social
hs_analytics_latest_source_contact | Latest Traffic Source Contact | enumeration select | r | ORGANIC_SEARCH=Organic Search; PAID_SEARCH=Paid Search; EMAIL_MARKETING=Email Marketing; SOCIAL_MEDIA=Organic Social; REFERRALS=Referrals; OTHER_CAMPAIGNS=Other Campaigns; DIRECT_TRAFFIC=Direct Traffic; OFFLINE=Offline Sources; PAID_SOCIAL=Paid Social
hs_analytics_latest_source_data_1 | Latest Traffic Source Data 1 | string text | rc
hs_analytics_latest_source_data_1_company | Latest Traffic Source Data 1 Company | string text | r
hs_analytics_latest_source_data_1_contact | Latest Traffic Source Data 1 Contact | string text | r
hs_analytics_latest_source_data_2 | Latest Traffic Source Data 2 | string text | rc
hs_analytics_latest_source_data_2_company | Latest Traffic Source Data 2 Company | string text | r
hs_analytics_latest_source_data_2_contact | Latest Traffic Source Data 2 Contact | string text | r
hs_analytics_latest_source_timestamp | Latest Traffic Source Timestamp | datetime number | rc
hs_analytics_latest_source_timestamp_company | Latest Traffic Source Timestamp Company | datetime date | r
hs_analytics_latest_source_timestamp_contact | Latest Traffic Source Timestamp Contact | datetime date | r
hs_likelihood_to_close | Likelihood to close by the close date | number number | r
hs_manual_campaign_ids | Manual campaign ids | number calculation_rollup | rc
hs_merged_object_ids | Merged Deal IDs | enumeration checkbox | re
hs_mrr | Monthly recurring revenue | number number | rc
hs_net_pipeline_impact | Net Pipeline Impact | number number | r
hs_notes_next_activity | Next Activity | object_coordinates text | rh
notes_next_activity_date | Next Activity Date | datetime date | r
hs_notes_next_activity_type | Next Activity Type | enumeration select | rh | CALL=Call; CONVERSATION_SESSION=Conversation session; INCOMING_EMAIL=Email reply from contact; EMAIL=Email sent to contact; FORWARDED_EMAIL=Forwarded email; LINKEDIN_MESSAGE=LinkedIn message; MEETING=Meeting; NOTE=Note; POSTAL_MAIL=Postal mail; PUBLISHING_TASK=Publishing task; TASK=Task; WHATS_APP=WhatsApp
hs_next_meeting_id | Next Meeting ID | number number | r
hs_next_meeting_name | Next Meeting Name | string text | r
hs_next_meeting_start_time | Next Meeting Start Time | datetime date | r
hs_next_step | Next step | string textarea
hs_next_step_updated_at | Next Step Updated At | datetime calculation_equation | rc
hs_num_associated_active_deal_registrations | Number of Active Deal Registrations | number number | rc
num_associated_contacts | Number of Associated Contacts | number number | rc
hs_num_of_associated_line_items | Number of Associated Line Items | number number | rc
hs_number_of_call_engagements | Number of call engagements | number calculation_rollup | rc
hs_num_associated_deal_registrations | Number of Deal Registrations | number number | rc
hs_num_associated_deal_splits | Number of Deal Splits | number number | rc
hs_number_of_inbound_calls | Number of inbound calls | number calculation_rollup | rc
hs_number_of_outbound_calls | Number of outbound calls | number calculation_rollup | rc
hs_number_of_overdue_tasks | Number of overdue tasks | number calculation_rollup | rc
num_notes | Number of Sales Activities | number number | r
hs_number_of_scheduled_meetings | Number of scheduled meetings | number calculation_rollup | rc
hs_num_target_accounts | Number of target accounts | number number | r
num_contacted_notes | Number of times contacted | number number | r
hs_open_amount_in_home_currency | Open amount in home currency | number calculation_equation | rc
hs_open_deal_create_date | Open deal create date | number calculation_equation | rc
hubspot_owner_assigneddate | Owner assigned date | datetime date | r
hs_owning_teams | Owning Teams | enumeration checkbox | he
hs_was_imported | Performed in an import | bool booleancheckbox | rh | true/false
hs_pinned_engagement_id | Pinned Engagement ID | number number | h
pipeline | Pipeline | enumeration select | e
hs_primary_associated_company | Primary Associated Company | number calculation_rollup | rc
hs_priority | Priority | enumeration select |  | low=Low; medium=Medium; high=High
hs_read_only | Read only object | bool booleancheckbox | rh | true/false
hs_sales_email_last_replied | Recent Sales Email Replied Date | datetime date | r
hs_object_source | Record creation source | string text | rh
hs_object_source_id | Record creation source ID | string text | rh
hs_object_source_user_id | Record creation source user ID | number number | rh
hs_object_id | Record ID | number number | r
hs_object_source_label | Record source | enumeration select | re
hs_object_source_detail_1 | Record source detail 1 | string text | r
hs_object_source_detail_2 | Record source detail 2 | string text | r
hs_object_source_detail_3 | Record source detail 3 | string text | r
hs_shared_team_ids | Shared teams | enumeration checkbox | e
hs_shared_user_ids | Shared users | enumeration checkbox | e
hs_source_object_id | Source Object ID | number number | rh
hs_predicted_amount | The predicted deal amount | number calculation_equation | rc
hs_predicted_amount_in_home_currency | The predicted deal amount in your company's currency | number calculation_equation | rc
hs_tcv | Total contract value | number number | rc
hs_unique_creation_key | Unique creation key | string text | rhu
hs_updated_by_user_id | Updated by user ID | number number | r
hs_user_ids_of_all_notification_followers | User IDs of all notification followers | enumeration checkbox | rhe
hs_user_ids_of_all_notification_unfollowers | User IDs of all notification unfollowers | enumeration checkbox | rhe
hs_user_ids_of_all_owners | User IDs of all owners | enumeration checkbox | rhe
hs_projected_amount | Weighted amount | number calculation_equation | rc
hs_projected_amount_in_home_currency | Weighted amount in company currency | number calculation_equation | rc

[analyticsinformation] Web analytics history
hs_analytics_source | Original Traffic Source | enumeration select |  | ORGANIC_SEARCH=Organic Search; PAID_SEARCH=Paid Search; EMAIL_MARKETING=Email Marketing; SOCIAL_MEDIA=Organic Social; REFERRALS=Referrals; OTHER_CAMPAIGNS=Other Campaigns; DIRECT_TRAFFIC=Direct Traffic; OFFLINE=Offline Sources; PAID_SOCIAL=Paid Social
hs_analytics_source_data_1 | Original Traffic Source Drill-Down 1 | string text | r
hs_analytics_source_data_2 | Original Traffic Source Drill-Down 2 | string text | r
`;
