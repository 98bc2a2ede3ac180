/** What the commands that read an account's definitions have in common. */

import * as z from 'zod';
import { hubspotOptions } from '../../config/hubspot-options.ts';
import { portalOptions } from '../../config/portal-options.ts';
import { list } from '../../config/values.ts';
import { option } from '../../option.ts';
import { outOptions } from '../out-file.ts';

const { scopes: _scopes, ...accountOptions } = hubspotOptions;

export const definitionOptions = z.object({
  ...outOptions.shape,
  types: option(
    { flag: '--types <list>', text: 'only these object types, such as contacts,deals (default: all that can be read)' },
    list.optional(),
  ),
  ...accountOptions,
  ...portalOptions,
});

export type DefinitionOptions = z.output<typeof definitionOptions>;
