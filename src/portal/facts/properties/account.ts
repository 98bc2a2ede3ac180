/**
 * Users, goals, marketing events and feedback: records that HubSpot's own tools make. Source: developers.hubspot.com/docs/
 * api-reference/latest/crm/objects/{users,goal-targets,feedback-submissions}/guide and .../marketing/marketing-events/guide,
 * compared 2026-11-22. Guess: the labels, the properties that the guides do not name, and some of the options.
 */

import { system } from './system.ts';

export const users = `[userinformation] User information
hs_additional_phone | Additional phone | string phonenumber
hs_availability_status | Availability status | enumeration select |  | available=Available; away=Away
hs_deactivated | Deactivated | bool booleancheckbox | r | true/false
hs_email | Email | string text | r
hs_family_name | Last name | string text | r
hs_given_name | First name | string text | r
hs_internal_user_id | Internal user ID | number number | r
hs_invite_status | Invite status | string text | r
hs_job_title | Job title | string text
hs_main_user_language_skill | Main language skill | enumeration select | e
hs_out_of_office_hours | Out of office hours | string text
hs_searchable_calculated_name | Name | string calculation_equation | rc
hs_secondary_user_language_skill | Secondary language skill | enumeration select | e
hs_standard_time_zone | Time zone | enumeration select | e
hs_uncategorized_skills | Uncategorized skills | enumeration checkbox | e
hs_working_hours | Working hours | string text${system}`;

export const goalTargets = `[goal_target_information] Goal target information
hs_end_date | End date | datetime date
hs_end_datetime | End date and time | datetime date
hs_goal_name | Goal name | string text
hs_goal_target_group_id | Goal target group ID | number number
hs_kpi_progress | Progress | number number | r
hs_kpi_progress_percent | Progress in percent | number number | r
hs_start_date | Start date | datetime date
hs_start_datetime | Start date and time | datetime date
hs_target_amount | Target amount | number number${system}`;

export const marketingEvents = `[marketing_event_information] Marketing event information
hs_attendees | Attendees | number number | r
hs_cancellations | Cancellations | number number | r
hs_end_datetime | End date | datetime date | r
hs_event_cancelled | Cancelled | bool booleancheckbox | r | true/false
hs_event_completed | Completed | bool booleancheckbox | r | true/false
hs_event_description | Description | string textarea | r
hs_event_name | Event name | string text | r
hs_event_organizer | Organizer | string text | r
hs_event_type | Event type | string text | r
hs_event_url | Event URL | string text | r
hs_no_shows | No shows | number number | r
hs_registrations | Registrations | number number | r
hs_start_datetime | Start date | datetime date | r${system}`;

export const feedbackSubmissions = `[feedback_submission_information] Feedback submission information
hs_agent_email | Agent email | string text | r
hs_contact_email_rollup | Contact email | string text | r
hs_content | Response | string textarea | r
hs_ingestion_id | Ingestion ID | string text | r
hs_knowledge_article_id | Knowledge article ID | number number | r
hs_sentiment | Sentiment | enumeration select | r | promoter=Promoter; passive=Passive; detractor=Detractor
hs_submission_name | Submission name | string text | r
hs_submission_timestamp | Submission date | datetime date | r
hs_survey_channel | Survey channel | string text | r
hs_survey_id | Survey ID | number number | r
hs_survey_name | Survey name | string text | r
hs_survey_type | Survey type | enumeration select | r | NPS=Loyalty; CSAT=Satisfaction; CES=Support; CUSTOM=Custom
hs_value | Rating | number number | r${system}`;
