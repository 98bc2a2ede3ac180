/** What many rows have in common is told once, and they refer to it by a number. */

export interface Numbered<T> {
  /** The same for what is the same. */
  of(thing: T): string;
  /** Each with its number, in the order in which they came. */
  all(): readonly { readonly number: string; readonly thing: T }[];
}

/** @param T plain data: what has the same JSON is the same */
export function numbered<T>(): Numbered<T> {
  const found = new Map<string, { readonly number: string; readonly thing: T }>();
  return {
    of(thing) {
      const key = JSON.stringify(thing);
      const known = found.get(key) ?? { number: String(found.size + 1), thing };
      found.set(key, known);
      return known.number;
    },
    all: () => [...found.values()],
  };
}
