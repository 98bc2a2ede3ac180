/**
 * The only place that listens for agents: MCP at /mcp, plain JSON at /v1/tools, /healthz. On this machine only, and
 * closed to web pages: a request must name this machine as its host and must not come from another site's page.
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import type { Monitor } from '../account/observation.ts';
import { authorOf, RUN_HEADER } from '../author.ts';
import { callError } from '../call-error.ts';
import type { Outcome, Toolbox } from '../calls/toolbox.ts';
import { type Clock, sleep } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Health } from '../observe/health.ts';
import { version } from '../version.ts';
import { statusOf } from './http-status.ts';
import { mcpServerFactory } from './server.ts';
import { tighteningsOf } from './tightening.ts';

export interface HttpOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** What callers must send as `Authorization: Bearer …`; without it every process of this machine may call. */
  readonly bearer?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** What /healthz and /metrics say; without it there are no metrics, and health knows nothing but that it answers. */
  readonly monitor?: Monitor;
}

export interface HttpServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no more requests and resolves when the ones in flight are answered, at the latest after ten seconds. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const CLOSE_WAIT_MS = 10_000;

/** Rejects when the port is taken. */
export async function serveHttp(
  toolbox: Toolbox,
  { port, bearer, clock, log, monitor }: HttpOptions,
): Promise<HttpServer> {
  const complain = (error: Error) => {
    // Whoever hangs up in the middle of a request needs no answer.
    if ('code' in error && error.code === 'ECONNRESET') return;
    log(`MCP over HTTP: ${error.message}`, { level: 'warn' });
  };
  const mcp = createMcpHandler(mcpServerFactory(toolbox), {
    maxRequestBodySize: MAX_BODY_BYTES,
    onerror: complain,
  });
  const serveMcp = toNodeHandler(mcp, { maxRequestBodySize: MAX_BODY_BYTES, onerror: complain });
  const allowed = bearer === undefined ? () => true : bearerCheck(bearer);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const strange = stranger(request);
    if (strange !== undefined) return refuse(response, 403, 'forbidden', strange);
    const path = (request.url ?? '/').replace(/\?.*$/s, '');
    if (path === '/livez') return send(response, 200, { status: 'ok' });
    if (path === '/healthz') return tellHealth(response, monitor?.health(), allowed(request));
    if (!allowed(request)) {
      response.setHeader('www-authenticate', 'Bearer');
      return refuse(
        response,
        401,
        'unauthorized',
        'Send the secret of HUBSPOT_MCP_BEARER as "Authorization: Bearer …".',
      );
    }
    // The MCP server's own Request cannot be made of it.
    if (request.method === 'TRACE') {
      return refuse(response, 405, 'method_not_allowed', 'Send the arguments as a POST.');
    }
    // A server's request always has both; Node's types, shared with its client, do not say so.
    if (path === '/mcp')
      return serveMcp(Object.assign(request, { method: request.method ?? '', url: request.url ?? '' }), response);
    if (path === '/metrics' && monitor !== undefined) {
      const { text, contentType } = await monitor.metrics();
      return sendText(response, 200, text, contentType);
    }
    if (path === '/v1/tools') return listTools(toolbox, request, response);
    const tool = /^\/v1\/tools\/([^/]+)$/.exec(path)?.[1];
    if (tool !== undefined) return serveTool(toolbox, tool, request, response);
    return refuse(
      response,
      404,
      'not_found',
      'There is /mcp, /v1/tools, /v1/tools/{name}, /healthz, /livez and /metrics.',
    );
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // Whoever hangs up in the middle of a request needs no answer.
      if (request.destroyed && !request.complete) return;
      log(`HTTP: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, { level: 'error' });
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'internal', 'Something in this server failed; its log says what.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  server.on('error', (error) => log(`HTTP: ${error.message}`, { level: 'error' }));
  const address = server.address();
  return {
    url: `http://${HOST}:${typeof address === 'object' && address !== null ? address.port : port}`,
    async close() {
      const idle = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const waiting = new AbortController();
      const late = sleep(clock, CLOSE_WAIT_MS, waiting.signal).then(
        () => server.closeAllConnections(),
        () => undefined,
      );
      await Promise.race([idle, late]);
      waiting.abort();
      await mcp.close();
    },
  };
}

