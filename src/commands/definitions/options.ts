/** What the commands that read an account's definitions have in common. */

import * as z from 'zod';
import { list, serverOptions } from '../../config.ts';
import { option } from '../../option.ts';
import { outOptions } from '../out-file.ts';

export const definitionOptions = z.object({
  ...outOptions.shape,
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
