/**
 * The object types that an account takes from HubSpot's object library, and projects. Source: developers.hubspot.com/
 * docs/api-reference/latest/crm/objects/{appointments,courses,listings,services,projects}/guide, compared 2026-11-22.
 * Guess: the labels, the properties that the guides do not name, and some of the options.
 */

import { system } from './system.ts';

const pipeline = `
hs_pipeline | Pipeline | enumeration select | e
hs_pipeline_stage | Pipeline stage | enumeration select | e
`;

export const appointments = `[appointment_information] Appointment information
hs_appointment_end | Appointment end | datetime date
hs_appointment_name | Appointment name | string text
hs_appointment_start | Appointment start | datetime date
hs_appointment_status | Appointment status | enumeration select |  | SCHEDULED=Scheduled; COMPLETED=Completed; CANCELED=Canceled; NO_SHOW=No show
hs_appointment_type | Appointment type | string text
hs_duration | Duration | number number
hs_postal_code | Postal code | string text${pipeline}${system}`;

export const courses = `[course_information] Course information
hs_course_description | Course description | string textarea
hs_course_id | Course ID | string text
hs_course_name | Course name | string text
hs_delivery_mode | Delivery mode | enumeration select |  | ONLINE=Online; IN_PERSON=In person; HYBRID=Hybrid
hs_duration | Duration | number number
hs_enrollment_capacity | Enrollment capacity | number number
hs_enrollment_deadline | Enrollment deadline | datetime date
hs_instructor_name | Instructor name | string text
hs_price | Price | number number
hs_start_date | Start date | datetime date${pipeline}${system}`;

export const listings = `[listing_information] Listing information
hs_address_1 | Address 1 | string text
hs_address_2 | Address 2 | string text
hs_bathrooms | Bathrooms | number number
hs_bedrooms | Bedrooms | number number
hs_city | City | string text
hs_country | Country | string text
hs_listing_type | Listing type | enumeration select |  | house=House; townhouse=Townhouse; condo=Condo; apartment=Apartment; land=Land; commercial=Commercial
hs_lot_size | Lot size | number number
hs_name | Name | string text
hs_neighborhood | Neighborhood | string text
hs_price | Price | number number
hs_square_footage | Square footage | number number
hs_state_province | State/province | string text
hs_url | URL | string text
hs_year_built | Year built | number number
hs_zip | Postal code | string text${pipeline}${system}`;

export const services = `[service_information] Service information
hs_amount_paid | Amount paid | number number
hs_amount_remaining | Amount remaining | number number
hs_category | Category | enumeration select |  | onboarding=Onboarding; implementation=Implementation; training=Training; consulting=Consulting; support=Support
hs_close_date | Close date | datetime date | r
hs_description | Description | string textarea
hs_duration | Duration | number number
hs_name | Name | string text
hs_start_date | Start date | datetime date
hs_status | Status | enumeration select |  | on_track=On track; at_risk=At risk; off_track=Off track; on_hold=On hold
hs_target_end_date | Target end date | datetime date
hs_ticket_name | Ticket name | string text
hs_total_cost | Total cost | number number${pipeline}${system}`;

export const projects = `[project_information] Project information
hs_description | Description | string textarea
hs_name | Name | string text
hs_start_date | Start date | date date
hs_status | Status | enumeration select |  | not_started=Not started; in_progress=In progress; completed=Completed; on_hold=On hold
hs_target_due_date | Target due date | date date
hs_type | Type | string text${system}`;
