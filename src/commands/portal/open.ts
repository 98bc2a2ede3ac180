/** Opens a portal as the command line describes it. */

import { dirname } from 'node:path';
import { systemClock, systemRandom } from '../../clock.ts';
import { CommandFailure } from '../../command.ts';
import { makeFolder } from '../../folder.ts';
import { readSaidFile } from '../../named-file.ts';
import { refuseFilesAs } from '../../named-folder.ts';
import type { Portal, PortalOptions } from '../../portal/index.ts';
import type { ProgressStream } from '../demo/progress.ts';
import { refuseTargets } from '../out-file.ts';

export interface Described extends Omit<PortalOptions, 'clock' | 'random' | 'seed'> {
  /** `demo`, `none` or the path of a portal file. */
  readonly seed: string;
  /** Where a person sees how far a long loading is. */
  readonly stderr: ProgressStream;
}

/** @throws UsageError for a place that cannot be, and for a seed file that cannot be read, CommandFailure for one that cannot be loaded, with the place in it */
export async function openPortal({ seed, stderr, ...options }: Described): Promise<Portal> {
  const { createPortal } = await import('../../portal/index.ts');
  if (options.file !== undefined) await makePlaceFor(options.file);
  if (seed === 'demo' || seed === 'none') {
    return createPortal({ clock: systemClock, random: systemRandom, seed, ...options });
  }
  const json = await readSaidFile('--seed', seed);
  const { slowProgress } = await import('./slow-progress.ts');
  const shown = slowProgress(stderr, systemClock);
  const file = {
    json,
    progress: (what: string, done: number, total: number) => shown.at(`Loading ${what}`, done, total),
  };
  try {
    return await createPortal({ clock: systemClock, random: systemRandom, seed: file, ...options });
  } catch (error) {
    // By its name: its class is loaded with the portal.
    if (error instanceof Error && error.name === 'PortalFileError') {
      throw new CommandFailure(`--seed ${seed} cannot be loaded: ${error.message}`);
    }
    throw error;
  } finally {
    shown.stop();
  }
}

async function makePlaceFor(file: string): Promise<void> {
  await refuseFilesAs({ '--data': dirname(file) });
  await makeFolder(dirname(file));
  await refuseTargets([{ flag: '--data', path: file }], { force: true });
}
