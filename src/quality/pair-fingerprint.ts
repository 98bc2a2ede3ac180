/** How pairs of records are named where something is said of them: `pair:contacts:101:207`, the lower id first. */

export function pairFingerprint(objectType: string, a: string, b: string): string {
  const [first, second] = BigInt(a) < BigInt(b) ? [a, b] : [b, a];
  return `pair:${objectType}:${first}:${second}`;
}

/** The pairs that a word names: of several ids each with each. Undefined when it names none. */
export function pairsNamed(fingerprint: string): readonly string[] | undefined {
  const [, objectType = '', list = ''] = PAIR.exec(fingerprint) ?? [];
  const ids = [...new Set(list.split(':'))];
  if (objectType === '' || ids.length < 2) return undefined;
  return ids.flatMap((a, i) => ids.slice(i + 1).map((b) => pairFingerprint(objectType, a, b)));
}

const PAIR = /^pair:([\w-]{1,150}):(\d{1,18}(?::\d{1,18}){1,9})$/;

/** The ids of a pair of this type. */
export function idsOfPair(objectType: string, fingerprint: string): readonly [string, string] | undefined {
  const [, type, list = ''] = PAIR.exec(fingerprint) ?? [];
  const [a, b] = list.split(':');
  return type === objectType && a !== undefined && b !== undefined ? [a, b] : undefined;
}
