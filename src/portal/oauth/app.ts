/** A developer's app that is installed in a portal: what OAuth and webhooks are about. */

import { allScopes } from '../scopes.ts';

export interface App {
  readonly appId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Compared whole, as HubSpot does. */
  readonly redirectUris: readonly string[];
  /** What the app may ask for. */
  readonly scopes: readonly string[];
  /** The `hapikey` of the developer account that the app belongs to; without one, its webhooks answer only to its tokens. */
  readonly developerApiKey?: string;
  /**
   * What the header `X-HubSpot-Signature` of its webhooks carries; v3 has a header of its own and is always sent. Omitted:
   * `v1`, as HubSpot sends it for apps. This portal's own switch: HubSpot uses `v2` for the webhooks of workflows.
   */
  readonly signatureVersion?: 'v1' | 'v2';
}

/** What an app may do with what is its own. Source: developers.hubspot.com/docs/api-reference/latest/webhooks-journal/guide. */
const developerScopes = [
  'developer.webhooks_journal.read',
  'developer.webhooks_journal.subscriptions.read',
  'developer.webhooks_journal.subscriptions.write',
  'developer.webhooks_journal.snapshots.read',
  'developer.webhooks_journal.snapshots.write',
];

/** Installed in every portal that is given no apps of its own. Its secrets are public: it is worth nothing elsewhere. */
export const demoApp: App = {
  appId: 1160452,
  clientId: '7fff1e36-2d40-4ae1-bbb1-5266d59564fb',
  clientSecret: 'c0ffee00-3f1a-4b7e-9d52-d0a5e1f2b3c4',
  redirectUris: ['http://localhost:3000/oauth-callback', 'http://127.0.0.1:3000/oauth-callback'],
  scopes: [...allScopes, ...developerScopes],
  developerApiKey: 'de0e10be-5a3c-4c1d-8e2f-a1b2c3d4e5f6',
};
