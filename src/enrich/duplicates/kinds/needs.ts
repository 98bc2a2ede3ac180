/**
 * What two deals, or two tickets, must have in common to be one. Names alone say little of them: one is made each year,
 * and many people reset a password.
 */

import { type Gate, type Levels, levelAt } from '../compare/factor.ts';
import { dateLevel, numberLevel, textLevel } from '../compare/text.ts';
import { codeAt, type Features, Texts } from '../features/feature.ts';
import type { Content } from '../features/text.ts';
import { knownColumns } from './columns.ts';

export type Needing = 'deals' | 'tickets';

/** What the properties hold, whatever their values look like: an id is neither a date nor an amount. */
export const contents: Readonly<Record<Needing, Readonly<Record<string, Content>>>> = {
  deals: {
    dealname: 'text',
    amount: 'number',
    closedate: 'date',
    createdate: 'date',
    pipeline: 'category',
    dealtype: 'category',
    hs_primary_associated_company: 'category',
    hubspot_owner_id: 'category',
    description: 'text',
  },
  tickets: {
    subject: 'text',
    content: 'text',
    createdate: 'date',
    hs_primary_company: 'category',
    hs_all_associated_contact_emails: 'category',
    hs_pipeline: 'category',
    source_type: 'category',
  },
};

type Limit = NonNullable<ReturnType<Gate['most']>>;
type LevelOf = (property: string) => number;

/** They are two. */
const two = 0.4;
/** For a person to look at. */
const open = 0.85;
/** All but certain. */
const likely = 0.985;

export function needsOf(kind: Needing, features: Features): Gate['most'] {
  const names = [...features.keys()];

  const places = new Map(
    knownColumns(kind, names.map(columnOf)).map(({ column, property }) => [
      property,
      names.findIndex((name) => columnOf(name) === column),
    ]),
  );
  const title = features.get(names[places.get(kind === 'deals' ? 'dealname' : 'subject') ?? -1] ?? '');
  const titles = title && new Texts(title);
  const numbers = (row: number) =>
    (title && titles ? titles.at(codeAt(title, 0, row)) : '').match(/\d+/g)?.sort().join(' ') ?? '';
  const limit = kind === 'deals' ? limitOfDeals : limitOfTickets;
  return (a, b, levels: Levels) => {
    const found = limit((property) => levelAt(levels, places.get(property) ?? -1));
    if (found !== undefined && found.probability <= two) return found;
    const [x, y] = [numbers(a), numbers(b)];
    return x !== '' && y !== '' && x !== y ? { probability: two, why: 'Their names hold different numbers.' } : found;
  };
}

/** Of a feature. */
function columnOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function limitOfDeals(of: LevelOf): Limit | undefined {
  const [company, name, amount] = [of('hs_primary_associated_company'), of('dealname'), of('amount')];
  const [close, made] = [of('closedate'), of('createdate')];
  if (isOther(company)) return { probability: two, why: 'Their companies differ.' };
  if (!isAlike(name)) return { probability: two, why: 'Their names differ.' };
  if (isFar(close) || (close === dateLevel.missing && isFar(made)))
    return { probability: two, why: 'They are of different times.' };
  const together = isNear(made);
  if (amount === numberLevel.different) {
    return together && name <= textLevel.nearly
      ? { probability: open, why: 'Their amounts differ.' }
      : { probability: two, why: 'Their amounts differ, and their names or the days when they were made.' };
  }
  if (!together && !isNear(close)) return { probability: open, why: 'They are not of the same days.' };
  const known = company !== 0 && amount !== numberLevel.missing;
  return known ? undefined : { probability: likely, why: 'Company or amount is not known.' };
}

function limitOfTickets(of: LevelOf): Limit | undefined {
  const [contact, content, made] = [of('hs_all_associated_contact_emails'), of('content'), of('createdate')];
  if (isOther(contact) || isOther(of('hs_primary_company')))
    return { probability: two, why: 'They are of different people.' };
  if (!isAlike(of('subject'))) return { probability: two, why: 'Their subjects differ.' };
  if (!isNear(made)) return { probability: two, why: 'They were not made on the same days.' };
  if (contact === 0) {
    return content === textLevel.same || content === textLevel.nearly
      ? { probability: open, why: 'Nothing says that one person wrote both.' }
      : { probability: two, why: 'Nothing says that one person wrote both.' };
  }
  return content === textLevel.missing || isAlike(content)
    ? undefined
    : { probability: open, why: 'They say different things.' };
}

/** Of columns that are the same or not. */
function isOther(level: number): boolean {
  return level > 1;
}

function isAlike(level: number): boolean {
  return level !== textLevel.missing && level <= textLevel.similar;
}

/** Within three days. */
function isNear(level: number): boolean {
  return level === dateLevel.same || level === dateLevel.near;
}

/** More than a month: one digit off is the same day of another year. */
function isFar(level: number): boolean {
  return level === dateLevel.slip || level === dateLevel.different;
}
