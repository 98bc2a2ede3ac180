import { UserError } from '../crm/index.ts';
import { defaultScoreRules } from '../enrich/scores/default-rules.ts';
import { parseScoreRules, ScoreRulesError } from '../enrich/scores/rules.ts';
import type { ScoreRules } from '../enrich/scores/types.ts';
import { readNamedFile, UnreadableFile } from '../named-file.ts';

/** The shipped rules where no file is named. @throws UserError `invalid_rules`, for a file that is none or cannot be read */
export async function readScoreRules(path: string | undefined): Promise<ScoreRules> {
  if (path === undefined) return defaultScoreRules;
  try {
    return parseScoreRules(await readNamedFile(path));
  } catch (error) {
    if (!(error instanceof ScoreRulesError || error instanceof UnreadableFile)) throw error;
    throw new UserError('invalid_rules', `The file of rules for scores cannot be used. ${error.message}`, {
      next: 'Ask the person who runs this server to put --score-rules right.',
    });
  }
}
