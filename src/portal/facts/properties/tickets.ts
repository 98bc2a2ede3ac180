/**
 * The properties that HubSpot gives every ticket, recorded from live accounts. The format: parse-properties.ts.
 * Guess: which of them are read-only where the record does not say; the options of hs_resolution.
 */
export const tickets = `
[ticketinformation] Ticket information
hs_added_to_waitlist_at | Added to waitlist at | string calculation_equation | rc
hs_all_associated_contact_companies | All associated contact companies | string calculation_rollup | rc
hs_all_associated_contact_emails | All associated contact emails | string calculation_rollup | rc
hs_all_associated_contact_firstnames | All associated contact first names | string calculation_rollup | rc
hs_all_associated_contact_lastnames | All associated contact last names | string calculation_rollup | rc
hs_all_associated_contact_mobilephones | All associated contact mobile phones | string calculation_rollup | rc
hs_all_associated_contact_phones | All associated contact phones | string calculation_rollup | rc
hs_all_conversation_mentions | All conversation mentions | enumeration calculation_rollup | rce
hs_all_owner_ids | All owner IDs | enumeration select | rhe
hs_all_team_ids | All team IDs | enumeration select | rhe
hs_all_accessible_team_ids | All teams | enumeration select | rhe
hs_applied_sla_rule_config_at | Applied SLA Rule Config Date | datetime date | r
hs_applied_sla_rule_config_id | Applied SLA Rule Config ID | number number | r
hs_applied_sla_schedule_at | Applied SLA Schedule Date | datetime date | r
hs_applied_sla_schedule_id | Applied SLA Schedule Id | number number | r
hs_assigned_team_ids | Assigned Teams | enumeration checkbox | e
hs_assignment_method | Assignment Method | enumeration checkbox | r | 0=UNKNOWN; 1=API_AGENT_MANUAL; 2=API_BOTS_HANDOFF; 3=SYSTEM_AUTOMATIC; 4=SYSTEM_MIGRATION; 5=SYSTEM_TEST; 6=SKILL_BASED_ROUTING; 7=ASSIGN_CONVERSATION_OWNER_ACTION; 8=AI_CHATBOT_HANDOFF; 9=ROTATE_OWNER_ACTION; 10=WAITLIST
hs_auto_generated_from_thread_id | Auto-generated from thread id | number number | r
hs_overall_visitor_messages_sentiment | Average ticket sentiment | enumeration calculation_equation | rce
hs_overall_visitor_messages_sentiment_score | Average ticket sentiment score | number number | r
hs_all_assigned_business_unit_ids | Brands | enumeration checkbox | e
hs_ticket_category | Category | enumeration checkbox |  | PRODUCT_ISSUE=Product issue; BILLING_ISSUE=Billing issue; FEATURE_REQUEST=Feature request; GENERAL_INQUIRY=General inquiry
closed_date | Close date | datetime date
nps_score | Conversation NPS score | enumeration select | e
hs_conversations_originating_thread_id | Conversations originating thread id | number number | r
hs_copied_at | Copied at | datetime date | r
hs_copied_by_user | Copied by user | enumeration select | re
hs_copied_from_ticket | Copied ticket | enumeration radio | re
hs_copied_ticket_source | Copied ticket source | enumeration radio | r | automation=Automation; user=User
createdate | Create date | datetime date
created_by | Created by | number number | r
hs_created_by_user_id | Created by user ID | number number | r
hs_custom_inbox | Custom inbox ID | number number | r
hs_customer_agent_ticket_status | Customer Agent ticket status | enumeration calculation_rollup | rc | NONE=None; ESCALATED=Escalated
last_engagement_date | Date of last engagement | datetime date | r
hs_draft_user_ids | Draft UserIds | enumeration select | re
hs_email_subject | Email subject | string calculation_rollup | rc
hs_external_object_ids | External object ids | enumeration select | e
hs_file_upload | File upload | string file
first_agent_reply_date | First agent email response date | datetime date | r
hs_first_agent_message_sent_at | First agent response date | datetime calculation_rollup | rc
hs_is_one_touch_ticket | First contact resolution | bool booleancheckbox | r | true/false
hs_first_visitor_message_sentiment | First message sentiment | enumeration calculation_equation | rce
hs_first_visitor_message_sentiment_score | First message sentiment score | number number | r
hs_first_agent_message_sent_by | First responding rep | enumeration select | re
hs_form_id | Form | enumeration select | e
hs_form_submission_conversion_id | Form submission conversion ID | string text | r
hs_help_desk_onboarding_ticket | Help Desk onboarding ticket | string text | r
hs_helpdesk_sort_timestamp | Helpdesk Sort Timestamp | datetime calculation_rollup | rc
hs_createdate | HubSpot create date | datetime date | rh
hubspot_team_id | HubSpot team | enumeration select | re
hs_in_helpdesk | In Help Desk | bool booleancheckbox | r | true/false
hs_in_waitlist | In Waitlist | bool booleancheckbox | r | true/false
hs_inbox_id | Inbox ID | number number | r
hs_is_closed_in_time_to_close_sla_count | Is Closed in Time to Close Sla Count | number calculation_equation | rc
hs_is_closed_in_time_to_first_response_sla_count | Is Closed in Time to First Response Sla Count | number calculation_equation | rc
hs_is_latest_message_failed | Is latest message failed | bool calculation_rollup | rc | true/false
hs_is_latest_message_hidden_from_all | Is latest message hidden from all | bool calculation_rollup | rc | true/false
hs_is_visible_in_help_desk | Is Visible in Help desk | bool booleancheckbox | r | true/false
hs_ticket_language_ai_tag | Language | enumeration select | re
hs_notes_last_activity | Last Activity | object_coordinates text | rh
hs_lastactivitydate | Last activity date | datetime date | r
notes_last_updated | Last Activity Date (Ticket Note) | datetime date | r
hs_feedback_last_ces_follow_up | Last CES survey comment | string text | r
hs_feedback_last_survey_date | Last CES survey date | datetime date | r
hs_feedback_last_ces_rating | Last CES survey rating | enumeration select | re
hs_last_closed_date | Last Closed Date | datetime date | r
notes_last_contacted | Last Contacted (Ticket Note) | datetime date | r
hs_lastcontacted | Last contacted date | datetime date | r
last_reply_date | Last customer reply date | datetime date | r
hs_last_email_activity | Last email activity | enumeration select | r | ORIGINAL_FROM_CONTACT=First email received from contact; SENT_TO_CONTACT=Email sent to contact; REPLY_FROM_CONTACT=Email received from contact
hs_last_email_date | Last email date | datetime date | r
hs_last_email_details | Last email details | string text | r
hs_last_email_id | Last email id | number number | r
hs_last_email_type | Last Email Type | string text | r
hs_last_message_from_visitor | Last message from visitor | bool calculation_equation | rc | true/false
hs_last_message_received_at | Last message received date | datetime calculation_rollup | rc
hs_last_visitor_message_sentiment | Last message sentiment | enumeration calculation_equation | rce
hs_lastmodifieddate | Last modified date | datetime date | rh
hs_last_message_sent_at | Last response date | datetime calculation_rollup | rc
hs_latest_message_attachment_types | Latest message attachment types | enumeration calculation_rollup | rc | 0=Files; 1=Inline Images ; 2=Quick Replies; 3=Mentions; 4=Email Metadata; 5=Rich Media Templates; 6=Call Metadata; 7=Message Position Descriptor; 8=Location; 9=Message Header; 10=Contact Attachment; 11=WhatsApp Template Metadata; 12=Unsupported Content Attachment
hs_latest_message_is_forwarded_email | Latest message is forwarded email | bool calculation_rollup | rc | true/false
hs_latest_message_is_thread_comment | Latest message is thread comment | bool calculation_rollup | rc | true/false
hs_latest_message_seen_by_agent_ids | Latest message seen by agent ids | enumeration calculation_rollup | rce
hs_last_visitor_message_sentiment_score | Latest message sentiment score | number number | r
hs_latest_message_visible_to_visitor | Latest message visible to visitor | string calculation_rollup | rc
hs_latest_message_visible_to_visitor_sent_at | Latest message visible to visitor sent at | datetime calculation_rollup | rc
hs_mentioned_note_user_ids | mentioned_note_user_ids | enumeration calculation_equation | rce
hs_mentions_user_ids | mentions_user_ids | enumeration calculation_equation | rce
hs_merged_object_ids | Merged Ticket IDs | enumeration checkbox | re
hs_msteams_message_id | Microsoft Teams message ID for this ticket. | string text | r
hs_most_relevant_sla_status | Most relevant SLA status | enumeration select | r | 1=Overdue; 2=Due Soon; 0=Active SLA; 4=SLA completed late; 3=SLA completed on time
hs_most_relevant_sla_type | Most Relevant SLA Type | enumeration select | r | TIME_TO_CLOSE=Close by; TIME_TO_RESPOND=First response; TIME_TO_NEXT_RESPONSE=Next response
hs_notes_next_activity | Next Activity | object_coordinates text | rh
hs_nextactivitydate | Next activity date | datetime date | r
notes_next_activity_date | Next Activity Date (Ticket Note) | datetime date | r
hs_notes_next_activity_type | Next Activity Type | enumeration select | rh | CALL=Call; CONVERSATION_SESSION=Conversation session; INCOMING_EMAIL=Email reply from contact; EMAIL=Email sent to contact; FORWARDED_EMAIL=Forwarded email; LINKEDIN_MESSAGE=LinkedIn message; MEETING=Meeting; NOTE=Note; POSTAL_MAIL=Postal mail; PUBLISHING_TASK=Publishing task; TASK=Task; WHATS_APP=WhatsApp
nps_follow_up_answer | NPS follow up | string textarea
hs_num_associated_companies | Number of Associated Companies | number number | rc
hs_num_associated_conversations | Number of Associated Conversations | number number | r
num_notes | Number of Sales Activities | number number | r
hs_num_times_contacted | Number of times contacted | number number | r
num_contacted_notes | Number of times contacted (Ticket Note) | number number | r
hs_number_of_touches | Number of touches | number number | r
hs_originating_channel_instance_id | Originating channel account | enumeration calculation_rollup | rce
hs_originating_generic_channel_id | Originating channel type | enumeration calculation_rollup | rce
hs_conversations_originating_message_id | Originating Conversations Message Id | string text | r
hs_originating_email_engagement_id | Originating email engagement id | number number | r
hs_outbound_ticket | Outbound ticket | bool booleancheckbox | r | true/false
hubspot_owner_assigneddate | Owner assigned date | datetime date | r
hs_owning_teams | Owning Teams | enumeration checkbox | he
hs_was_imported | Performed in an import | bool booleancheckbox | rh | true/false
hs_pinned_engagement_id | Pinned Engagement ID | number number | h
hs_pipeline | Pipeline | enumeration select | he
hs_primary_company | Primary Company | string calculation_rollup | rc
hs_primary_company_id | Primary Company ID | number calculation_rollup | rc
hs_primary_company_name | Primary Company Name | string calculation_rollup | rc
hs_ticket_priority | Priority | enumeration select |  | LOW=Low; MEDIUM=Medium; HIGH=High; URGENT=Urgent
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
source_thread_id | Reference to email thread | string text
source_ref | Reference to source-specific object | string text
hs_resolution | Resolution | enumeration radio |  | ISSUE_FIXED=Issue fixed; ISSUE_NOT_FIXED=Issue not fixed
hs_retroactive_sla_update_at | Retroactive SLA update at | datetime date | r
hs_shared_team_ids | Shared teams | enumeration checkbox | e
hs_shared_user_ids | Shared users | enumeration checkbox | e
hs_sla_operating_hours | SLA operating hours | string text | r
hs_sla_pause_status | SLA Pause Status | enumeration radio | r | paused=Paused
hs_snoozed_by_user_id | Snoozed by user ID | enumeration select | re
hs_snoozed_by_user_ids | Snoozed by user IDs | enumeration checkbox | re
hs_snoozed_until | snoozed_until | datetime date | r
source_type | Source | enumeration select |  | CHAT=Chat; EMAIL=Email; FORM=Form; PHONE=Phone
hs_source_object_id | Source Object ID | number number | rh
hs_source_url | Source url | string calculation_rollup | rc
tags | Tags | enumeration select | e
hs_thread_ids_to_restore | Thread IDs To Restore | enumeration checkbox | re
content | Ticket description | string textarea
hs_ticket_id | Ticket ID | number calculation_equation | rc
subject | Ticket name | string text
hubspot_owner_id | Ticket owner | enumeration select | e
hs_ticket_reopened_at | Ticket reopen date | datetime date | r
hs_pipeline_stage | Ticket status | enumeration select | e
hs_tag_ids | Ticket Tags | enumeration checkbox | e
time_to_close | Time to close | number calculation_equation | rc
hs_time_to_close_in_operating_hours | Time to close in SLA hours | number number | r
hs_time_to_close_sla_at | Time to Close SLA Due Date | datetime date | r
hs_time_to_close_sla_status | Time to Close SLA Ticket Status | enumeration select | r | 1=Overdue; 2=Due Soon; 0=Active SLA; 4=SLA completed late; 3=SLA completed on time
time_to_first_agent_reply | Time to first agent email reply | number number | r
hs_time_to_first_response_in_operating_hours | Time to first response in SLA hours | number number | r
hs_time_to_first_response_sla_at | Time to First Response SLA Due Date | datetime date | r
hs_time_to_first_response_sla_status | Time to First Response SLA Status | enumeration select | r | 1=Overdue; 2=Due Soon; 0=Active SLA; 4=SLA completed late; 3=SLA completed on time
hs_time_to_next_response_sla_at | Time to Next Response SLA Due Date | datetime date | r
hs_time_to_next_response_sla_status | Time to Next Response SLA Status | enumeration select | r | 1=Overdue; 2=Due Soon; 0=Active SLA; 4=SLA completed late; 3=SLA completed on time
hs_unique_creation_key | Unique creation key | string text | rhu
hs_updated_by_user_id | Updated by user ID | number number | r
hs_user_ids_of_all_notification_followers | User IDs of all notification followers | enumeration checkbox | rhe
hs_user_ids_of_all_notification_unfollowers | User IDs of all notification unfollowers | enumeration checkbox | rhe
hs_user_ids_of_all_owners | User IDs of all owners | enumeration checkbox | rhe
hs_seen_by_agent_ids | Users interaction | enumeration checkbox | re
hs_waitlist_routing_targets | Waitlist routing targets | string text | r
hs_waitlist_sort_value | Waitlist sort value | datetime calculation_equation | rc
`;
