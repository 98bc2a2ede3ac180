/** Lifecycle stages of contacts against their deals, and against time. */

import { byValue, interned, joined, numbers, times } from '../../interned.ts';
import { isEmptyAt, type Table, textAt } from '../../table.ts';
import { affected } from '../affected.ts';
import { columnOf, columnsOf, largestFirst, rowsWhere, tableOf } from '../columns.ts';
import { changeFix, examples, fixOf } from '../draft.ts';
import { found } from '../found.ts';
import { unlessUsual } from '../habit.ts';
import { stageOrder, stagePlaces } from '../lifecycle.ts';
import type { Check, FindingDraft, PortalData } from '../types.ts';

/** Where more contacts than this share are behind their company, the portal does not keep the two in step. */
const OUT_OF_STEP = 0.2;
/** Where fewer customers than this share have a deal, customers come from elsewhere and a deal is not to be expected. */
const CUSTOMERS_WITH_DEALS = 0.2;

export const lifecycleAgainstDeals: Check = {
  id: 'C15',
  version: 1,
  title: 'Lifecycle stage that the deals contradict',
  about: `Revenue of won deals but a stage before customer; an opportunity, or a customer, without any deal, where ${100 * CUSTOMERS_WITH_DEALS} % of these have one; a stage before that of the associated company, where at most ${100 * OUT_OF_STEP} % are so.`,
  severity: 'high',
  objectType: 'contacts',
  needs: { contacts: ['lifecyclestage', 'num_associated_deals'] },
  uses: { contacts: ['total_revenue', 'associatedcompanyid'], companies: ['lifecyclestage'] },
  run(data) {
    const table = tableOf(data, 'contacts');
    const place = stagePlaces(data, table);
    const order = stageOrder(data, 'contacts');
    const deals = numbers(columnOf(table, 'num_associated_deals'));
    const hasDeal = (row: number) => (deals[row] ?? 0) > 0;
    const customer = order('customer');
    const opportunity = order('opportunity');
    return [
      ...(customer === -1
        ? []
        : [...wonBefore(table, place, customer), ...customersWithoutDeal(table, place, customer, hasDeal)]),
      ...(opportunity === -1 ? [] : opportunitiesWithoutDeal(table, place, opportunity, hasDeal)),
      ...behindCompany(data, table, place),
    ];
  },
};

function wonBefore(table: Table, place: (row: number) => number, customer: number): FindingDraft[] {
  const column = table.columns.get('total_revenue');
  if (column === undefined) return [];
  const revenue = numbers(column);
  const rows = rowsWhere(table, (row) => (revenue[row] ?? 0) > 0 && place(row) >= 0 && place(row) < customer);
  return found(table, rows, () => ({
    kind: 'won',
    amount: rows.reduce((sum, row) => sum + (revenue[row] ?? 0), 0),
    evidence: examples(table, rows, 'lifecyclestage', 'total_revenue'),
    note: 'They have bought, and are still nurtured as if they had not; the funnel counts too few customers.',
    ...fixOf(
      changeFix(
        table,
        rows.map((row) => ({ row, properties: { lifecyclestage: 'customer' } })),
      ),
    ),
  }));
}

function customersWithoutDeal(
  table: Table,
  place: (row: number) => number,
  customer: number,
  hasDeal: (row: number) => boolean,
): FindingDraft[] {
  const customers = rowsWhere(table, (row) => place(row) === customer);
  const rows = customers.filter((row) => !hasDeal(row));
  const share = (customers.length - rows.length) / customers.length;
  if (rows.length === 0 || share < CUSTOMERS_WITH_DEALS) return [];
  return found(table, rows, () => ({
    subject: 'customer without deal',
    severity: 'medium',
    statistic: {
      name: 'share of customers with a deal',
      value: share,
      threshold: CUSTOMERS_WITH_DEALS,
      n: customers.length,
    },
    evidence: examples(table, rows, 'lifecyclestage', 'total_revenue'),
    note: 'Customers here come by deals, and these have none: the stage was set by hand or by an import, or the deal is not associated.',
  }));
}

function opportunitiesWithoutDeal(
  table: Table,
  place: (row: number) => number,
  opportunity: number,
  hasDeal: (row: number) => boolean,
): FindingDraft[] {
  const all = rowsWhere(table, (row) => place(row) === opportunity);
  const rows = unlessUsual(
    all.filter((row) => !hasDeal(row)),
    all.length,
  );
  return found(table, rows, () => ({
    subject: 'opportunity without deal',
    severity: 'medium',
    evidence: examples(table, rows, 'lifecyclestage'),
    note: 'An opportunity is a contact with a deal, and these have none: the funnel counts what no pipeline shows.',
  }));
}

function behindCompany(data: PortalData, table: Table, place: (row: number) => number): FindingDraft[] {
  const companies = data.tables.get('companies');
  const employer = table.columns.get('associatedcompanyid');
  if (companies?.columns.has('lifecyclestage') !== true || employer === undefined) return [];
  const companyOf = joined(employer, companies.ids);
  const companyStages = interned(columnOf(companies, 'lifecyclestage'));
  const order = stageOrder(data, 'contacts');
  const places = byValue(columnOf(companies, 'lifecyclestage'), order);
  const stageOfCompany = (row: number) => places[companyStages.codes[companyOf[row] ?? -1] ?? 0] ?? -1;
  const compared = rowsWhere(table, (row) => stageOfCompany(row) >= 0 && place(row) >= 0);
  const rows = unlessUsual(
    compared.filter((row) => place(row) < stageOfCompany(row)),
    compared.length,
    OUT_OF_STEP,
  );
  return found(table, rows, () => ({
    subject: 'behind company',
    severity: 'low',
    evidence: examples(table, rows, 'lifecyclestage', 'associatedcompanyid'),
    note: 'They are in an earlier stage than their company: HubSpot can keep the two in step, if that is wanted (Settings, lifecycle stage).',
  }));
}

