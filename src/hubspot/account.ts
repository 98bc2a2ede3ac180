/** The portal itself, and what its token may do. */

import { expect, expectPage, isAccountDetails, isApiUsage, isTokenInfo } from './answers.ts';
import type { Client } from './client.ts';
import type { SeenDay } from './day.ts';
import type { AccountDetails, TokenInfo } from './definitions.ts';
import { HubSpotError } from './errors.ts';
import type { Account, Scopes } from './hubspot.ts';

/** @param onUsage hears what the account says of its day, over all its apps */
export function createAccount(client: Client, onUsage: (day: SeenDay) => void): Account {
  const details = client.definitions<AccountDetails>('account');

  return {
    details: (options) =>
      details(['details'], options, async (call) => {
        return expect('account.details', await client.send('account.details', {}, call), isAccountDetails);
      }),

    usage: async (options) => {
      const answer = await client.once('account.usage', {}, options);
      const { results } = expectPage('account.usage', answer, isApiUsage);
      const [day] = results.filter(({ fetchStatus = 'SUCCESS' }) => fetchStatus === 'SUCCESS');
      if (day) onUsage({ limit: day.usageLimit, remaining: Math.max(0, day.usageLimit - day.currentUsage) });
      return results;
    },

    // Guess: documented for private apps; whether it knows service keys is not.
    introspect: async (options): Promise<TokenInfo | undefined> => {
      try {
        const body = { tokenKey: await client.token() };
        return expect('account.introspect', await client.once('account.introspect', { body }, options), isTokenInfo);
      } catch (error) {
        if (error instanceof HubSpotError && error.sent === 'yes' && error.code !== 'unauthorized') return undefined;
        throw error;
      }
    },
  };
}

/** `Scopes`, and the way to teach it: every 403 names scopes that are missing. */
export interface LearningScopes extends Scopes {
  deny(error: HubSpotError): void;
}

export function createScopes(introspect: () => Promise<TokenInfo | undefined>): LearningScopes {
  const denied = new Set<string>();
  let granted: ReadonlySet<string> | undefined;
  let learning: Promise<ReadonlySet<string> | undefined> | undefined;

  const learn = async () => {
    try {
      const info = await introspect();
      if (info) granted = new Set(info.scopes);
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      if (error.retryable) learning = undefined;
    }
    return granted;
  };

  return {
    learn: () => (learning ??= learn()),
    granted: () => granted,
    denied: () => denied,
    deny: (error) => error.missingScopes?.forEach((scope) => denied.add(scope)),
  };
}
