import { FileUpdateInputAccessEnum } from '@hubspot/api-client/lib/codegen/files/models/FileUpdateInput.js';
import { ImportFromUrlInputAccessEnum } from '@hubspot/api-client/lib/codegen/files/models/ImportFromUrlInput.js';
import { expect, test } from 'vitest';
import type { Fetch } from '../../../src/fetch.ts';
import { fakeClock } from '../../fake-clock.ts';
import { at } from '../talk.ts';
import { type HubSpot, hubspot, refusal } from './hubspot.ts';

/** A PNG of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Upload {
  readonly name?: string;
  readonly data?: Buffer;
  readonly folderId?: string;
  readonly folderPath?: string;
  readonly fileName?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

function upload({ client }: Pick<HubSpot, 'client'>, sent: Upload = {}) {
  const { name = 'cat.png', data = pixel, folderId, fileName, options } = sent;
  const folderPath = sent.folderPath ?? (folderId === undefined ? '/library' : undefined);
  const json = JSON.stringify({ access: 'PUBLIC_INDEXABLE', ...options });
  return client.files.filesApi.upload({ data, name }, folderId, folderPath, fileName, undefined, json);
}

/** Status and words of a refusal. */
async function refused(call: Promise<unknown>) {
  const { code, body } = await refusal(call);
  return [code, at(body, 'message')];
}

test('an uploaded file has the facts of its bytes, is found by its path, and is read at its address', async () => {
  const { client, url } = await hubspot();
  const file = await upload({ client });
  expect(file).toMatchObject({
    name: 'cat',
    path: '/library/cat.png',
    extension: 'png',
    type: 'IMG',
    width: 1,
    height: 1,
    encoding: 'png',
    size: pixel.length,
    access: 'PUBLIC_INDEXABLE',
    isUsableInContent: true,
    archived: false,
  });
  expect(await client.files.filesApi.getById(file.id)).toEqual(file);
  const stat = await client.files.filesApi.getMetadata('/library/cat.png');
  expect(at(stat.file, 'id')).toBe(file.id);
  expect((await client.files.filesApi.getMetadata('library')).folder?.id).toBe(file.parentFolderId);
  expect(await client.files.filesApi.getById(file.id, ['name'])).not.toHaveProperty('size');

  expect(file.url.startsWith(url)).toBe(true);
  const served = await fetch(file.url);
  expect(Buffer.from(await served.arrayBuffer())).toEqual(pixel);
  expect(served.headers.get('content-type')).toBe('image/png');
  expect(served.headers.get('x-robots-tag')).toBeNull();
});

test('only a signed address shows a private file, for the file it was made for and until it is over', async () => {
  const clock = fakeClock();
  const { client } = await hubspot({ clock });
  const file = await upload({ client }, { options: { access: 'PRIVATE' } });
  const other = await upload({ client }, { name: 'other.png', options: { access: 'PRIVATE' } });
  expect((await fetch(file.url)).status).toBe(404);

  const signed = await client.files.filesApi.getSignedUrl(file.id, undefined, 60);
  expect(signed).toMatchObject({ name: 'cat', extension: 'png', type: 'IMG', size: pixel.length, width: 1 });
  expect(signed.expiresAt.getTime()).toBe(clock.now() + 60_000);
  expect(Buffer.from(await (await fetch(signed.url)).arrayBuffer())).toEqual(pixel);
  expect((await fetch(signed.url.replace(file.id, other.id))).status).toBe(403);
  expect((await fetch(signed.url.replace(/Expires=\d+/, 'Expires=9999999999999'))).status).toBe(403);
  await clock.advance(60_000);
  expect((await fetch(signed.url)).status).toBe(403);
});

test('a hidden file is shown to tokens that may see hidden ones only', async () => {
  const tokens = new Map([
    ['pat-all', ['files', 'files.ui_hidden.read']],
    ['pat-plain', ['files']],
    ['pat-none', ['crm.objects.contacts.read']],
  ]);
  const all = await hubspot({ tokens, token: 'pat-all' });
  const file = await upload(all, { options: { access: 'HIDDEN_PRIVATE' } });
  expect((await all.client.files.filesApi.doSearch()).results).toHaveLength(1);
  const asPlain = (path: string) => fetch(`${all.url}${path}`, { headers: { authorization: 'Bearer pat-plain' } });
  expect((await asPlain(`/files/v3/files/${file.id}`)).status).toBe(403);
  expect(at(await (await asPlain('/files/v3/files/search')).json(), 'results')).toEqual([]);
  all.client.setAccessToken('pat-none');
  expect(await refusal(all.client.files.filesApi.getById(file.id))).toMatchObject({
    code: 403,
    body: {
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: ['files', 'files.ui_hidden.read'] } }],
    },
  });
});

