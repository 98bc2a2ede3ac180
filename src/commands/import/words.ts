/** What an import says to the person who runs it. Pure. */

import type { Estimate } from '../../jobs/estimate.ts';
import { harmless } from '../../operator-line.ts';
import type { Difference, Judged, Refused } from '../../transfer/survey.ts';
import { counted } from '../demo/report.ts';
import { SHOWN } from './tally.ts';

export interface Preview {
  readonly file: string;
  readonly objectType: string;
  readonly rows: number;
  /** Of the rows that were looked up. */
  readonly judged: Judged;
  /** Rows that cannot be written whatever HubSpot holds, beside those that were looked up. */
  readonly refused: number;
  readonly refusals: readonly Refused[];
  readonly differences: readonly Difference[];
  readonly estimate: Estimate;
}

export function previewText(preview: Preview): string {
  const { file, objectType, rows, judged, refused, refusals, differences, estimate } = preview;
  const exact = judged.rows + refused >= rows;
  const scale = judged.rows === 0 ? 0 : (rows - refused) / judged.rows;
  const about = (count: number) => (exact ? String(count) : `about ${Math.round(count * scale)}`);
  const refusedRows = judged.refused * (exact ? 1 : scale) + refused;
  return [
    `${harmless(file)}: ${counted(rows, 'row')} into ${harmless(objectType)}`,
    `   new        ${about(judged.new)}`,
    `   changed    ${about(judged.changed)}`,
    `   unchanged  ${about(judged.unchanged)}`,
    `   refused    ${exact || judged.refused === 0 ? '' : 'about '}${Math.round(refusedRows)}`,
    ...(exact ? [] : [`   (every row was checked by itself; ${judged.rows} of them, drawn by lot, were looked up)`]),
    ...(differences.length > 0 ? ['Such as:', ...differences.map(differenceText)] : []),
    ...(refusals.length > 0 ? ['Refused, among others:', ...refusals.map(refusalText)] : []),
    costText(estimate),
  ].join('\n');
}

function differenceText({ row, key, property, before, after }: Difference): string {
  const change = before === undefined ? quoted(after) : `${quoted(before)} -> ${quoted(after)}`;
  return `   row ${row}, ${harmless(key)}: ${property} ${change}`;
}

function refusalText({ row, key, message }: Refused): string {
  return `   row ${row}${key === '' ? '' : `, ${harmless(key)}`}: ${harmless(message)}`;
}

/** Why rows were not imported, each kind of reason with how many they are and the row whose words stand for all. */
export function reasonsText(
  reasons: readonly { readonly message: string; readonly rows: number }[],
  firstRows: readonly number[],
): readonly string[] {
  const more = reasons.length - SHOWN;
  return [
    ...reasons.slice(0, SHOWN).map(({ message, rows }, place) => {
      const others = rows === 1 ? '' : ` and ${counted(rows - 1, 'other')}`;
      return `   row ${firstRows[place]}${others}: ${harmless(message)}`;
    }),
    ...(more > 0 ? [`   and ${counted(more, 'other reason')}`] : []),
  ];
}

const LONGEST = 60;

function quoted(value: string): string {
  const text = harmless(value);
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

function costText({ calls, today, seconds }: Estimate): string {
  const share = today === undefined ? '' : `, ${today.percent} % of today's ${today.limit} (${today.left} are left)`;
  return `It takes at most ${counted(calls.total, 'HubSpot call')}${share}, and about ${duration(seconds)}.`;
}

function duration(seconds: number): string {
  if (seconds < 120) return counted(seconds, 'second');
  return seconds < 7_200 ? counted(Math.round(seconds / 60), 'minute') : counted(Math.round(seconds / 3_600), 'hour');
}
