/** Whether HubSpot holds what was asked for. HubSpot answers a write with 200 and other values more often than one thinks. */

import type { Change } from './change.ts';
import type { Difference } from './failure.ts';

/** Compares HubSpot's echo with what the change asked for; properties that the echo leaves out are not judged. */
export function differences(
  index: number,
  change: Change,
  echo: { readonly id: string; readonly properties: Readonly<Record<string, string | null>> } | undefined,
): Difference[] {
  const wanted = change.kind === 'merge' ? change.expected : 'properties' in change ? change.properties : undefined;
  if (echo === undefined || wanted === undefined) return [];
  return Object.entries(wanted).flatMap(([property, asked]) => {
    const found = echo.properties[property];
    if (found === undefined || sameValue(asked, found)) return [];
    return [{ index, id: echo.id, property, asked, found: found ?? '' }];
  });
}

/**
 * Equal once HubSpot's own rewriting is allowed for: `null` for empty, `10` for `10.0`, ISO for milliseconds, e-mail
 * addresses in lower case, options in another order, and options appended with a leading `;`.
 */
export function sameValue(asked: string, found: string | null): boolean {
  const [a, b] = [asked.trim(), (found ?? '').trim()];
  if (a === b) return true;
  if (a === '' || b === '') return false;
  if (a.includes(';')) {
    const held = new Set(options(b));
    const wanted = options(a);
    return wanted.every((option) => held.has(option)) && (a.startsWith(';') || wanted.length === held.size);
  }
  if (a.includes('@')) return a.toLowerCase() === b.toLowerCase();
  return Number(a) === Number(b) || instant(a) === instant(b);
}

function options(value: string): string[] {
  return value.split(';').filter(Boolean);
}

/** Milliseconds since the epoch of a date, a date-time, or milliseconds as text; NaN, which equals nothing, for others. */
function instant(value: string): number {
  if (/^\d{11,14}$/.test(value)) return Number(value);
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
}
