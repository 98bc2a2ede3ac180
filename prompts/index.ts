/** The prompts, in the order in which clients show them. */

import type { Prompt } from '../src/prompt.ts';
import { accountBrief } from './account-brief.ts';
import { cleanUp } from './clean-up.ts';
import { monthlyCleanUp } from './monthly-clean-up.ts';
import { pipelineReview } from './pipeline-review.ts';

export const prompts: readonly Prompt[] = [accountBrief, pipelineReview, monthlyCleanUp, cleanUp];
