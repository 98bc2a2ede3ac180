import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { deliver } from '../../src/commands/portal/deliver.ts';

test('what a host answers comes byte by byte, and a redirect is not followed', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const server = createServer((request, answer) => {
    if (request.url === '/moved') answer.writeHead(302, { location: '/' }).end();
    else answer.writeHead(200, { 'content-type': 'image/png' }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const got = await deliver({ method: 'GET', url: `${url}/`, headers: {} });
  expect(got).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } });
  expect(got.body).toEqual(bytes);
  expect((await deliver({ method: 'GET', url: `${url}/moved`, headers: {} })).status).toBe(302);
});
