/**
 * How alike two records are.
 * Source of the compared properties: developers.hubspot.com/docs/api-reference/2027-03-beta/crm/data-quality/
 * get-duplicate-pairs, compared 2026-11-22. Guess: everything else, the weights above all.
 */

interface Compared {
  readonly property: string;
  /** What it adds where both records have the same. */
  readonly weight: number;
  /** What it takes away where they differ. */
  readonly against: number;
  readonly normal: (value: string) => string;
  /** Records whose key is the same may be duplicates; undefined where it says too little. */
  readonly key?: true;
}

const words = (value: string) =>
  value
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
/** What is said after a company's name. */
const forms = /\b(?:incorporated|inc|llc|ltd|limited|corp|corporation|company|co|gmbh|ag|sa|plc|bv|group)\b/g;
const company = (value: string) => words(value).replace(forms, ' ').replace(/\s+/g, ' ').trim() || words(value);
/** Numbers differ in their country code only. */
const phone = (value: string) => value.replace(/\D/g, '').slice(-9);
const mailbox = (value: string) => {
  const [name = '', host = ''] = value.toLowerCase().trim().split('@');
  return host === '' ? '' : `${name.replace(/\+.*$/, '').replaceAll('.', '')}@${host}`;
};
const domain = (value: string) =>
  value
    .toLowerCase()
    .trim()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#].*$/, '');

export const comparedProperties: Readonly<Record<string, readonly Compared[]>> = {
  '0-1': [
    { property: 'firstname', weight: 0.2, against: 0.3, normal: words },
    { property: 'lastname', weight: 0.3, against: 0.3, normal: words },
    { property: 'email', weight: 0.4, against: 0.1, normal: mailbox, key: true },
    { property: 'phone', weight: 0.35, against: 0.1, normal: phone, key: true },
    { property: 'zip', weight: 0.1, against: 0.05, normal: words },
    { property: 'company', weight: 0.15, against: 0.15, normal: company },
    { property: 'ip_country', weight: 0.05, against: 0.05, normal: words },
  ],
  '0-2': [
    { property: 'domain', weight: 0.55, against: 0.25, normal: domain, key: true },
    { property: 'name', weight: 0.5, against: 0.25, normal: company, key: true },
    { property: 'phone', weight: 0.3, against: 0.1, normal: phone, key: true },
    { property: 'country', weight: 0.05, against: 0.15, normal: words },
    { property: 'industry', weight: 0.05, against: 0.05, normal: words },
  ],
};

/** Properties that together are a key: a name is none by its half. */
export const jointKeys: Readonly<Record<string, readonly string[]>> = { '0-1': ['firstname', 'lastname'] };

/** Below it, two records are no pair. */
const LEAST = 0.45;

export interface Likeness {
  /** From 0 to 1, with two decimals. */
  readonly score: number;
  /** The properties in which they are the same. */
  readonly matching: readonly string[];
}

/** Values as `normal` gives them, in the order of the compared properties; undefined for two that are no pair. */
export function likeness(
  compared: readonly Compared[],
  a: readonly string[],
  b: readonly string[],
): Likeness | undefined {
  let score = 0;
  const matching: string[] = [];
  for (const [i, { property, weight, against }] of compared.entries()) {
    const [one = '', other = ''] = [a[i], b[i]];
    // What only one of them has says nothing.
    if (one === '' || other === '') continue;
    if (one === other) {
      score += weight;
      matching.push(property);
    } else score -= against;
  }
  const rounded = Number(Math.min(1, score).toFixed(2));
  return rounded < LEAST ? undefined : { score: rounded, matching };
}

export function confidenceOf(score: number): 'HIGH' | 'MEDIUM' | 'LOW' {
  return score >= 0.8 ? 'HIGH' : score >= 0.6 ? 'MEDIUM' : 'LOW';
}
