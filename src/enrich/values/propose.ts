/** What rules propose for a record: no model, no network, the same every time. */

import type { PropertyFacts } from '../anomalies/types.ts';
import { isOneCase, properOrganisationName, properPersonName } from '../normal/casing.ts';
import { countryCode, countryName } from '../normal/country.ts';
import { organisationDomain, registrableDomain } from '../normal/domain.ts';
import { lettersOf, tidy } from '../normal/fold.ts';
import { readPhone } from '../normal/phone.ts';
import { isPlaceholder, known } from '../normal/placeholder.ts';
import { countryFound } from './country-of.ts';
import { functionNames, seniorityNames } from './data/job-words.ts';
import { industryOf } from './industry.ts';
import { readJobTitle } from './job-title.ts';
import { optionFor, valueForKey } from './options.ts';
import type { Candidate, ProposeOptions, RecordToFill } from './types.ts';

/** What a property is about, whatever the portal calls it. */
type Meaning =
  | 'jobFunction'
  | 'seniority'
  | 'industry'
  | 'lifecycle'
  | 'country'
  | 'phone'
  | 'personName'
  | 'organisationName'
  | 'website'
  | 'domain';

const meanings: Readonly<Record<string, Meaning>> = {
  hs_role: 'jobFunction',
  job_function: 'jobFunction',
  department: 'jobFunction',
  hs_seniority: 'seniority',
  seniority: 'seniority',
  industry: 'industry',
  lifecyclestage: 'lifecycle',
  country: 'country',
  hs_country_region_code: 'country',
  phone: 'phone',
  mobilephone: 'phone',
  firstname: 'personName',
  lastname: 'personName',
  company: 'organisationName',
  website: 'website',
};

/** Of companies alone. */
const ofCompanies: Readonly<Record<string, Meaning>> = { name: 'organisationName', domain: 'domain' };

/** What rules read beside what they write, and names, which a model may not be told. */
const read =
  'firstname lastname jobtitle email phone mobilephone website domain city state country hs_country_region_code name company lifecyclestage'.split(
    ' ',
  );

/** Of two properties for the same, people want one filled: HubSpot's list of options before free text. */
const doubles: readonly (readonly [string, string])[] = [
  ['hs_role', 'job_function'],
  ['hs_seniority', 'seniority'],
  ['country', 'hs_country_region_code'],
];

/** What a property is about, by its name, or by its label where the portal made it. */
function meaningOf(objectType: string, { name, label, hubspotDefined }: PropertyFacts): Meaning | undefined {
  const own = objectType === 'companies' && Object.hasOwn(ofCompanies, name) ? ofCompanies[name] : undefined;
  if (own !== undefined || Object.hasOwn(meanings, name)) return own ?? meanings[name];
  if (hubspotDefined) return undefined;
  const said = lettersOf(label);
  if (/^(?:job)?(?:function|department|role)$/.test(said)) return 'jobFunction';
  if (/^(?:job)?(?:seniority|senioritylevel|level)$/.test(said)) return 'seniority';
  return said === 'industry' ? 'industry' : undefined;
}

/** The properties that rules know to fill where nobody names any. */
export function fillable(objectType: string, properties: ReadonlyMap<string, PropertyFacts>): readonly string[] {
  const second = new Set(doubles.flatMap(([first, other]) => (properties.has(first) ? [other] : [])));
  return [...properties.values()]
    .filter((facts) => meaningOf(objectType, facts) !== undefined && !second.has(facts.name))
    .map(({ name }) => name)
    .filter((name) => objectType !== 'contacts' || !Object.hasOwn(ofCompanies, name));
}

/** What has to be read of a record, for rules and for whoever else is asked. */
export function readFor(wanted: readonly string[], properties: ReadonlyMap<string, PropertyFacts>): readonly string[] {
  return [...new Set([...wanted, ...read])].filter((name) => properties.has(name));
}

/** What rules say of each wanted property; whether it may take the place of what is there is for {@link compete} to say. */
export function propose(
  record: RecordToFill,
  wanted: readonly string[],
  { properties, country }: ProposeOptions,
): readonly Candidate[] {
  return wanted.flatMap((name) => {
    const facts = properties.get(name);
    const meaning = facts && meaningOf(record.objectType, facts);
    if (facts === undefined || meaning === undefined) return [];
    const said = rules[meaning](record, facts, country);
    if (said === undefined || said.value === undefined) return [];
    return [{ ...said, value: said.value, property: name, source: 'rules' }];
  });
}

type Said = Pick<Candidate, 'confidence' | 'note' | 'mends'> & { readonly value: string | undefined };
type RuleOf = (record: RecordToFill, facts: PropertyFacts, country: string) => Said | undefined;

