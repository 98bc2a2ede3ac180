/** The two contestants, as data: how each is started, and how each is asked for the same thing. */

import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import ours from '../package.json' with { type: 'json' };

export interface ToolCall {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

export interface Server {
  readonly name: string;
  readonly version: string;
  /** For `node`. */
  readonly args: readonly string[];
  environment(portalUrl: string, token: string): Record<string, string>;
  readonly calls: {
    /** A page of 100 contacts with {@link PAGE_PROPERTIES}. */
    contactsPage(): ToolCall;
    /** Everything the server says about the properties of contacts, options apart. */
    contactProperties(): ToolCall;
    /** Ten contacts of one lifecycle stage. */
    search(lifecyclestage: string): ToolCall;
    getContact(id: string): ToolCall;
  };
}

export const PAGE_PROPERTIES = ['email', 'firstname', 'lastname', 'lifecyclestage'];

/** The built server of this project. */
export const OURS: Server = {
  name: ours.name,
  version: ours.version,
  args: [fileURLToPath(new URL('../../dist/main.js', import.meta.url))],
  environment: (portalUrl, token) => ({ HUBSPOT_ACCESS_TOKEN: token, HUBSPOT_BASE_URL: portalUrl }),
  calls: {
    contactsPage: () => ({
      name: 'search_records',
      arguments: { objectType: 'contacts', limit: 100, properties: PAGE_PROPERTIES },
    }),
    contactProperties: () => ({ name: 'list_properties', arguments: { objectType: 'contacts' } }),
    search: (lifecyclestage) => ({
      name: 'search_records',
      arguments: {
        objectType: 'contacts',
        limit: 10,
        properties: PAGE_PROPERTIES,
        filterGroups: [{ filters: [{ propertyName: 'lifecyclestage', operator: 'EQ', value: lifecyclestage }] }],
      },
    }),
    getContact: (id) => ({
      name: 'get_records',
      arguments: { objectType: 'contacts', ids: [id], properties: PAGE_PROPERTIES },
    }),
  },
};

const require = createRequire(import.meta.url);
const peer = z.object({ version: z.string() }).parse(require('@hubspot/mcp-server/package.json'));

/** HubSpot's own npm server. Its base URL can be set through an undocumented variable. */
export const THEIRS: Server = {
  name: '@hubspot/mcp-server',
  version: peer.version,
  args: [require.resolve('@hubspot/mcp-server')],
  environment: (portalUrl, token) => ({ PRIVATE_APP_ACCESS_TOKEN: token, BASE_URL_OVERRIDE: portalUrl }),
  calls: {
    contactsPage: () => ({
      name: 'hubspot-search-objects',
      arguments: { objectType: 'contacts', limit: 100, properties: PAGE_PROPERTIES },
    }),
    contactProperties: () => ({ name: 'hubspot-list-properties', arguments: { objectType: 'contacts' } }),
    search: (lifecyclestage) => ({
      name: 'hubspot-search-objects',
      arguments: {
        objectType: 'contacts',
        limit: 10,
        properties: PAGE_PROPERTIES,
        filterGroups: [{ filters: [{ propertyName: 'lifecyclestage', operator: 'EQ', value: lifecyclestage }] }],
      },
    }),
    getContact: (id) => ({
      name: 'hubspot-batch-read-objects',
      arguments: { objectType: 'contacts', inputs: [{ id }], properties: PAGE_PROPERTIES },
    }),
  },
};
