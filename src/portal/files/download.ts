/** Fetches a file for the portal, as HubSpot's servers do. */

import type { Fetch } from '../../fetch.ts';

export type Downloaded =
  | { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array }
  | { readonly error: string };

/**
 * Never rejects: what went wrong is said. Addresses that HubSpot's servers could not reach either, those of this machine
 * and of private networks, are not asked.
 */
export async function download(deliver: Fetch | undefined, url: string, signal: AbortSignal): Promise<Downloaded> {
  if (!deliver) return { error: `${url} could not be fetched: this portal sends no requests` };
  const { hostname, pathname } = new URL(url);
  if (isPrivate(hostname)) return { error: `${url} could not be fetched: ${hostname} is not a public host` };
  try {
    const { status, headers, body } = await deliver({ method: 'GET', url, headers: { accept: '*/*' }, signal });
    if (status < 200 || status >= 300) return { error: `${url} could not be fetched: it answered with ${status}` };
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const name = decoded(pathname.split('/').at(-1) ?? '');
    return { name: name === '' ? hostname : name, contentType: headers['content-type'] ?? '', bytes };
  } catch (error) {
    return { error: `${url} could not be fetched: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A stray % stays as it is.
    return name;
  }
}

function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost') || host.endsWith('.local') || !/[.:]/.test(host)) return true;
  if (host.includes(':')) return /^(::|::1|::ffff:.*|f[cd].*|fe[89ab].*)$/.test(host);
  return /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(host);
}
