/** A reason that hundreds of rows share is told in full only once. */

/** Names and numbers: what tells the reasons of two rows apart. */
const SPECIFIC = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|\d+/g;

/** What reasons of the same kind have in common. */
export const reasonOf = (message: string) => message.replace(SPECIFIC, '"');

/** The names and numbers of `message` that `first`, a reason of the same kind, has not; empty when it has them all. */
export function distinguishing(first: string, message: string): string {
  const before = first.match(SPECIFIC) ?? [];
  return (message.match(SPECIFIC) ?? []).filter((word, place) => word !== before[place]).join(', ');
}

/**
 * Gives, for one row after the other, the words in which to refer to an earlier row with the same reason; `undefined`
 * for a reason that is told for the first time.
 */
export function referrer(): (index: number, message: string) => string | undefined {
  const told = new Map<string, { readonly index: number; readonly message: string }>();
  return (index, message) => {
    const reason = reasonOf(message);
    const first = told.get(reason);
    if (first === undefined) {
      told.set(reason, { index, message });
      return undefined;
    }
    if (message === first.message) return `As index ${first.index}.`;
    const short = `As index ${first.index}, but ${distinguishing(first.message, message)}.`;
    return short.length < message.length ? short : message;
  };
}
