/**
 * What must not stand in free text: numbers of cards, accounts and persons, by their check digits, and passwords.
 * Sources: Luhn's formula (ISO/IEC 7812-1) with the networks' ranges; ISO 13616 for IBANs, lengths from the registry;
 * the issuing authorities' rules for national numbers (SSA for the SSN, HMRC for the NINO, INSEE for the NIR, the Spanish
 * ministry of the interior for the DNI and NIE, Agenzia delle Entrate for the codice fiscale).
 */

export const SENSITIVE_KINDS = ['card number', 'bank account', 'national id', 'password'] as const;
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];

const DIGIT_RUN = /(?<![\d.,#/+-]|\b00)\d(?:[ -]?\d){12,18}(?![\d/-]|[.,]\d)/g;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g;
const SSN = /(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/;
const NINO = /\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/;
const NIR = /(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?!\d)/g;
const DNI = /\b(?:[XYZ]\d{7}|\d{8})-?[A-HJ-NP-TV-Z]\b/g;
const CODICE = /\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b/g;
const PASSWORD =
  /\b(?:pass(?:word|wort|code)|pwd|contraseña|mot de passe|kennwort)\s{0,4}(?:is|ist|es)?\s{0,4}[:=]\s{0,4}\S{4}/i;

/** The kinds of what must not be here that a text holds. The text itself is never given on. */
export function sensitiveKinds(text: string): SensitiveKind[] {
  const kinds: SensitiveKind[] = [];
  if (matches(text, DIGIT_RUN).some((run) => isCard(run.replaceAll(/\D/g, '')))) kinds.push('card number');
  if (matches(text, IBAN).some((found) => isIban(found.replaceAll(' ', '')))) kinds.push('bank account');
  if (isNationalId(text)) kinds.push('national id');
  if (PASSWORD.test(text)) kinds.push('password');
  return kinds;
}

/** Whether it looks like a card's number but for its check digit: where such abound, the column holds other numbers. */
export const isNearlyCard = (text: string): boolean =>
  matches(text, DIGIT_RUN).some((run) => hasRange(run.replaceAll(/\D/g, '')) && !isCard(run.replaceAll(/\D/g, '')));

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([found]) => found);

function isNationalId(text: string): boolean {
  return (
    SSN.test(text) ||
    NINO.test(text) ||
    matches(text, NIR).some(isNir) ||
    matches(text, DNI).some(isDni) ||
    matches(text, CODICE).some(isCodiceFiscale)
  );
}

/** A network's range and length, and Luhn's formula. */
const isCard = (digits: string): boolean => hasRange(digits) && !/^(\d)\1+$/.test(digits) && luhn(digits);

function hasRange(digits: string): boolean {
  const lengths = digits.startsWith('4')
    ? [16]
    : /^(?:5[1-5]|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))/.test(digits)
      ? [16]
      : /^3[47]/.test(digits)
        ? [15]
        : /^(?:36|38|30[0-5])/.test(digits)
          ? [14]
          : /^(?:6011|65|64[4-9]|35(?:2[89]|[3-8]))/.test(digits)
            ? [16]
            : [];
  return lengths.includes(digits.length);
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    sum += at % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 === 0;
}

/** Of the countries whose accounts are met most; of others any length that the standard allows. */
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  TR: 26,
  UA: 29,
  AE: 23,
  SA: 24,
  IL: 23,
  BR: 29,
};

function isIban(text: string): boolean {
  const length = IBAN_LENGTHS[text.slice(0, 2)];
  return length !== undefined && text.length >= length && remainder(text.slice(0, length)) === 1;
}

/** Of the account read as one number, its head at the end and letters as 10 to 35, after division by 97. */
function remainder(text: string): number {
  let rest = 0;
  for (const sign of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

function isNir(text: string): boolean {
  const plain = text.replaceAll(' ', '').replace('2A', '19').replace('2B', '18');
  return BigInt(97) - (BigInt(plain.slice(0, 13)) % BigInt(97)) === BigInt(plain.slice(13));
}

function isDni(text: string): boolean {
  const plain = text.replace('-', '').replace(/^X/, '0').replace(/^Y/, '1').replace(/^Z/, '2');
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(plain.slice(0, 8)) % 23] === plain[8];
}

/** What a sign in an odd place counts; in an even one it counts what it is. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function isCodiceFiscale(text: string): boolean {
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const sign = text.charCodeAt(at);
    const value = sign < 65 ? sign - 48 : sign - 65;
    sum += at % 2 === 0 ? (ODD[value] ?? 0) : value;
  }
  return text.charCodeAt(15) - 65 === sum % 26;
}
