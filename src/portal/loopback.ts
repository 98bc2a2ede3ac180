/** Servers of this machine: for its own programs, and for no web page that a browser on it has open. */

import type { IncomingMessage, Server } from 'node:http';

const HOST = '127.0.0.1';

/** A web page that was led here by its own name for 127.0.0.1 (DNS rebinding) sends that name. */
const here = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/** A browser says of what site a page is, on whatever could change something. */
const fromHere = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

export function isFromThisMachine({ headers }: IncomingMessage): boolean {
  return here.test(headers.host ?? '') && (headers.origin === undefined || fromHere.test(headers.origin));
}

export interface Listening {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
}

/** Listens on 127.0.0.1 only; 0 takes any free port. What goes wrong later is told. Rejects when the port is taken. */
export function listen(server: Server, port: number, onError: (error: unknown) => void): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      server.on('error', onError);
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      resolve({ url: `http://${HOST}:${bound}`, port: bound });
    });
  });
}

/** The whole body; `most` is how many bytes it may have. */
export async function readAll(incoming: IncomingMessage, most: number): Promise<Buffer | 'aborted' | 'too large'> {
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
