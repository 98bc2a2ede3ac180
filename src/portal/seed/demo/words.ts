/** What people, companies and places are called in the demo. Domains end in `.example`, which nobody can own. */

const list = (text: string) => text.trim().split(/\s+/);
const lines = (text: string) => text.trim().split(/(?<!\s)\s*\n\s*/);

export const firstNames = list(`
  James Mary Robert Patricia John Jennifer Michael Linda William Elizabeth David Barbara Richard Susan Joseph Jessica
  Thomas Sarah Christopher Karen Daniel Lisa Matthew Nancy Anthony Sandra Mark Ashley Steven Emily Andrew Kimberly Joshua
  Donna Kenneth Michelle Kevin Carol Brian Amanda Edward Melissa Ronald Deborah Timothy Stephanie Jason Rebecca Jeffrey
  Laura Ryan Helen Jacob Sharon Gary Cynthia Nicholas Kathleen Eric Amy José María Luis Sofía Zoë Jürgen Priya Arjun Wei
  Mei Hiroshi Yuki Fatima Omar Aisha Ivan Olga Chidi Amara Noah
`);

export const lastNames = list(`
  Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Taylor
  Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright
  Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans
  Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper
  Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz
  Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Müller O'Brien Núñez Kowalski Larsson Okafor Tanaka
`);

/** Short forms under which the same people are entered a second time. */
export const nicknames: Readonly<Record<string, string>> = {
  Robert: 'Bob',
  Elizabeth: 'Liz',
  William: 'Bill',
  Michael: 'Mike',
  Jennifer: 'Jen',
  Christopher: 'Chris',
  Katherine: 'Kate',
  Daniel: 'Dan',
  Matthew: 'Matt',
  Thomas: 'Tom',
  Joseph: 'Joe',
  Susan: 'Sue',
  Patricia: 'Pat',
  Richard: 'Rick',
  Rebecca: 'Becky',
  Timothy: 'Tim',
  Stephanie: 'Steph',
  Nicholas: 'Nick',
  Andrew: 'Andy',
  Kimberly: 'Kim',
};

export const companyFirst = list(`
  Blue Harbor Maple Granite Silver Copper Juniper Cedar Willow Summit Prairie Lakeside Riverside Northern Southern Beacon
  Lantern Anchor Compass Orchard Meadow Canyon Redwood Birch Falcon Heron Otter Badger Sparrow Ember Cobalt Indigo Saffron
  Clover Thistle Hawthorn Linden Ashford Kingsley Wexford Bramble Driftwood Evergreen Foxglove Goldfinch Hillcrest Ironwood
  Kestrel Larkspur Marigold
`);

/** The second half of a company's name, with what such a company does. */
export const companyKinds: readonly (readonly [name: string, industry: string])[] = [
  ['Hotel Group', 'HOSPITALITY'],
  ['Bistro', 'RESTAURANTS'],
  ['Coffee House', 'FOOD_BEVERAGES'],
  ['Bakery', 'FOOD_PRODUCTION'],
  ['Offices', 'COMMERCIAL_REAL_ESTATE'],
  ['Software', 'COMPUTER_SOFTWARE'],
  ['Law Partners', 'LAW_PRACTICE'],
  ['Medical Center', 'HOSPITAL_HEALTH_CARE'],
  ['Logistics', 'LOGISTICS_AND_SUPPLY_CHAIN'],
  ['Architects', 'ARCHITECTURE_PLANNING'],
  ['University', 'HIGHER_EDUCATION'],
  ['Marketing', 'MARKETING_AND_ADVERTISING'],
  ['Fitness', 'HEALTH_WELLNESS_AND_FITNESS'],
  ['Credit Union', 'FINANCIAL_SERVICES'],
  ['Catering', 'EVENTS_SERVICES'],
];

/** City, state, area codes, the first digits of the ZIP code. */
export const places: readonly (readonly [city: string, state: string, areas: string, zip: string])[] = [
  ['Boston', 'MA', '617 857 339', '021'],
  ['New York', 'NY', '212 646 917', '100'],
  ['Philadelphia', 'PA', '215 267 445', '191'],
  ['Baltimore', 'MD', '410 443 667', '212'],
  ['Charlotte', 'NC', '704 980 828', '282'],
  ['Atlanta', 'GA', '404 470 678', '303'],
  ['Chicago', 'IL', '312 773 872', '606'],
  ['Columbus', 'OH', '614 380 740', '432'],
  ['Nashville', 'TN', '615 629 931', '372'],
  ['Austin', 'TX', '512 737 254', '787'],
  ['Denver', 'CO', '303 720 983', '802'],
  ['Portland', 'OR', '503 971 458', '972'],
];

export const streets = list(`Main Oak Market Elm State Washington Park Lake Church High Mill Front Center Union Water`);

export const jobTitles = lines(`
  Office Manager
  Facilities Manager
  Procurement Manager
  General Manager
  Owner
  Food and Beverage Director
  Operations Manager
  Executive Assistant
  Chief Financial Officer
  Head of Purchasing
  Restaurant Manager
  Head Barista
  HR Manager
  Accountant
`);

export const ticketSubjects = lines(`
  Grinder makes a loud noise
  No steam from the wand
  Machine does not heat up
  Invoice shows the wrong address
  Water filter due for replacement
  Wrong beans delivered
  Second machine for the new floor
  Display shows error E07
  Delivery arrived late again
  How do we change the grind size?
  Credit for returned bags missing
  Leaking drip tray
  Please add a user to our account
  Milk tastes sour after cleaning
`);

export const noteTexts = lines(`
  Spoke with {first} about the spring order. They want to wait until the new budget is approved.
  {first} asked for a quote with and without the service plan.
  Visited the site: two machines are older than eight years and due for replacement.
  Prefers to be contacted in the morning. Do not call on Fridays.
  They are comparing us with another supplier; price of beans decides.
  Contract runs out in autumn. Remind them in time.
  Very happy with the last installation, would act as a reference.
  New head office in {city}; expects about forty more people by summer.
  Budget holder is on leave until next month, talk to the deputy until then.
  Wants a tasting for the whole team before deciding.
`);

export const messageTexts = lines(`
  Hi {first}, the technician will be with you tomorrow between 9 and 11.
  Your order has left the warehouse.
  Thanks for the tasting today! The quote follows by e-mail.
  Could you confirm the delivery address once more?
  Happy to help. Shall we talk on Thursday?
`);
