/** Bundles what runs in processes of its own, which Node 20 cannot run as it is. */

import { mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'rolldown';

/** The folder of the bundles; below the repository, so that packages are found. */
export async function bundleProcesses(): Promise<string> {
  const folder = await mkdtemp(join(resolve(import.meta.dirname, '../../../node_modules'), '.quota-processes-'));
  await build({
    input: { 'quota-portal': 'bench/quota/portal.ts', 'quota-caller': 'bench/quota/caller.ts' },
    platform: 'node',
    external: [/^[^./]/],
    output: { dir: folder, format: 'esm' },
  });
  return folder;
}
