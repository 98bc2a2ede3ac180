/** Sends alerts to an address of the operator's, signed so that whoever is there knows who sent them. */

import { createHmac } from 'node:crypto';
import { type Clock, sleep } from '../clock.ts';
import type { Fetch } from '../fetch.ts';
import type { Notice } from './ways.ts';

export interface WebhookOptions {
  readonly url: string;
  readonly secret: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly version: string;
  /** Not given to the receiver: what could not be delivered. */
  readonly onTrouble: (message: string) => void;
}

const SIGNATURE_HEADER = 'hubspot-mcp-signature';
const TIMESTAMP_HEADER = 'hubspot-mcp-timestamp';

const TIMEOUT_MS = 5_000;
/** After the first attempt, in milliseconds. */
const RETRY_DELAYS_MS = [1_000, 5_000, 20_000];

/** HMAC-SHA256 in hexadecimal over the timestamp (milliseconds since the epoch), a full stop and the body's bytes. */
function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

/**
 * Delivers one alert, and says whether it arrived; it never rejects. Each attempt is signed anew, with the time at which
 * it is made.
 */
export async function deliver(alert: Notice, options: WebhookOptions, signal: AbortSignal): Promise<boolean> {
  const { clock } = options;
  const body = JSON.stringify({
    source: 'hubspot-crm-mcp',
    version: options.version,
    id: alert.id ?? `${alert.alert}-${alert.since}-${alert.status}`,
    alert: alert.alert,
    status: alert.status,
    severity: alert.severity,
    message: alert.message,
    since: new Date(alert.since).toISOString(),
    time: new Date(alert.at).toISOString(),
    ...(alert.data && { data: alert.data }),
  });
  let trouble = await attempt(body, options);
  for (const delay of RETRY_DELAYS_MS) {
    if (trouble === undefined) return true;
    const waited = await sleep(clock, delay, signal).then(
      () => true,
      () => false,
    );
    if (!waited) break; // The process ends.
    trouble = await attempt(body, options);
  }
  if (trouble === undefined) return true;
  options.onTrouble(`The alert ${alert.alert} could not be delivered to the webhook: ${trouble}`);
  return false;
}

/** What went wrong, or undefined. Redirects are not followed: the body would go where nobody wanted it. */
async function attempt(body: string, { url, secret, fetch, clock }: WebhookOptions): Promise<string | undefined> {
  const timestamp = String(clock.now());
  const giveUp = new AbortController();
  const stop = clock.after(TIMEOUT_MS, () => giveUp.abort(new Error('no answer within five seconds')), {
    background: true,
  });
  try {
    const { status } = await fetch({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        [TIMESTAMP_HEADER]: timestamp,
        [SIGNATURE_HEADER]: `sha256=${signatureOf(secret, timestamp, body)}`,
      },
      body,
      signal: giveUp.signal,
    });
    return status >= 200 && status < 300 ? undefined : `it answered ${status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    stop();
  }
}