/** Why a request does not come from a program of this machine; undefined when it may. */
function stranger({ headers }: IncomingMessage): string | undefined {
  const host = validateHostHeader(headers.host, localhostAllowedHostnames());
  if (!host.ok) return host.message;
  const origin = validateOriginHeader(headers.origin, localhostAllowedOrigins());
  return origin.ok ? undefined : origin.message;
}

/** Compares digests, so that neither length nor content of the secret shows in the time it takes. */
function bearerCheck(secret: string): (request: IncomingMessage) => boolean {
  const expected = digest(`Bearer ${secret}`);
  return ({ headers }) => timingSafeEqual(digest(headers.authorization ?? ''), expected);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function listTools(toolbox: Toolbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET');
    return refuse(response, 405, 'method_not_allowed', 'GET lists the tools; POST /v1/tools/{name} calls one.');
  }
  try {
    const listed = await toolbox.listed({ tightenings: tighteningsIn(request) });
    const tools = listed.map(({ name, title, description, inputSchema, outputSchema }) => ({
      name,
      title,
      description,
      inputSchema,
      outputSchema,
    }));
    send(response, 200, { tools });
  } catch (thrown) {
    const error = callError(thrown);
    if (error === undefined) throw thrown;
    send(response, statusOf(error), error);
  }
}

function tighteningsIn({ headers }: IncomingMessage): readonly unknown[] {
  return tighteningsOf((name) => headers[name]?.toString());
}

async function serveTool(
  toolbox: Toolbox,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return refuse(response, 405, 'method_not_allowed', 'Send the arguments as a POST.');
  }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return refuse(response, 415, 'unsupported_media_type', 'Send the arguments as application/json.');
  }
  const body = await readBody(request);
  if (body === undefined) {
    response.setHeader('connection', 'close');
    return refuse(response, 413, 'too_large', `A request may have ${MAX_BODY_BYTES} bytes. Send fewer rows at a time.`);
  }
  const said = parse(body);
  if (said === undefined) return refuse(response, 400, 'invalid_json', 'The body is not JSON.');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const { headers } = request;
  const agent = headers['user-agent'];
  const author = authorOf({
    client: agent === undefined ? undefined : { name: agent },
    run: headers[RUN_HEADER],
  });
  const outcome = await toolbox.call(name, said.value, {
    author,
    tightenings: tighteningsIn(request),
    signal: gone.signal,
  });
  sendOutcome(response, outcome);
}

/** The output as it is, or the one error shape with the status that fits it. */
function sendOutcome(response: ServerResponse, outcome: Outcome): void {
  if (outcome.ok) return send(response, outcome.failed ? 422 : 200, outcome.data);
  const { error } = outcome;
  if (error.retryAfterMs !== undefined) response.setHeader('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  send(response, statusOf(error), error);
}

/** 503 while no call can succeed. What is wrong is said to those who may call. */
function tellHealth(response: ServerResponse, health: Health | undefined, mayKnow: boolean): void {
  const { status = 'ok' } = health ?? {};
  send(response, status === 'down' ? 503 : 200, mayKnow ? { status, version, ...health } : { status, version });
}

function send(response: ServerResponse, status: number, body: object): void {
  sendText(response, status, JSON.stringify(body), 'application/json');
}

function sendText(response: ServerResponse, status: number, text: string, contentType: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': bytes.length,
    'cache-control': 'no-store',
  });
  response.end(bytes);
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  send(response, status, { code, message, retryable: false });
}

/** The whole body, or undefined when it is too large; then reading has stopped. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** An empty body means no arguments. */
function parse(body: string): { readonly value: unknown } | undefined {
  try {
    return { value: body.trim() === '' ? {} : JSON.parse(body) };
  } catch {
    return undefined;
  }
}
