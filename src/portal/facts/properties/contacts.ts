import { lifecycleStageProperties } from './lifecycle-stages.ts';

/**
 * The properties that HubSpot gives every contact, recorded from live accounts. The format: parse-properties.ts.
 * Guess: hs_language and hs_timezone were recorded only in part; the later options are HubSpot's well-known ones.
 */
export const contacts = `
[contactinformation] Contact information
address | Street Address | string text | f
annualrevenue | Annual Revenue | string text | f
associatedcompanyid | Primary Associated Company ID | number number | he
associatedcompanylastupdated | Associated Company Last Updated | number number | rh
city | City | string text | f
company | Company Name | string text | f
country | Country/Region | string text | f
createdate | Create Date | datetime date | r
email | Email | string text | f
fax | Fax Number | string phonenumber | f
firstname | First Name | string text | f
hs_additional_emails | Additional email addresses | enumeration select | rche
hs_all_accessible_team_ids | All teams | enumeration select | rhe
hs_all_assigned_business_unit_ids | Business units | enumeration checkbox | e
hs_all_contact_vids | All vids for a contact | enumeration select | rche
hs_all_owner_ids | All owner IDs | enumeration select | rhe
hs_all_team_ids | All team IDs | enumeration select | rhe
hs_associated_target_accounts | Associated Target Accounts | number calculation_rollup | rch
hs_avatar_filemanager_key | Avatar FileManager key | string text | rh
hs_calculated_form_submissions | All form submissions for a contact | enumeration select | rche
hs_calculated_merged_vids | Merged vids with timestamps of a contact | enumeration select | rche
hs_calculated_mobile_number | Calculated Mobile Number in International Format | string text | rch
hs_calculated_phone_number | Calculated Phone Number in International Format | string text | rch
hs_calculated_phone_number_area_code | Calculated Phone Number Area Code | string text | rch
hs_calculated_phone_number_country_code | Calculated Phone Number Country Code | string text | rch
hs_calculated_phone_number_region_code | Calculated Phone Number Region | string text | rch
hs_contact_enrichment_opt_out | Enrichment opt out | bool booleancheckbox | r | yes/no
hs_contact_enrichment_opt_out_timestamp | Enrichment opt out timestamp | datetime date | r
hs_content_membership_email | Member email | string text
hs_content_membership_email_confirmed | Email Confirmed | bool booleancheckbox | r | true/false
hs_content_membership_follow_up_enqueued_at | Time enrolled in registration follow up emails | datetime date | r
hs_content_membership_registered_at | Registered At | datetime date | r
hs_content_membership_registration_domain_sent_to | Domain to which registration email was sent | string text | r
hs_content_membership_registration_email_sent_at | Time registration email was sent | datetime date | r
hs_conversations_visitor_email | Conversations visitor email | string text | rh
hs_count_is_unworked | Count of unengaged contacts | number calculation_equation | rch
hs_count_is_worked | Count of engaged contacts | number calculation_equation | rch
hs_country_region_code | Country/Region Code | string text | f
hs_created_by_conversations | Created By Conversations | bool booleancheckbox | rh | true/false
hs_created_by_user_id | Created by user ID | number number | r
hs_createdate | Object create date/time | datetime date | rh
hs_currently_enrolled_in_prospecting_agent | Currently Enrolled in Prospecting Agent | bool calculation_equation | rch | yes/no
hs_data_privacy_ads_consent | Ads Consent from Forms | bool booleancheckbox | rh | yes/no
hs_document_last_revisited | Recent Document Revisit Date | datetime date | rh
hs_email_domain | Email Domain | string text | rc
hs_feedback_show_nps_web_survey | Should be shown an NPS web survey | bool booleancheckbox | h | true/false
hs_first_engagement_object_id | ID of first engagement | number number | rc
hs_first_outreach_date | First outreach date | datetime date | rch
hs_first_subscription_create_date | First subscription create date | datetime calculation_rollup | rch
hs_has_active_subscription | Contact has an active subscription | number calculation_rollup | rch
hs_is_contact | Is a contact | bool calculation_read_time | rch | true/false
hs_is_enriched | Has been enriched | bool booleancheckbox | h | yes/no
hs_journey_stage | Journey Stage | enumeration radio |  | new_contact=New Contact; in_nurturing=In Nurturing; low_intent=Low-Intent; mid_intent=Mid-Intent; high_intent=High-Intent; unqualified=Unqualified; qualified=Qualified; onboarding=Onboarding; post_onboarding=Post Onboarding; engaged=Engaged; unengaged=Unengaged
hs_language | Preferred language | enumeration select | f | af=Afrikaans; sq=Albanian; sq-al=Albanian - Albania; ar=Arabic; ar-dz=Arabic - Algeria; ar-bh=Arabic - Bahrain; ar-eg=Arabic - Egypt; ar-iq=Arabic - Iraq; ar-jo=Arabic - Jordan; ar-kw=Arabic - Kuwait; ar-lb=Arabic - Lebanon; ar-ly=Arabic - Libya; ar-ma=Arabic - Morocco; ar-om=Arabic - Oman; ar-qa=Arabic - Qatar; ar-sa=Arabic - Saudi Arabia; ar-sd=Arabic - Sudan; ar-sy=Arabic - Syria; ar-tn=Arabic - Tunisia; ar-ae=Arabic - United Arab Emirates; ar-ye=Arabic - Yemen; hy=Armenian; eu=Basque; be=Belarusian; be-by=Belarusian - Belarus; bg=Bulgarian; bg-bg=Bulgarian - Bulgaria; ca=Catalan; ca-es=Catalan - Catalan; zh=Chinese; zh-cn=Chinese - China; zh-hk=Chinese - Hong Kong SAR; zh-mo=Chinese - Macau SAR; zh-sg=Chinese - Singapore; zh-tw=Chinese - Taiwan; zh-chs=Chinese (Simplified); zh-cht=Chinese (Traditional); hr=Croatian; hr-hr=Croatian - Croatia; cs=Czech; cs-cz=Czech - Czech Republic; da=Danish; da-dk=Danish - Denmark; nl=Dutch; nl-be=Dutch - Belgium; nl-nl=Dutch - The Netherlands; en=English; en-au=English - Australia; en-ca=English - Canada; en-hk=English - Hong Kong; en-in=English - India; en-ie=English - Ireland; en-my=English - Malaysia; en-mt=English - Malta; en-nz=English - New Zealand; en-ph=English - Philippines; en-sg=English - Singapore; en-za=English - South Africa; en-gb=English - United Kingdom; en-us=English - United States; et=Estonian; et-ee=Estonian - Estonia; fi=Finnish; fi-fi=Finnish - Finland; fr=French; fr-be=French - Belgium; fr-ca=French - Canada; fr-fr=French - France; fr-ch=French - Switzerland; de=German; de-at=German - Austria; de-de=German - Germany; de-ch=German - Switzerland; el=Greek; he=Hebrew; hi=Hindi; hu=Hungarian; is=Icelandic; id=Indonesian; ga=Irish; it=Italian; it-it=Italian - Italy; ja=Japanese; ja-jp=Japanese - Japan; ko=Korean; ko-kr=Korean - South Korea; lv=Latvian; lt=Lithuanian; ms=Malay; no=Norwegian; nb=Norwegian Bokmal; pl=Polish; pl-pl=Polish - Poland; pt=Portuguese; pt-br=Portuguese - Brazil; pt-pt=Portuguese - Portugal; ro=Romanian; ru=Russian; sr=Serbian; sk=Slovak; sl=Slovenian; es=Spanish; es-ar=Spanish - Argentina; es-mx=Spanish - Mexico; es-es=Spanish - Spain; sv=Swedish; sv-se=Swedish - Sweden; tl=Tagalog; th=Thai; tr=Turkish; uk=Ukrainian; vi=Vietnamese
hs_last_sales_activity_date | last sales activity date old | datetime date | rh
hs_last_sales_activity_type | Last Engagement Type | enumeration select | rh | COMPANYPROSPECTS_REVISIT=Company Website Visit; PRESENTATION_REVISIT=Document View; EMAIL_CLICK=Email Click; EMAIL_OPEN=Email Open; EMAIL_REPLY=Email Reply; FORM_SUBMITTED=Form Submitted; MEETING_BOOKED=Meeting Booked; HUBSPOT_REVISIT=Website Visit
hs_lastmodifieddate | Object last modified date/time | datetime date | rh
hs_latest_disqualified_lead_date | Latest Disqualified Lead Date | datetime calculation_rollup | rc
hs_latest_meeting_activity | Latest meeting activity | datetime date | rh
hs_latest_open_lead_date | Latest Open Lead Date | datetime calculation_rollup | rc
hs_latest_qualified_lead_date | Latest Qualified Lead Date | datetime calculation_rollup | rc
hs_latest_sequence_ended_date | Last sequence ended date | datetime date | rc
hs_latest_sequence_enrolled | Last sequence enrolled | number number | re
hs_latest_sequence_enrolled_date | Last sequence enrolled date | datetime date | r
hs_latest_sequence_finished_date | Last sequence finished date | datetime date | rh
hs_latest_sequence_unenrolled_date | Last sequence unenrolled date | datetime date | rh
hs_latest_subscription_create_date | Latest subscription create date | datetime calculation_rollup | rch
hs_lifecyclestage_customer_date | Became a Customer Date | datetime date | r
hs_lifecyclestage_evangelist_date | Became an Evangelist Date | datetime date | r
hs_lifecyclestage_lead_date | Became a Lead Date | datetime date | r
hs_lifecyclestage_marketingqualifiedlead_date | Became a Marketing Qualified Lead Date | datetime date | r
hs_lifecyclestage_opportunity_date | Became an Opportunity Date | datetime date | r
hs_lifecyclestage_other_date | Became an Other Lifecycle Date | datetime date | r
hs_lifecyclestage_salesqualifiedlead_date | Became a Sales Qualified Lead Date | datetime date | r
hs_lifecyclestage_subscriber_date | Became a Subscriber Date | datetime date | r
hs_marketable_reason_id | Marketing contact status source name | string text | r
hs_marketable_reason_type | Marketing contact status source type | enumeration select | r | AD=Ad; CONTACT_IMPORT=Contact Import; CONVERSATION=Conversation; FORM_SUBMISSION=Form Submission; INITIAL_STATE=Initial State; INTEGRATOR_SET=Integrator Set; USER_SET=User Set; WORKFLOW=Workflow; EMAIL=Email; SAMPLE_CONTACT=Sample Contact; FEEDBACK_SUBMISSION=Feedback Submission
hs_marketable_status | Marketing contact status | enumeration booleancheckbox | r | true=Marketing contact; false=Non-marketing contact
hs_marketable_until_renewal | Marketing contact until next update | enumeration booleancheckbox | r | yes/no
hs_membership_last_private_content_access_date | Membership last private content access date | datetime date | r
hs_merged_object_ids | Merged Contact IDs | enumeration checkbox | re
hs_mobile_sdk_push_tokens | Mobile Sdk Push Tokens | string text | rh
hs_notes_last_activity | Last Activity | object_coordinates text | rh
hs_notes_next_activity | Next Activity | object_coordinates text | rh
hs_notes_next_activity_type | Next Activity Type | enumeration select | rh | CALL=Call; CONVERSATION_SESSION=Conversation session; INCOMING_EMAIL=Email reply from contact; EMAIL=Email sent to contact; FORWARDED_EMAIL=Forwarded email; LINKEDIN_MESSAGE=LinkedIn message; MEETING=Meeting; NOTE=Note; POSTAL_MAIL=Postal mail; PUBLISHING_TASK=Publishing task; SMS; TASK=Task; WHATS_APP=WhatsApp
hs_object_id | Record ID | number number | r
hs_object_source | Record creation source | string text | rh
hs_object_source_detail_1 | Record source detail 1 | string text | r
hs_object_source_detail_2 | Record source detail 2 | string text | r
hs_object_source_detail_3 | Record source detail 3 | string text | r
hs_object_source_id | Record creation source ID | string text | rh
hs_object_source_label | Record source | enumeration select | re
hs_object_source_user_id | Record creation source user ID | number number | rh
hs_persona | Persona | enumeration select | ef
hs_pinned_engagement_id | Pinned engagement ID | number number | h
hs_pipeline | Pipeline | enumeration select | he
hs_prospecting_agent_actively_enrolled_count | Prospecting Agent Actively Enrolled Count | number calculation_rollup | rch
hs_read_only | Read only object | bool booleancheckbox | rh | true/false
hs_registration_method | Registration Method | string text | r
hs_role | Employment Role | enumeration select | f | accounting=Accounting; administrative=Administrative; business_development=Business Development; communications=Communications; consulting=Consulting; customer_service=Customer Service; design=Design; education=Education; engineering=Engineering; entrepreneurship=Entrepreneurship; finance=Finance; health_professional=Health Professional; human_resources=Human Resources; information_technology=Information Technology; legal=Legal; marketing=Marketing; operations=Operations; product=Product; project_management=Project Management; public_relations=Public Relations; quality_assurance=Quality Assurance; real_estate=Real Estate; recruiting=Recruiting; research=Research; sales=Sales; support=Support; retired=Retired
hs_sa_first_engagement_date | Date of first engagement | datetime date | r
hs_sa_first_engagement_descr | Description of first engagement | enumeration select | rc | EMPTY_DESCRIPTION=; BOUNCED=Bounced; BUSY=Busy; CALLING_CRM_USER=Calling CRM user; CANCELED=Canceled; COMPLETED=Completed; CONNECTING=Connecting; DEFERRED=Deferred; FB_MESSENGER=Facebook Messenger; FAILED=Failed; IN_PROGRESS=In progress; LIVE_CHAT=Live chat; LOGGED_CALL=Logged call; NO_ANSWER=No answer; NO_SHOW=No show; NOT_STARTED=Not started; QUEUED=Queued; RESCHEDULED=Rescheduled; RINGING=Ringing; SCHEDULED=Scheduled; SENDING=Sending; SENT=Sent; WAITING=Waiting; MISSED=Missed; HOLD=On Hold
hs_sa_first_engagement_object_type | Type of first engagement | enumeration select | rc | CALL=Call; CONVERSATION_SESSION=Conversation session; EMAIL=Email; MEETING_EVENT=Meeting; TASK=Task
hs_searchable_calculated_international_mobile_number | Calculated Mobile Number with country code | phone_number phonenumber | rch
hs_searchable_calculated_international_phone_number | Calculated Phone Number with country code | phone_number phonenumber | rch
hs_searchable_calculated_mobile_number | Calculated Mobile Number without country code | phone_number phonenumber | rch
hs_searchable_calculated_phone_number | Calculated Phone Number without country code | phone_number phonenumber | rch
hs_seniority | Employment Seniority | enumeration select | f | vp=VP; director=Director; entry=Entry; executive=Executive; manager=Manager; owner=Owner; partner=Partner; senior=Senior; employee=Employee
hs_sequences_actively_enrolled_count | Number of sequences actively enrolled | number number | rh
hs_sequences_enrolled_count | Number of sequences enrolled | number number | r
hs_shared_team_ids | Shared teams | enumeration checkbox | e
hs_shared_user_ids | Shared users | enumeration checkbox | e
hs_source_object_id | Source Object ID | number number | rh
hs_source_portal_id | Source Portal ID | number number | rh
hs_state_code | State/Region Code | string text | f
hs_sub_role | Employment Sub Role | enumeration select | f | account_executive=Account Executive; account_manager=Account Manager; accountant=Accountant; accounting_manager=Accounting Manager; administrative_assistant=Administrative Assistant; appraisal=Appraisal; architect_it=Architect IT; assistant=Assistant; attorney=Attorney; auditor=Auditor; brand_marketing=Brand Marketing; business_analyst=Business Analyst; business_consultant=Business Consultant; business_manager=Business Manager; chief_financial_officer=Chief Financial Officer; communications_manager=Communications Manager; community=Community; content_marketing=Content Marketing; contracts=Contracts; creative=Creative; customer_service_specialist=Customer Service Specialist; customer_success=Customer Success; data_it=Data IT; data_science_engineer=Data Science Engineer; database_administrator=Database Administrator; design_engineer=Design Engineer; development_specialist=Development Specialist; devops_engineer=Devops Engineer; digital_marketing=Digital Marketing; director_of_development=Director of Development; editorial=Editorial; electrical_engineer=Electrical Engineer; engineering_manager=Engineering Manager; events=Events; executive_assistant=Executive Assistant; facilities=Facilities; fashion_design=Fashion Design; field_marketing=Field Marketing; financial_analyst=Financial Analyst; financial_controller=Financial Controller; fitness=Fitness; founder=Founder; general_counsel=General Counsel; general_manager=General Manager; general_partner=General Partner; graphic_design=Graphic Design; human_resources_specialist=Human Resources Specialist; information_technology_specialist=Information Technology Specialist; investment=Investment; investment_banker=Investment Banker; journalist=Journalist; key_account_manager=Key Account Manager; law_enforcement=Law Enforcement; lawyer=Lawyer; logistics_manager=Logistics Manager; management=Management; marketing_specialist=Marketing Specialist; mechanical_engineer=Mechanical Engineer; medical_doctor=Medical Doctor; network_engineer=Network Engineer
hs_testpurge | testpurge | string text | rh
hs_testrollback | testrollback | string text | rh
hs_time_between_contact_creation_and_deal_close | Time between contact creation and deal close | number calculation_equation | c
hs_time_between_contact_creation_and_deal_creation | Time between contact creation and deal creation | number calculation_equation | c
hs_time_to_first_engagement | Lead response time | number number | rc
hs_time_to_move_from_lead_to_customer | Time to move from lead to customer | number calculation_equation | c
hs_time_to_move_from_marketingqualifiedlead_to_customer | Time to move from marketing qualified lead to customer | number calculation_equation | c
hs_time_to_move_from_opportunity_to_customer | Time to move from opportunity to customer | number calculation_equation | c
hs_time_to_move_from_salesqualifiedlead_to_customer | Time to move from sales qualified lead to customer | number calculation_equation | c
hs_time_to_move_from_subscriber_to_customer | Time to move from subscriber to customer | number calculation_equation | c
hs_timezone | Time Zone | enumeration select | f | pacific_slash_midway=UTC -11:00 Pacific Midway; pacific_slash_niue=UTC -11:00 Pacific Niue; pacific_slash_pago_pago=UTC -11:00 Pacific Pago Pago; pacific_slash_samoa=UTC -11:00 Pacific Samoa; us_slash_samoa=UTC -11:00 US Samoa; pacific_slash_honolulu=UTC -10:00 Pacific Honolulu; pacific_slash_johnston=UTC -10:00 Pacific Johnston; pacific_slash_rarotonga=UTC -10:00 Pacific Rarotonga; pacific_slash_tahiti=UTC -10:00 Pacific Tahiti; us_slash_hawaii=UTC -10:00 US Hawaii; pacific_slash_marquesas=UTC -09:30 Pacific Marquesas; america_slash_adak=UTC -09:00 America Adak; america_slash_atka=UTC -09:00 America Atka; pacific_slash_gambier=UTC -09:00 Pacific Gambier; us_slash_aleutian=UTC -09:00 US Aleutian; america_slash_anchorage=UTC -08:00 America Anchorage; america_slash_juneau=UTC -08:00 America Juneau; america_slash_metlakatla=UTC -08:00 America Metlakatla; america_slash_nome=UTC -08:00 America Nome; america_slash_sitka=UTC -08:00 America Sitka; america_slash_yakutat=UTC -08:00 America Yakutat; pacific_slash_pitcairn=UTC -08:00 Pacific Pitcairn; us_slash_alaska=UTC -08:00 US Alaska; america_slash_creston=UTC -07:00 America Creston; america_slash_dawson=UTC -07:00 America Dawson; america_slash_dawson_creek=UTC -07:00 America Dawson Creek; america_slash_ensenada=UTC -07:00 America Ensenada; america_slash_fort_nelson=UTC -07:00 America Fort Nelson; america_slash_hermosillo=UTC -07:00 America Hermosillo; america_slash_los_angeles=UTC -07:00 America Los Angeles; america_slash_phoenix=UTC -07:00 America Phoenix; america_slash_santa_isabel=UTC -07:00 America Santa Isabel; america_slash_tijuana=UTC -07:00 America Tijuana; america_slash_vancouver=UTC -07:00 America Vancouver; america_slash_whitehorse=UTC -07:00 America Whitehorse; canada_slash_pacific=UTC -07:00 Canada Pacific; canada_slash_yukon=UTC -07:00 Canada Yukon; mexico_slash_bajanorte=UTC -07:00 Mexico BajaNorte; us_slash_arizona=UTC -07:00 US Arizona; us_slash_pacific=UTC -07:00 US Pacific; us_slash_pacific_hyphen_new=UTC -07:00 US Pacific-New; america_slash_belize=UTC -06:00 America Belize; america_slash_boise=UTC -06:00 America Boise; america_slash_cambridge_bay=UTC -06:00 America Cambridge Bay; america_slash_chihuahua=UTC -06:00 America Chihuahua; america_slash_costa_rica=UTC -06:00 America Costa Rica; america_slash_denver=UTC -06:00 America Denver; america_slash_edmonton=UTC -06:00 America Edmonton; america_slash_el_salvador=UTC -06:00 America El Salvador; america_slash_guatemala=UTC -06:00 America Guatemala; america_slash_inuvik=UTC -06:00 America Inuvik; america_slash_managua=UTC -06:00 America Managua; america_slash_mazatlan=UTC -06:00 America Mazatlan; navajo=UTC -06:00 America Navajo; america_slash_ojinaga=UTC -06:00 America Ojinaga; america_slash_regina=UTC -06:00 America Regina; america_slash_shiprock=UTC -06:00 America Shiprock; america_slash_swift_current=UTC -06:00 America Swift Current; america_slash_tegucigalpa=UTC -06:00 America Tegucigalpa; america_slash_yellowknife=UTC -06:00 America Yellowknife; us_slash_mountain=UTC -07:00 US Mountain; america_slash_chicago=UTC -06:00 America Chicago; america_slash_mexico_city=UTC -06:00 America Mexico City; us_slash_central=UTC -06:00 US Central; america_slash_new_york=UTC -05:00 America New York; america_slash_toronto=UTC -05:00 America Toronto; us_slash_eastern=UTC -05:00 US Eastern; america_slash_sao_paulo=UTC -03:00 America Sao Paulo; europe_slash_dublin=UTC +00:00 Europe Dublin; europe_slash_lisbon=UTC +00:00 Europe Lisbon; europe_slash_london=UTC +00:00 Europe London; utc=UTC +00:00 UTC; europe_slash_amsterdam=UTC +01:00 Europe Amsterdam; europe_slash_berlin=UTC +01:00 Europe Berlin; europe_slash_madrid=UTC +01:00 Europe Madrid; europe_slash_paris=UTC +01:00 Europe Paris; europe_slash_rome=UTC +01:00 Europe Rome; europe_slash_athens=UTC +02:00 Europe Athens; europe_slash_istanbul=UTC +03:00 Europe Istanbul; asia_slash_dubai=UTC +04:00 Asia Dubai; asia_slash_kolkata=UTC +05:30 Asia Kolkata; asia_slash_singapore=UTC +08:00 Asia Singapore; asia_slash_tokyo=UTC +09:00 Asia Tokyo; australia_slash_sydney=UTC +10:00 Australia Sydney; pacific_slash_auckland=UTC +12:00 Pacific Auckland
hs_unique_creation_key | Unique creation key | string text | rhu
hs_updated_by_user_id | Updated by user ID | number number | r
hs_user_ids_of_all_notification_followers | User IDs of all notification followers | enumeration checkbox | rhe
hs_user_ids_of_all_notification_unfollowers | User IDs of all notification unfollowers | enumeration checkbox | rhe
hs_user_ids_of_all_owners | User IDs of all owners | enumeration checkbox | rhe
hs_was_imported | Performed in an import | bool booleancheckbox | rh | true/false
hs_whatsapp_phone_number | WhatsApp Phone Number | string phonenumber | f
industry | Industry | string text | f
jobtitle | Job Title | string text | f
lastmodifieddate | Last Modified Date | datetime date | r
lastname | Last Name | string text | f
lifecyclestage | Lifecycle Stage | enumeration radio | ef | subscriber=Subscriber; lead=Lead; marketingqualifiedlead=Marketing Qualified Lead; salesqualifiedlead=Sales Qualified Lead; opportunity=Opportunity; customer=Customer; evangelist=Evangelist; other=Other
mobilephone | Mobile Phone Number | string phonenumber | f
numemployees | Number of Employees | enumeration select | f | 1-5; 5-25; 25-50; 50-100; 100-500; 500-1000; 1000+
phone | Phone Number | string phonenumber | f
salutation | Salutation | string text | f
state | State/Region | string text | f
surveymonkeyeventlastupdated | SurveyMonkey Event Last Updated | number number | rh
twitterhandle | Twitter Username | string text | f
webinareventlastupdated | Webinar Event Last Updated | number number | rh
website | Website URL | string text | f
zip | Postal Code | string text | f

[deal_information] Deal information
closedate | Close Date | datetime date
days_to_close | Days To Close | number number | rc
first_deal_created_date | First Deal Created Date | datetime date | r
hs_buying_role | Buying Role | enumeration checkbox | f | BLOCKER=Blocker; BUDGET_HOLDER=Budget Holder; CHAMPION=Champion; DECISION_MAKER=Decision Maker; END_USER=End User; EXECUTIVE_SPONSOR=Executive Sponsor; INFLUENCER=Influencer; LEGAL_AND_COMPLIANCE=Legal & Compliance; OTHER=Other
num_associated_deals | Number of Associated Deals | number number | r
recent_deal_amount | Recent Deal Amount | number number | r
recent_deal_close_date | Recent Deal Close Date | datetime date | r
total_revenue | Total Revenue | number number | r

[facebook_ads_properties] Facebook Ads properties
company_size | Company size | string text | f
date_of_birth | Date of birth | string text | f
degree | Degree | string text | f
field_of_study | Field of study | string text | f
gender | Gender | string text | f
graduation_date | Graduation date | string text | f
job_function | Job function | string text | f
marital_status | Marital Status | string text | f
military_status | Military status | string text | f
relationship_status | Relationship Status | string text | f
school | School | string text | f
seniority | Seniority | string text | f
start_date | Start date | string text | f
work_email | Work email | string text | f

[contact_activity] Contact activity
currentlyinworkflow | Currently in workflow | enumeration booleancheckbox | r | true/false
engagements_last_meeting_booked | Date of last meeting booked in meetings tool | datetime date | r
engagements_last_meeting_booked_campaign | Campaign of last booking in meetings tool | string text | r
engagements_last_meeting_booked_medium | Medium of last booking in meetings tool | string text | r
engagements_last_meeting_booked_source | Source of last booking in meetings tool | string text | r
first_conversion_date | First Conversion Date | datetime date | rc
first_conversion_event_name | First Conversion | string text | rc
hs_content_membership_notes | Membership Notes | string textarea
hs_content_membership_status | Status | enumeration select |  | active=Active; inactive=Inactive
hs_feedback_last_nps_follow_up | Last NPS survey comment | string text | r
hs_feedback_last_nps_rating | Last NPS survey rating | enumeration select | r | 0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10
hs_feedback_last_survey_date | Last NPS survey date | datetime date | r
hs_last_sales_activity_timestamp | Last Engagement Date | datetime date | r
hs_predictivecontactscore | Predictive Lead Score | number number | r
hs_predictivecontactscore_tmp | Likelihood to close tmp | number number | r
hs_predictivecontactscore_v2 | Likelihood to close | number number | r
hs_predictivecontactscorebucket | Lead Rating | enumeration radio | r | bucket_1=1 Star; bucket_2=2 Stars; bucket_3=3 Stars; bucket_4=4 Stars
hs_predictivescoringtier | Contact priority | enumeration radio | r | tier_1=Very High; tier_2=High; tier_3=Medium; tier_4=Low; closed_won=Closed Won
hs_predictivescoringtier_tmp | Contact priority tmp | enumeration radio | r | tier_1=Very High; tier_2=High; tier_3=Medium; tier_4=Low; closed_won=Closed Won
hs_sales_email_last_clicked | Recent Sales Email Clicked Date | datetime date | r
hs_sales_email_last_opened | Recent Sales Email Opened Date | datetime date | r
hs_sales_email_last_replied | Recent Sales Email Replied Date | datetime date | r
hs_sequences_is_enrolled | Currently in Sequence | bool booleancheckbox | rc | true/false
message | Message | string textarea | f
notes_last_contacted | Last Contacted | datetime date | r
notes_last_updated | Last Activity Date | datetime date | r
notes_next_activity_date | Next Activity Date | datetime date | r
num_contacted_notes | Number of times contacted | number number | r
num_notes | Number of Sales Activities | number number | r

[socialmediainformation] Social media information
followercount | Follower Count | number number
hs_facebookid | Facebook ID | string text | h
hs_googleplusid | googleplus ID | string text | h
hs_linkedin_url | LinkedIn URL | string text | f
hs_linkedinid | Linkedin ID | string text | h
hs_social_facebook_clicks | Facebook Clicks | number number | r
hs_social_google_plus_clicks | Google Plus Clicks | number number | r
hs_social_last_engagement | Most Recent Social Click | datetime date | r
hs_social_linkedin_clicks | LinkedIn Clicks | number number | r
hs_social_num_broadcast_clicks | Broadcast Clicks | number number | r
hs_social_twitter_clicks | Twitter Clicks | number number | r
hs_twitterid | Twitter ID | string text | h
kloutscoregeneral | Klout Score | number number | f
linkedinbio | LinkedIn Bio | string text | f
linkedinconnections | LinkedIn Connections | number number | f
photo | Photo | string text | hf
twitterbio | Twitter Bio | string text | f
twitterprofilephoto | Twitter Profile Photo | string text

[analyticsinformation] Web analytics history
hs_analytics_average_page_views | Average Pageviews | number number | r
hs_analytics_first_referrer | First Referring Site | string text | r
hs_analytics_first_timestamp | Time First Seen | datetime date | r
hs_analytics_first_touch_converting_campaign | First Touch Converting Campaign | string text | r
hs_analytics_first_url | First Page Seen | string text | r
hs_analytics_first_visit_timestamp | Time of First Session | datetime date | r
hs_analytics_last_referrer | Last Referring Site | string text | r
hs_analytics_last_timestamp | Time Last Seen | datetime date | r
hs_analytics_last_touch_converting_campaign | Last Touch Converting Campaign | string text | r
hs_analytics_last_url | Last Page Seen | string text | r
hs_analytics_last_visit_timestamp | Time of Last Session | datetime date | r
hs_analytics_num_event_completions | Number of event completions | number number | r
hs_analytics_num_page_views | Number of Pageviews | number number | r
hs_analytics_num_visits | Number of Sessions | number number | r
hs_analytics_revenue | Event Revenue | number number | r
hs_analytics_source | Original Source | enumeration select |  | ORGANIC_SEARCH=Organic Search; PAID_SEARCH=Paid Search; EMAIL_MARKETING=Email Marketing; SOCIAL_MEDIA=Organic Social; REFERRALS=Referrals; OTHER_CAMPAIGNS=Other Campaigns; DIRECT_TRAFFIC=Direct Traffic; OFFLINE=Offline Sources; PAID_SOCIAL=Paid Social
hs_analytics_source_data_1 | Original Source Drill-Down 1 | string text | r
hs_analytics_source_data_2 | Original Source Drill-Down 2 | string text | r
hs_latest_source | Latest Source | enumeration select |  | ORGANIC_SEARCH=Organic Search; PAID_SEARCH=Paid Search; EMAIL_MARKETING=Email Marketing; SOCIAL_MEDIA=Organic Social; REFERRALS=Referrals; OTHER_CAMPAIGNS=Other Campaigns; DIRECT_TRAFFIC=Direct Traffic; OFFLINE=Offline Sources; PAID_SOCIAL=Paid Social
hs_latest_source_data_1 | Latest Source Drill-Down 1 | string text | r
hs_latest_source_data_2 | Latest Source Drill-Down 2 | string text | r
hs_latest_source_timestamp | Latest Source Date | datetime date

[conversioninformation] Conversion information
hs_clicked_linkedin_ad | Clicked on a LinkedIn Ad | enumeration booleancheckbox | h | yes/no
hs_facebook_ad_clicked | Clicked Facebook ad | bool booleancheckbox | h | true/false
hs_facebook_click_id | Facebook click id | string text
hs_google_click_id | Google ad click id | string text
hs_ip_timezone | IP Timezone | string text | r
hs_linkedin_ad_clicked | Clicked LinkedIn Ad | enumeration booleancheckbox | h | yes/no
ip_city | IP City | string text | r
ip_country | IP Country | string text | r
ip_country_code | IP Country Code | string text | r
ip_latlon | IP Latitude & Longitude | string text | rh
ip_state | IP State/Region | string text | r
ip_state_code | IP State Code/Region Code | string text | r
ip_zipcode | IP Zipcode | string text | rh
num_conversion_events | Number of Form Submissions | number number | rc
num_unique_conversion_events | Number of Unique Forms Submitted | number number | rc
recent_conversion_date | Recent Conversion Date | datetime date | rc
recent_conversion_event_name | Recent Conversion | string text | rc

[emailinformation] Email information
hs_email_bad_address | Invalid email address | bool booleancheckbox | r | true/false
hs_email_bounce | Marketing emails bounced | number number | r
hs_email_click | Marketing emails clicked | number number | r
hs_email_customer_quarantined_reason | Email address quarantine reason | enumeration select |  | SUSPENSION_REMEDIATION=Suspension Remediation; BLOCKLIST_REMEDIATION=Blocklist Remediation; TRUST_SAFETY_REMEDIATION=Trust & Safety Remediation
hs_email_delivered | Marketing emails delivered | number number | r
hs_email_first_click_date | First marketing email click date | datetime date | r
hs_email_first_open_date | First marketing email open date | datetime date | r
hs_email_first_reply_date | First marketing email reply date | datetime date | r
hs_email_first_send_date | First marketing email send date | datetime date | r
hs_email_hard_bounce_reason | Email hard bounce reason | string text | rh | CONTENT=Content; MAILBOX_FULL=Mailbox full; OTHER=Other; POLICY=Policy; SPAM=Spam; UNKNOWN_USER=Unknown user
hs_email_hard_bounce_reason_enum | Email hard bounce reason | enumeration radio | r | CONTENT=Content; MAILBOX_FULL=Mailbox full; OTHER=Other; POLICY=Policy; SPAM=Spam; UNKNOWN_USER=Unknown user
hs_email_is_ineligible | Is globally ineligible | bool booleancheckbox | rh | true/false
hs_email_last_click_date | Last marketing email click date | datetime date | r
hs_email_last_email_name | Last marketing email name | string text | r
hs_email_last_open_date | Last marketing email open date | datetime date | r
hs_email_last_reply_date | Last marketing email reply date | datetime date | r
hs_email_last_send_date | Last marketing email send date | datetime date | r
hs_email_open | Marketing emails opened | number number | r
hs_email_optout | Unsubscribed from all email | bool booleancheckbox | r | true/false
hs_email_quarantined | Email Address Quarantined | bool booleancheckbox | r | true/false
hs_email_quarantined_reason | Email address automated quarantine reason | enumeration select | r | ON_LIST_IMPORT=Suspicious List Import; HIGH_HARD_BOUNCE_RATE=High Hard Bounce Rate; MULTIPLE_CANCELLED_CAMPAIGNS=Multiple Cancelled Campaigns; FORM_ABUSE=Suspicious Form Activity; RECIPIENT_COMPLAINT=Recipient Complaint; SUSPENSION_REMEDIATION=Suspension Remediation; BLOCKLIST_REMEDIATION=Blocklist Remediation; TRUST_SAFETY_REMEDIATION=Trust & Safety Remediation; OTHER=Other; UNDELIVERABLE_ADDRESS=Undeliverable Email Address; MICROSOFT_UNDELIVERABLE=Microsoft Undeliverable - Microsoft reports that address is inactive
hs_email_recipient_fatigue_recovery_time | Email Address Recipient Fatigue Next Available Sending Time | datetime date | rh
hs_email_replied | Marketing emails replied | number number | r
hs_email_sends_since_last_engagement | Sends Since Last Engagement | number number | r
hs_emailconfirmationstatus | Marketing email confirmation status | enumeration select | r | ; Confirmed; Confirmation Pending; Confirmation Email Sent; User clicked confirmation; HubSpot Rep. marked confirmed; Customer marked confirmed; Confirmed from previous behavior; Confirmed due to form
hs_legal_basis | Legal basis for processing contact's data | enumeration checkbox |  | Legitimate interest – prospect/lead=Legitimate interest - Lead; Legitimate interest – existing customer=Legitimate interest - Customer; Legitimate interest - other=Legitimate interest - Other; Performance of a contract; Freely given consent from contact; Not applicable
hs_quarantined_emails | Quarantined Emails | string textarea | r

[order_information] Order information
hs_first_order_closed_date | First Order Closed Date | datetime date | r
hs_recent_closed_order_date | Recent Closed Order Date | datetime date | r

[sales_properties] Sales properties
hs_is_unworked | Contact unworked | bool calculation_equation | rc | true/false
hs_lead_status | Lead Status | enumeration radio | f | NEW=New; OPEN=Open; IN_PROGRESS=In Progress; OPEN_DEAL=Open Deal; UNQUALIFIED=Unqualified; ATTEMPTED_TO_CONTACT=Attempted to Contact; CONNECTED=Connected; BAD_TIMING=Bad Timing
hubspot_owner_assigneddate | Owner assigned date | datetime date | r
hubspot_owner_id | Contact owner | enumeration select | e
hubspot_team_id | HubSpot Team | enumeration select | re
hubspotscore | HubSpot Score | number calculation_score | r
owneremail | HubSpot Owner Email (legacy) | string text
ownername | HubSpot Owner Name (legacy) | string text

[contactscripted] Contact scripted
hs_membership_has_accessed_private_content | Member has accessed private content | number calculation_equation | rc
hs_registered_member | Registered member | number calculation_equation | rc

${lifecycleStageProperties('contactlcs', 'Contact Lifecycle Stage Properties', 'contactinformation')}
`;
