/** Real processes on one journal, which may be killed at any moment. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

export interface Writers {
  /** A folder of its own for each journal. */
  folder(): string;
  /** Writes three records under a key, or as what without a key is the same call. Stops at a step, or is killed a moment after it, as told; gives what it said. */
  write(
    folder: string,
    key: string,
    end?: { readonly at: string; readonly afterMs?: number },
    how?: 'keyed' | 'keyless',
  ): Promise<readonly string[]>;
  /** What HubSpot holds, in order. */
  made(folder: string): readonly string[];
  remove(): void;
}

/** What the process says before each of its steps, when nobody disturbs it. */
export const STEPS: readonly string[] = [
  'begin',
  'new',
  'intended',
  ...[0, 1, 2].flatMap((row) => ['sending', 'sent', 'answered', 'told'].map((step) => `${step} ${row}`)),
  'finished',
];

/** Builds the process once, inside the package: it loads SQLite as the package does. */
export async function buildWriters(): Promise<Writers> {
  const root = resolve(import.meta.dirname, '../..');
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const home = mkdtempSync(join(cache, 'journal-kill-'));
  const bundle = await rolldown({
    input: join(import.meta.dirname, 'kill-child.ts'),
    platform: 'node',
    external: ['libsql'],
    logLevel: 'silent',
  });
  await bundle.write({ dir: home, entryFileNames: 'child.mjs', chunkFileNames: '[name].mjs' });
  await bundle.close();

  return {
    folder: () => mkdtempSync(join(home, 'journal-')),
    async write(folder, key, end, how = 'keyed') {
      const stop = end?.afterMs === undefined ? (end?.at ?? '') : '';
      const child = spawn(process.execPath, [join(home, 'child.mjs'), folder, key, stop, how], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const exited = once(child, 'exit');
      let said = '';
      let wrong = '';
      child.stderr.on('data', (chunk: Buffer) => {
        wrong += chunk.toString();
      });
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (end === undefined || !said.split('\n').includes(end.at)) return;
        if (end.afterMs === undefined) child.kill('SIGKILL');
        else setTimeout(() => child.kill('SIGKILL'), end.afterMs);
      });
      const [code] = await exited;
      if (code !== 0 && end === undefined) throw new Error(`The process failed: ${wrong}`);
      return said.trim().split('\n');
    },
    made: (folder) => readFileSync(join(folder, 'hubspot'), 'utf8').trim().split('\n'),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
