/** New business and renewals: two pipelines that both have a stage called Contract Sent. */

import { isoTime } from '../../time.ts';
import { optionValue, renewals } from './definitions.ts';
import { type Draft, defined } from './ledger.ts';
import { DAY_MS, dateOf, type World } from './world.ts';

const salesStages = {
  appointmentscheduled: 14,
  qualifiedtobuy: 12,
  presentationscheduled: 9,
  decisionmakerboughtin: 7,
  contractsent: 8,
  closedwon: 32,
  closedlost: 18,
} as const;

const renewalStages = { '71540991': 30, '71540992': 20, '71540993': 40, '71540994': 10 } as const;

const closed = new Set(['closedwon', 'closedlost', '71540993', '71540994']);
const won = new Set(['closedwon', '71540993']);

export const isClosed = (deal: Draft) => closed.has(String(deal.properties['dealstage']));
export const isWon = (deal: Draft) => won.has(String(deal.properties['dealstage']));

const wanted = ['Espresso bar', 'Office coffee', 'New machines', 'Second site', 'Bean subscription', 'Lobby corner'];
const lossReasons = ['Went with Brewline on price', 'Project postponed', 'No answer after the tasting', 'Budget cut'];

export function addDeals(world: World, sales: number, renewing: number): void {
  const { chance, ledger } = world;
  const companies = ledger.of('0-2');
  const buying = companies.filter((company) =>
    ['customer', 'opportunity'].includes(String(company.properties['lifecyclestage'])),
  );
  const customers = buying.filter((company) => company.properties['lifecyclestage'] === 'customer');
  for (let i = 0; i < sales; i++) addSale(world, chance.pick(buying));
  for (let i = 0; i < renewing; i++) addRenewal(world, customers[i % customers.length] ?? chance.pick(customers));
}

function addSale(world: World, company: Draft): void {
  const { chance } = world;
  const stage = chance.weighed(
    company.properties['lifecyclestage'] === 'customer' ? salesStages : { ...salesStages, closedwon: 0 },
  );
  const createdAt = closed.has(stage) ? chance.ago(40, 800) : chance.ago(3, 150);
  const foreign = chance.odds(0.06);
  const deal = addDeal(world, company, stage, createdAt, {
    dealname: `${String(company.properties['name'])} – ${chance.pick(wanted)}`,
    pipeline: 'default',
    amount: String(chance.whole(24, 900) * 50),
    deal_currency_code: foreign ? chance.pick(['EUR', 'GBP']) : 'USD',
    dealtype: chance.odds(0.75) ? 'newbusiness' : 'existingbusiness',
    competitor: chance.odds(0.4)
      ? optionValue(chance.pick(['Brewline', 'Café Nord', 'OfficeCup', 'None known']))
      : undefined,
    needs_approval: chance.odds(0.3) ? String(chance.odds(0.5)) : undefined,
    tasting_at: chance.odds(0.3) ? isoTime(createdAt + chance.whole(2, 20) * DAY_MS) : undefined,
    hs_next_step: closed.has(stage)
      ? undefined
      : chance.pick(['Send the quote', 'Plan a tasting', 'Call the decision maker', 'Wait for the budget']),
    hs_manual_forecast_category: closed.has(stage)
      ? undefined
      : chance.pick(['PIPELINE', 'BEST_CASE', 'COMMIT', 'OMIT']),
    closed_lost_reason: stage === 'closedlost' ? chance.pick(lossReasons) : undefined,
    hs_priority: chance.odds(0.5) ? chance.pick(['low', 'medium', 'high']) : undefined,
  });
  recordStages(world, deal, Object.keys(salesStages));
}

function addRenewal(world: World, company: Draft): void {
  const { chance } = world;
  const stage = chance.weighed(renewalStages);
  const createdAt = closed.has(stage) ? chance.ago(60, 500) : chance.ago(3, 60);
  const renewalDate = closed.has(stage) ? createdAt + 45 * DAY_MS : chance.ago(-120, -10);
  const deal = addDeal(world, company, stage, createdAt, {
    dealname: `${String(company.properties['name'])} – Renewal ${dateOf(renewalDate).slice(0, 4)}`,
    pipeline: renewals.id,
    amount: String(chance.whole(20, 300) * 100),
    deal_currency_code: 'USD',
    dealtype: 'existingbusiness',
    renewal_date: dateOf(renewalDate),
  });
  recordStages(
    world,
    deal,
    renewals.stages.map(([id]) => id),
  );
}

function addDeal(
  world: World,
  company: Draft,
  stage: string,
  createdAt: number,
  properties: Readonly<Record<string, string | undefined>>,
): Draft {
  const { chance, ledger, labels, people, now } = world;
  const closing = closed.has(stage)
    ? Math.min(now - DAY_MS, createdAt + chance.whole(10, 90) * DAY_MS)
    : chance.ago(-90, -4);
  const deal = ledger.add('0-3', createdAt, {
    ...properties,
    dealstage: stage,
    closedate: isoTime(closing),
    hubspot_owner_id: chance.odds(0.8) ? String(company.properties['hubspot_owner_id']) : chance.pick(people.sales),
    hs_object_source_label: chance.pick(['CRM_UI', 'CRM_UI', 'INTEGRATION']),
  });
  ledger.link(deal, company, defined(5));
  for (const [i, contact] of chance.some(ledger.linked(company, '0-1'), chance.whole(1, 2)).entries()) {
    ledger.link(deal, contact, ...(i === 0 && chance.odds(0.4) ? [labels.champion] : []));
  }
  deal.updatedAt = closed.has(stage) ? closing : Math.min(now - 60_000, createdAt + chance.whole(1, 60) * DAY_MS);
  return deal;
}

/** A deal went through the stages before its own, one after the other. */
function recordStages({ now }: World, deal: Draft, order: readonly string[]): void {
  const stage = String(deal.properties['dealstage']);
  const open = order.filter((id) => !closed.has(id));
  const before = closed.has(stage) ? open : open.slice(0, open.indexOf(stage));
  const path = [...before, stage];
  const step = Math.max(60_000, Math.floor((deal.updatedAt - deal.createdAt) / path.length));
  deal.history['dealstage'] = path
    .map((value, i) => ({ value, at: Math.min(now - 60_000, deal.createdAt + i * step), sourceType: 'CRM_UI' }))
    .toReversed();
}
