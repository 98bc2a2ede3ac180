/** Where alerts are sent to: it answers as it is told and keeps what it got. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Delivered {
  readonly path: string;
  readonly body: string;
  /** As a receiver would check it, written down from the documentation. */
  readonly genuine: boolean;
  readonly alert: Readonly<Record<string, unknown>>;
}

export async function receiver(secret: string, answers: readonly number[] = []) {
  const got: Delivered[] = [];
  const left = [...answers];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const timestamp = request.headers['hubspot-mcp-timestamp']?.toString() ?? '';
      const given = Buffer.from(request.headers['hubspot-mcp-signature']?.toString() ?? '');
      const right = Buffer.from(`sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`);
      const genuine = given.length === right.length && timingSafeEqual(given, right);
      got.push({ path: request.url ?? '', body, genuine, alert: Object(JSON.parse(body)) });
      const status = left.shift() ?? 204;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => new Promise((closed) => void server.close(() => closed())));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/alerts?team=crm`, got };
}
