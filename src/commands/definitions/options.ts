/** What the commands that read an account's definitions have in common. */

import * as z from 'zod';
import { list, option, serverOptions } from '../../config.ts';

export const definitionOptions = z.object({
  out: option({ flag: '--out <file>', text: 'where to write it' }, z.string({ error: 'name a file to write' })),
  force: option({ flag: '--force', text: 'overwrite the file if it is there' }, z.boolean().default(false)),
  types: option(
    { flag: '--types <list>', text: 'only these object types, such as contacts,deals (default: all that can be read)' },
    list.optional(),
  ),
  accessToken: serverOptions.shape.accessToken,
  accessTokenFile: serverOptions.shape.accessTokenFile,
  baseUrl: serverOptions.shape.baseUrl,
  deadlineMs: serverOptions.shape.deadlineMs,
  dataDir: serverOptions.shape.dataDir,
  seed: serverOptions.shape.seed,
});

export type DefinitionOptions = z.output<typeof definitionOptions>;
