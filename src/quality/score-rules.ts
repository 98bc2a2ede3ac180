import { readFile } from 'node:fs/promises';
import { UserError } from '../crm/index.ts';
import { defaultScoreRules } from '../enrich/scores/default-rules.ts';
import { parseScoreRules, ScoreRulesError } from '../enrich/scores/rules.ts';
import type { ScoreRules } from '../enrich/scores/types.ts';

/** The shipped rules where no file is named. @throws UserError `invalid_rules`, for a file that is none or cannot be read */
export async function readScoreRules(path: string | undefined): Promise<ScoreRules> {
  if (path === undefined) return defaultScoreRules;
  try {
    return parseScoreRules(await readFile(path, 'utf8'));
  } catch (error) {
    const unreadable = error instanceof Error && 'code' in error;
    if (!(error instanceof ScoreRulesError) && !unreadable) throw error;
    throw new UserError('invalid_rules', `The file of rules for scores cannot be used. ${error.message}`, {
      next: 'Ask the person who runs this server to put --score-rules right.',
    });
  }
}
