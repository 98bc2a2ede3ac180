/** Whose deals they are, whom they are with, and what they are called. */

import { byValue, interned } from '../../interned.ts';
import { textAt, valueAt } from '../../table.ts';
import { rowsWhere } from '../columns.ts';
import { associateFix, changeFix } from '../draft.ts';
import { found } from '../found.ts';
import { groupsBy } from '../groups.ts';
import { tasksFor } from '../tasks.ts';
import type { Check, Fix, PortalData } from '../types.ts';
import { DAY, type DealView, dealsOf, moneyOf, unusualIn } from './deal-view.ts';

const MONEY = ['amount', 'amount_in_home_currency'] as const;
const WON_DAYS = 365;

export const alone: Check = {
  id: 'D13',
  version: 1,
  title: 'Deals without a contact or a company',
  about: `Open, or won within ${WON_DAYS} days, and associated with no contact, or with no company; not in a pipeline where that is so of 80 %, which sells to persons, or to nobody in the portal.`,
  severity: 'high',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline'] },
  uses: { deals: ['closedate', 'hubspot_owner_id', ...MONEY], contacts: ['associatedcompanyid'] },
  associations: ['deals>contacts', 'deals>companies'],
  run(data) {
    const view = dealsOf(data);
    const { table, open, won, closes } = view;
    const matters = rowsWhere(
      table,
      (row) => open[row] === 1 || (won[row] === 1 && data.now - (closes[row] ?? 0) < WON_DAYS * DAY),
    );
    const without = (name: string) => {
      const linked = data.associations.get(name);
      return unusualIn(
        view,
        matters,
        matters.filter((row) => (linked?.get(textAt(table.ids, row)) ?? []).length === 0),
      );
    };
    const noContact = without('deals>contacts');
    const noCompany = without('deals>companies');
    return [
      ...found(table, noContact, () => ({
        subject: 'contact',
        isState: true,
        amount: moneyOf(view, noContact),
        evidence: { 'without a contact': noContact.length },
        note: 'Deals are with nobody: no e-mail, call or meeting shows on them, and no campaign gets the credit.',
        fix: tasksFor(data, table, noContact, 'Associate the people whom this deal is with'),
      })),
      ...found(table, noCompany, () => ({
        subject: 'company',
        isState: true,
        amount: moneyOf(view, noCompany),
        evidence: { 'without a company': noCompany.length },
        note: 'Deals belong to no company, so reports by company miss them.',
        fix:
          companiesOfContacts(data, view, noCompany) ??
          tasksFor(data, table, noCompany, 'Associate the company of this deal'),
      })),
    ];
  },
};

/** The company of a deal's first contact, where contacts say which that is. */
function companiesOfContacts(data: PortalData, { table }: DealView, rows: readonly number[]): Fix | undefined {
  const contacts = data.tables.get('contacts');
  const linked = data.associations.get('deals>contacts');
  if (contacts === undefined || linked === undefined) return undefined;
  const ids = interned(contacts.ids);
  const pairs = rows.flatMap((row) => {
    const from = textAt(table.ids, row);
    const [contact = ''] = linked.get(from) ?? [];
    const to = valueAt(contacts, 'associatedcompanyid', ids.codeOf(contact) - 1);
    return contact === '' || to === '' ? [] : [{ from, to }];
  });
  const note = `The companies of the deals’ first contacts; ${rows.length - pairs.length} deals stay without one.`;
  return associateFix('deals', 'companies', pairs, note);
}

export const ownerless: Check = {
  id: 'D16',
  version: 1,
  title: 'Open deals of nobody, or of somebody who has left',
  about: 'Open, and the owner is missing (not in a pipeline where it is of 80 %), deactivated or unknown.',
  severity: 'high',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'hubspot_owner_id'] },
  uses: { deals: MONEY, companies: ['hubspot_owner_id'] },
  run(data) {
    const view = dealsOf(data);
    const { table, open } = view;
    const column = table.columns.get('hubspot_owner_id');
    if (column === undefined) return [];
    const working = new Set(data.owners.filter(({ archived }) => !archived).map(({ id }) => id));
    const { codes } = interned(column);
    const works = byValue(column, (id) => working.has(id));
    const all = rowsWhere(table, (row) => open[row] === 1);
    const nobody = unusualIn(
      view,
      all,
      all.filter((row) => codes[row] === 0),
    );
    // Where owners were not read, nothing can be said of any.
    const gone =
      data.owners.length === 0 ? [] : all.filter((row) => codes[row] !== 0 && works[codes[row] ?? 0] === false);
    const kinds = [
      ['nobody', nobody, 'Open deals belong to nobody, so nobody works on them.'],
      ['gone', gone, 'Open deals belong to people who have left, so nobody works on them.'],
    ] as const;
    return kinds.flatMap(([kind, rows, note]) =>
      found(table, rows, () => ({
        kind,
        amount: moneyOf(view, rows),
        evidence: { deals: rows.length },
        note,
        fix: ownersOfCompanies(data, view, rows, working) ?? tasksFor(data, table, rows, 'Find an owner for this deal'),
      })),
    );
  },
};

