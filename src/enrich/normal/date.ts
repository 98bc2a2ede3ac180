/** Days as people write them, as parts: what is compared is a day on a calendar, not a moment. */

export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** Day and month may be the other way round (`03/04/1980`). */
  readonly ambiguous: boolean;
}

/** What stands first where it cannot be told: `dmy` in most countries, `mdy` in the United States. */
export type DateOrder = 'dmy' | 'mdy';

/**
 * Reads `1980-04-03`, `19800403`, `03/04/1980`, `3.4.80`, `3 Apr 1980`, and HubSpot's milliseconds since the epoch.
 * Undefined where it is no day that exists.
 */
export function readDate(text: string, order: DateOrder = 'dmy'): DateParts | undefined {
  const shown = text.trim().toLowerCase();
  const plain =
    /^(\d{4})-?(\d{2})-?(\d{2})(?:t.*)?$/.exec(shown) ?? /^(\d{4})[/.\s](\d{1,2})[/.\s](\d{1,2})$/.exec(shown);
  if (plain !== null) return existing(Number(plain[1]), Number(plain[2]), Number(plain[3]), false);
  const parts = /^(\d{1,2})[/.\s-]+(\d{1,2})[/.\s-]+(\d{4}|\d{2})$/.exec(shown);
  if (parts !== null) return ofNumbers(Number(parts[1]), Number(parts[2]), yearOf(parts[3] ?? ''), order);
  if (/^-?\d{11,14}$/.test(shown)) return ofMilliseconds(Number(shown));
  return ofWords(shown);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function ofNumbers(one: number, two: number, year: number, order: DateOrder): DateParts | undefined {
  const [day, month] = order === 'dmy' ? [one, two] : [two, one];
  if (month > 12) return existing(year, day, month, false);
  return existing(year, month, day, day <= 12 && day !== month);
}

function ofWords(shown: string): DateParts | undefined {
  const word = /[a-z]{3,}/.exec(shown)?.[0] ?? '';
  const month = months.indexOf(word.slice(0, 3)) + 1;
  const [one = '', two = ''] = shown.match(/\d+/g) ?? [];
  if (month === 0 || one === '' || two === '' || shown.length > 40) return undefined;
  return one.length === 4
    ? existing(Number(one), month, Number(two), false)
    : existing(yearOf(two), month, Number(one), false);
}

function ofMilliseconds(at: number): DateParts | undefined {
  const [year = '', month = '', day = ''] = new Date(at).toISOString().split(/[-T]/);
  return existing(Number(year), Number(month), Number(day), false);
}

/** Two digits are of the hundred years that end about now for births and histories: 30 and more of the last century. */
function yearOf(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year < 30 ? 2000 + year : 1900 + year;
}

function existing(year: number, month: number, day: number, ambiguous: boolean): DateParts | undefined {
  if (year < 1000 || month < 1 || month > 12 || day < 1) return undefined;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day > days ? undefined : { year, month, day, ambiguous };
}
