/**
 * How HubSpot signs what it sends. Sources: developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/
 * request-validation and .../legacy-apps/authentication/validating-requests, compared 2026-11-22.
 */

import { createHash, createHmac } from 'node:crypto';

export interface Signed {
  readonly clientSecret: string;
  readonly method: string;
  /** As it is asked for, query included. */
  readonly uri: string;
  readonly body: string;
}

/** What `X-HubSpot-Signature` carries. */
export function signature(version: 'v1' | 'v2', { clientSecret, method, uri, body }: Signed): string {
  const text = version === 'v1' ? clientSecret + body : clientSecret + method + uri + body;
  return createHash('sha256').update(text).digest('hex');
}

/** What `X-HubSpot-Signature-v3` carries; `timestamp` is in milliseconds since the epoch. */
export function signatureV3({ clientSecret, method, uri, body }: Signed, timestamp: number): string {
  return createHmac('sha256', clientSecret)
    .update(method + decoded(uri) + body + String(timestamp))
    .digest('base64');
}

/** These characters are decoded before signing, and no others. */
function decoded(uri: string): string {
  return uri.replaceAll(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (escaped) => decodeURIComponent(escaped));
}