/** The owner of a deal's company, where that one still works here. */
function ownersOfCompanies(
  data: PortalData,
  { table }: DealView,
  rows: readonly number[],
  working: ReadonlySet<string>,
): Fix | undefined {
  const companies = data.tables.get('companies');
  const linked = data.associations.get('deals>companies');
  if (companies === undefined || linked === undefined) return undefined;
  const ids = interned(companies.ids);
  const changes = rows.flatMap((row) => {
    const [company = ''] = linked.get(textAt(table.ids, row)) ?? [];
    const owner = valueAt(companies, 'hubspot_owner_id', ids.codeOf(company) - 1);
    return working.has(owner) ? [{ row, properties: { hubspot_owner_id: owner } }] : [];
  });
  const left = rows.length - changes.length;
  const rest =
    left === 0 ? '' : `, for ${changes.length} of these; of the others no company has an owner who works here`;
  const note = `The owners of the deals’ companies${rest}.`;
  return changeFix(table, changes, note);
}

const MOST_SHARE = 0.4;
const FAIR_SHARES = 3;
const FEWEST_DEALS = 50;
const FEWEST_OWNERS = 3;

export const concentration: Check = {
  id: 'D17',
  version: 1,
  title: 'One owner holds most of a pipeline',
  about: `Of the open amount of a pipeline one owner holds more than ${100 * MOST_SHARE} % and more than ${FAIR_SHARES} fair shares; from ${FEWEST_DEALS} open deals and ${FEWEST_OWNERS} owners on.`,
  severity: 'medium',
  objectType: 'deals',
  needs: { deals: ['dealstage', 'pipeline', 'amount', 'hubspot_owner_id'] },
  uses: { deals: ['amount_in_home_currency'] },
  run(data) {
    const view = dealsOf(data);
    const { table, open } = view;
    const byPipeline = groupsBy(table, ['pipeline'], (row) => open[row] === 1);
    const all = groupsBy(table, ['pipeline', 'hubspot_owner_id'], (row) => open[row] === 1);
    return [...byPipeline].flatMap(([pipeline, rows]) => {
      const owners = [...all].filter(([key]) => key.startsWith(`${pipeline} `) && !key.endsWith(' '));
      const total = moneyOf(view, rows);
      if (rows.length < FEWEST_DEALS || owners.length < FEWEST_OWNERS || total === 0) return [];
      const threshold = Math.max(MOST_SHARE, FAIR_SHARES / owners.length);
      return owners.flatMap(([key, own]) => {
        const share = moneyOf(view, own) / total;
        return found(table, share > threshold ? own : [], () => ({
          subject: key,
          amount: moneyOf(view, own),
          statistic: { name: 'share of the open amount', value: share, threshold, n: rows.length },
          evidence: { owner: key.slice(pipeline.length + 1), pipeline, deals: own.length },
          note: 'One person holds most of what is open: the forecast hangs on one calendar.',
          fix: tasksFor(data, table, own, 'Decide whether somebody else takes this deal over'),
        }));
      });
    });
  },
};

const HALF = 0.5;
const BROKEN =
  /^(?:new ?deal|deal|untitled|unnamed|test|tbd|n\/a|none|null|undefined|[^\p{L}\p{N}]*)$|^(?:copy of|clone of)\b|\((?:copy|clone|\d)\)$|\{\{|\[(?:company|name)|\bundefined\b|\bnull\b|^[-–—|:]|[-–—|:]$/iu;
/** A shop's orders are called by their numbers. */
const NUMBER = /^[#\d]\d*$/;

export const brokenName: Check = {
  id: 'D19',
  version: 1,
  title: 'Deal names that say nothing',
  about:
    'Empty, “New deal”, “copy of …”, a number alone (unless half of the pipeline are so, as a shop’s orders), a template that was not filled, or a separator with nothing beside it.',
  severity: 'low',
  objectType: 'deals',
  needs: { deals: ['dealname'] },
  uses: { deals: ['hubspot_owner_id'] },
  run(data) {
    const view = dealsOf(data);
    const { table } = view;
    const column = table.columns.get('dealname');
    if (column === undefined) return [];
    const { codes } = interned(column);
    const broken = byValue(column, (name) => BROKEN.test(name.trim()));
    const numbered = byValue(column, (name) => NUMBER.test(name.trim()));
    const bare = unusualIn(
      view,
      rowsWhere(table, () => true),
      rowsWhere(table, (row) => numbered[codes[row] ?? 0] === true),
      HALF,
    );
    const rows = [...rowsWhere(table, (row) => broken[codes[row] ?? 0] === true), ...bare].sort((a, b) => a - b);
    return found(table, rows, () => ({
      evidence: { 'names that say nothing': rows.length },
      note: 'Nobody can tell from their names what these deals are about.',
      fix: tasksFor(data, table, rows, 'Name this deal after the company and what it is about'),
    }));
  },
};
