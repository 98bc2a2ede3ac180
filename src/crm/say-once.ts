/** A reason that hundreds of rows share is told in full only once. */

/** Names and numbers: what tells the reasons of two rows apart. */
const SPECIFIC = /"(?:[^"\\]|\\.)*"|\d+/g;

/**
 * Gives, for one row after the other, the words in which to refer to an earlier row with the same reason; `undefined`
 * for a reason that is told for the first time.
 */
export function referrer(): (index: number, message: string) => string | undefined {
  const told = new Map<string, { readonly index: number; readonly message: string }>();
  return (index, message) => {
    const reason = message.replace(SPECIFIC, '"');
    const first = told.get(reason);
    if (first === undefined) {
      told.set(reason, { index, message });
      return undefined;
    }
    if (message === first.message) return `As index ${first.index}.`;
    const before = first.message.match(SPECIFIC) ?? [];
    const differing = (message.match(SPECIFIC) ?? []).filter((word, place) => word !== before[place]);
    const short = `As index ${first.index}, but ${differing.join(', ')}.`;
    return short.length < message.length ? short : message;
  };
}
