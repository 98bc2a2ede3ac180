/** Numbers and times as HubSpot writes them into calculated properties. */

import { isoTime } from '../time.ts';

export const DAY_MS = 86_400_000;

/** At most six decimals, so that sums of cents stay what they are. Undefined stays undefined. */
export function amount(value: number | undefined): string | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const rounded = Number(value.toFixed(6));
  // No exponent, and no minus before nothing.
  return rounded === 0 ? '0' : Math.abs(rounded) < 1e21 ? plain(rounded) : String(rounded);
}

function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(6).replace(/\.?(?<!0)0+$/, '') : text;
}

export function moment(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : isoTime(ms);
}

/** The product, where both are known. */
export function times(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one * other;
}

/** The largest, or undefined of none. */
export function latest(moments: readonly (number | undefined)[]): number | undefined {
  let found: number | undefined;
  for (const at of moments) if (at !== undefined && (found === undefined || at > found)) found = at;
  return found;
}

/** The smallest, or undefined of none. */
export function earliest(moments: readonly (number | undefined)[]): number | undefined {
  let found: number | undefined;
  for (const at of moments) if (at !== undefined && (found === undefined || at < found)) found = at;
  return found;
}
