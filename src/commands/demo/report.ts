import type { Loaded, RowProblem } from './load.ts';

/** What became of the rows of a file: the sums, and each row that did not get in with the reason. */
export function reportLoaded(loaded: Loaded, rows: number): string {
  const sums = [
    `${loaded.created} created`,
    `${loaded.updated} updated`,
    `${loaded.failed.length} failed`,
    ...(loaded.unknown.length > 0 ? [`${loaded.unknown.length} without a certain answer`] : []),
    ...(loaded.notSent > 0 ? [`${loaded.notSent} not sent`] : []),
  ];
  return [
    `${counted(rows, 'row')}: ${sums.join(', ')}`,
    ...byReason('failed', loaded.failed),
    ...byReason('perhaps written', loaded.unknown),
  ].join('\n');
}

function byReason(what: string, problems: readonly RowProblem[]): string[] {
  const rowsOf = new Map<string, number[]>();
  for (const { row, reason } of problems) rowsOf.set(reason, [...(rowsOf.get(reason) ?? []), row]);
  return [...rowsOf].map(([reason, rows]) => `   ${what}: row ${ranges(rows)}: ${reason}`);
}

/** "1 row", "2 rows". */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** "3–5, 9". Takes the numbers in rising order. */
export function ranges(numbers: readonly number[]): string {
  const found: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last !== undefined && last.to + 1 === number) last.to = number;
    else found.push({ from: number, to: number });
  }
  return found.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
