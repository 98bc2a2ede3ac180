/**
 * `/settings/currencies`: the account's currency, and what others are worth in it.
 * Source: developers.hubspot.com/docs/api-reference/latest/account/settings/multicurrency/guide, compared 2026-11-22.
 * Guess: the words of the refusals; how many currencies a tier has; that all amounts follow a new rate, those of closed deals
 * too. HubSpot's central rates are those of a market: this portal has them switched off.
 */

import { accountOf } from '../account/details.ts';
import { anything, flag, list, optional, type Reader, readBody, shape, text } from '../body.ts';
import { invalid, notFound } from '../errors.ts';
import { currencies, isCurrency } from '../facts/currencies.ts';
import type { ExchangeRate } from '../facts/definitions.ts';
import type { Tier } from '../limits.ts';
import { batchAnswer, checkSize } from '../objects/batch-answer.ts';
import { nextPage, readLimit, readStart } from '../paging.ts';
import type { Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';
import { addRate, allRates, currentRates, followRates, rounded } from './exchange-rates.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/account/settings/multicurrency/guide',
  compared: '2026-11-22',
};
const scopes = {
  read: () => ['settings.currencies.read', 'settings.currencies.write'],
  write: () => ['settings.currencies.write'],
};
const path = '/settings/currencies';
const ratesPath = `${path}/exchange-rates`;
const MAX_BATCH = 100;
const maxCurrencies: Readonly<Record<Tier, number>> = { starter: 5, professional: 30, enterprise: 200 };

const rateInput = {
  conversionRate: anything,
  effectiveAt: optional(text),
};
const createInput = shape('ExchangeRateCreateRequest', {
  fromCurrencyCode: text,
  toCurrencyCode: optional(text),
  ...rateInput,
});
const multiplier = shape('ExchangeRateMultiplier', rateInput);
const batchOf = <T>(name: string, input: Reader<T>) => shape(`BatchInput${name}`, { inputs: list(input) });
const batchUpdateInput = batchOf(
  'ExchangeRateUpdateRequest',
  shape('ExchangeRateUpdateRequest', { id: text, ...rateInput }),
);
const pairInput = shape('CurrencyPairUpdate', { fromCurrencyCode: text, toCurrencyCode: text, visibleInUI: flag });

interface RateInput {
  readonly conversionRate: unknown;
  readonly effectiveAt?: string;
}

const read = (subPath: string, handle: Route['handle']): Route => ({
  method: 'GET',
  path: subPath,
  scopes: scopes.read,
  budget: 'burst',
  source,
  handle,
});
const write = (method: 'POST' | 'PUT' | 'PATCH', subPath: string, handle: Route['handle']): Route => ({
  method,
  path: subPath,
  scopes: scopes.write,
  budget: 'burst',
  source,
  handle,
});

export const currencyRoutes: readonly Route[] = [
  read(`${path}/codes`, () => ({ status: 200, body: { results: currencies } })),
  read(`${path}/company-currency`, (call) => ({ status: 200, body: companyCurrency(call) })),
  write('PUT', `${path}/company-currency`, (call) => {
    const { currencyCode } = readBody(call, shape('CompanyCurrencyUpdateRequest', { currencyCode: text }));
    checkCode(currencyCode);
    const account = accountOf(call);
    // Rates into the currency before say nothing about the new one.
    const changed = { ...account, companyCurrency: currencyCode, exchangeRates: {} };
    if (currencyCode !== account.companyCurrency) call.store.account.put(PORTAL, 'account', changed);
    followRates(call.store, call.now);
    return { status: 200, body: companyCurrency(call) };
  }),
  read(`${path}/central-fx-rates/information`, () => ({ status: 200, body: { centralExchangeRatesEnabled: false } })),
  read(`${path}/central-fx-rates/unsupported-currencies`, () => ({ status: 200, body: { results: currencies } })),
  write('POST', `${path}/central-fx-rates/add-currency`, (call) => {
    const { currencyCode } = readBody(call, shape('CurrencyCreateRequest', { currencyCode: text }));
    checkCode(currencyCode);
    throw invalid(`${currencyCode} cannot be added: central exchange rates are not enabled for this account`);
  }),
  read(ratesPath, (call) => {
    const limit = readLimit(call, 100, 500);
    const after = readStart(call);
    const [from, to] = [call.query.get('fromCurrencyCode'), call.query.get('toCurrencyCode')];
    const rates = allRates(call.store).filter(
      (rate) =>
        Number(rate.id) >= after &&
        (from === null || rate.fromCurrencyCode === from) &&
        (to === null || rate.toCurrencyCode === to),
    );
    const next = rates[limit];
    const paging = next ? { paging: nextPage(call, call.path, next.id) } : {};
    return { status: 200, body: { results: rates.slice(0, limit), ...paging } };
  }),
  write('POST', ratesPath, (call) => {
    const rate = create(call, readBody(call, createInput));
    followRates(call.store, call.now);
    return { status: 200, body: rate };
  }),
  read(`${ratesPath}/current`, (call) => ({ status: 200, body: { results: currentRates(call.store, call.now) } })),
  write('POST', `${ratesPath}/batch/create`, (call) => {
    const { inputs } = readBody(call, batchOf('ExchangeRateCreateRequest', createInput));
    checkSize(inputs, MAX_BATCH);
    const rates = inputs.map((input) => create(call, input));
    followRates(call.store, call.now);
    return batchAnswer(call, call.version === 'v3' ? 201 : 200, rates, []);
  }),
  {
    ...read(`${ratesPath}/batch/read`, (call) => {
      const { inputs } = readBody(call, batchOf('PublicObjectId', shape('PublicObjectId', { id: text })));
      checkSize(inputs, MAX_BATCH);
      return batchAnswer(
        call,
        200,
        inputs.map(({ id }) => rateOf(call, id)),
        [],
      );
    }),
    method: 'POST',
  },
  write('POST', `${ratesPath}/batch/update`, (call) => {
    const { inputs } = readBody(call, batchUpdateInput);
    checkSize(inputs, MAX_BATCH);
    const rates = inputs.map((input) => update(call, rateOf(call, input.id), input));
    followRates(call.store, call.now);
    return batchAnswer(call, 200, rates, []);
  }),
  write('POST', `${ratesPath}/update-visibility`, (call) => {
    const { fromCurrencyCode, toCurrencyCode, visibleInUI } = readBody(call, pairInput);
    const rates = allRates(call.store).filter(
      (rate) => rate.fromCurrencyCode === fromCurrencyCode && rate.toCurrencyCode === toCurrencyCode,
    );
    if (rates.length === 0) throw notFound(`No exchange rate from ${fromCurrencyCode} to ${toCurrencyCode} exists`);
    for (const rate of rates) put(call, { ...rate, visibleInUI });
    followRates(call.store, call.now);
    return { status: 204 };
  }),
  read(`${ratesPath}/{exchangeRateId}`, (call) => ({
    status: 200,
    body: rateOf(call, call.params['exchangeRateId'] ?? ''),
  })),
  write('PATCH', `${ratesPath}/{exchangeRateId}`, (call) => {
    const rate = rateOf(call, call.params['exchangeRateId'] ?? '');
    const updated = update(call, rate, readBody(call, multiplier));
    followRates(call.store, call.now);
    return { status: 200, body: updated };
  }),
];

