/** Puts a portal on a loopback socket, for clients that speak real HTTP. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpMethod, HttpRequest, HttpResponse } from '../fetch.ts';
import { type Delivery, endOf } from './faults/delivery.ts';
import { isFromThisMachine, type Listening, listen, readAll } from './loopback.ts';

export interface PortalServer extends Listening {
  /**
   * Stops listening at once, answers what has already arrived but for what a fault holds up, and resolves when every
   * connection is gone.
   */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** Hears of a portal that failed; the caller gets a bare 500. Omitted: a warning of the process. */
  readonly onError?: (error: unknown) => void;
}

/** Above what the portal itself refuses, so that its own 413 is the one that is seen; beyond this, reading stops. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_FORM_BYTES = 520 * 1024 * 1024;

const methods: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const allow = ['HEAD', 'OPTIONS', ...methods].join(', ');

/** Longer heads than what the portal refuses with 414 are refused by Node, with 431. */
const MAX_HEAD_BYTES = 64 * 1024;

/** What is served: answers, and how each of them reaches its caller. */
export interface Exchanges {
  exchange(request: HttpRequest): Promise<Delivery>;
}

/** Listens on 127.0.0.1 only. Rejects when the port is taken. */
export async function servePortal(portal: Exchanges, options: ServeOptions): Promise<PortalServer> {
  const { port, onError = warn } = options;
  const sockets = new Set<Socket>();
  /** Answers that are not out yet, each with what says that nobody waits for it any more. */
  const underWay = new Map<ServerResponse, AbortController>();

  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES }, (incoming, outgoing) => {
    const over = new AbortController();
    underWay.set(outgoing, over);
    outgoing.once('close', () => {
      underWay.delete(outgoing);
      over.abort();
    });
    exchange(portal, incoming, outgoing, over.signal).catch((error: unknown) => {
      // The caller went, or the server closes, while the answer was on its slow way.
      const ended = over.signal.aborted && error === over.signal.reason;
      if (!ended) onError(error);
      if (ended || outgoing.headersSent) incoming.socket.destroy();
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
      const answering = new Set<Socket>();
      for (const [outgoing, over] of underWay) {
        // What has not arrived whole need not be answered.
        if (!outgoing.req.complete) continue;
        outgoing.shouldKeepAlive = false;
        answering.add(outgoing.req.socket);
        over.abort();
      }
      for (const socket of sockets) if (!answering.has(socket)) socket.destroy();
    });

  return { ...(await listen(server, port, onError)), close };
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

/** Rejects with the signal's reason where that ends an answer on its slow way. */
async function exchange(
  portal: Exchanges,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (!isFromThisMachine(incoming)) return refuse(outgoing, 403, 'The embedded portal is local.');
  if (incoming.method === 'OPTIONS') return send(outgoing, { status: 204, headers: { allow }, body: '' });
  // As HubSpot's servers do: the answer to a GET, without its body.
  const asked = incoming.method === 'HEAD' ? 'GET' : incoming.method;
  const method = methods.find((known) => known === asked);
  if (!method) return refuse(outgoing, 405, `${incoming.method} is not a method of HubSpot's API.`, { allow });

  const isForm = incoming.headers['content-type']?.toLowerCase().startsWith('multipart/form-data');
  const body = await readAll(incoming, isForm ? MAX_FORM_BYTES : MAX_BODY_BYTES);
  if (body === 'aborted') return;
  if (body === 'too large') return refuse(outgoing, 413, 'Request Entity Too Large', { connection: 'close' });

  const delivery = await portal.exchange({
    method,
    url: `http://${incoming.headers.host}${incoming.url ?? '/'}`,
    headers: headersOf(incoming),
    ...(body.length > 0 && { body }),
    signal,
  });
  await deliver(delivery, outgoing, signal);
}

async function deliver(delivery: Delivery, outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
  switch (delivery.kind) {
    case 'whole':
      return send(outgoing, delivery.response);
    case 'reset':
      // A pipelined request's answer has the socket once those before it are out.
      if (outgoing.socket) outgoing.socket.resetAndDestroy();
      else outgoing.once('socket', (socket: Socket) => socket.resetAndDestroy());
      return;
    case 'hang':
      return endOf(signal);
    case 'truncated': {
      const bytes = sendHead(outgoing, delivery.response);
      // Only what was sent can be seen to break off.
      outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy());
      return;
    }
    case 'drip': {
      sendHead(outgoing, delivery.response);
      for await (const piece of delivery.pieces) outgoing.write(piece);
      outgoing.end();
    }
  }
}

function send(outgoing: ServerResponse, response: HttpResponse): void {
  outgoing.end(sendHead(outgoing, response));
}

/** The body that is to follow. */
function sendHead(outgoing: ServerResponse, { status, headers, body }: HttpResponse): Buffer {
  const bytes =
    typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  outgoing.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': bytes.length }) });
  return bytes;
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function refuse(
  outgoing: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = JSON.stringify({ status: 'error', message });
  send(outgoing, { status, headers: { 'content-type': 'application/json;charset=utf-8', ...headers }, body });
}
