/** One request from its arrival to its answer: who asks, what for, and whether they may. */

import type { HttpMethod, HttpRequest, HttpResponse } from '../fetch.ts';
import { authenticate, sourceOf } from './auth.ts';
import { missingScopes, notEmulated, notFoundPage, PortalError } from './errors.ts';
import { isHubSpots } from './facts/endpoints/endpoints.ts';
import { type Form, readForm } from './form.ts';
import { LimitReached, type Limits } from './limits.ts';
import type { Answer, Call, PortalContext, Route, Token } from './route.ts';
import { createRouter, type Match } from './router.ts';
import { shadowedRoutes } from './shadowed-routes.ts';
import { toResponse } from './to-response.ts';

/** For a URL that is only a path. */
const HOST = 'https://api.hubapi.com';

/** HubSpot refuses larger ones. Guess: the exact size is not documented. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Source: developers.hubspot.com/docs/api-reference/latest/crm/imports/guide: 512 MB per file. */
const MAX_FORM_BYTES = 513 * 1024 * 1024;

/** Guess: public clients keep below 15,000 characters, where they saw HubSpot answer 414. */
const MAX_URL_LENGTH = 16 * 1024;

/** It rejects only where the portal has a bug. */
export type FrontDoor = (request: HttpRequest) => Promise<HttpResponse>;

export function createFrontDoor(routes: readonly Route[], context: PortalContext, limits: Limits): FrontDoor {
  const route = createRouter([...routes, ...shadowedRoutes]);

  return async (request) => {
    const correlationId = context.random.uuid();
    const headers: Record<string, string> = {};
    const form = await readForm(request);
    const result = answer(request, form, correlationId, headers);
    return toResponse(result, correlationId, headers);
  };

  /** Puts the headers of the limits into `headers`, whatever comes of the request. */
  function answer(
    request: HttpRequest,
    form: Form | 'malformed' | undefined,
    correlationId: string,
    headers: Record<string, string>,
  ): Answer {
    try {
      if (request.url.length > MAX_URL_LENGTH) throw new PortalError(414, { message: 'Request-URI Too Large' });
      if (!URL.canParse(request.url, HOST)) throw new PortalError(400, { message: 'Bad Request' });
      const { pathname, searchParams } = new URL(request.url, HOST);
      if (!isWellEncoded(pathname)) throw new PortalError(400, { message: 'Bad Request' });
      const found = route(request.method, pathname);
      const open = found.kind === 'route' && found.route.authentication === 'none';
      // What nobody could ask for is said to everybody.
      if (isMissing(found, request.method, pathname)) throw notEmulated(`${request.method} ${pathname}`);
      const token = open ? nobody : authenticate(request.headers['authorization'], context.tokenOf);
      if (found.kind !== 'route') return noRoute(found, request.headers['accept'] ?? '', correlationId);
      const bytes = bytesOf(request);
      const call: Call = {
        ...context,
        method: request.method,
        path: pathname,
        version: found.version,
        params: found.params,
        query: searchParams,
        // Half a gigabyte of files is no text.
        get text() {
          return typeof request.body === 'string' ? request.body : new TextDecoder().decode(bytes);
        },
        bytes,
        form: form === 'malformed' ? undefined : form,
        headers: request.headers,
        contentType: request.headers['content-type'] ?? '',
        accept: request.headers['accept'] ?? '',
        token,
        source: sourceOf(token),
        correlationId,
        now: context.clock.now(),
      };
      const refusal = open ? undefined : refuseScopes(found.route, call);
      // Recorded: HubSpot's gateway refuses for want of a scope before anything is counted.
      if (refusal?.body.category === 'MISSING_SCOPES') throw refusal;
      Object.assign(headers, limits.take(found.route.budget, token));
      if (refusal) throw refusal;
      // Guess: the words for a body and for an address that is too long; of the first, only the status is known.
      if (bytes.byteLength > (form === undefined ? MAX_BODY_BYTES : MAX_FORM_BYTES)) {
        throw new PortalError(413, { message: 'Request Entity Too Large' });
      }
      if (form === 'malformed') throw new PortalError(400, { message: 'The multipart body cannot be read' });
      return context.store.transaction(() => found.route.handle(call), call.source);
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      if (error instanceof LimitReached) Object.assign(headers, error.headers);
      return error.answer(correlationId);
    }
  }
}

/** Who asks for what is open to everybody. */
const nobody: Token = { value: '', scopes: new Set(), kind: 'private' };

/** Whether HubSpot has what is asked for and this portal does not. */
function isMissing(found: Match, method: HttpMethod, path: string): boolean {
  if (found.kind === 'route' || (found.kind === 'elsewhere' && found.methods.length > 0)) return false;
  return isHubSpots(method, path, found.kind === 'elsewhere');
}

/** Recorded: a 405 without a body. Guess: a path that is not there is told like a record that is not there. */
function noRoute(found: Exclude<Match, { kind: 'route' }>, accept: string, correlationId: string): Answer {
  if (found.kind === 'elsewhere' && found.methods.length > 0) {
    return { status: 405, body: '', headers: { allow: found.methods.join(', ') } };
  }
  return accept.startsWith('*/*')
    ? notFoundPage
    : new PortalError(404, { message: 'resource not found' }).answer(correlationId);
}

/** Why the token may not, or why nobody could: a route may find that what is asked for has no scope, since it is not. */
function refuseScopes(route: Route, call: Call): PortalError | undefined {
  try {
    const needed = route.scopes(call);
    const enough = needed.length === 0 || needed.some((scope) => call.token.scopes.has(scope));
    return enough ? undefined : missingScopes(needed);
  } catch (error) {
    if (error instanceof PortalError) return error;
    throw error;
  }
}

function isWellEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function bytesOf({ body }: HttpRequest): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
}
