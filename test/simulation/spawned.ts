/** The simulation as `npm run simulate` runs it: built, and in processes of its own. */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

const root = resolve(import.meta.dirname, '../..');

const summary = z.object({
  writes: z.int(),
  written: z.int(),
  violations: z.record(z.string(), z.int()),
  failed: z.array(z.looseObject({ seed: z.int() })),
});
export type Summary = z.output<typeof summary> & { readonly exitCode: number };

export async function buildSimulation(): Promise<void> {
  const bundle = join(root, 'bundle.mjs');
  await promisify(execFile)(process.execPath, [bundle, 'test/simulation/rolldown.config.ts'], {
    cwd: root,
  });
}

export async function simulated(...args: readonly string[]): Promise<Summary> {
  const folder = await mkdtemp(join(tmpdir(), 'simulated-'));
  const json = join(folder, 'report.json');
  try {
    const exitCode = await new Promise<number>((resolve) => {
      const child = execFile(process.execPath, [join(root, 'test/simulation/dist/main.js'), ...args, '--json', json]);
      child.on('exit', (code) => resolve(code ?? -1));
    });
    return { ...summary.parse(JSON.parse(await readFile(json, 'utf8'))), exitCode };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** As it should be. */
export const NOTHING_WRONG = {
  duplicates: 0,
  'lost writes': 0,
  'over-quota windows': 0,
  'unsettled calls': 0,
  'other violations': 0,
};
