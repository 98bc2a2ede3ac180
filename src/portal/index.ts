/**
 * The embedded portal: HubSpot's API as one `Fetch` function over SQLite. It opens no socket and knows nothing of the
 * client that calls it.
 */

import type { Clock, Random } from '../clock.ts';
import type { Fetch, HttpRequest, HttpResponse } from '../fetch.ts';
import { authenticate, tokenOf } from './auth.ts';
import { calculate } from './calculated/index.ts';
import { missingScopes, notEmulated, PortalError } from './errors.ts';
import { type Form, readForm } from './form.ts';
import { createLimits, LimitReached, type Tier } from './limits.ts';
import { type App, demoApp } from './oauth/app.ts';
import type { Answer, Call, PortalContext, PortalRules, Token } from './route.ts';
import { createRouter } from './router.ts';
import { routes } from './routes.ts';
import { searchTables } from './search/table.ts';
import { seedPortal } from './seed/index.ts';
import { services } from './services.ts';
import { openStore, PORTAL, type Store } from './store/store.ts';

export interface PortalOptions {
  clock: Clock;
  random: Random;
  /** Omitted: in memory. */
  file?: string;
  seed: 'demo' | 'none';
  /** The scopes of each token. Omitted: any `pat-…` bearer, with all scopes. */
  tokens?: ReadonlyMap<string, readonly string[]>;
  tier?: Tier;
  limits?: 'on' | 'off';
  /** Switches of HubSpot's; see PortalRules for what they are when omitted. */
  rules?: Partial<PortalRules>;
  /** Developers' apps that are installed in the portal. Omitted: one, with public secrets (oauth/app.ts). */
  apps?: readonly App[];
  /** Sends webhooks. Omitted: none are sent. */
  deliver?: Fetch;
}

export interface Portal {
  /** Answers by path and query; the URL's host means nothing to it. It rejects only where it has a bug. */
  fetch: Fetch;
  describe(): {
    portalId: number;
    accountType: string;
    /** Records that are not archived, by object type name. */
    records: Record<string, number>;
    file?: string;
  };
  close(): void;
}

/** For a URL that is only a path. */
const HOST = 'https://api.hubapi.com';

/** HubSpot refuses larger ones. Guess: the exact size is not documented. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Source: developers.hubspot.com/docs/api-reference/latest/crm/imports/guide: 512 MB per file. */
const MAX_FORM_BYTES = 513 * 1024 * 1024;

/** Opens a portal. @throws DatabaseInUse when another process has the file open. */
export async function createPortal(options: PortalOptions): Promise<Portal> {
  const { clock, random, file } = options;
  const store = openStore({ ...(file !== undefined && { file }), nextStep: () => 1 + Math.floor(random.float() * 40) });
  calculate(store);
  seedPortal(store, options.seed, clock.now());
  const timeZone = () => store.account.get(PORTAL, 'account')?.timeZone ?? 'UTC';
  const limits = createLimits({
    clock,
    tier: options.tier ?? 'professional',
    enforced: options.limits !== 'off',
    timeZone,
    requestId: () => random.uuid(),
  });
  const context: PortalContext = {
    store,
    searchTable: searchTables(store),
    clock,
    random,
    tier: options.tier ?? 'professional',
    rules: { batchErrors: 'body', writeValidation: false, indexDelayMs: 0, ...options.rules },
    deliver: options.deliver,
    tokenOf: tokenOf({ given: options.tokens, oauth: store.oauthTokens, now: () => clock.now() }),
    apps: options.apps ?? [demoApp],
    dailyUsage: () => limits.dailyUsage(),
  };
  const route = createRouter(routes);
  const running = services.map((service) => service(context));
  return {
    fetch: respond,
    describe: () => describe(store, file),
    close() {
      for (const service of running) service.close();
      store.close();
    },
  };

  async function respond(request: HttpRequest): Promise<HttpResponse> {
    const correlationId = random.uuid();
    const headers: Record<string, string> = {};
    const form = await readForm(request);
    const result = answer(request, form, correlationId, headers);
    return toResponse(result, { ...headers, 'x-hubspot-correlation-id': correlationId });
  }

  /** Puts the headers of the limits into `headers`, whatever comes of the request. */
  function answer(
    request: HttpRequest,
    form: Form | 'malformed' | undefined,
    correlationId: string,
    headers: Record<string, string>,
  ): Answer {
    try {
      if (!URL.canParse(request.url, HOST)) throw new PortalError(400, { message: 'Bad Request' });
      const { pathname, searchParams } = new URL(request.url, HOST);
      const found = route(request.method, pathname);
      if (found.kind === 'none') throw notEmulated(`${request.method} ${pathname}`);
      const open = found.kind === 'route' && found.route.authentication === 'none';
      const token = open ? nobody : authenticate(request.headers['authorization'], context.tokenOf);
      if (found.kind === 'elsewhere') {
        if (found.methods.length > 0) return { status: 405, body: '', headers: { allow: found.methods.join(', ') } };
        throw new PortalError(404, { message: 'resource not found' });
      }
      Object.assign(headers, limits.take(found.route.budget, token.value));
      const bytes = readBytes(request, form === undefined ? MAX_BODY_BYTES : MAX_FORM_BYTES);
      // Guess: the words.
      if (form === 'malformed') throw new PortalError(400, { message: 'The multipart body cannot be read' });
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
        form,
        headers: request.headers,
        contentType: request.headers['content-type'] ?? '',
        accept: request.headers['accept'] ?? '',
        token,
        correlationId,
        now: clock.now(),
      };
      const needed = open ? [] : found.route.scopes(call);
      if (needed.length > 0 && !needed.some((scope) => token.scopes.has(scope))) throw missingScopes(needed);
      return store.transaction(() => found.route.handle(call));
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      if (error instanceof LimitReached) Object.assign(headers, error.headers);
      return error.answer(correlationId);
    }
  }
}

/** Who asks for what is open to everybody. */
const nobody: Token = { value: '', scopes: new Set(), kind: 'private' };

function readBytes({ body }: HttpRequest, most: number): Uint8Array {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
  // Guess: the words; only the status is known.
  if (bytes.byteLength > most) throw new PortalError(413, { message: 'Request Entity Too Large' });
  return bytes;
}

function toResponse({ status, body, headers }: Answer, more: Record<string, string>): HttpResponse {
  const sent = body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : undefined;
  const content = sent ?? (body === undefined ? '' : JSON.stringify(body));
  const type = sent === undefined ? 'application/json;charset=utf-8' : 'text/html;charset=iso-8859-1';
  return {
    status,
    headers: { ...(content.length > 0 && { 'content-type': type }), ...more, ...headers },
    body: content,
  };
}

function describe(store: Store, file: string | undefined): ReturnType<Portal['describe']> {
  const account = store.account.get(PORTAL, 'account');
  const records: Record<string, number> = {};
  for (const typeId of store.records.typeIds()) {
    records[store.objectType(typeId)?.name ?? typeId] = store.records.count(typeId);
  }
  return {
    portalId: account?.portalId ?? 0,
    accountType: account?.accountType ?? 'STANDARD',
    records,
    ...(file !== undefined && { file }),
  };
}
