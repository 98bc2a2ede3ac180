/** Texts whose difference is longer are far apart whatever their rest. */
const longest = 32;
/** By character, the places at which the shorter text has it, as bits; empty between two calls. */
const places = new Int32Array(1 << 16);

/**
 * Letters to add, drop, change, or swap with their neighbour to make one text of the other (the optimal string alignment
 * distance). What both begin and end with is left out first; of what is left the first 32 letters of each count, and what
 * is longer counts as added.
 * A column of the table of distances at a time, as bits: H. Hyyrö, A bit-vector algorithm for computing Levenshtein and
 * Damerau edit distances, 2003.
 */
export function editsBetween(a: string, b: string): number {
  let [from, endA, endB] = [0, a.length, b.length];
  while (from < endA && from < endB && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  while (endA > from && endB > from && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const m = Math.min(endA - from, longest);
  const n = Math.min(endB - from, longest);
  const beyond = Math.max(endA, endB) - from - Math.max(m, n);
  if (m === 0 || n === 0) return Math.max(m, n) + beyond;
  for (let i = 0; i < m; i++) {
    const c = a.charCodeAt(from + i);
    places[c] = (places[c] ?? 0) | (1 << i);
  }
  const last = 1 << (m - 1);
  let edits = m;
  // Where a column rises, where it falls, where it goes on along its diagonal; and where the letter before stands.
  let [rises, falls, along, before] = [-1, 0, 0, 0];
  for (let j = 0; j < n; j++) {
    const here = places[b.charCodeAt(from + j)] ?? 0;
    const swapped = ((~along & here) << 1) & before;
    along = (((here & rises) + rises) ^ rises) | here | falls | swapped;
    let up = falls | ~(along | rises);
    let down = along & rises;
    if ((up & last) !== 0) edits++;
    if ((down & last) !== 0) edits--;
    up = (up << 1) | 1;
    down <<= 1;
    rises = down | ~(along | up);
    falls = along & up;
    before = here;
  }
  for (let i = 0; i < m; i++) places[a.charCodeAt(from + i)] = 0;
  return edits + beyond;
}
