/** The file that a command writes. */

import { existsSync } from 'node:fs';
import * as z from 'zod';
import { CommandFailure } from '../command.ts';
import { option } from '../option.ts';

export const outOptions = z.object({
  out: option({ flag: '--out <file>', text: 'where to write it' }, z.string({ error: 'name a file to write' })),
  force: option({ flag: '--force', text: 'overwrite the file if it is there' }, z.boolean().default(false)),
});

export type OutOptions = z.output<typeof outOptions>;

/**
 * Asked before there is anything to write, as that may take long.
 * @throws CommandFailure where the file is there already and may not be overwritten
 */
export function refuseToOverwrite({ out, force }: OutOptions): void {
  if (!force && existsSync(out)) throw new CommandFailure(`${out} is there already: --force overwrites it.`);
}
