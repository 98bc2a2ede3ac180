import { UserError } from '../crm/index.ts';
import { parseRules, RulesError } from '../enrich/anomalies/index.ts';
import type { Rules } from '../enrich/anomalies/types.ts';
import { readNamedFile, UnreadableFile } from '../named-file.ts';

/** @throws UserError `invalid_rules`, for a file that is none or cannot be read: checks without it would say too little */
export async function readRules(path: string): Promise<Rules> {
  try {
    return parseRules(await readNamedFile(path));
  } catch (error) {
    if (!(error instanceof RulesError || error instanceof UnreadableFile)) throw error;
    throw new UserError('invalid_rules', `The file of naming conventions cannot be used. ${error.message}`, {
      next: 'Ask the person who runs this server to put --quality-rules right.',
    });
  }
}
