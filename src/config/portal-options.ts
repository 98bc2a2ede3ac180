/** The embedded portal, which stands in where no account of HubSpot is named. */

import * as z from 'zod';
import { option, optionGroup } from '../option.ts';

export const portalOptions = optionGroup('The embedded portal', {
  dataDir: option(
    {
      flag: '--data-dir <folder>',
      variable: 'HUBSPOT_MCP_DATA_DIR',
      text: 'keep the embedded portal in this folder (default: in memory, gone at exit)',
    },
    z.string().optional(),
  ),
  seed: option(
    {
      flag: '--seed <demo|none>',
      variable: 'HUBSPOT_MCP_SEED',
      text: 'what a new embedded portal holds (default: demo)',
    },
    z.enum(['demo', 'none'], { error: 'expected demo or none' }).default('demo'),
  ),
});
