/** Which account of HubSpot, and for how long it is waited for. */

import * as z from 'zod';
import { option, optionGroup } from '../option.ts';
import { hubspotUrl } from './addresses.ts';
import { list, secret, whole } from './values.ts';

export const HUBSPOT_URL = 'https://api.hubapi.com';

export const hubspotOptions = optionGroup('HubSpot', {
  accessToken: option(
    {
      variable: 'HUBSPOT_ACCESS_TOKEN',
      text: 'a service key or private app token; without one the server works on the embedded portal',
    },
    secret.optional(),
  ),
  accessTokenFile: option(
    { variable: 'HUBSPOT_ACCESS_TOKEN_FILE', text: 'a file that holds the token instead; read again when it changes' },
    z.string().optional(),
  ),
  baseUrl: option(
    { variable: 'HUBSPOT_BASE_URL', text: 'where HubSpot answers; https, or http on this machine' },
    hubspotUrl.default(HUBSPOT_URL),
  ),
  scopes: option(
    { variable: 'HUBSPOT_MCP_SCOPES', text: 'the scopes of the token, for when HubSpot does not tell them' },
    list.optional(),
  ),
  deadlineMs: option(
    {
      flag: '--deadline-ms <ms>',
      variable: 'HUBSPOT_MCP_DEADLINE_MS',
      text: 'how long a tool call may take, in milliseconds (default: 30000)',
    },
    whole('a whole number of milliseconds', 100, 3_600_000).default(30_000),
  ),
});
