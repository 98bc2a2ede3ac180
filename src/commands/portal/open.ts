/** Opens a portal as the command line describes it. */

import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemClock, systemRandom } from '../../clock.ts';
import { CommandFailure } from '../../command.ts';
import { makeFolder } from '../../folder.ts';
import type { Portal, PortalOptions } from '../../portal/index.ts';

export interface Described extends Omit<PortalOptions, 'clock' | 'random' | 'seed'> {
  /** `demo`, `none` or the path of a portal file. */
  readonly seed: string;
}

/** @throws CommandFailure for a seed file that cannot be read or loaded, naming it and the place in it */
export async function openPortal({ seed, ...options }: Described): Promise<Portal> {
  const { createPortal } = await import('../../portal/index.ts');
  if (options.file !== undefined) await makeFolder(dirname(options.file));
  if (seed === 'demo' || seed === 'none') {
    return createPortal({ clock: systemClock, random: systemRandom, seed, ...options });
  }
  const json = await readFile(seed, 'utf8').catch((error: unknown) => {
    throw new CommandFailure(`--seed ${seed} cannot be read: ${wordsOf(error)}`);
  });
  try {
    return await createPortal({ clock: systemClock, random: systemRandom, seed: { json }, ...options });
  } catch (error) {
    // By its name: its class is loaded with the portal.
    if (error instanceof Error && error.name === 'PortalFileError') {
      throw new CommandFailure(`--seed ${seed} cannot be loaded: ${error.message}`);
    }
    throw error;
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
