/** Which country a record is in, where what it holds says so and nothing contradicts. */

import { countryCode, countryName } from '../normal/country.ts';
import { organisationDomain, registrableDomain } from '../normal/domain.ts';
import { fold } from '../normal/fold.ts';
import { readPhone } from '../normal/phone.ts';

export interface CountryFound {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** `phone`, `domain`, `city`. */
  readonly from: readonly string[];
}

/** Sold to everybody. */
const soldAnywhere: ReadonlySet<string> = new Set(
  'ac ag ai am as bz cc cd cm co cx dj fm fo gg gl gs ht hn im in io is it ki la lc li ly me mn ms mu nf nu pm pn pw re sc sh so st su tf tk tm to tv vc vg vu wf ws yt'
    .split(' ')
    // These are much more their country's.
    .filter((ending) => !['in', 'is', 'it', 'li', 'mu', 'lc', 'ht', 'hn'].includes(ending)),
);

/** Cities whose name, without a state beside it, hardly anybody uses of another. */
const cities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    DE: 'berlin|munchen|munich|muenchen|koln|cologne|dusseldorf|frankfurt am main|stuttgart|leipzig|hannover|nurnberg',
    AT: 'wien|graz|linz|salzburg|innsbruck',
    CH: 'zurich|geneve|genf|basel|lausanne|winterthur|st. gallen',
    FR: 'marseille|toulouse|bordeaux|strasbourg|nantes|lille|montpellier|grenoble',
    NL: 'amsterdam|rotterdam|utrecht|eindhoven|den haag',
    BE: 'bruxelles|brussel|brussels|antwerpen|gent|liege',
    ES: 'barcelona|sevilla|zaragoza|bilbao',
    IT: 'milano|torino|bologna|firenze|napoli',
    PT: 'lisboa|porto|coimbra|braga',
    SE: 'stockholm|goteborg|malmo|uppsala',
    DK: 'kobenhavn|copenhagen|aarhus|odense',
    NO: 'oslo|trondheim|stavanger',
    FI: 'helsinki|tampere|espoo',
    PL: 'warszawa|krakow|wroclaw|poznan|gdansk',
    CZ: 'praha|prague|brno|ostrava',
    GB: 'manchester, uk|london, uk|edinburgh|glasgow|leeds|sheffield',
    IE: 'cork, ireland|dublin, ireland',
    JP: 'tokyo|osaka|kyoto|yokohama',
    SG: 'singapore',
    HK: 'hong kong',
    IN: 'mumbai|bengaluru|bangalore|chennai|kolkata|pune',
    BR: 'sao paulo|rio de janeiro|belo horizonte|curitiba',
    AU: 'sydney, australia|canberra|brisbane',
    US: 'new york city|los angeles|chicago|seattle|san francisco',
    TR: 'istanbul|ankara|izmir',
    AE: 'dubai|abu dhabi',
  }).flatMap(([code, names]) => names.split('|').map((name) => [name, code] as const)),
);

/** Undefined where nothing says it, or where two things say different ones. */
export function countryFound(values: Readonly<Record<string, string>>): CountryFound | undefined {
  const said = [
    ...['phone', 'mobilephone'].map((property) => ({ from: 'phone', code: ofPhone(values[property] ?? '') })),
    // Mail of a provider says where the provider is.
    { from: 'domain', code: ofDomain(organisationDomain(values['email'] ?? '')) },
    ...['website', 'domain'].map((property) => ({
      from: 'domain',
      code: ofDomain(registrableDomain(values[property] ?? '')),
    })),
    { from: 'city', code: values['state'] ? '' : (cities.get(fold(values['city'] ?? '')) ?? '') },
  ].filter(({ code }) => code !== '');
  const [first] = said;
  if (first === undefined || said.some(({ code }) => code !== first.code)) return undefined;
  const from = [...new Set(said.map((each) => each.from))];
  const alone = { phone: 0.85, domain: 0.75, city: 0.7 }[from[0] ?? ''] ?? 0.7;
  return { code: first.code, confidence: from.length > 1 ? 0.95 : alone, from };
}

/** Only of a number that names it itself. */
function ofPhone(text: string): string {
  const international = /^\s*(?:\+|00)/.test(text);
  const phone = international ? readPhone(text, '') : undefined;
  return phone?.valid ? phone.country : '';
}

function ofDomain(domain: string): string {
  const ending = domain.slice(domain.lastIndexOf('.') + 1);
  if (ending === 'uk') return 'GB';
  if (ending.length !== 2 || soldAnywhere.has(ending)) return '';
  const code = ending.toUpperCase();
  return countryName(code) === '' ? '' : countryCode(code);
}