test('a name that is taken is numbered, or its file is overwritten under the same id', async () => {
  const { client } = await hubspot();
  const first = await upload({ client });
  const second = await upload({ client });
  expect(second).toMatchObject({ name: 'cat-1', path: '/library/cat-1.png' });
  const data = Buffer.from('not the same');
  const over = await upload({ client }, { data, options: { overwrite: true } });
  expect(over).toMatchObject({ id: first.id, name: 'cat', size: data.length });
  expect(over).not.toHaveProperty('width');
  expect(await (await fetch(over.url)).text()).toBe('not the same');
});

test('bytes that are there already are refused, or their file is given back', async () => {
  const { client } = await hubspot();
  const first = await upload({ client });
  const reject = { duplicateValidationStrategy: 'REJECT', duplicateValidationScope: 'ENTIRE_PORTAL' };
  expect(await refusal(upload({ client }, { name: 'dog.png', folderPath: '/dogs', options: reject }))).toMatchObject({
    code: 409,
    body: { category: 'CONFLICT', context: { id: [first.id] } },
  });
  const inFolder = { ...reject, duplicateValidationScope: 'EXACT_FOLDER' };
  expect(await upload({ client }, { name: 'dog.png', folderPath: '/dogs', options: inFolder })).toMatchObject({
    path: '/dogs/dog.png',
  });
  const existing = { ...reject, duplicateValidationStrategy: 'RETURN_EXISTING' };
  expect((await upload({ client }, { name: 'again.png', options: existing })).id).toBe(first.id);
  expect((await client.files.filesApi.doSearch()).results).toHaveLength(2);
});

test('a file is replaced, renamed, moved, closed, and deleted with its bytes', async () => {
  const { client } = await hubspot();
  const file = await upload({ client });
  const replaced = await client.files.filesApi.replace(
    file.id,
    { data: Buffer.from('GIF89a\x05\0\x07\0', 'latin1'), name: 'cat.png' },
    undefined,
    JSON.stringify({ access: 'PUBLIC_NOT_INDEXABLE' }),
  );
  expect(replaced).toMatchObject({ id: file.id, access: 'PUBLIC_NOT_INDEXABLE', size: 10, width: 5, height: 7 });
  expect((await fetch(file.url)).headers.get('x-robots-tag')).toBe('none');

  const changed = await client.files.filesApi.updateProperties(file.id, {
    name: 'tiger',
    parentFolderPath: '/zoo/cages',
    access: FileUpdateInputAccessEnum.Private,
    isUsableInContent: false,
  });
  expect(changed).toMatchObject({ path: '/zoo/cages/tiger.png', access: 'PRIVATE', isUsableInContent: false });
  expect((await fetch(changed.url)).status).toBe(404);

  await client.files.filesApi.archive(file.id);
  expect((await refusal(client.files.filesApi.getById(file.id))).code).toBe(404);
  const second = await upload({ client });
  await client.files.filesApi._delete(second.id);
  expect((await refusal(client.files.filesApi.getSignedUrl(second.id))).code).toBe(404);
  expect(Number(second.id)).toBeGreaterThan(Number(file.id));
});

test('a file with a time to live is gone when it is over', async () => {
  const clock = fakeClock();
  const { client } = await hubspot({ clock });
  const file = await upload({ client }, { options: { ttl: 'P2D' } });
  expect(file.expiresAt).toBe(clock.now() + 2 * 86_400_000);
  const kept = await upload({ client }, { name: 'kept.png', options: { ttl: 'P1D' } });
  await client.files.filesApi.updateProperties(kept.id, { clearExpires: true });
  await clock.advance(2 * 86_400_000);
  expect((await refusal(client.files.filesApi.getById(file.id))).code).toBe(404);
  expect((await fetch(file.url)).status).toBe(404);
  expect((await client.files.filesApi.doSearch()).results.map((each) => at(each, 'id'))).toEqual([kept.id]);
});

