/** What is remembered of writes, here and in HubSpot. */

import * as z from 'zod';
import { option, optionGroup } from '../option.ts';
import { yesOrNo } from './values.ts';

export const journalOptions = optionGroup('The journal of writes', {
  journalDir: option(
    {
      flag: '--journal-dir <folder>',
      variable: 'HUBSPOT_MCP_JOURNAL_DIR',
      text: 'where to keep the journal of writes (default: beside the embedded portal, or in the user’s state folder)',
    },
    z.string().optional(),
  ),
  attribution: option(
    {
      flag: '--attribution',
      variable: 'HUBSPOT_MCP_ATTRIBUTION',
      text: 'say in each record which tool, caller and run wrote it last, where `setup` has made the property for it',
    },
    yesOrNo,
  ),
});
