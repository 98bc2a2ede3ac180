/** Where tokens, records and alerts may be sent. */

import * as z from 'zod';

/** Names and addresses of this machine, as URLs have them when they are read. */
export const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** An address in place of a name, as URLs have them when they are read. */
const numeric = /^(?:[\d.]+|\[.*\])$/;

export const hubspotUrl = z
  .url({ error: 'expected a URL such as https://api.hubapi.com' })
  .transform((text) => ({ text: text.toLowerCase(), url: new URL(text) }))
  .refine(
    ({ url }) => url.pathname === '/' && !url.search && !url.hash && !url.username,
    'expected a scheme, a host and a port only',
  )
  .refine(
    // 127.0.0.1 has many spellings, such as 2130706433: whoever uses one has something to hide.
    ({ text, url: { protocol, hostname } }) =>
      loopback.test(hostname)
        ? /^https?:$/.test(protocol) && text.includes(`//${hostname}`)
        : protocol === 'https:' && !numeric.test(hostname),
    'the token is sent there: only https to a host with a name, or http on this machine (127.0.0.1, localhost, ::1)',
  )
  .transform(({ url }) => url.origin);

/** Where a model answers: as HubSpot's, and it may have a path. */
export const modelUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false;
  return loopback.test(hostname)
    ? /^https?:$/.test(protocol) && text.toLowerCase().includes(`//${hostname}`)
    : protocol === 'https:' && !numeric.test(hostname);
}, 'records are sent there: only https to a host with a name, or http on this machine (127.0.0.1, localhost, ::1)');

/** Its path and query may be a secret of their own, so that no message repeats them. */
export const webhookUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
}, 'expected an https URL, or http on this machine, without a user name');

/** It may hold a password, so that no message repeats it. */
export const redisUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^rediss?:\/\/[^/]/.test(text),
    'expected redis://host:port or rediss://host:port',
  );
