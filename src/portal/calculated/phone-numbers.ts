/**
 * Phone numbers as HubSpot searches and formats them.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm (searchable numbers are area code and local
 * number), HubSpot's default properties, compared 2026-11-22.
 * Guess: a number without a country code is one of North America if it has ten digits, else nothing international is known
 * of it; the searchable international number is its digits without a plus; extensions are left out.
 */

import { type Calculated, type Calculation, on } from './calculated.ts';

/** The calling codes of one and two digits; all others have three (ITU-T E.164). */
const shortCodes = new Set(
  '1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

/** The country of a calling code, where it is one. */
const countries: Readonly<Record<string, string>> = Object.fromEntries(
  '1US 7RU 20EG 27ZA 30GR 31NL 32BE 33FR 34ES 36HU 39IT 40RO 41CH 43AT 44GB 45DK 46SE 47NO 48PL 49DE 51PE 52MX 53CU 54AR 55BR 56CL 57CO 58VE 60MY 61AU 62ID 63PH 64NZ 65SG 66TH 81JP 82KR 84VN 86CN 90TR 91IN 92PK 93AF 94LK 95MM 98IR 212MA 213DZ 216TN 234NG 254KE 351PT 352LU 353IE 354IS 356MT 357CY 358FI 359BG 370LT 371LV 372EE 380UA 381RS 385HR 386SI 420CZ 421SK 852HK 886TW 880BD 961LB 962JO 965KW 966SA 971AE 972IL 974QA'
    .split(' ')
    .map((entry) => [entry.replace(/[A-Z]+$/, ''), entry.replace(/^\d+/, '')]),
);

interface Phone {
  readonly countryCode: string | undefined;
  readonly national: string;
}

/** Undefined where there are too few digits for a number. */
export function readPhone(said: string): Phone | undefined {
  const number = said.replace(/(?<!\s)\s*(?:ext\.?|extension|x)\s*\d+\s*$/i, '');
  let digits = number.replaceAll(/\D/g, '');
  let international = number.trim().startsWith('+');
  if (!international && digits.startsWith('00')) {
    international = true;
    digits = digits.slice(2);
  }
  if (digits.length < 5 || digits.length > 17) return undefined;
  if (!international) {
    if (digits.length === 10) return { countryCode: '1', national: digits };
    if (digits.length === 11 && digits.startsWith('1')) return { countryCode: '1', national: digits.slice(1) };
    return { countryCode: undefined, national: digits };
  }
  const length = [1, 2].find((n) => shortCodes.has(digits.slice(0, n))) ?? 3;
  // A trunk zero in brackets, as in +44 (0)20, is not dialled from abroad; Italy's zero is.
  const rest = digits.slice(length);
  const countryCode = digits.slice(0, length);
  return { countryCode, national: countryCode === '39' ? rest : rest.replace(/^0/, '') };
}

function forms(said: string | undefined): { plain?: string; searchable?: string; international?: string } {
  const phone = said === undefined ? undefined : readPhone(said);
  if (!phone) return {};
  const whole = phone.countryCode === undefined ? undefined : `${phone.countryCode}${phone.national}`;
  return { searchable: phone.national, ...(whole !== undefined && { plain: `+${whole}`, international: whole }) };
}

export const phoneNumbers: Calculation = {
  appliesTo: on('0-1', '0-2'),
  calculate({ value, type }): Calculated {
    const [said, mobileSaid] = [value('phone'), value('mobilephone')];
    if (
      said === undefined &&
      mobileSaid === undefined &&
      value('hs_searchable_calculated_phone_number') === undefined
    ) {
      if (value('hs_searchable_calculated_mobile_number') === undefined) return {};
    }
    const phone = forms(said);
    const result = {
      hs_calculated_phone_number: phone.plain,
      hs_searchable_calculated_phone_number: phone.searchable,
      hs_searchable_calculated_international_phone_number: phone.international,
    };
    if (type.id !== '0-1') return result;
    const mobile = forms(mobileSaid);
    const read = said === undefined ? undefined : readPhone(said);
    return {
      ...result,
      hs_calculated_phone_number_country_code: countries[read?.countryCode ?? ''],
      hs_calculated_phone_number_area_code: read?.countryCode === '1' ? read.national.slice(0, 3) : undefined,
      hs_calculated_mobile_number: mobile.plain,
      hs_searchable_calculated_mobile_number: mobile.searchable,
      hs_searchable_calculated_international_mobile_number: mobile.international,
    };
  },
};
