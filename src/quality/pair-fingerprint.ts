/** How pairs of records are named where something is said of them: `pair:contacts:101:207`, the lower id first. */

import { MOST_RECORDS } from '../enrich/merge/most-records.ts';

export function pairFingerprint(objectType: string, a: string, b: string): string {
  const [first, second] = BigInt(a) < BigInt(b) ? [a, b] : [b, a];
  return `pair:${objectType}:${first}:${second}`;
}

/** The records that a word names, two or more. Undefined when it names none. */
export function pairNamed(said: string): { readonly objectType: string; readonly ids: readonly string[] } | undefined {
  const [, objectType = '', list = ''] = PAIR.exec(said) ?? [];
  const ids = [...new Set(list.split(':'))];
  return objectType === '' || ids.length < 2 ? undefined : { objectType, ids };
}

/** Of several records each with each. */
export function pairsOf(objectType: string, ids: readonly string[]): readonly string[] {
  return ids.flatMap((a, i) => ids.slice(i + 1).map((b) => pairFingerprint(objectType, a, b)));
}

const PAIR = new RegExp(String.raw`^pair:([^:]{1,150}):(\d{1,18}(?::\d{1,18}){1,${MOST_RECORDS - 1}})$`);

/** The ids of a pair of this type. */
export function idsOfPair(objectType: string, fingerprint: string): readonly [string, string] | undefined {
  const [, type, list = ''] = PAIR.exec(fingerprint) ?? [];
  const [a, b] = list.split(':');
  return type === objectType && a !== undefined && b !== undefined ? [a, b] : undefined;
}
