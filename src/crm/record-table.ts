/** Records -> columns and rows that say much in little. */

import { legible } from '../text/legible.ts';
import type { HubSpotRecord } from './types.ts';

export type Cell = string | number | boolean | null;

/** Says what the mark of a cut text means, where the whole is to be had. */
export const CUT_NOTE = '…[+n] marks a text cut by n characters: get_records gives more of it.';

/** The mark, at the end of a text, and how many characters it stands for. */
export const CUT_END = /…\[\+(\d+)\]\s*$/;

export interface RecordTable {
  readonly columns: string[];
  readonly rows: Cell[][];
  /** How many texts were cut; each says at its end how many characters are left. */
  readonly cut: number;
}

export interface CellOptions {
  /** Longest text of a cell, in UTF-16 units. */
  readonly maxText: number;
  /** Where the texts begin, to read on in one that was cut. */
  readonly textOffset?: number;
}

/** The id comes first and is never cut; a property that a record lacks is an empty cell. */
export function recordTable(
  records: readonly HubSpotRecord[],
  properties: readonly string[],
  options: CellOptions,
): RecordTable {
  const shown = properties.filter((name) => name !== 'hs_object_id');
  let cut = 0;
  const rows = records.map((record) => [
    record.id,
    ...shown.map((name) => {
      const cell = textCell(record.properties[name], options);
      if (cell?.cut) cut += 1;
      return cell?.text ?? null;
    }),
  ]);
  return { columns: ['id', ...shown], rows, cut };
}

/** HubSpot writes milliseconds, and seconds, where there are none: they go, the instant stays. */
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?(?:\.(\d+))?Z$/;

export function shortInstant(text: string): string {
  const [, minute, seconds = ':00', fraction = ''] = INSTANT.exec(text) ?? [];
  if (minute === undefined || /[1-9]/.test(fraction)) return text;
  return `${minute}${seconds === ':00' ? '' : seconds}Z`;
}

/** A value as a cell shows it, legible before it is cut: no cut can show what was hidden. Undefined when there is none. */
export function textCell(raw: string | null | undefined, { maxText, textOffset = 0 }: CellOptions) {
  if (raw === null || raw === undefined || raw === '') return undefined;
  const value = legible(raw);
  // Where reading goes on, only texts long enough to have been cut do.
  const from = value.length > maxText ? textOffset : 0;
  const end = wholeCharacter(value, from + maxText);
  const left = value.length - end;
  const text = value.slice(from, end);
  return left > 0 ? { text: `${text}…[+${left}]`, cut: true } : { text: shortInstant(text), cut: false };
}

/** A text, legible, from its beginning, with the usual mark when it was cut. */
export function cutText(raw: string, maxText: number): string {
  const value = legible(raw);
  const end = wholeCharacter(value, maxText);
  return end < value.length ? `${value.slice(0, end)}…[+${value.length - end}]` : value;
}

/** The same place, or one before it when it would part a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? at - 1 : at;
}
