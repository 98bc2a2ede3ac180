/** A reason that hundreds of rows share is told in full only once. */

/** Names and numbers: what tells the reasons of two rows apart. */
const SPECIFIC = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|\d+/g;

/** What reasons of the same kind have in common. */
export const reasonOf = (message: string) => message.replace(SPECIFIC, '"');

/** The names and numbers of `message`, up to the last that `first`, a reason of the same kind, has not; empty when it has them all. */
export function distinguishing(first: string, message: string): string {
  const before = first.match(SPECIFIC) ?? [];
  const words = message.match(SPECIFIC) ?? [];
  const last = words.findLastIndex((word, place) => word !== before[place]);
  return words.slice(0, last + 1).join(', ');
}

/** The reason of the kind of `first` that `own` distinguishes from it. */
export function restored(first: string, own: string): string {
  const words = own.match(SPECIFIC) ?? [];
  let place = 0;
  return first.replace(SPECIFIC, (word) => words[place++] ?? word);
}

/** Rows in full whose reasons only refer to those of others, as `referrer` has them do. */
export function inFull<
  Row extends { readonly index: number; readonly message: string; readonly next?: string | undefined },
>(rows: readonly Row[]): Row[] {
  const byIndex = new Map(rows.map((row) => [row.index, row]));
  return rows.map((row) => {
    const [, index, own = ''] = /^As index (\d+)(?:, but (.*))?\.$/s.exec(row.message) ?? [];
    const first = index === undefined ? undefined : byIndex.get(Number(index));
    if (first === undefined) return row;
    return { ...row, message: restored(first.message, own), ...(first.next !== undefined && { next: first.next }) };
  });
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
