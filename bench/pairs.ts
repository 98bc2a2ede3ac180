import { OURS, type Server, THEIRS } from './servers.ts';

export interface Pair<T> {
  readonly ours: T;
  readonly theirs: T;
}

/** Measures the two by turns, A B A B, so that whatever the machine does meanwhile meets both. */
export async function inPairs<T>(
  count: number,
  measure: (server: Server, round: number) => Promise<T>,
  onPair: () => void = () => undefined,
): Promise<readonly Pair<T>[]> {
  const pairs: Pair<T>[] = [];
  for (let round = 0; round < count; round += 1) {
    const a = await measure(OURS, round);
    const b = await measure(THEIRS, round);
    pairs.push({ ours: a, theirs: b });
    onPair();
  }
  return pairs;
}
