import type { Fetch } from '../../fetch.ts';

/** Sends what a portal sends by itself, webhooks, over the network. A redirect is an answer like any other. */
export const deliver: Fetch = async ({ method, url, headers, body, signal }) => {
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  });
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
};