test('files are found by each of their facts, in order, page by page', async () => {
  const { client, url } = await hubspot();
  const cat = await upload({ client });
  const list = await upload(
    { client },
    { name: 'Price List.pdf', data: Buffer.from('pdf'), options: { access: 'PRIVATE' } },
  );
  const song = await upload(
    { client },
    { name: 'song.mp3', data: Buffer.from('la'.repeat(500)), folderPath: '/music' },
  );
  const found = async (query: string) => {
    const headers = { authorization: 'Bearer pat-na1-test' };
    const reply: unknown = await (await fetch(`${url}/files/2026-09/files/search?${query}`, { headers })).json();
    const results = at(reply, 'results');
    return Array.isArray(results) ? results.map((each) => at(each, 'id')) : reply;
  };
  expect(await found('type=IMG')).toEqual([cat.id]);
  expect(await found('name=price')).toEqual([list.id]);
  expect(await found('extension=pdf')).toEqual([list.id]);
  expect(await found('allowsAnonymousAccess=false')).toEqual([list.id]);
  expect(await found(`path=${encodeURIComponent('/music/song.mp3')}`)).toEqual([song.id]);
  expect(await found(`parentFolderIds=${song.parentFolderId}`)).toEqual([song.id]);
  expect(await found(`ids=${cat.id}&ids=${list.id}`)).toEqual([cat.id, list.id]);
  expect(await found('sizeGte=10&sizeLte=500')).toEqual([cat.id]);
  expect(await found(`fileMd5=${song.fileMd5}`)).toEqual([song.id]);
  expect(await found('sort=-size')).toEqual([song.id, cat.id, list.id]);
  expect(await found('createdAtLte=2020-01-01T00:00:00Z')).toEqual([]);
  expect(await found('size=large')).toMatchObject({ category: 'VALIDATION_ERROR' });

  const first = await client.files.filesApi.doSearch(undefined, undefined, undefined, 2);
  expect(first.results).toHaveLength(2);
  const second = await client.files.filesApi.doSearch(undefined, first.paging?.next?.after, undefined, 2);
  expect(second.results.map((each) => at(each, 'id'))).toEqual([song.id]);
  const back = await client.files.filesApi.doSearch(undefined, undefined, second.paging?.prev?.before, 2);
  expect(back.results.map((each) => at(each, 'id'))).toEqual([cat.id, list.id]);
});

test('folders are made, renamed, moved with what is in them, and deleted with it', async () => {
  const clock = fakeClock();
  const { client } = await hubspot({ clock });
  const top = await client.files.foldersApi.create({ name: 'Brand' });
  const inner = await client.files.foldersApi.create({ name: 'Logos', parentPath: '/Brand' });
  expect(inner).toMatchObject({ parentFolderId: top.id, path: '/Brand/Logos', name: 'Logos' });
  const file = await upload({ client }, { folderId: inner.id });
  expect((await client.files.foldersApi.getByPath('/Brand/Logos')).id).toBe(inner.id);
  await client.files.foldersApi.updateProperties(top.id, { name: 'House' });
  expect((await client.files.filesApi.getById(file.id)).path).toBe('/House/Logos/cat.png');

  const archive = await client.files.foldersApi.create({ name: 'Archive' });
  const task = await client.files.foldersApi.updatePropertiesRecursively({
    id: inner.id,
    parentFolderId: Number(archive.id),
  });
  expect((await client.files.foldersApi.checkUpdateStatus(task.id)).status).toBe('PENDING');
  await clock.advance(1000);
  expect(await client.files.foldersApi.checkUpdateStatus(task.id)).toMatchObject({
    status: 'COMPLETE',
    result: { path: '/Archive/Logos' },
  });
  expect(
    (await client.files.foldersApi.doSearch(undefined, undefined, undefined, undefined, ['name'])).results,
  ).toMatchObject([{ name: 'Archive' }, { name: 'House' }, { name: 'Logos' }]);
  await client.files.foldersApi.archiveByPath('/Archive');
  expect((await refusal(client.files.foldersApi.getById(inner.id))).code).toBe(404);
  expect((await refusal(client.files.filesApi.getById(file.id))).code).toBe(404);
  await client.files.foldersApi.archive(top.id);
  expect((await client.files.foldersApi.doSearch()).results).toEqual([]);
});

