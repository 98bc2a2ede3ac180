/** How an answer is put on the wire. */

import type { HttpResponse } from '../fetch.ts';
import type { Answer } from './route.ts';

export function toResponse(
  { status, body, headers }: Answer,
  correlationId: string,
  more: Readonly<Record<string, string>> = {},
): HttpResponse {
  const sent = body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : undefined;
  const content = sent ?? (body === undefined ? '' : JSON.stringify(body));
  const type = sent === undefined ? 'application/json;charset=utf-8' : 'text/html;charset=iso-8859-1';
  return {
    status,
    headers: {
      ...(content.length > 0 && { 'content-type': type }),
      ...more,
      'x-hubspot-correlation-id': correlationId,
      ...headers,
    },
    body: content,
  };
}
