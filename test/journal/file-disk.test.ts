import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createJournal, fileDisk, JournalUnusable, memoryDisk } from '../../src/journal/index.ts';
import type { NewCall } from '../../src/journal/journal.ts';

const root = mkdtempSync(join(tmpdir(), 'journal-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const call: NewCall = {
  caller: 'tester',
  session: 'one',
  tool: 'create_records',
  portalId: 1,
  fingerprint: 'abc',
  idempotencyKey: 'once',
  sameWithinMs: 0,
};

let seed = 0;
const journalIn = (folder: string) =>
  createJournal({ disk: fileDisk(folder), clock: systemClock, random: seededRandom(++seed) });

async function write(folder: string): Promise<string> {
  const journal = journalIn(folder);
  const begun = await journal.begin(call);
  if (begun.kind !== 'new') throw new Error(begun.kind);
  await begun.call.intend([{ index: 0, change: { secret: 'of the customer' }, records: [] }]);
  await begun.call.sending([0]);
  await begun.call.finish(null);
  await journal.close();
  return begun.call.id;
}

test('What may be sent was synced by the system before, and so was what ended', async () => {
  const handle = await open(join(root, 'any'), 'w');
  onTestFinished(() => handle.close());
  const handles: FileHandle = Object.getPrototypeOf(handle);
  // Nothing but a power cut tells a log that was synced from one that was not.
  const synced = vi.spyOn(handles, 'datasync');
  onTestFinished(() => synced.mockRestore());
  const journal = journalIn(join(root, 'synced'));
  onTestFinished(() => journal.close());
  const begun = await journal.begin(call);
  if (begun.kind !== 'new') throw new Error(begun.kind);
  await begun.call.intend([{ index: 0, change: {}, records: [] }]);
  const before = synced.mock.calls.length;
  await begun.call.sending([0]);
  expect(synced.mock.settledResults.slice(before).map(({ type }) => type)).toEqual(['fulfilled']);
  await begun.call.finish(null);
  expect(synced.mock.settledResults.slice(before).map(({ type }) => type)).toEqual(['fulfilled', 'fulfilled']);
});

describe('the disk of a folder and the one in memory', () => {
  const disks = { 'a folder': () => fileDisk(mkdtempSync(join(root, 'disk-'))), memory: memoryDisk };

  test.each(Object.entries(disks))('%s keeps what is appended, and makes a file once', async (_, make) => {
    const disk = make();
    const file = await disk.append('logs/a');
    await file.write(Buffer.from('one, '));
    await file.write(Buffer.from('two'));
    await file.sync();
    await file.close();
    expect(Buffer.from(await disk.read('logs/a', 3, 4)).toString()).toBe(', tw');
    expect(Buffer.from(await disk.read('logs/a', 6, 100)).toString()).toBe('wo');
    expect(await disk.read('logs/none', 0, 100)).toHaveLength(0);
    expect([await disk.size('logs/a'), await disk.size('logs/b')]).toEqual([8, undefined]);
    await expect(disk.append('logs/a')).rejects.toThrow(/a/);
    const made = [1, 2, 3].map((each) => disk.create('keys/k', Buffer.from(String(each))));
    expect((await Promise.all(made)).filter((first) => first)).toHaveLength(1);
    expect([await disk.list('logs'), await disk.list('keys')]).toEqual([['a'], ['k']]);
    await disk.remove('keys/k');
    await disk.remove('keys/k');
    expect(await disk.list('keys')).toEqual([]);
  });

  test.each(Object.entries(disks))('%s gives a lock to one at a time', async (_, make) => {
    const disk = make();
    const first = await disk.lock('locks/a');
    expect(await disk.lock('locks/a')).toBeUndefined();
    expect(await disk.list('locks')).toEqual(['a']);
    await first?.release();
    const second = await disk.lock('locks/a');
    expect(second).toBeDefined();
    await second?.release();
  });
});

describe('a journal in a folder', () => {
  test('is there for the next process', async () => {
    const folder = join(root, 'deep', 'within');
    const id = await write(folder);
    const next = journalIn(folder);
    expect(await next.begin(call)).toMatchObject({ kind: 'finished', call: { id } });
    expect(await next.calls({})).toMatchObject([{ id, rows: [{ state: 'sent' }] }]);
    await next.close();
  });

  // Windows keeps no modes; everywhere else these two run.
  test.skipIf(process.platform === 'win32')('S56: is for the eyes of its user only', async () => {
    const folder = join(root, 'own');
    await write(folder);
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
    const modes = [folder, ...all].map((path) => {
      const found = statSync(path);
      return [found.isDirectory(), (found.mode & 0o777).toString(8)];
    });
    expect(new Set(modes.map(String))).toEqual(new Set(['true,700', 'false,600']));
  });

  test.skipIf(process.platform === 'win32')('S56: refuses a folder that others may have changed', async () => {
    const real = join(root, 'real');
    mkdirSync(real, { mode: 0o700 });
    const linked = join(root, 'linked');
    symlinkSync(real, linked);
    const open = join(root, 'open');
    mkdirSync(open);
    chmodSync(open, 0o770);
    const file = join(root, 'file');
    writeFileSync(file, '');
    const wrong = [
      [linked, /is a symbolic link/],
      [open, /can be written by other users.*chmod 700/],
      [file, /is no folder/],
    ] as const;
    for (const [folder, words] of wrong) {
      const journal = journalIn(folder);
      await expect(journal.begin(call)).rejects.toThrow(JournalUnusable);
      await expect(journal.begin(call)).rejects.toThrow(words);
      expect(journal.state().broken).toMatch(words);
      await journal.close();
    }
    expect(readdirSync(real)).toEqual([]);
  });

  test('that cannot be made says what to do', async () => {
    const journal = journalIn('/proc/nowhere/journal');
    await expect(journal.begin(call)).rejects.toThrow(/--journal-dir/);
    await expect(journal.calls({})).rejects.toThrow(JournalUnusable);
    await journal.close();
  });
});
