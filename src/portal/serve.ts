/** Puts a portal on a loopback socket, for clients that speak real HTTP. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Fetch, HttpMethod, HttpRequest } from '../fetch.ts';

export interface PortalServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Stops listening at once, answers what has already arrived, and resolves when every connection is gone. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** Hears of a portal that failed; the caller gets a bare 500. Omitted: a warning of the process. */
  readonly onError?: (error: unknown) => void;
}

const HOST = '127.0.0.1';

/** Above what the portal itself refuses, so that its own 413 is the one that is seen; beyond this, reading stops. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_FORM_BYTES = 520 * 1024 * 1024;

const methods: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A web page that was led here by its own name for 127.0.0.1 (DNS rebinding) sends that name. */
const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** Listens on 127.0.0.1 only. Rejects when the port is taken. */
export function servePortal(portal: { readonly fetch: Fetch }, options: ServeOptions): Promise<PortalServer> {
  const { port, onError = warn } = options;
  const sockets = new Set<Socket>();
  const busy = new Map<Socket, ServerResponse>();

  const server = createServer((incoming, outgoing) => {
    const { socket } = incoming;
    busy.set(socket, outgoing);
    outgoing.once('close', () => busy.delete(socket));
    exchange(portal.fetch, incoming, outgoing).catch((error: unknown) => {
      onError(error);
      if (outgoing.headersSent) outgoing.destroy();
      else refuse(outgoing, 500, 'The embedded portal failed. This is a defect in it, not in the request.');
    });
  });
  // Longer than common clients keep a connection for, so that they do not send into one that is just closing.
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      for (const socket of sockets) {
        const outgoing = busy.get(socket);
        if (outgoing) outgoing.shouldKeepAlive = false;
        else socket.destroy();
      }
    });

  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      server.on('error', onError);
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      resolve({ url: `http://${HOST}:${bound}`, port: bound, close });
    });
  });
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

async function exchange(fetch: Fetch, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const method = methods.find((known) => known === incoming.method);
  if (!method) return refuse(outgoing, 405, `${incoming.method} is not a method of HubSpot's API.`);
  if (!loopbackHost.test(incoming.headers.host ?? '')) return refuse(outgoing, 403, 'The embedded portal is local.');

  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const body = await read(incoming);
  if (body === 'aborted') return;
  if (body === 'too large') {
    outgoing.setHeader('connection', 'close');
    return refuse(outgoing, 413, 'Request Entity Too Large');
  }

  const request: HttpRequest = {
    method,
    url: `http://${incoming.headers.host}${incoming.url ?? '/'}`,
    headers: headersOf(incoming),
    ...(body.length > 0 && { body }),
    signal: gone.signal,
  };
  const response = await fetch(request);
  const bytes = typeof response.body === 'string' ? Buffer.from(response.body) : response.body;
  outgoing.writeHead(response.status, {
    ...response.headers,
    ...(response.status !== 204 && { 'content-length': bytes.length }),
  });
  outgoing.end(bytes);
}

async function read(incoming: IncomingMessage): Promise<Buffer | 'aborted' | 'too large'> {
  const isForm = incoming.headers['content-type']?.toLowerCase().startsWith('multipart/form-data');
  const most = isForm ? MAX_FORM_BYTES : MAX_BODY_BYTES;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) return 'too large';
      chunks.push(chunk);
    }
  } catch (error) {
    // Whoever hangs up in the middle of a request needs no answer.
    if (incoming.destroyed) return 'aborted';
    throw error;
  }
  return Buffer.concat(chunks);
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function refuse(outgoing: ServerResponse, status: number, message: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
  outgoing.end(JSON.stringify({ status: 'error', message }));
}
