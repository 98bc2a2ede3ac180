import { readFile } from 'node:fs/promises';
import { UserError } from '../crm/index.ts';
import { parseRules, RulesError } from '../enrich/anomalies/index.ts';
import type { Rules } from '../enrich/anomalies/types.ts';

/** @throws UserError `invalid_rules`, for a file that is none or cannot be read: checks without it would say too little */
export async function readRules(path: string): Promise<Rules> {
  try {
    return parseRules(await readFile(path, 'utf8'));
  } catch (error) {
    const unreadable = error instanceof Error && 'code' in error;
    if (!(error instanceof RulesError) && !unreadable) throw error;
    throw new UserError('invalid_rules', `The file of naming conventions cannot be used. ${error.message}`, {
      next: 'Ask the person who runs this server to put --quality-rules right.',
    });
  }
}