test('a file comes from an address, or the task says why not', async () => {
  const clock = fakeClock();
  const asked: string[] = [];
  const deliver: Fetch = async ({ url }) => {
    asked.push(url);
    const status = url.endsWith('missing.png') ? 404 : 200;
    return { status, headers: { 'content-type': 'image/png' }, body: pixel };
  };
  const { client } = await hubspot({ clock, deliver });
  const fetchFrom = async (url: string) => {
    const access = ImportFromUrlInputAccessEnum.PublicIndexable;
    const { id } = await client.files.filesApi.importFromUrl({ url, access, folderPath: '/in', overwrite: false });
    await clock.advance(1000);
    return client.files.filesApi.checkImport(id);
  };
  expect(await fetchFrom('https://example.com/a/cat%20one.png')).toMatchObject({
    status: 'COMPLETE',
    result: { path: '/in/cat one.png', width: 1 },
  });
  expect(await fetchFrom('https://example.com/missing.png')).toMatchObject({
    status: 'CANCELED',
    numErrors: 1,
    errors: [{ message: 'https://example.com/missing.png could not be fetched: it answered with 404' }],
  });
  expect(await fetchFrom('http://127.0.0.1:9/secret.png')).toMatchObject({ status: 'CANCELED' });
  expect(await fetchFrom('http://[::1]/secret.png')).toMatchObject({ status: 'CANCELED' });
  expect(asked).toEqual(['https://example.com/a/cat%20one.png', 'https://example.com/missing.png']);
});

test('what HubSpot would refuse is refused, and changes nothing', async () => {
  const { client } = await hubspot();
  const file = await upload({ client });
  const { filesApi, foldersApi } = client.files;
  const options = JSON.stringify({ access: 'PRIVATE' });
  const cat = { data: pixel, name: 'cat.png' };
  expect(await refused(filesApi.upload(cat, undefined, undefined, undefined, undefined, options))).toEqual([
    400,
    'One of folderId and folderPath must be given',
  ]);
  expect(await refused(filesApi.upload(cat, '1', '/library', undefined, undefined, options))).toEqual([
    400,
    'Only one of folderId and folderPath can be given',
  ]);
  expect(await refused(filesApi.upload(cat, '1', undefined, undefined, undefined, options))).toEqual([
    404,
    'Folder 1 does not exist',
  ]);
  expect(await refused(filesApi.upload(undefined, undefined, '/x', undefined, undefined, options))).toEqual([
    400,
    'A file must be provided in the "file" part of the form',
  ]);
  expect(await refused(filesApi.upload(cat, undefined, '/x'))).toEqual([
    400,
    'The "options" part of the form is required',
  ]);
  expect(await refused(filesApi.upload(cat, undefined, '/x', undefined, undefined, '{}'))).toEqual([
    400,
    'Invalid input JSON on line 1, column 2. Some required fields were not set: [access]',
  ]);
  expect(await refused(upload({ client }, { folderPath: '/x', options: { access: 'OPEN' } }))).toEqual([
    400,
    expect.stringContaining('not one of the values accepted for Enum class: [PUBLIC_INDEXABLE'),
  ]);
  expect(await refused(upload({ client }, { folderPath: '/x', options: { ttl: 'PT1H' } }))).toEqual([
    400,
    'Invalid ttl: PT1H. It must be between 1 day and 1 year.',
  ]);
  expect((await refusal(upload({ client }, { folderPath: '/x', options: { ttl: 'P2Y' } }))).code).toBe(400);
  expect(await refused(filesApi.getById('1'))).toEqual([404, 'No file found with id 1']);
  expect((await refusal(filesApi.getMetadata('/nowhere.png'))).code).toBe(404);
  expect((await refusal(foldersApi.create({ name: 'LIBRARY' }))).code).toBe(409);
  expect((await refusal(foldersApi.create({ name: 'a/b' }))).code).toBe(400);
  const library = Number(file.parentFolderId);
  expect(await refused(foldersApi.updateProperties(String(library), { parentFolderId: library }))).toEqual([
    400,
    'A folder cannot be moved into itself',
  ]);
  const wrong = { data: pixel, name: 'cat.pdf' };
  expect((await refusal(filesApi.replace(file.id, wrong, undefined, options))).code).toBe(400);
  expect((await filesApi.doSearch()).results).toHaveLength(1);
  expect((await foldersApi.doSearch()).results.map(({ name }) => name)).toEqual(['library']);
});
