const longest = 64;
const rows: readonly [Uint8Array, Uint8Array, Uint8Array] = [
  new Uint8Array(longest + 1),
  new Uint8Array(longest + 1),
  new Uint8Array(longest + 1),
];

/**
 * Letters to add, drop, change, or swap with their neighbour to make one text of the other (the optimal string alignment
 * distance). Of longer texts than 64 the first 64 count, and what is longer counts as added.
 */
export function editsBetween(a: string, b: string): number {
  if (a === b) return 0;
  const m = Math.min(a.length, longest);
  const n = Math.min(b.length, longest);
  let [before, last, now] = rows;
  for (let j = 0; j <= n; j++) last[j] = j;
  for (let i = 1; i <= m; i++) {
    now[0] = i;
    const c = a.charCodeAt(i - 1);
    for (let j = 1; j <= n; j++) {
      const d = b.charCodeAt(j - 1);
      const change = (last[j - 1] ?? 0) + (c === d ? 0 : 1);
      let least = Math.min(change, (last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && c === b.charCodeAt(j - 2) && d === a.charCodeAt(i - 2)) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      now[j] = least;
    }
    [before, last, now] = [last, now, before];
  }
  return (last[n] ?? 0) + Math.max(a.length, b.length) - Math.max(m, n);
}
