/** The companies that buy, or might buy, machines and beans. */

import { optionValue } from './definitions.ts';
import { type Draft, defined } from './ledger.ts';
import { companyFirst, companyKinds, places, streets } from './words.ts';
import { DAY_MS, dateOf, slug, type World } from './world.ts';

const stages = {
  customer: 34,
  opportunity: 20,
  salesqualifiedlead: 12,
  marketingqualifiedlead: 12,
  lead: 20,
  other: 2,
} as const;

export function addCompanies(world: World, count: number): void {
  const names = companyFirst.flatMap((first) =>
    companyKinds.map(([kind, industry]) => [first, kind, industry] as const),
  );
  const chosen = world.chance.some(names, count);
  for (const [i, [first, kind, industry]] of chosen.entries()) addCompany(world, `${first} ${kind}`, industry, i);
  linkFamilies(world);
}

function addCompany({ chance, ledger, people, phone, now }: World, name: string, industry: string, i: number): Draft {
  const [city, state, , zip] = chance.pick(places);
  const stage = chance.weighed(stages);
  const domain = `${slug(name)}.example`;
  const employees = chance.pick([8, 15, 24, 40, 65, 110, 180, 320, 750, 1400]);
  const createdAt = chance.ago(20, 1050);
  const customer = stage === 'customer';
  const company = ledger.add('0-2', createdAt, {
    name,
    domain,
    website: chance.odds(0.6) ? `https://www.${domain}` : undefined,
    industry,
    phone: phone(city),
    address: `${chance.whole(1, 990)} ${chance.pick(streets)} Street`,
    city,
    state,
    zip: `${zip}${String(chance.whole(1, 99)).padStart(2, '0')}`,
    country: 'United States',
    numberofemployees: String(employees),
    annualrevenue: chance.odds(0.7) ? String(employees * chance.whole(60, 220) * 1000) : undefined,
    founded_year: chance.odds(0.4) ? String(chance.whole(1921, 2021)) : undefined,
    lifecyclestage: stage,
    type: chance.odds(0.8) ? (customer ? 'OTHER' : 'PROSPECT') : undefined,
    hs_lead_status: customer
      ? undefined
      : chance.pick(['NEW', 'OPEN', 'IN_PROGRESS', 'ATTEMPTED_TO_CONTACT', 'CONNECTED']),
    hubspot_owner_id: chance.pick(customer && chance.odds(0.4) ? people.success : people.sales),
    erp_id: customer ? `C-${10_200 + i}` : undefined,
    account_tier: customer ? optionValue(chance.weighed({ Gold: 2, Silver: 4, Bronze: 6 })) : undefined,
    contract_end_date: customer ? dateOf(chance.ago(-400, 60)) : undefined,
    service_plan: customer ? String(chance.odds(0.6)) : undefined,
    weekly_kilos: customer ? String(chance.whole(2, 60)) : undefined,
    hs_object_source_label: 'IMPORT',
  });
  company.updatedAt = Math.min(now - 60_000, createdAt + chance.whole(0, 300) * DAY_MS);
  return company;
}

/** Some belong to others, and some came because others spoke well of us. */
function linkFamilies({ ledger, labels }: World): void {
  const companies = ledger.of('0-2');
  for (let i = 0; i + 2 < companies.length; i += 24) {
    const [parent, child, friend] = companies.slice(i, i + 3);
    if (!parent || !child || !friend) continue;
    ledger.link(parent, child, defined(13));
    ledger.link(parent, friend, labels.referred);
  }
}
