/** The control port: what the person who runs a portal can do with it, as JSON over HTTP on this machine. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { BadFault } from '../faults/fault.ts';
import { isFromThisMachine, type Listening, listen, readAll } from '../loopback.ts';
import { NoSuchSnapshot } from '../store/snapshots.ts';
import type { PortalControl } from './control.ts';
import { controlRoutes, Refused, type Reply } from './routes.ts';

export interface ControlServer extends Listening {
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;

/** Serves `control` on 127.0.0.1; 0 takes any free port. Rejects when the port is taken. */
export async function serveControl(
  control: PortalControl,
  { port, onError }: { port: number; onError: (error: unknown) => void },
): Promise<ControlServer> {
  const server = createServer((incoming, outgoing) => {
    answer(control, incoming).then(
      (reply) => send(outgoing, reply),
      (error: unknown) => {
        onError(error);
        send(outgoing, { status: 500, body: { error: 'The control port failed; the portal’s stderr says how.' } });
      },
    );
  });
  const listening = await listen(server, port, onError);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { ...listening, close };
}

async function answer(control: PortalControl, incoming: IncomingMessage): Promise<Reply> {
  try {
    // Not even a page of this machine: what it shows may come from anywhere.
    if (!isFromThisMachine(incoming) || isFromPage(incoming)) {
      throw new Refused(403, 'The control port is for programs of this machine, and for no web page.');
    }
    const body = await readAll(incoming, MAX_BODY_BYTES);
    if (body === 'too large') throw new Refused(413, 'That is more than the control port reads.');
    const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
    const found = controlRoutes.flatMap((route) => {
      const name = matchPath(route.path, path);
      return name === undefined ? [] : [{ route, name }];
    });
    if (found.length === 0) throw new Refused(404, `There is no ${path} here; GET / lists what there is.`);
    const chosen = found.find(({ route }) => route.method === incoming.method);
    if (!chosen) {
      throw new Refused(405, `${path} takes ${found.map(({ route }) => route.method).join(', ')}.`);
    }
    return chosen.route.handle(control, {
      name: chosen.name,
      query: new URLSearchParams(query),
      json: () => readJson(body === 'aborted' ? '' : body.toString('utf8')),
    });
  } catch (error) {
    if (error instanceof Refused) return { status: error.status, body: { error: error.message } };
    if (error instanceof BadFault) return { status: 400, body: { error: error.message } };
    if (error instanceof NoSuchSnapshot) return { status: 404, body: { error: error.message } };
    throw error;
  }
}

/** A browser names the site of what asks on all that it sends but what its user typed in. */
function isFromPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || (headers['sec-fetch-site'] ?? 'none') !== 'none';
}

/** What stands for `*`, empty where the pattern has none; undefined for another path. @throws Refused for a bad name */
function matchPath(pattern: string, path: string): string | undefined {
  const [expected, asked] = [pattern.split('/'), path.split('/')];
  if (expected.length !== asked.length) return undefined;
  if (!expected.every((segment, i) => segment === '*' || segment === asked[i])) return undefined;
  const name = asked[expected.indexOf('*')] ?? '';
  if (expected.includes('*') && !/^[\w.~-]{1,100}$/.test(name)) {
    throw new Refused(400, 'A name has 1 to 100 letters, digits, and _ . ~ - only.');
  }
  return name;
}

function readJson(text: string): unknown {
  if (text.trim() === '') throw new Refused(400, 'Send a JSON body; GET / shows an example.');
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw new Refused(400, `The body is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function send(outgoing: ServerResponse, { status, body, text, headers }: Reply): void {
  const pieces = text ?? (body === undefined ? [] : [`${JSON.stringify(body)}\n`]);
  outgoing.writeHead(status, {
    'cache-control': 'no-store',
    ...(status !== 204 && { 'content-type': 'application/json' }),
    ...headers,
  });
  // In one go, whatever the network takes: what is read in pieces must not change meanwhile.
  for (const piece of pieces) outgoing.write(piece);
  outgoing.end();
}
