/** Faults of the portal, its properties and its time, one for each check. */

import { about, ago, all, change, DAY, type Fault, isOpen, iso, NOW, past, some } from './fault.ts';
import type { Portal } from './portal.ts';

const HOUR = DAY / 24;

/** A custom property of contacts, defined otherwise. */
function redefine(
  portal: Portal,
  name: string,
  change: { updatedAt?: number; options?: readonly { value: string; label: string; hidden: boolean }[] },
): void {
  const facts = portal.properties.get('contacts')?.get(name);
  if (facts !== undefined) portal.properties.get('contacts')?.set(name, { ...facts, ...change });
}

function fill(
  portal: Portal,
  property: string,
  value: (values: Record<string, string>, index: number) => string,
): void {
  let index = 0;
  for (const values of all(portal, 'contacts').values()) values[property] = value(values, index++);
}

const option = (value: string, hidden = false) => ({ value, label: value, hidden });

const ofProperty = (property: string) =>
  about(({ evidence }) => Object.values(evidence).some((value) => String(value).split(', ').includes(property)));

const secrets = [
  'my card is 4111 1111 1111 1111, valid 12/28',
  'pay back to DE89 3704 0044 0532 0130 00',
  'my number is 219-09-9999',
  'password: hunter22!',
];

export const portalFaults: Readonly<Record<string, Fault>> = {
  P01: (portal, dice) => {
    const count = Math.max(20, Math.round(all(portal, 'contacts').size / 150));
    const formed = some(portal, dice, 'contacts', (values) => values['hs_object_source_label'] === 'FORM', count);
    for (const [id, values] of formed) {
      all(portal, 'contacts').set(`${id}77`, { ...values, createdate: iso(NOW - 6 * DAY + dice.float() * HOUR) });
    }
    // Where a source is too sparse for single days, the type as a whole tells it.
    return about(
      ({ evidence }) =>
        evidence['source'] === 'FORM: Contact us' || evidence['day'] === iso(NOW - 6 * DAY).slice(0, 10),
    );
  },
  P02: (portal, dice) => {
    const changed = some(portal, dice, 'contacts', (values) => ago(values, 'createdate') > 30 * DAY, 200);
    for (const [, values] of changed) {
      Object.assign(values, {
        hs_updated_by_user_id: '901',
        hs_lastmodifieddate: iso(Math.floor((NOW - 9 * DAY) / HOUR) * HOUR + dice.float() * HOUR),
      });
    }
    return about(({ evidence }) => evidence['user'] === '901');
  },
  P03: (portal, dice) => {
    for (const values of all(portal, 'contacts').values()) {
      if (ago(values, 'createdate') < 28 * DAY && dice.chance(0.5)) values['city'] = '';
    }
    return ofProperty('city');
  },
  P04: (portal, dice) => {
    for (const values of all(portal, 'contacts').values()) {
      if (ago(values, 'createdate') >= 90 * DAY) continue;
      if (dice.chance(0.8)) values['region'] = 'north';
      values['score_of_fit'] = String(Number(values['score_of_fit']) / 2);
    }
    const [region] = ofProperty('region').about;
    const [score] = ofProperty('score_of_fit').about;
    return about(...[region, score].filter((test) => test !== undefined));
  },
  P05: (portal, dice) => {
    redefine(portal, 'region', {
      options: ['north', 'south', 'east', 'west', 'southern', 'Southern.'].map((value) => option(value)),
    });
    redefine(portal, 'territory', { options: [option('open'), option('closed', true)] });
    const young = some(portal, dice, 'contacts', (values) => ago(values, 'createdate') < 60 * DAY, 30);
    young.forEach(
      ([, values], index) => (values['territory'] = index < 10 ? 'closed' : index < 20 ? 'nowhere' : 'open'),
    );
    return {
      ids: young.slice(0, 20).map(([id]) => id),
      about: [({ evidence }) => evidence['records with southern'] !== undefined],
    };
  },
  P06: (portal) => {
    redefine(portal, 'territory', { updatedAt: NOW - 700 * DAY });
    return ofProperty('territory');
  },
  P07: (portal, dice) => {
    fill(portal, 'is_person', ({ jobtitle = '' }) =>
      jobtitle !== '' && dice.chance(0.5) ? jobtitle.toUpperCase() : '',
    );
    const facts = portal.properties.get('contacts')?.get('is_person');
    if (facts !== undefined) portal.properties.get('contacts')?.set('is_person', { ...facts, label: 'Jobtitle (old)' });
    return ofProperty('is_person');
  },
  P08: (portal, dice) => {
    fill(portal, 'is_person', () => (dice.chance(0.6) ? String(dice.whole(500)) : ''));
    return ofProperty('is_person');
  },
  P09: (portal) => {
    fill(portal, 'is_person', () => 'yes');
    return ofProperty('is_person');
  },
  P10: (portal, dice) => {
    fill(portal, 'is_person', () => ['yes', 'no', 'perhaps'][dice.whole(3)] ?? '');
    return ofProperty('is_person');
  },
  P12: (portal, dice) => {
    for (const values of all(portal, 'companies').values()) if (dice.chance(0.6)) values['type'] = 'OTHER';
    return ofProperty('type');
  },
  P13: change('contacts', (_, index) => ({ message: `Hello, ${secrets[index % secrets.length] ?? ''}. Thank you` })),
  P14: past(
    'deals',
    'amount',
    ({ amount = '' }) =>
      Array.from({ length: 8 }, (_, turn) => [
        turn % 2 === 0 ? amount : '1',
        NOW - (8 - turn) * 6 * HOUR,
        turn % 2 === 0 ? 'INTEGRATION 12' : 'API 34',
      ]),
    isOpen,
  ),
  P15: (portal) => {
    const contacts = all(portal, 'contacts');
    for (const [id, values] of contacts) {
      if (values['hs_object_source_label'] === 'FORM') continue;
      Object.assign(values, { hs_object_source_label: 'INTEGRATION', hs_object_source_detail_1: 'Shop' });
      if (ago(values, 'createdate') < 25 * DAY) contacts.delete(id);
    }
    return about(({ evidence }) => evidence['source'] === 'INTEGRATION: Shop');
  },
};
