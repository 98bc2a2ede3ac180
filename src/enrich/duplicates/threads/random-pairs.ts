/** Pairs of any rows, always the same ones: they show how rows compare that are not the same. */

/** All pairs of a table with no more pairs than these; so many of a larger one. */
const randomPairsAtMost = 50_000;
/** Of a larger table so many rows, evenly spread, are paired: making a row's values ready costs more than comparing them. */
const rowsPaired = 5000;
export const randomParts = 4;

export function randomPairs(rows: number, part: number, take: (a: number, b: number) => void): void {
  const all = (rows * (rows - 1)) / 2;
  if (all <= randomPairsAtMost) {
    for (let a = part; a < rows; a += randomParts) for (let b = a + 1; b < rows; b++) take(a, b);
    return;
  }
  let state = 0x2545f491 ^ Math.imul(part + 1, 0x9e3779b9);
  const some = Math.min(rows, rowsPaired);
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor((((state >>> 0) % some) * rows) / some);
  };
  for (let pair = 0; pair < randomPairsAtMost / randomParts; ) {
    const [a, b] = [next(), next()];
    if (a === b) continue;
    take(Math.min(a, b), Math.max(a, b));
    pair++;
  }
}
