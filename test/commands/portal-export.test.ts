import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CommandFailure } from '../../src/command.ts';
import { portalExport } from '../../src/commands/portal/export.ts';
import { run } from './terminal.ts';

test('it writes over nothing unless told to, and opens no portal for that', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portal-export-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const out = join(folder, 'portal.json');
  await writeFile(out, 'mine');
  const refused = await run(portalExport, { out, seed: './no-such-file.json' });
  expect(refused.error).toEqual(new CommandFailure(`${out} is there already: --force overwrites it.`));
  expect(await readFile(out, 'utf8')).toBe('mine');
  const forced = await run(portalExport, { out, seed: 'none', force: true });
  expect(forced.error).toBeUndefined();
  expect(JSON.parse(await readFile(out, 'utf8'))).toHaveProperty('account.portalId');
});
