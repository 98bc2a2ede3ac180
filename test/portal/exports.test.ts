import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import { expect, onTestFinished, test } from 'vitest';
import { exportFile } from '../../src/portal/exports/file.ts';
import { fakeClock } from '../fake-clock.ts';
import { create } from './records.ts';
import { at, talkTo } from './talk.ts';

const request = {
  exportType: 'VIEW',
  format: 'CSV',
  exportName: 'People',
  objectType: 'CONTACT',
  language: 'EN',
  objectProperties: ['email'],
};

test('an export that a stopped portal left is done by the next one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portal-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'portal.sqlite');
  const clock = fakeClock();
  const first = await talkTo({ file, clock });
  await create(first, 'contacts', { email: 'ada@example.com' });
  const started = await first('POST', '/crm/exports/2026-09/export/async', request);
  expect(started.status).toBe(202);
  await clock.advance(60);
  const path = `/crm/exports/2026-09/export/async/tasks/${String(at(started.body, 'id'))}/status`;
  expect((await first('GET', path)).body).toMatchObject({ status: 'PROCESSING' });
  first.portal.close();

  const second = await talkTo({ file, clock });
  onTestFinished(() => second.portal.close());
  await clock.advance(100);
  const done = await second('GET', path);
  expect(done.body).toMatchObject({ status: 'COMPLETE' });
  const { pathname } = new URL(String(at(done.body, 'result')));
  expect((await second('GET', pathname)).body).toContain('ada@example.com');
});

test('a list that was deleted while its export waited ends the export, and nothing else', async () => {
  const clock = fakeClock();
  const talk = await talkTo({ clock });
  const made = await talk('POST', '/crm/v3/lists', { name: 'Gone', objectTypeId: '0-1', processingType: 'MANUAL' });
  const listId = String(at(made.body, 'list', 'listId'));
  const started = await talk('POST', '/crm/v3/exports/export/async', { ...request, exportType: 'LIST', listId });
  const next = await talk('POST', '/crm/v3/exports/export/async', request);
  await talk('DELETE', `/crm/v3/lists/${listId}`);
  await clock.advance(1_000);
  const status = (id: unknown) => talk('GET', `/crm/v3/exports/export/async/tasks/${String(id)}/status`);
  expect((await status(at(started.body, 'id'))).body).toMatchObject({ status: 'CANCELED', numErrors: 1 });
  expect((await status(at(next.body, 'id'))).body).toMatchObject({ status: 'COMPLETE' });
});

test.each([0, 60])(
  'a snapshot restored %i ms after an export was asked for knows nothing of it, and the next one runs',
  async (ms) => {
    const clock = fakeClock();
    const talk = await talkTo({ clock });
    talk.portal.control.snapshot('before');
    const gone = await talk('POST', '/crm/v3/exports/export/async', request);
    await clock.advance(ms);
    talk.portal.control.restore('before');
    await clock.advance(1_000);
    const path = `/crm/v3/exports/export/async/tasks/${String(at(gone.body, 'id'))}/status`;
    expect((await talk('GET', path)).status).toBe(404);
    const next = await talk('POST', '/crm/v3/exports/export/async', request);
    expect(at(next.body, 'id')).toBe(at(gone.body, 'id'));
    await clock.advance(1_000);
    expect((await talk('GET', path)).body).toMatchObject({ status: 'COMPLETE' });
  },
);

test('a name that is cut is cut between characters, so that its file has an address', async () => {
  const clock = fakeClock();
  const talk = await talkTo({ clock });
  const exportName = `${'x'.repeat(99)}\u{1d49c}\u{1d49c}`;
  const started = await talk('POST', '/crm/v3/exports/export/async', { ...request, exportName });
  await clock.advance(1_000);
  const done = await talk('GET', `/crm/v3/exports/export/async/tasks/${String(at(started.body, 'id'))}/status`);
  expect((await talk('GET', new URL(String(at(done.body, 'result'))).pathname)).status).toBe(200);
});

test("a text longer than a spreadsheet's cell is cut, and the file can be read", async () => {
  const rows = [['L'.repeat(40_000)], ['a\u0001b']];
  const file = await exportFile({ headings: ['Text'], rows }, 'Long', 'XLSX');
  const [, [long] = [], [control] = []] = await readSheet(Buffer.from(file.bytes));
  expect([String(long).length, control]).toEqual([32_767, 'ab']);
});

test('more rows than one file may have come as several files in an archive', async () => {
  const rows = Array.from({ length: 5 }, (_, i) => [String(i)]);
  const file = await exportFile({ headings: ['Record ID'], rows }, 'a/b', 'CSV', { maxRows: 2 });
  expect(file).toMatchObject({ name: 'a-b.zip', contentType: 'application/zip' });
  const parts = Object.entries(unzipSync(file.bytes)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]);
  expect(parts).toEqual([
    ['a-b-1.csv', 'Record ID\n0\n1\n'],
    ['a-b-2.csv', 'Record ID\n2\n3\n'],
    ['a-b-3.csv', 'Record ID\n4\n'],
  ]);
});
