/**
 * What other currencies are worth in the account's own. All rates are kept; of every currency the one counts that took
 * effect last, and the account's `exchangeRates` and `additionalCurrencies`, by which amounts are calculated, follow it.
 */

import { recalculateType } from '../calculated/recalculation.ts';
import type { Account, ExchangeRate } from '../facts/definitions.ts';
import type { PortalContext, Service } from '../route.ts';
import { PORTAL, type Store } from '../store/store.ts';

/** Types whose amounts are also told in the account's currency: deals. */
const WITH_AMOUNTS = ['0-3'];

const FIRST_ID = 1_000_001;

export interface NewRate {
  readonly fromCurrencyCode: string;
  readonly conversionRate: number;
  /** In milliseconds since the epoch. */
  readonly effectiveAt: number;
}

/** Every rate, in the order in which they were set. */
export function allRates(store: Store): ExchangeRate[] {
  return store.exchangeRates.list(PORTAL);
}

/** At most one for every currency, by its code. `at`: milliseconds since the epoch. */
export function currentRates(store: Store, at: number): ExchangeRate[] {
  const company = store.account.get(PORTAL, 'account')?.companyCurrency;
  const latest = new Map<string, ExchangeRate>();
  for (const rate of allRates(store)) {
    if (rate.toCurrencyCode !== company || Date.parse(rate.effectiveAt) > at) continue;
    const known = latest.get(rate.fromCurrencyCode);
    // Of two from the same time, the one that was set last.
    if (!known || Date.parse(known.effectiveAt) <= Date.parse(rate.effectiveAt))
      latest.set(rate.fromCurrencyCode, rate);
  }
  return [...latest.values()].sort((a, b) => (a.fromCurrencyCode < b.fromCurrencyCode ? -1 : 1));
}

/** Amounts are calculated anew with it: `followRates`, once all are there. */
export function addRate(
  store: Store,
  { fromCurrencyCode, conversionRate, effectiveAt }: NewRate,
  at: number,
): ExchangeRate {
  const time = new Date(at).toISOString();
  const rate: ExchangeRate = {
    id: store.nextId('exchangeRate', FIRST_ID),
    fromCurrencyCode,
    toCurrencyCode: store.account.get(PORTAL, 'account')?.companyCurrency ?? 'USD',
    conversionRate: rounded(conversionRate),
    effectiveAt: new Date(effectiveAt).toISOString(),
    createdAt: time,
    updatedAt: time,
    visibleInUI: true,
  };
  store.exchangeRates.put(PORTAL, rate.id, rate);
  return rate;
}

/** HubSpot keeps six decimals. */
export const rounded = (rate: number) => Number(rate.toFixed(6));

/** Lets the account have the rates that count at a time, and its amounts be calculated with them. */
export function followRates(store: Store, at: number): void {
  const account = store.account.get(PORTAL, 'account');
  if (!account) return;
  const current = currentRates(store, at);
  const exchangeRates = Object.fromEntries(current.map((rate) => [rate.fromCurrencyCode, rate.conversionRate]));
  const visible = current.filter(({ visibleInUI }) => visibleInUI).map(({ fromCurrencyCode }) => fromCurrencyCode);
  const hidden = new Set(current.filter(({ visibleInUI }) => !visibleInUI).map((rate) => rate.fromCurrencyCode));
  const kept = account.additionalCurrencies.filter((code) => code !== account.companyCurrency && !hidden.has(code));
  const next: Account = {
    ...account,
    additionalCurrencies: [...new Set([...kept, ...visible])],
    exchangeRates,
  };
  if (JSON.stringify(next) === JSON.stringify(account)) return;
  store.account.put(PORTAL, 'account', next);
  for (const typeId of WITH_AMOUNTS) recalculateType(store, typeId);
}

/** Gives the rates of an account that was loaded their entries, from a time on. */
export function adoptRates(store: Store, at: number): void {
  for (const [fromCurrencyCode, conversionRate] of Object.entries(
    store.account.get(PORTAL, 'account')?.exchangeRates ?? {},
  )) {
    addRate(store, { fromCurrencyCode, conversionRate, effectiveAt: at }, at);
  }
}

/** Lets rates that were set for a later time take effect then. */
export const exchangeRateService: Service = ({ store, clock }: PortalContext) => {
  let cancel: (() => void) | undefined;
  const plan = () => {
    cancel?.();
    cancel = undefined;
    const now = clock.now();
    const later = allRates(store)
      .map(({ effectiveAt }) => Date.parse(effectiveAt))
      .filter((time) => time > now);
    if (later.length > 0) cancel = clock.after(Math.min(...later) - now, work, { background: true });
  };
  const work = () => {
    cancel = undefined;
    store.transaction(() => followRates(store, clock.now()));
    plan();
  };
  let known = -1;
  store.onWrite(() => {
    if (known === store.revision) return;
    known = store.revision;
    plan();
  });
  if (allRates(store).length > 0) work();
  return { close: () => cancel?.() };
};
