import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { importCommand } from '../../src/commands/import.ts';
import { portal } from '../../src/commands/portal.ts';
import { serve } from '../../src/commands/serve.ts';
import { createCrm } from '../../src/index.ts';
import { UsageError } from '../../src/option.ts';
import { run } from './terminal.ts';

function places() {
  const folder = mkdtempSync(join(tmpdir(), 'places-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'file');
  writeFileSync(file, 'a file');
  return { folder, file };
}

it.each([
  ['journalDir', '--journal-dir'],
  ['snapshotDir', '--snapshot-dir'],
])('A file in the place of a folder is told at the start, not to whoever first needs it: %s', async (name, flag) => {
  const { folder, file } = places();
  for (const path of [file, join(file, 'in', 'it')]) {
    const words = `: ${file} is a file, and a folder has to be there. Name another.`;
    const { error } = await run(serve, { [name]: path });
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message: `${flag}${words}` });
    const rows = join(folder, 'rows.csv');
    writeFileSync(rows, 'Email\na@acme.test\n');
    const suggested = await run(importCommand, { file: rows, suggest: true, [name]: path });
    expect(suggested.error).toMatchObject({ message: `${flag}${words}` });
    await expect(createCrm({ embedded: true, seed: 'none', [name]: path })).rejects.toThrow(`${name}${words}`);
  }
});

async function refusalOf(data: string) {
  const { error } = await run(portal, { data, port: '0' });
  return String(error);
}

it('A portal is kept in a file, and a folder in its place is refused in words that say what to do', async () => {
  const { folder, file } = places();
  expect(await refusalOf(folder)).toBe(`UsageError: --data: ${folder} is a folder. Name a file in it.`);
  expect(await refusalOf(join(file, 'a.sqlite'))).toBe(
    `UsageError: --data: ${file} is a file, and a folder has to be there. Name another.`,
  );
});

it('A database that cannot be opened is told without the words of the driver', async () => {
  const { folder } = places();
  mkdirSync(join(folder, 'portal.sqlite'));
  const crm = await createCrm({ seed: 'none', dataDir: folder });
  const { error } = await crm.call('search_records', { objectType: 'contacts' });
  await crm.close();
  expect(error?.message).toMatch(/this process must be able to read and write the file and its folder\.$/);
});
