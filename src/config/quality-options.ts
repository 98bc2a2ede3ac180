/** What scans for duplicates and anomalies, and scores, go by. */

import * as z from 'zod';
import { option, optionGroup } from '../option.ts';
import { country } from './values.ts';

export const qualityOptions = optionGroup('Duplicates, anomalies and scores', {
  snapshotDir: option(
    {
      flag: '--snapshot-dir <folder>',
      variable: 'HUBSPOT_MCP_SNAPSHOT_DIR',
      text: 'where to keep the copy of records that scans for duplicates and anomalies work on (default: as the journal)',
    },
    z.string().optional(),
  ),
  qualityRules: option(
    {
      flag: '--quality-rules <file>',
      variable: 'HUBSPOT_MCP_QUALITY_RULES',
      text: 'a JSON file of naming conventions to check, keys of custom objects, and checks that are not to run (docs/quality-rules.schema.json)',
    },
    z.string().optional(),
  ),
  scoreRules: option(
    {
      flag: '--score-rules <file>',
      variable: 'HUBSPOT_MCP_SCORE_RULES',
      text: 'a JSON file of rules for score_leads (docs/score-rules.schema.json; default: simple rules of our own)',
    },
    z.string().optional(),
  ),
  country: option(
    {
      flag: '--country <code>',
      variable: 'HUBSPOT_MCP_COUNTRY',
      text: 'of phone numbers that name none, in two letters such as DE (default: US)',
    },
    country.optional(),
  ),
});
