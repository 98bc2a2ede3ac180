import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createTransport } from '../../src/hubspot/transport.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const sockets = new Set<Socket>();
  const server = createServer(answer);
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const transport = createTransport();
  closing.push(async () => {
    await transport.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = portOf(server.address());
  return { transport, url: `http://127.0.0.1:${port}/x`, sockets };
}

function portOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address;
}

describe('the network', () => {
  it('carries method, headers and body, and keeps its connections', async () => {
    const { transport, url, sockets } = await serve((request, response) => {
      request.setEncoding('utf8');
      let body = '';
      request.on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        response.setHeader('X-Seen', `${request.method} ${request.headers.authorization} ${body}`);
        response.writeHead(201).end('{"ok":true}');
      });
    });
    for (let call = 0; call < 20; call += 1) {
      const headers = { authorization: 'Bearer t', 'content-type': 'application/json' };
      const response = await transport({ method: 'POST', url, headers, body: '{"ä":1}' });
      expect(response).toMatchObject({
        status: 201,
        body: '{"ok":true}',
        headers: { 'x-seen': 'POST Bearer t {"ä":1}' },
      });
    }
    expect(sockets.size).toBeLessThan(3);
  });

  it('S57: follows no redirect', async () => {
    const { transport, url } = await serve((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect(await transport({ method: 'GET', url, headers: {} })).toMatchObject({ status: 302 });
  });

  it('says that nothing was sent when there is no connection', async () => {
    const transport = createTransport();
    closing.push(() => transport.close());
    for (const url of ['http://127.0.0.1:1/x', 'http://localhost:1/x', 'http://nowhere.invalid/x']) {
      const call = transport({ method: 'GET', url, headers: {} });
      await expect(call).rejects.toMatchObject({ notSent: true, code: expect.stringMatching(/^E[A-Z_]+$/) });
    }
  });

  it('does not say so when the other side hangs up', async () => {
    const { transport, url } = await serve((request) => request.socket.destroy());
    const call = transport({ method: 'POST', url, headers: {}, body: '{}' });
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toHaveProperty('notSent');
  });

  it('does not read an answer without an end', async () => {
    const { transport, url } = await serve((_, response) => {
      const chunk = Buffer.alloc(4 * 1024 * 1024, ' ');
      const more = () => void response.write(chunk, (error) => error ?? more());
      more();
    });
    const call = transport({ method: 'GET', url, headers: {} });
    await expect(call).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
  });

  it('ends with its signal', async () => {
    const { transport, url } = await serve(() => {});
    const cancel = new AbortController();
    const call = transport({ method: 'GET', url, headers: {}, signal: cancel.signal });
    setTimeout(() => cancel.abort(new Error('enough')), 20);
    await expect(call).rejects.toThrow('enough');
  });
});
