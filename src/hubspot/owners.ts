/** The portal's users as owners of records. */

import { expect, expectPage, isOwner } from './answers.ts';
import type { Client } from './client.ts';
import type { Owner } from './definitions.ts';
import type { Owners } from './hubspot.ts';

const MAX_PAGE = 500;

export function createOwners(client: Client): Owners {
  const owners = client.definitions<readonly Owner[]>('owners');

  return {
    list: ({ archived = false } = {}, options) =>
      owners([String(archived)], options, async (call) => {
        const all: Owner[] = [];
        let after: string | undefined;
        do {
          const answer = await client.send('owners.list', { query: { limit: MAX_PAGE, archived, after } }, call);
          const page = expectPage('owners.list', answer, isOwner);
          all.push(...page.results);
          after = page.next;
        } while (after !== undefined);
        return all;
      }),

    get: async (ownerId, { archived = false } = {}, options) => {
      const query = archived ? { archived } : {};
      return expect('owners.get', await client.once('owners.get', { path: { ownerId }, query }, options), isOwner);
    },
  };
}
