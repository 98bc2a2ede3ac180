/** Whether a stored value is what a rule asks for. */

import type { ScoreFilter, ScoreValue } from './types.ts';

/** @param now wall time in milliseconds since the epoch, for days that are counted from today (`-30d`) */
export function matches(
  stored: string,
  { operator, value, highValue, values = [] }: ScoreFilter,
  now: number,
): boolean {
  if (operator === 'HAS_PROPERTY') return stored !== '';
  if (operator === 'NOT_HAS_PROPERTY') return stored === '';
  if (stored === '') return false;
  const one = (wanted: ScoreValue | undefined) => wanted !== undefined && isSame(stored, String(wanted), now);
  const than = (bound: ScoreValue | undefined, holds: (difference: number) => boolean) => {
    const [own, other] = bound === undefined ? [Number.NaN, Number.NaN] : inOrder(stored, String(bound), now);
    return !Number.isNaN(own - other) && holds(own - other);
  };
  switch (operator) {
    case 'EQ':
      return one(value);
    case 'NEQ':
      return !one(value);
    case 'IN':
      return values.some(one);
    case 'NOT_IN':
      return !values.some(one);
    case 'LT':
      return than(value, (difference) => difference < 0);
    case 'LTE':
      return than(value, (difference) => difference <= 0);
    case 'GT':
      return than(value, (difference) => difference > 0);
    case 'GTE':
      return than(value, (difference) => difference >= 0);
    case 'BETWEEN':
      return than(value, (difference) => difference >= 0) && than(highValue, (difference) => difference <= 0);
    case 'CONTAINS_TOKEN':
      return hasWords(stored, String(value));
    case 'NOT_CONTAINS_TOKEN':
      return !hasWords(stored, String(value));
  }
}

/** Case makes no difference; of several options one is enough; numbers by what they say. */
function isSame(stored: string, wanted: string, now: number): boolean {
  const asked = wanted.toLowerCase();
  const own = stored.toLowerCase();
  if (own === asked || own.split(';').includes(asked)) return true;
  const [a, b] = isNumber(wanted) || isDay(wanted) ? inOrder(stored, wanted, now) : [Number.NaN, Number.NaN];
  return a === b;
}

/** Both as numbers, or both as moments in milliseconds; NaN where they are neither. */
function inOrder(stored: string, bound: string, now: number): readonly [number, number] {
  if (isNumber(bound) && isNumber(stored)) return [Number(stored), Number(bound)];
  const relative = /^([+-]\d{1,5})d$/.exec(bound)?.[1];
  const other = relative === undefined ? moment(bound) : now + Number(relative) * DAY_MS;
  return [moment(stored), other];
}

const DAY_MS = 86_400_000;
/** Milliseconds since the epoch are twelve digits or thirteen from 1973 on. */
const EPOCH = /^\d{12,13}$/;

function moment(text: string): number {
  if (EPOCH.test(text)) return Number(text);
  return isDay(text) ? Date.parse(text) : Number.NaN;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(text);
}

function isNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/** Every word of what was asked, `*` at an end standing for any letters, as HubSpot's CONTAINS_TOKEN has it. */
function hasWords(stored: string, asked: string): boolean {
  const words = stored.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return asked
    .toLowerCase()
    .split(/[^\p{L}\p{N}*]+/u)
    .filter((word) => word.replaceAll('*', '') !== '')
    .every((wanted) => {
      const bare = wanted.replaceAll('*', '');
      const [open, close] = [wanted.startsWith('*'), wanted.endsWith('*')];
      return words.some((word) =>
        open && close
          ? word.includes(bare)
          : open
            ? word.endsWith(bare)
            : close
              ? word.startsWith(bare)
              : word === bare,
      );
    });
}