const rules: Readonly<Record<Meaning, RuleOf>> = {
  jobFunction({ properties }, facts) {
    const found = readJobTitle(properties['jobtitle'] ?? '').jobFunction;
    return (
      found && {
        value: valueForKey(facts, found.key, functionNames),
        confidence: found.confidence,
        note:
          found.confidence < 0.6
            ? 'The job title names several functions; this is the first.'
            : 'The job title says so.',
      }
    );
  },
  seniority({ properties }, facts) {
    const found = readJobTitle(properties['jobtitle'] ?? '').seniority;
    return (
      found && {
        value: valueForKey(facts, found.key, seniorityNames),
        confidence: found.confidence,
        note: found.confidence < 0.7 ? 'The job title suggests it.' : 'The job title says so.',
      }
    );
  },
  industry({ objectType, properties }, facts) {
    const isCompany = objectType === 'companies';
    const name = properties[isCompany ? 'name' : 'company'] ?? '';
    const domain = properties[isCompany ? 'domain' : 'email'] || properties['website'] || '';
    const found = industryOf({ name, domain });
    return (
      found && {
        value: valueForKey(facts, found.key, {}),
        confidence: found.confidence,
        note:
          found.from === 'name' ? "The company's name says so." : 'Only such organisations get this kind of domain.',
      }
    );
  },
  lifecycle({ properties, deals }, facts) {
    const stage = deals === undefined ? '' : deals.won > 0 ? 'customer' : deals.open > 0 ? 'opportunity' : '';
    const places = facts.options.map(({ value }) => value);
    const [to, from] = [places.indexOf(stage), places.indexOf(properties['lifecyclestage'] ?? '')];
    // Guess: options come in the order of the stages. Forward alone: what stands beside the order is left as it is.
    if (to < 0 || from >= to || properties['lifecyclestage'] === 'other') return undefined;
    const note = stage === 'customer' ? 'A deal with it was won.' : 'There is an open deal with it.';
    return { value: stage, confidence: 0.9, note, mends: true };
  },
  country({ properties }, facts) {
    const now = known(properties[facts.name] ?? '');
    const code = countryCode(now);
    if (code !== '') {
      const value = countryAs(facts, code);
      return { value, confidence: 0.95, note: 'The same country, as HubSpot writes it.', mends: true };
    }
    // What stands there and is no country says something that we do not understand.
    if (now !== '') return undefined;
    const found = countryFound(properties);
    return (
      found && {
        value: countryAs(facts, found.code),
        confidence: found.confidence,
        note: `By ${found.from.join(' and ')}, and nothing contradicts.`,
      }
    );
  },
  phone({ properties }, facts, country) {
    const text = properties[facts.name] ?? '';
    const said = ['country', 'hs_country_region_code'].map((name) => countryCode(properties[name] ?? ''));
    const own = said.find((code) => code !== '');
    const phone = readPhone(text, own ?? country);
    // An extension has no place in E.164, and must not be lost.
    if (phone === undefined || !phone.valid || phone.e164 === '' || phone.extension !== '') return undefined;
    const isSure = /^\s*\+/.test(text) || own !== undefined;
    const note = isSure
      ? 'The same number in E.164.'
      : "The same number in E.164, taken for one of the portal's country.";
    return { value: phone.e164, confidence: isSure ? 0.95 : 0.75, note, mends: true };
  },
  personName({ properties }, facts) {
    return recased(properties[facts.name] ?? '', properPersonName);
  },
  organisationName({ properties }, facts) {
    return recased(properties[facts.name] ?? '', properOrganisationName);
  },
  website({ objectType, properties }) {
    const now = known(properties['website'] ?? '');
    const written = webAddress(now);
    if (now !== '') {
      return written === undefined
        ? undefined
        : { value: written, confidence: 0.95, note: 'The same address, written in full.', mends: true };
    }
    const domain = organisationDomain(properties[objectType === 'companies' ? 'domain' : 'email'] ?? '');
    if (domain === '') return undefined;
    const isOwn = objectType === 'companies';
    return {
      value: `https://${domain}`,
      confidence: isOwn ? 0.8 : 0.7,
      note: isOwn ? "By the company's domain; not looked up." : 'By the domain of the e-mail address; not looked up.',
    };
  },
  domain({ properties }) {
    const now = known(properties['domain'] ?? '');
    const domain = now === '' ? organisationDomain(properties['website'] ?? '') : registrableDomain(now);
    if (domain === '') return undefined;
    const isSame =
      now !== '' &&
      now
        .trim()
        .toLowerCase()
        .replace(/^(?:https?:\/\/)?(?:www\.)?/, '')
        .replace(/\/.*$/, '') === domain;
    if (now !== '')
      return isSame
        ? { value: domain, confidence: 0.95, note: 'The same domain, written as HubSpot compares it.', mends: true }
        : undefined;
    return { value: domain, confidence: 0.85, note: 'The domain of the website.' };
  },
};

function recased(text: string, proper: (text: string) => string): Said | undefined {
  const shown = tidy(text);
  if (shown === '' || isPlaceholder(shown)) return undefined;
  const isCased = !isOneCase(shown);
  return {
    value: proper(text),
    confidence: isCased ? 0.95 : 0.85,
    note: isCased ? 'The same without stray spaces or signs.' : 'The same name in its usual casing.',
    mends: true,
  };
}

/** As the property takes it: a code where it holds codes, else the English name. */
function countryAs(facts: PropertyFacts, code: string): string | undefined {
  if (facts.type === 'enumeration') return optionFor(facts, countryName(code)) ?? optionFor(facts, code);
  return facts.name.endsWith('_code') ? code : countryName(code) || undefined;
}

/** With its scheme, and the host in lower case; undefined where it is no address. */
function webAddress(text: string): string | undefined {
  if (text === '' || /\s/.test(text) || text.includes('@') || registrableDomain(text) === '') return undefined;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) return undefined;
  const { protocol, host, pathname, search, hash } = new URL(full);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}${search}${hash}`;
}
