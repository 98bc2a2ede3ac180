/** `/account-info`: what an account is, and how much of its daily calls it has used. */

import { PortalError } from '../errors.ts';
import type { Account } from '../facts/definitions.ts';
import type { Call, Route } from '../route.ts';
import { PORTAL } from '../store/store.ts';

const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/account/account-information/guide',
  compared: '2026-11-22',
};

/** Every token has the `oauth` scope that the documentation asks for. */
const scopes = () => [];

/** @throws PortalError 404 */
export function accountOf(call: Call): Account {
  const account = call.store.account.get(PORTAL, 'account');
  if (!account) throw new PortalError(404, { message: 'resource not found' });
  return account;
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
function utcOffset(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const distance = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -distance : distance;
}

const two = (value: number) => String(value).padStart(2, '0');

function formatOffset(ms: number): string {
  const minutes = Math.abs(ms) / 60_000;
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/account-info/details',
    scopes,
    budget: 'burst',
    source,
    handle(call) {
      // Rates are told by the currencies API only.
      const { exchangeRates: _rates, ...account } = accountOf(call);
      const offset = utcOffset(account.timeZone, call.now);
      return {
        status: 200,
        body: { ...account, utcOffset: formatOffset(offset), utcOffsetMilliseconds: offset },
      };
    },
  },
  // The older of the two paths is v3's only. Guess: what v3's older path `/api-usage/daily` answers is the same.
  usageRoute('/account-info/api-usage/daily/private-apps'),
  { ...usageRoute('/account-info/api-usage/daily'), versions: ['v3'] },
];

function usageRoute(path: string): Route {
  return {
    method: 'GET',
    path,
    scopes,
    budget: 'burst',
    source,
    handle(call) {
      const { limit, used, resetsAt } = call.dailyUsage();
      const usage = {
        name: 'private-apps-api-calls-daily',
        usageLimit: limit,
        currentUsage: used,
        collectedAt: new Date(call.now).toISOString(),
        fetchStatus: 'SUCCESS',
        resetsAt: new Date(resetsAt).toISOString(),
      };
      return { status: 200, body: { results: [usage] } };
    },
  };
}
