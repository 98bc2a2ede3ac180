import { lifecycleStageProperties } from './lifecycle-stages.ts';

/**
 * The properties that HubSpot gives every company, recorded from live accounts. The format: parse-properties.ts.
 * Guess: industry was recorded up to H; the later options are HubSpot's well-known ones. Keywords and web technologies
 * are the recorded part of far longer lists.
 */
export const companies = `
[companyinformation] Company information
about_us | About Us | string text
address | Street Address | string text | f
address2 | Street Address 2 | string text | f
annualrevenue | Annual Revenue | number number | f
city | City | string text | f
closedate | Close Date | datetime date
country | Country/Region | string text | f
createdate | Create Date | datetime date | r
days_to_close | Days to Close | number calculation_equation | rc
description | Description | string textarea | f
domain | Company Domain Name | string text | f
engagements_last_meeting_booked_medium | Medium of last booking in meetings tool | string text | r
first_contact_createdate | First Contact Create Date | datetime date | r
first_contact_createdate_timestamp_earliest_value_78b50eea | first_contact_createdate_timestamp_earliest_value_78b50eea | datetime text | rh
founded_year | Year Founded | string text | f
hs_additional_domains | Additional Domains | enumeration checkbox | he
hs_all_accessible_team_ids | All teams | enumeration select | rhe
hs_all_assigned_business_unit_ids | Brands | enumeration checkbox | e
hs_all_owner_ids | All owner IDs | enumeration select | rhe
hs_all_team_ids | All team IDs | enumeration select | rhe
hs_analytics_last_touch_converting_campaign | Last Touch Converting Campaign | string text | re
hs_analytics_latest_source | Latest Traffic Source | enumeration select | r | ORGANIC_SEARCH=Organic Search; PAID_SEARCH=Paid Search; EMAIL_MARKETING=Email Marketing; SOCIAL_MEDIA=Organic Social; REFERRALS=Referrals; OTHER_CAMPAIGNS=Other Campaigns; DIRECT_TRAFFIC=Direct Traffic; OFFLINE=Offline Sources; PAID_SOCIAL=Paid Social; AI_REFERRALS=AI Referrals
hs_analytics_latest_source_data_1 | Latest Traffic Source Data 1 | string text | r
hs_analytics_latest_source_data_2 | Latest Traffic Source Data 2 | string text | r
hs_analytics_latest_source_timestamp | Latest Traffic Source Timestamp | datetime date | r
hs_analytics_source | Original Traffic Source | enumeration select |  | ORGANIC_SEARCH=Organic Search; PAID_SEARCH=Paid Search; EMAIL_MARKETING=Email Marketing; SOCIAL_MEDIA=Organic Social; REFERRALS=Referrals; OTHER_CAMPAIGNS=Other Campaigns; DIRECT_TRAFFIC=Direct Traffic; OFFLINE=Offline Sources; PAID_SOCIAL=Paid Social; AI_REFERRALS=AI Referrals
hs_analytics_source_data_1 | Original Traffic Source Drill-Down 1 | string text | r
hs_analytics_source_data_2 | Original Traffic Source Drill-Down 2 | string text | r
hs_annual_revenue_currency_code | Annual Revenue Currency Code | string calculation_equation | rch
hs_avatar_filemanager_key | Avatar FileManager key | string text | rh
hs_calculated_phone_number | Calculated Phone Number in International Format | string phonenumber | rch
hs_country_code | Country/Region Code | string text | f
hs_created_by_user_id | Created by user ID | number number | re
hs_createdate | Object create date/time | datetime date | rh
hs_csm_sentiment | CSM Sentiment | enumeration select |  | at_risk=At-Risk; neutral=Neutral; healthy=Healthy
hs_current_customer | Current Customer | enumeration select | r | yes=Yes; no=No; unknown=Unknown
hs_employee_range | Employee range | string text | f
hs_gps_error | GPS Error | string text | r
hs_gps_latitude | Latitudes | string text | h
hs_gps_longitude | Longitudes | string text | h
hs_industry_group | Industry group | string text
hs_is_enriched | Has been enriched | bool booleancheckbox | r | yes/no
hs_keywords | Company Keywords | enumeration checkbox | f | net_development=.NET Development; 3d_printing=3D Printing; abrasives=Abrasives; academic_programs=Academic Programs; academic_research=Academic Research; academics=Academics; access_management=Access Management; accident_claims=Accident Claims; accountability=Accountability; accounting=Accounting; acoustics=Acoustics; addiction_treatment=Addiction Treatment; adhesive=Adhesive; adhesives=Adhesives; administrative_consulting=Administrative Consulting; administrative_support=Administrative Support; adtech=AdTech; adult_clothing=Adult Clothing; adult_entertainment=Adult Entertainment; advanced_analytics=Advanced Analytics; advanced_manufacturing=Advanced Manufacturing; adventure_activities=Adventure Activities; advertising=Advertising; advertising_marketing=Advertising & Marketing; advertising_campaigns=Advertising Campaigns; advertising_management=Advertising Management; advice_and_advisory_services=Advice and Advisory Services; advisory_commissions=Advisory Commissions; advocacy=Advocacy; advocacy_group=Advocacy Group; aerospace_defense=Aerospace & Defense; aerospace_manufacturing=Aerospace Manufacturing; aesthetic_medicine=Aesthetic Medicine; affordable_healthcare_services=Affordable Healthcare Services; after_sales_service=After Sales Service; after_school_programs=After School Programs; agency=Agency; agile_development=Agile Development; agribusiness=Agribusiness; agricultural_equipment=Agricultural Equipment; agricultural_production=Agricultural Production; agriculture=Agriculture; air_bags=Air Bags; air_force=Air Force; air_quality_and_filtration=Air Quality and Filtration; airconditioning=Air-Conditioning; aircraft=Aircraft; airlines=Airlines; airport_services=Airport Services; alarm=Alarm; alcohol=Alcohol; ale=Ale; allergenfree=Allergen-Free; alternative_investments_and_assets=Alternative Investments and Assets; alternative_medicine=Alternative Medicine; aluminum_products=Aluminum Products; amazon_services=Amazon Services; ambulance=Ambulance; ambulatory=Ambulatory; ambulatory_services=Ambulatory Services
hs_last_metered_enrichment_timestamp | Last Metered Enrichment Timestamp | datetime date | h
hs_last_sales_activity_date | last sales activity date old | datetime date | rh
hs_latest_createdate_of_active_subscriptions | Latest create date of active subscriptions | datetime calculation_rollup | rch
hs_latest_meeting_activity | Latest meeting activity | datetime date | rh
hs_latitude | Latitude | number number | r
hs_linkedin_handle | Linkedin handle | string text | f
hs_live_enrichment_deadline | Live enrichment deadline | datetime date | h
hs_logo_url | Logo URL | string text
hs_longitude | Longitude | number number | r
hs_merged_object_ids | Merged Company IDs | enumeration checkbox | re
hs_notes_last_activity | Last Activity | object_coordinates text | rh
hs_notes_next_activity | Next Activity | object_coordinates text | rh
hs_notes_next_activity_type | Next Activity Type | enumeration select | rh | CALL=Call; CONVERSATION_SESSION=Conversation session; INCOMING_EMAIL=Email reply from contact; EMAIL=Email sent to contact; FORWARDED_EMAIL=Forwarded email; LINKEDIN_MESSAGE=LinkedIn message; MEETING=Meeting; NOTE=Note; POSTAL_MAIL=Postal mail; PUBLISHING_TASK=Publishing task; SMS; TASK=Task; WHATS_APP=WhatsApp
hs_num_child_companies | Number of child companies | number number | r
hs_object_id | Record ID | number number | r
hs_object_source | Record creation source | string text | rh
hs_object_source_detail_1 | Record source detail 1 | string text | r
hs_object_source_detail_2 | Record source detail 2 | string text | r
hs_object_source_detail_3 | Record source detail 3 | string text | r
hs_object_source_id | Record creation source ID | string text | rh
hs_object_source_label | Record source | enumeration select | re
hs_object_source_user_id | Record creation source user ID | number number | rh
hs_owning_teams | Owning Teams | enumeration checkbox | he
hs_parent_company_id | Parent Company | number number | re
hs_pinned_engagement_id | Pinned Engagement ID | number number | h
hs_pipeline | Pipeline | enumeration select | he
hs_predictivecontactscore_v2_next_max_max_d4e58c1e | hs_predictivecontactscore_v2_next_max_max_d4e58c1e | number text | rh
hs_quick_context | Quick context | string html
hs_read_only | Read only object | bool booleancheckbox | rh | true/false
hs_research_agent_execution_id | Research Agent Execution Id | string text | rh
hs_research_agent_id | Research Agent Id | number number | rh
hs_revenue_range | Revenue range | string text
hs_sales_email_last_replied | Recent Sales Email Replied Date | datetime date | rh
hs_searchable_calculated_international_phone_number | Calculated Phone Number with country code | string phonenumber | rh
hs_searchable_calculated_phone_number | Calculated Phone Number without country code | string phonenumber | rch
hs_shared_team_ids | Shared teams | enumeration checkbox | e
hs_shared_user_ids | Shared users | enumeration checkbox | e
hs_source_object_id | Source Object ID | number number | rh
hs_state_code | State/Region Code | string text
hs_target_account | Target Account | enumeration radio | h | tier_1=Tier 1; tier_2=Tier 2; tier_3=Tier 3
hs_target_account_probability | Target Account Probability | number number | rh
hs_target_account_recommendation_snooze_time | Target Account Recommendation Snooze Time | datetime date | h
hs_target_account_recommendation_state | Target Account Recommendation State | enumeration radio | h | DISMISSED=Dismissed; NONE=None; SNOOZED=Snoozed
hs_task_label | Company task label | string calculation_equation | rch
hs_tax_id | Tax Id | enumeration checkbox | he
hs_unique_creation_key | Unique creation key | string text | rhu
hs_updated_by_user_id | Updated by user ID | number number | re
hs_user_ids_of_all_notification_followers | User IDs of all notification followers | enumeration checkbox | rhe
hs_user_ids_of_all_notification_unfollowers | User IDs of all notification unfollowers | enumeration checkbox | rhe
hs_user_ids_of_all_owners | User IDs of all owners | enumeration checkbox | rhe
hs_was_imported | Performed in an import | bool booleancheckbox | rh | true/false
hubspotscore | HubSpot Score | number number | rh
industry | Industry | enumeration select | f | ACCOUNTING=Accounting; AIRLINES_AVIATION=Airlines/Aviation; ALTERNATIVE_DISPUTE_RESOLUTION=Alternative Dispute Resolution; ALTERNATIVE_MEDICINE=Alternative Medicine; ANIMATION=Animation; APPAREL_FASHION=Apparel & Fashion; ARCHITECTURE_PLANNING=Architecture & Planning; ARTS_AND_CRAFTS=Arts and Crafts; AUTOMOTIVE=Automotive; AVIATION_AEROSPACE=Aviation & Aerospace; BANKING=Banking; BIOTECHNOLOGY=Biotechnology; BROADCAST_MEDIA=Broadcast Media; BUILDING_MATERIALS=Building Materials; BUSINESS_SUPPLIES_AND_EQUIPMENT=Business Supplies and Equipment; CAPITAL_MARKETS=Capital Markets; CHEMICALS=Chemicals; CIVIC_SOCIAL_ORGANIZATION=Civic & Social Organization; CIVIL_ENGINEERING=Civil Engineering; COMMERCIAL_REAL_ESTATE=Commercial Real Estate; COMPUTER_NETWORK_SECURITY=Computer & Network Security; COMPUTER_GAMES=Computer Games; COMPUTER_HARDWARE=Computer Hardware; COMPUTER_NETWORKING=Computer Networking; COMPUTER_SOFTWARE=Computer Software; INTERNET=Internet; CONSTRUCTION=Construction; CONSUMER_ELECTRONICS=Consumer Electronics; CONSUMER_GOODS=Consumer Goods; CONSUMER_SERVICES=Consumer Services; COSMETICS=Cosmetics; DAIRY=Dairy; DEFENSE_SPACE=Defense & Space; DESIGN=Design; EDUCATION_MANAGEMENT=Education Management; E_LEARNING=E-Learning; ELECTRICAL_ELECTRONIC_MANUFACTURING=Electrical/Electronic Manufacturing; ENTERTAINMENT=Entertainment; ENVIRONMENTAL_SERVICES=Environmental Services; EVENTS_SERVICES=Events Services; EXECUTIVE_OFFICE=Executive Office; FACILITIES_SERVICES=Facilities Services; FARMING=Farming; FINANCIAL_SERVICES=Financial Services; FINE_ART=Fine Art; FISHERY=Fishery; FOOD_BEVERAGES=Food & Beverages; FOOD_PRODUCTION=Food Production; FUND_RAISING=Fund-Raising; FURNITURE=Furniture; GAMBLING_CASINOS=Gambling & Casinos; GLASS_CERAMICS_CONCRETE=Glass, Ceramics & Concrete; GOVERNMENT_ADMINISTRATION=Government Administration; GOVERNMENT_RELATIONS=Government Relations; GRAPHIC_DESIGN=Graphic Design; HEALTH_WELLNESS_AND_FITNESS=Health, Wellness and Fitness; HIGHER_EDUCATION=Higher Education; HOSPITAL_HEALTH_CARE=Hospital & Health Care; HOSPITALITY=Hospitality; HUMAN_RESOURCES=Human Resources; IMPORT_AND_EXPORT=Import and Export; INDIVIDUAL_FAMILY_SERVICES=Individual & Family Services; INDUSTRIAL_AUTOMATION=Industrial Automation; INFORMATION_SERVICES=Information Services; INFORMATION_TECHNOLOGY_AND_SERVICES=Information Technology and Services; INSURANCE=Insurance; INTERNATIONAL_AFFAIRS=International Affairs; INTERNATIONAL_TRADE_AND_DEVELOPMENT=International Trade and Development; INVESTMENT_BANKING=Investment Banking; INVESTMENT_MANAGEMENT=Investment Management; JUDICIARY=Judiciary; LAW_ENFORCEMENT=Law Enforcement; LAW_PRACTICE=Law Practice; LEGAL_SERVICES=Legal Services; LEGISLATIVE_OFFICE=Legislative Office; LEISURE_TRAVEL_TOURISM=Leisure, Travel & Tourism; LIBRARIES=Libraries; LOGISTICS_AND_SUPPLY_CHAIN=Logistics and Supply Chain; LUXURY_GOODS_JEWELRY=Luxury Goods & Jewelry; MACHINERY=Machinery; MANAGEMENT_CONSULTING=Management Consulting; MARITIME=Maritime; MARKET_RESEARCH=Market Research; MARKETING_AND_ADVERTISING=Marketing and Advertising; MECHANICAL_OR_INDUSTRIAL_ENGINEERING=Mechanical or Industrial Engineering; MEDIA_PRODUCTION=Media Production; MEDICAL_DEVICES=Medical Devices; MEDICAL_PRACTICE=Medical Practice; MENTAL_HEALTH_CARE=Mental Health Care; MILITARY=Military; MINING_METALS=Mining & Metals; MOTION_PICTURES_AND_FILM=Motion Pictures and Film; MUSEUMS_AND_INSTITUTIONS=Museums and Institutions; MUSIC=Music; NANOTECHNOLOGY=Nanotechnology; NEWSPAPERS=Newspapers; NON_PROFIT_ORGANIZATION_MANAGEMENT=Non-Profit Organization Management; OIL_ENERGY=Oil & Energy; ONLINE_MEDIA=Online Media; OUTSOURCING_OFFSHORING=Outsourcing/Offshoring; PACKAGE_FREIGHT_DELIVERY=Package/Freight Delivery; PACKAGING_AND_CONTAINERS=Packaging and Containers; PAPER_FOREST_PRODUCTS=Paper & Forest Products; PERFORMING_ARTS=Performing Arts; PHARMACEUTICALS=Pharmaceuticals; PHILANTHROPY=Philanthropy; PHOTOGRAPHY=Photography; PLASTICS=Plastics; POLITICAL_ORGANIZATION=Political Organization; PRIMARY_SECONDARY_EDUCATION=Primary/Secondary Education; PRINTING=Printing; PROFESSIONAL_TRAINING_COACHING=Professional Training & Coaching; PROGRAM_DEVELOPMENT=Program Development; PUBLIC_POLICY=Public Policy; PUBLIC_RELATIONS_AND_COMMUNICATIONS=Public Relations and Communications; PUBLIC_SAFETY=Public Safety; PUBLISHING=Publishing; RAILROAD_MANUFACTURE=Railroad Manufacture; RANCHING=Ranching; REAL_ESTATE=Real Estate; RECREATIONAL_FACILITIES_AND_SERVICES=Recreational Facilities and Services; RELIGIOUS_INSTITUTIONS=Religious Institutions; RENEWABLES_ENVIRONMENT=Renewables & Environment; RESEARCH=Research; RESTAURANTS=Restaurants; RETAIL=Retail; SECURITY_AND_INVESTIGATIONS=Security and Investigations; SEMICONDUCTORS=Semiconductors; SHIPBUILDING=Shipbuilding; SPORTING_GOODS=Sporting Goods; SPORTS=Sports; STAFFING_AND_RECRUITING=Staffing and Recruiting; SUPERMARKETS=Supermarkets; TELECOMMUNICATIONS=Telecommunications; TEXTILES=Textiles; THINK_TANKS=Think Tanks; TOBACCO=Tobacco; TRANSLATION_AND_LOCALIZATION=Translation and Localization; TRANSPORTATION_TRUCKING_RAILROAD=Transportation/Trucking/Railroad; UTILITIES=Utilities; VENTURE_CAPITAL_PRIVATE_EQUITY=Venture Capital & Private Equity; VETERINARY=Veterinary; WAREHOUSING=Warehousing; WHOLESALE=Wholesale; WINE_AND_SPIRITS=Wine and Spirits; WIRELESS=Wireless; WRITING_AND_EDITING=Writing and Editing; MOBILE_GAMES=Mobile Games
is_public | Is Public | bool booleancheckbox |  | true/false
lifecyclestage | Lifecycle Stage | enumeration radio | ef | subscriber=Subscriber; lead=Lead; marketingqualifiedlead=Marketing Qualified Lead; salesqualifiedlead=Sales Qualified Lead; opportunity=Opportunity; customer=Customer; evangelist=Evangelist; other=Other
name | Company name | string text | f
num_associated_contacts | Number of Associated Contacts | number calculation_rollup | rc
num_notes | Number of Sales Activities | number number | rh
numberofemployees | Number of Employees | number number | f
owneremail | HubSpot Owner Email | string text
ownername | HubSpot Owner Name | string text
phone | Phone Number | string phonenumber | f
state | State/Region | string text | f
timezone | Time Zone | string text
total_money_raised | Total Money Raised | string text
total_revenue | Total Revenue | number calculation_rollup | rc
type | Type | enumeration radio | f | PROSPECT=Prospect; PARTNER=Partner; RESELLER=Reseller; VENDOR=Vendor; OTHER=Other
web_technologies | Web Technologies | enumeration checkbox |  | 1_and_1_hosting=1&1 Hosting; 3d_cart=3d Cart; acquisio=Acquisio; activecampaign=Activecampaign; add_to_any=Add To Any; adobe_business_catalyst=Adobe Business Catalyst; adobe_connect=Adobe Connect; adobe_dynamic_tag_management=Adobe Dynamic Tag Management; adroll=AdRoll; airbrake=Airbrake; akamai=Akamai; akamai_dns=Akamai DNS; alexa=Alexa; altocloud=Altocloud; amazon_associates=Amazon Associates; amazon_payments=Amazon Payments; amazon_s3=Amazon S3; amazon_ses=Amazon Simple Email Service; amcharts=amCharts; amplitude=Amplitude; android=Android; apache=Apache; app_nexus=App Nexus; appboy=Appboy; appcues=Appcues; appdynamics=AppDynamics; apteligent=Apteligent; asp_net=ASP.Net; attribution=Attribution; authorizenet=Authorizenet; autopilot=Autopilot; aweber=Aweber; aws_ec2=Amazon Web Services; aws_route_53=Route 53; bazaarvoice=Bazaarvoice; benchmarkemail=Benchmarkemail; big_cartel=Big Cartel; bigcommerce=Bigcommerce; bing_ads=Bing Ads; bing_advertiser=Bing Advertiser; bing_maps=Bing Maps; bloomreach=Bloomreach; bluehost_hosting=Bluehost Hosting; braintree=Braintree; branch=Branch; brightcove=Brightcove; bug_herd=Bug Herd; bugsnag=Bugsnag; calq=Calq; campaignmonitor=Campaignmonitor; castle=Castle; centos=CentOS; chargify=Chargify; chart_beat=Chart Beat; chartio=Chartio; chatlio=Chatlio; chownow=Chownow; clickfunnels=ClickFunnels; clicktale=Clicktale; clicky=Clicky
website | Website URL | string text | f
zip | Postal Code | string text | f

[company_activity] Company activity
engagements_last_meeting_booked | Date of last meeting booked in meetings tool | datetime date | r
engagements_last_meeting_booked_campaign | Campaign of last booking in meetings tool | string text | r
engagements_last_meeting_booked_source | Source of last booking in meetings tool | string text | r
hs_customer_success_ticket_sentiment | Recent Ticket Sentiment | number number | rh
hs_last_booked_meeting_date | Last Booked Meeting Date | datetime date | r
hs_last_logged_call_date | Last Logged Call Date | datetime date | r
hs_last_logged_outgoing_email_date | Last Logged Outgoing Email Date | datetime calculation_rollup | rc
hs_last_open_task_date | Last Open Task Date | datetime date | r
hs_last_sales_activity_timestamp | Last Engagement Date | datetime date | r
hs_last_sales_activity_type | Last Engagement Type | enumeration select | rh | COMPANYPROSPECTS_REVISIT=Company Website Visit; PRESENTATION_REVISIT=Document View; EMAIL_CLICK=Email Click; EMAIL_OPEN=Email Open; EMAIL_REPLY=Email Reply; FORM_SUBMITTED=Form Submitted; MEETING_BOOKED=Meeting Booked; HUBSPOT_REVISIT=Website Visit
hs_lastmodifieddate | Last Modified Date | datetime date | r
notes_last_contacted | Last Contacted | datetime date | r
notes_last_updated | Last Activity Date | datetime date | r
notes_next_activity_date | Next Activity Date | datetime date | r
num_contacted_notes | Number of times contacted | number number | r

[socialmediainformation] Social media information
facebook_company_page | Facebook Company Page | string text | f
facebookfans | Facebook Fans | number number
googleplus_page | Google Plus Page | string text | f
linkedin_company_page | LinkedIn Company Page | string text | f
linkedinbio | LinkedIn Bio | string text | f
twitterbio | Twitter Bio | string text | f
twitterfollowers | Twitter Followers | number number | f
twitterhandle | Twitter Handle | string text | f

[conversioninformation] Conversion information
first_conversion_date | First Conversion Date | datetime date | r
first_conversion_event_name | First Conversion | string text | r
hs_analytics_first_touch_converting_campaign | First Touch Converting Campaign | string text | re
hs_analytics_first_visit_timestamp | Time of First Session | datetime date | r
num_conversion_events | Number of Form Submissions | number number | r
num_conversion_events_cardinality_sum_d095f14b | num_conversion_events_cardinality_sum_d095f14b | number text | rh
recent_conversion_date | Recent Conversion Date | datetime date | r
recent_conversion_date_timestamp_latest_value_72856da1 | recent_conversion_date_timestamp_latest_value_72856da1 | datetime text | rh
recent_conversion_event_name | Recent Conversion | string text | r
recent_conversion_event_name_timestamp_latest_value_66c820bf | recent_conversion_event_name_timestamp_latest_value_66c820bf | datetime text | rh

[deal_information] Deal information
first_deal_created_date | First Deal Created Date | datetime date | r
hs_num_open_deals | Number of open deals | number number | r
hs_predictivecontactscore_v2 | Likelihood to close | number number | r
hs_total_deal_value | Total open deal value | number number | r
num_associated_deals | Number of Associated Deals | number calculation_rollup | rc
recent_deal_amount | Recent Deal Amount | number number | rc
recent_deal_close_date | Recent Deal Close Date | datetime date | r

[analyticsinformation] Web analytics history
hs_analytics_first_timestamp | Time First Seen | datetime date | r
hs_analytics_last_timestamp | Time Last Seen | datetime date | r
hs_analytics_last_timestamp_timestamp_latest_value_4e16365a | hs_analytics_last_timestamp_timestamp_latest_value_4e16365a | datetime text | rh
hs_analytics_last_touch_converting_campaign_timestamp_latest_value_81a64e30 | hs_analytics_last_touch_converting_campaign_timestamp_latest_value_81a64e30 | datetime text | rh
hs_analytics_last_visit_timestamp | Time of Last Session | datetime date | r
hs_analytics_last_visit_timestamp_timestamp_latest_value_999a0fce | hs_analytics_last_visit_timestamp_timestamp_latest_value_999a0fce | datetime text | rh
hs_analytics_num_page_views | Number of Pageviews | number number | r
hs_analytics_num_page_views_cardinality_sum_e46e85b0 | hs_analytics_num_page_views_cardinality_sum_e46e85b0 | number text | rh
hs_analytics_num_visits | Number of Sessions | number number | r
hs_analytics_num_visits_cardinality_sum_53d952a6 | hs_analytics_num_visits_cardinality_sum_53d952a6 | number text | rh

[company_signals] Company signals
hs_count_intent_signals_created_last_14_days | Count Intent Signals Created Last 14 Days | number number | rh
hs_count_intent_signals_created_last_30_days | Count Intent Signals Created Last 30 Days | number number | rh
hs_count_intent_signals_created_last_7_days | Count Intent Signals Created Last 7 Days | number number | rh
hs_intent_page_views_last_30_days | Tracked Page Views (Last 30 Days) | number number | r
hs_intent_paid_up_to_date | Intent paid up to date | date date | rh
hs_intent_signals_enabled | Intent Signals active | bool booleancheckbox | r | yes/no
hs_intent_visitors_last_30_days | Tracked Visitors (Last 30 Days) | number number | r
hs_latest_intent_signal_timestamp | Latest Intent Signal Timestamp | number number | rh
hs_most_recent_de_anonymized_visit | Last Tracked Visit Time | datetime date | r
hs_paid_for_intent_signals | Paid for Intent Signals | bool booleancheckbox | rh | yes/no
hs_recent_intent_signals | Recent Intent Signals | enumeration checkbox | re
hs_signals_summary | Signals Summary | string text | rh

[targetaccountsinformation] Target accounts information
hs_ideal_customer_profile | Ideal Customer Profile Tier | enumeration radio |  | tier_1=Tier 1; tier_2=Tier 2; tier_3=Tier 3
hs_is_target_account | Target Account | bool booleancheckbox |  | true/false
hs_num_blockers | Number of blockers | number number | r
hs_num_contacts_with_buying_roles | Number of contacts with a buying role | number number | r
hs_num_decision_makers | Number of decision makers | number number | r

[buyer_intent_properties] Buyer intent properties
hs_is_intent_monitored | Is Intent Monitored | bool booleancheckbox | rh | yes/no

[sales_properties] Sales properties
hs_lead_status | Lead Status | enumeration radio | f | NEW=New; OPEN=Open; IN_PROGRESS=In Progress; OPEN_DEAL=Open Deal; UNQUALIFIED=Unqualified; ATTEMPTED_TO_CONTACT=Attempted to Contact; CONNECTED=Connected; BAD_TIMING=Bad Timing
hubspot_owner_assigneddate | Owner assigned date | datetime date | r
hubspot_owner_id | Company owner | enumeration select | e
hubspot_team_id | HubSpot Team | enumeration select | re

[prospectingagent] Prospecting agent
hs_max_recommendation_score | Max recommendation score | number calculation_rollup | rc
hs_plays | Plays | enumeration calculation_rollup | rce

[companylcs] Company Lifecycle Stage Properties
hs_v2_date_entered_current_stage | Date entered current stage | datetime calculation_equation | rc
hs_v2_time_in_current_stage | Time in current stage | datetime calculation_equation | rc

${lifecycleStageProperties('companylcs', 'Company Lifecycle Stage Properties', 'companyinformation')}
`;
