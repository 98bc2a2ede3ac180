/** Amounts of several currencies: HubSpot keeps the number in one property and the currency in another. */

import type { Property } from '../hubspot/index.ts';
import type { Crm } from './index.ts';
import type { Measure } from './measures.ts';
import type { ObjectType } from './types.ts';

/** The property that holds a record's currency, by object type; no type has two. */
const CURRENCY_PROPERTIES = ['deal_currency_code', 'hs_line_item_currency_code', 'hs_currency_code'];

/** Not every account has `showCurrencySymbol` on HubSpot's own amounts. */
const AMOUNT = /(^|_)(amount|price|acv|arr|mrr|tcv)(_|$)/;
/** Converted by HubSpot already. */
const CONVERTED = /_in_(home|company)_currency$/;

/** Tells which currencies each group adds. */
export interface CurrencyWatch {
  readonly property: string;
  /** The measures in which currencies must not meet. */
  readonly measures: readonly Measure[];
  /** What an amount without a currency is in. */
  readonly own: string;
}

/** @returns undefined where the type has no currency, or nothing is measured in it */
export async function watchCurrencies(
  crm: Crm,
  type: ObjectType,
  measures: readonly Measure[],
): Promise<CurrencyWatch | undefined> {
  const index = await crm.properties.of(type);
  const property = CURRENCY_PROPERTIES.find((name) => index.has(name));
  const watched = measures.filter((measure) => measure.property !== undefined && isAmount(measure.property));
  if (property === undefined || watched.length === 0) return undefined;
  return { property, measures: watched, own: (await crm.account.details()).companyCurrency };
}

function isAmount({ name, type, showCurrencySymbol = false }: Property): boolean {
  return type === 'number' && !CONVERTED.test(name) && (showCurrencySymbol || AMOUNT.test(name));
}

/** The currency of a record that has an amount. */
export function currencyOf(
  { property, measures, own }: CurrencyWatch,
  stored: Readonly<Record<string, string | null>>,
): string | undefined {
  const filled = measures.some((measure) => measure.property && stored[measure.property.name]);
  return filled ? stored[property] || own : undefined;
}

/** @param groups the currencies that met in each group */
export function currencyNote(
  { property, measures }: CurrencyWatch,
  groups: readonly ReadonlySet<string>[],
): string | undefined {
  const met = new Set(groups.filter((currencies) => currencies.size > 1).flatMap((currencies) => [...currencies]));
  if (met.size === 0) return undefined;
  const names = measures.map(({ name }) => name).join(', ');
  return `${names} adds ${met.size} currencies: ${[...met].toSorted().join(', ')}; group by ${property}.`;
}
