/** Fetches a file for the portal, as HubSpot's servers do. */

import { BlockList, isIP } from 'node:net';
import type { PortalContext } from '../route.ts';

export type Downloaded =
  | { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array }
  | { readonly error: string };

/** Guess: how long HubSpot waits for a file. */
const MAX_MS = 60_000;

/**
 * Never rejects: what went wrong is said. Addresses that HubSpot's servers could not reach either, those of this machine
 * and of private networks, are not asked; which address a name stands for is not looked up. Guess: a redirect is not
 * followed.
 */
export async function download(
  { deliver, clock }: Pick<PortalContext, 'deliver' | 'clock'>,
  url: string,
  signal: AbortSignal,
): Promise<Downloaded> {
  if (!deliver) return { error: `${url} could not be fetched: this portal sends no requests` };
  const { hostname, pathname } = new URL(url);
  if (!isPublicHost(hostname)) return { error: `${url} could not be fetched: ${hostname} is not a public host` };
  const late = new AbortController();
  const cancel = clock.after(MAX_MS, () => late.abort(new Error('it took too long')), { background: true });
  try {
    const either = AbortSignal.any([signal, late.signal]);
    const { status, headers, body } = await deliver({ method: 'GET', url, headers: { accept: '*/*' }, signal: either });
    if (status < 200 || status >= 300) return { error: `${url} could not be fetched: it answered with ${status}` };
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const name = decoded(pathname.split('/').at(-1) ?? '');
    return { name: name === '' ? hostname : name, contentType: headers['content-type'] ?? '', bytes };
  } catch (error) {
    return { error: `${url} could not be fetched: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    cancel();
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

const subnets = [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16',
  '198.18.0.0/15 224.0.0.0/3',
  // An address of IPv4 that is written as one of ::ffff:0:0/96 is one of IPv4 to a BlockList; in these it is not.
  '::/96 64:ff9b::/96 2002::/16 fc00::/7 fe80::/10 ff00::/8',
];
const notPublic = new BlockList();
for (const subnet of subnets.join(' ').split(' ')) {
  const [net = '', bits] = subnet.split('/');
  notPublic.addSubnet(net, Number(bits), net.includes(':') ? 'ipv6' : 'ipv4');
}

/** `hostname` as URLs write it: addresses in their one form, in brackets those of IPv6. */
function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const family = isIP(host);
  if (family !== 0) return !notPublic.check(host, family === 6 ? 'ipv6' : 'ipv4');
  return host.includes('.') && !/\.(localhost|local|internal)$/.test(host);
}
