/** How many answers are kept: columns repeat their values, and a million rows must not all be kept. */
const most = 1 << 16;

/** The function with its answers kept; all are let go when there are too many. Made for what costs over a microsecond. */
export function remember<T extends string | object>(answer: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const found = kept.get(text);
    if (found !== undefined) return found;
    if (kept.size >= most) kept.clear();
    const made = answer(text);
    kept.set(text, made);
    return made;
  };
}
