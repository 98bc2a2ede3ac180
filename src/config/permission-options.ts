/** What may be done at all, by tools and commands alike. */

import * as z from 'zod';
import { option, optionGroup } from '../option.ts';
import { yesOrNo } from './values.ts';

export const permissionOptions = optionGroup('Permissions', {
  readOnly: option(
    { flag: '--read-only', variable: 'HUBSPOT_MCP_READ_ONLY', text: 'serve only tools that change nothing' },
    yesOrNo,
  ),
  policy: option(
    {
      flag: '--policy <file>',
      variable: 'HUBSPOT_MCP_POLICY',
      text: 'a JSON file that says what may be read and written, and what a person has to approve',
    },
    z.string().optional(),
  ),
});
