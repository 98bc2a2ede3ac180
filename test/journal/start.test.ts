import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';

test('a journal is there without SQLite, until somebody asks it something', async () => {
  const root = resolve(import.meta.dirname, '../..');
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const home = mkdtempSync(join(cache, 'journal-start-'));
  try {
    const bundle = await rolldown({
      input: join(root, 'src/journal/index.ts'),
      platform: 'node',
      external: ['libsql'],
    });
    await bundle.write({ dir: home, entryFileNames: 'journal.mjs', chunkFileNames: '[name].mjs' });
    await bundle.close();
    const program = `
      const { createJournal, memoryDisk } = await import(${JSON.stringify(join(home, 'journal.mjs'))});
      const clock = { now: () => 1, elapsed: () => 1, after: () => () => undefined };
      const random = { float: () => 0.5, uuid: () => '00000000-0000-4000-a000-000000000000' };
      const journal = createJournal({ disk: memoryDisk(), clock, random });
      const loaded = () => process.report.getReport().sharedObjects.some((file) => file.includes('libsql'));
      const before = loaded();
      const begun = await journal.begin({ caller: 'c', session: 's', tool: 't', portalId: 1, fingerprint: 'f', sameWithinMs: 0 });
      await begun.call.finish(null);
      const written = loaded();
      await journal.calls({});
      console.log(JSON.stringify([before, written, loaded()]));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual([false, false, true]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