/** Guess: an id of its own, and that the code is told with it. */
function companyCurrency(call: Call) {
  const { companyCurrency: currencyCode, portalId } = accountOf(call);
  return { id: String(portalId), currencyCode };
}

function create(call: Call, input: RateInput & { fromCurrencyCode: string; toCurrencyCode?: string }): ExchangeRate {
  const { companyCurrency: company } = accountOf(call);
  const { fromCurrencyCode, toCurrencyCode = company } = input;
  for (const code of [fromCurrencyCode, toCurrencyCode]) checkCode(code);
  if (toCurrencyCode !== company) throw invalid(`toCurrencyCode must be the company currency ${company}`);
  if (fromCurrencyCode === company) throw invalid(`fromCurrencyCode must not be the company currency ${company}`);
  const known = new Set(allRates(call.store).map((rate) => rate.fromCurrencyCode));
  if (!known.has(fromCurrencyCode) && known.size + 1 >= maxCurrencies[call.tier]) {
    throw invalid(`This account has reached its limit of ${maxCurrencies[call.tier]} currencies`);
  }
  const effectiveAt = timeOf(input.effectiveAt) ?? call.now;
  return addRate(call.store, { fromCurrencyCode, conversionRate: numberOf(input), effectiveAt }, call.now);
}

function update(call: Call, rate: ExchangeRate, input: RateInput): ExchangeRate {
  const effectiveAt = timeOf(input.effectiveAt);
  return put(call, {
    ...rate,
    conversionRate: rounded(numberOf(input)),
    ...(effectiveAt !== undefined && { effectiveAt: new Date(effectiveAt).toISOString() }),
  });
}

function put(call: Call, rate: ExchangeRate): ExchangeRate {
  const changed = { ...rate, updatedAt: new Date(call.now).toISOString() };
  call.store.exchangeRates.put(PORTAL, rate.id, changed);
  return changed;
}

/** @throws PortalError 404 */
function rateOf(call: Call, id: string): ExchangeRate {
  const rate = call.store.exchangeRates.get(PORTAL, id);
  if (!rate) throw notFound(`Exchange rate ${id} does not exist`);
  return rate;
}

function checkCode(code: string): void {
  if (!isCurrency(code)) throw invalid(`${code} is not a supported currency code`);
}

/** Numbers, and texts of one as in HubSpot's examples. @throws PortalError 400 */
function numberOf({ conversionRate }: RateInput): number {
  const rate = typeof conversionRate === 'string' && conversionRate !== '' ? Number(conversionRate) : conversionRate;
  if (typeof rate === 'number' && Number.isFinite(rate) && rounded(rate) > 0) return rate;
  throw invalid(`Invalid conversionRate ${JSON.stringify(conversionRate)}: it must be a number greater than 0`);
}

/** Milliseconds since the epoch, or ISO 8601. @throws PortalError 400 */
function timeOf(said: string | undefined): number | undefined {
  if (said === undefined) return undefined;
  const at = /^\d+$/.test(said) ? Number(said) : Date.parse(said);
  if (Number.isNaN(at) || Math.abs(at) > 8.64e15) throw invalid(`Invalid effectiveAt ${said}: it is no time`);
  return at;
}
