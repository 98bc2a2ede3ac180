/** Countries by any of their names. The names are those of the runtime (CLDR through Intl), in the larger languages. */

import { fold } from './fold.ts';
import { remember } from './remember.ts';

const languages = 'en de fr es it nl pt pl sv da nb fi cs tr ja zh ru ko'.split(' ');

/** CLDR names unions, the unknown and test regions too. */
const noCountries: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'ZZ', 'QO', 'XA', 'XB']);

/** What people write and CLDR does not have. */
const others: Readonly<Record<string, string>> = {
  us: 'usa|u.s.a.|u.s.|america|united states of america|the united states|etats-unis d amerique|vereinigte staaten von amerika|ee.uu.|eeuu|estados unidos de america',
  gb: 'uk|u.k.|great britain|britain|england|scotland|wales|northern ireland|grossbritannien|gran bretana',
  ae: 'uae|u.a.e.|emirates',
  nl: 'holland|the netherlands',
  cz: 'czech republic|tschechische republik',
  kr: 'korea|republic of korea|korea, republic of|s. korea',
  ru: 'russian federation',
  cn: "p.r. china|prc|people's republic of china|mainland china",
  ch: 'schweiz/suisse|confoederatio helvetica',
  de: 'federal republic of germany|brd',
  bo: 'bolivia, plurinational state of',
  tz: 'tanzania, united republic of',
  vn: 'viet nam',
  ir: 'iran, islamic republic of',
  tr: 'turkey',
  mk: 'macedonia',
  ci: 'ivory coast',
  hk: 'hong kong',
  mo: 'macau|macao',
  cd: 'democratic republic of the congo|drc',
};

/** Made when it is first asked for: it takes some tens of milliseconds. */
let codes: ReadonlyMap<string, string> | undefined;

/**
 * ISO 3166-1 alpha-2 of a country's code or name: `de`, `Germany`, `Deutschland` and `ALLEMAGNE` give `DE`. `''`
 * where it is none.
 */
export const countryCode: (text: string) => string = remember((text) => {
  codes ??= allNames();
  return codes.get(keyOf(text)) ?? '';
});

const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** The English name of a code, as HubSpot writes countries too; `''` where there is no such code. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) && !noCountries.has(code) ? (english.of(code) ?? '') : '';
}

/** The European Economic Area, the United Kingdom and Switzerland: where personal data needs a lawful basis. */
export const europeanPrivacy: ReadonlySet<string> = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO GB CH'.split(' '),
);

function allNames(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const regions = allRegions();
  for (const language of languages) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const region of regions) {
      const key = keyOf(names.of(region) ?? '');
      // A name that two languages give to two countries is told by the first, the larger one.
      if (key !== '' && !found.has(key)) found.set(key, region);
    }
  }
  for (const [code, names] of Object.entries(others)) {
    for (const name of names.split('|')) found.set(keyOf(name), code.toUpperCase());
  }
  for (const region of regions) found.set(region.toLowerCase(), region);
  return found;
}

const letters = 'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z'.split(' ');
function allRegions(): readonly string[] {
  return letters
    .flatMap((one) => letters.map((other) => one + other))
    .filter((code) => isCurrent(code) && countryName(code) !== '');
}

/** Of states that are no more (`DD`) another code is the canonical one. */
function isCurrent(code: string): boolean {
  return new Intl.Locale(`und-${code}`).region === code;
}

function keyOf(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/^the /, '')
    .trim();
}
