import { expect, test } from 'vitest';
import type { Fetch, HttpResponse } from '../../src/fetch.ts';
import { fakeClock } from '../fake-clock.ts';
import { at, type Talk, talkTo } from './talk.ts';

interface Upload {
  readonly name?: string;
  readonly fileName?: string;
  readonly folderPath?: string;
}

async function upload({ portal }: Talk, { name = 'a.txt', fileName = '', folderPath = '/a' }: Upload) {
  const form = new FormData();
  form.append('options', JSON.stringify({ access: 'PUBLIC_INDEXABLE' }));
  form.append('folderPath', folderPath);
  form.append('fileName', fileName);
  form.append('file', new Blob(['hello'], { type: 'text/plain' }), name);
  const sent = new Response(form);
  const { status, body } = await portal.fetch({
    method: 'POST',
    url: 'http://127.0.0.1/files/v3/files',
    headers: { authorization: 'Bearer pat-na1-test', 'content-type': sent.headers.get('content-type') ?? '' },
    body: new Uint8Array(await sent.arrayBuffer()),
  });
  const answer: unknown = JSON.parse(String(body));
  return { status, answer };
}

function get({ portal }: Talk, url: string): Promise<HttpResponse> {
  return portal.fetch({ method: 'GET', url, headers: {} });
}

test.each(['constructor', '__proto__', 'toString'])(
  'a file with the extension %s is served like any other',
  async (extension) => {
    const talk = await talkTo();
    const { answer } = await upload(talk, { name: `x.${extension}` });
    const served = await get(talk, String(at(answer, 'url')));
    expect(served).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain' } });
  },
);

test('a public file is at the address of its own portal only', async () => {
  const talk = await talkTo();
  const url = String(at((await upload(talk, {})).answer, 'url'));
  expect((await get(talk, url)).status).toBe(200);
  expect((await get(talk, url.replace(/hubfs\/\d+/, 'hubfs/1'))).status).toBe(404);
});

test('a page that somebody uploaded does not run as one of the portal', async () => {
  const talk = await talkTo();
  const { answer } = await upload(talk, { name: 'page.html' });
  expect((await get(talk, String(at(answer, 'url')))).headers).toMatchObject({
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  });
});

test('no name has separators, control characters or half a character in it', async () => {
  const talk = await talkTo();
  for (const fileName of ['../../etc/passwd', 'a\\b', 'a\u0000b.txt', 'a\r\nSet-Cookie: x=1', '..']) {
    const { status, answer } = await upload(talk, { name: 'a', fileName });
    expect([fileName, status, at(answer, 'category')]).toEqual([fileName, 400, 'VALIDATION_ERROR']);
  }
  for (const name of ['a\ud800', 'a\n', ' / ']) {
    const { status } = await talk('POST', '/files/v3/folders', { name: `x${name}x` });
    expect([name, status]).toEqual([name, 400]);
  }
  const { answer } = await upload(talk, {});
  expect((await talk('PATCH', `/files/v3/files/${String(at(answer, 'id'))}`, { name: 'a\udc00' })).status).toBe(400);
  expect((await upload(talk, { folderPath: '/a/../b' })).status).toBe(400);
});

test('folders are as deep as people make them, and not deeper', async () => {
  const talk = await talkTo();
  const path = '/a'.repeat(100);
  expect(at((await upload(talk, { folderPath: path })).answer, 'path')).toBe(`${path}/a.txt`);
  expect((await upload(talk, { folderPath: '/a'.repeat(20_000) })).status).toBe(400);
});

const slowly: Fetch = ({ url, signal }) =>
  url.endsWith('slow.png')
    ? new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    : Promise.resolve({ status: 200, headers: {}, body: new Uint8Array([1]) });

test('a file that comes too late is not waited for, and the next one comes', async () => {
  const clock = fakeClock();
  const talk = await talkTo({ clock, deliver: slowly });
  const ask = async (url: string) => {
    const input = { url, access: 'PRIVATE', folderPath: '/in' };
    return String(at((await talk('POST', '/files/v3/files/import-from-url/async', input)).body, 'id'));
  };
  const ids = [await ask('https://example.com/slow.png'), await ask('https://example.com/quick.png')];
  await clock.advance(61_000);
  const statuses = ids.map((id) => talk('GET', `/files/v3/files/import-from-url/async/tasks/${id}/status`));
  expect((await Promise.all(statuses)).map(({ body }) => at(body, 'status'))).toEqual(['CANCELED', 'COMPLETE']);
});

test('no host is asked for a file that only this machine and its network can reach', async () => {
  const clock = fakeClock();
  const asked: string[] = [];
  const deliver: Fetch = async ({ url }) => {
    asked.push(new URL(url).hostname);
    return { status: 404, headers: {}, body: '' };
  };
  const talk = await talkTo({ clock, deliver });
  const hosts = ['127.0.0.1', '127.1', '0x7f.1', '2130706433', '127.0.0.1.', 'user:pw@10.1.2.3', '[::1]', '[::]'];
  const names = ['localhost', 'localhost.', 'a.localhost', 'printer', 'nas.local.', 'metadata.google.internal'];
  const more = ['[::ffff:127.0.0.1]', '[::7f00:1]', '[64:ff9b::7f00:1]', '[fe80::1]', '[fd00::1]', '169.254.169.254'];
  for (const host of [...hosts, ...names, ...more, '1.1.1.1', '[2606:4700::1]', 'example.com']) {
    const input = { url: `http://${host}/x.png`, access: 'PRIVATE', folderPath: '/in' };
    expect((await talk('POST', '/files/v3/files/import-from-url/async', input)).status).toBe(202);
  }
  await clock.advance(60_000);
  expect(asked.toSorted()).toEqual(['1.1.1.1', '[2606:4700::1]', 'example.com']);
});