/** Guess: of a stage that was entered more than once it is the last time. */
const entered = /^hs_v2_date_entered_(.+)$/;

export const lifecycleBackward: Check = {
  id: 'C16',
  version: 1,
  title: 'Lifecycle stage has moved backward',
  about: 'A later stage than the present one was entered before the present one was.',
  severity: 'medium',
  objectType: 'contacts',
  needs: { contacts: ['lifecyclestage'] },
  reads: ({ properties }) => ({
    contacts: [...(properties.get('contacts')?.keys() ?? [])].filter((name) => entered.test(name)),
  }),
  run(data) {
    const table = tableOf(data, 'contacts');
    const order = stageOrder(data, 'contacts');
    const stages = [...table.columns].flatMap(([property, column]) => {
      const stage = entered.exec(property)?.[1] ?? '';
      return order(stage) < 0 ? [] : [{ stage, place: order(stage), column }];
    });
    const present = columnOf(table, 'lifecyclestage');
    const moves = new Map<string, { name: string; rows: number[] }>();
    const rowsOf = rowsInStages(present);
    for (const { stage, place, column } of stages) {
      const since = times(column);
      for (const later of stages.filter((other) => other.place > place)) {
        const before = times(later.column);
        const rows = rowsOf(stage).filter(
          (row) => !isEmptyAt(later.column, row) && (before[row] ?? 0) < (since[row] ?? 0),
        );
        if (rows.length > 0) moves.set(`${later.stage} to ${stage}`, { name: `${later.stage} to ${stage}`, rows });
      }
    }
    return largestFirst(moves.values()).map(
      ({ name, rows }): FindingDraft => ({
        ...affected(table, rows),
        subject: name,
        evidence: { move: name, ...enteredAt(table, rows) },
        note: 'HubSpot moves stages forward only: a workflow, an import or an integration has cleared and set them. Conversion rates count them twice.',
      }),
    );
  },
};

function rowsInStages(present: Parameters<typeof interned>[0]): (stage: string) => number[] {
  const view = interned(present);
  return (stage) => {
    const code = view.codeOf(stage);
    const rows: number[] = [];
    if (code === 0) return rows;
    for (let row = 0; row < view.codes.length; row++) if (view.codes[row] === code) rows.push(row);
    return rows;
  };
}

function enteredAt(table: Table, rows: readonly number[]): Record<string, string> {
  const [row = 0] = rows;
  const found: Record<string, string> = {};
  for (const { property, column } of columnsOf(
    table,
    [...table.columns.keys()].filter((name) => entered.test(name)),
  )) {
    if (!isEmptyAt(column, row)) found[`${property} of ${textAt(table.ids, row)}`] = textAt(column, row);
  }
  return found;
}

/** What is told of a contact in a stage, by nearly all of its peers. */
const telling = [
  'firstname',
  'lastname',
  'email',
  'phone',
  'company',
  'jobtitle',
  'country',
  'industry',
  'hubspot_owner_id',
  'hs_lead_status',
  'associatedcompanyid',
  'hs_persona',
];
const EXPECTED_FILL = 0.9;
const PEERS = 50;

export const missingForStage: Check = {
  id: 'C19',
  version: 1,
  title: 'Property missing that nearly all in the stage have',
  about: `Empty, while ${100 * EXPECTED_FILL} % or more of the contacts in the same lifecycle stage (${PEERS} at least) have it.`,
  severity: 'medium',
  objectType: 'contacts',
  needs: { contacts: ['lifecyclestage'] },
  uses: { contacts: telling },
  run(data) {
    const table = tableOf(data, 'contacts');
    const view = interned(columnOf(table, 'lifecyclestage'));
    return columnsOf(table, telling).flatMap(({ property, column }) => {
      const empty = new Map<number, number[]>();
      for (let row = 0; row < table.rows; row++) {
        const stage = view.codes[row] ?? 0;
        if (stage === 0 || !isEmptyAt(column, row)) continue;
        const rows = empty.get(stage);
        if (rows === undefined) empty.set(stage, [row]);
        else rows.push(row);
      }
      const expected = [...empty].filter(([stage, rows]) => {
        const peers = view.counts[stage] ?? 0;
        return peers >= PEERS && 1 - rows.length / peers >= EXPECTED_FILL;
      });
      const rows = expected.flatMap(([, own]) => own).sort((a, b) => a - b);
      const peers = expected.reduce((sum, [stage]) => sum + (view.counts[stage] ?? 0), 0);
      return found(table, rows, () => ({
        subject: property,
        statistic: {
          name: 'share of peers that have it',
          value: 1 - rows.length / peers,
          threshold: EXPECTED_FILL,
          n: peers,
        },
        evidence: { property, ...Object.fromEntries(expected.map(([stage, own]) => [view.text(stage), own.length])) },
        note: 'Whoever works with these stages counts on the property, and these contacts lack it.',
      }));
    });
  },
};
