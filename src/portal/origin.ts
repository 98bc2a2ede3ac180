/** Where links in answers lead. */

import type { Call } from './route.ts';

/**
 * The host that the request came to: a client that follows a link must not leave the portal with its bearer. A request
 * without a host was made in the portal's own process, where any host will do.
 */
export function originOf({ headers }: Pick<Call, 'headers'>): string {
  return headers['host'] === undefined ? 'https://api.hubapi.com' : `http://${headers['host']}`;
}
