/** Where webhooks arrive: a real server. */

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Delivery {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

export interface Receiver {
  /** Without a slash at the end. */
  readonly url: string;
  readonly deliveries: readonly Delivery[];
  /** Every event of every delivery. */
  events(): readonly Readonly<Record<string, unknown>>[];
  /** Resolves when so many events have arrived; the test's own time limit ends the wait. */
  arrived(events: number): Promise<void>;
  /** What the next deliveries are answered with; 204 when these are used up. `hang`: nothing. */
  answer(...statuses: readonly (number | 'hang')[]): void;
  /** How many requests were open at once, at most. */
  readonly busiest: number;
}

export async function receiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const answers: (number | 'hang')[] = [];
  let open = 0;
  let busiest = 0;
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    open++;
    busiest = Math.max(busiest, open);
    response.once('close', () => open--);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { method = '', url = '', headers } = request;
      deliveries.push({ method, url, headers, body, events: JSON.parse(body) });
      for (const look of waiting) look();
      const status = answers.shift() ?? 204;
      if (status !== 'hang') response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It listens nowhere.');
  const events = () => deliveries.flatMap((delivery) => delivery.events);
  return {
    url: `http://127.0.0.1:${address.port}`,
    deliveries,
    events,
    arrived: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (events().length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    answer: (...statuses) => void answers.push(...statuses),
    get busiest() {
      return busiest;
    },
  };
}
