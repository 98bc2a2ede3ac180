import type { Prompt } from '../src/prompt.ts';

export const cleanUp: Prompt = {
  name: 'clean_up',
  title: 'Clean-up',
  description: 'Finds what is missing, contradictory or double in an object type, and mends it once you have agreed.',
  arguments: [
    { name: 'objectType', description: 'What to clean, such as contacts', required: true },
    { name: 'scope', description: 'Which of them, such as created this year', required: false },
  ],
  text: ({
    objectType,
    scope,
  }) => `Clean up ${JSON.stringify(objectType)}${scope ? `, only ${JSON.stringify(scope)}` : ''}.

1. Look: count with aggregate_records how many lack each important property, an owner, or an association with a company. Search for values that contradict each other or are plainly wrong, and for likely doubles (same e-mail, domain or name and phone).
2. Report the findings as a table: finding, number, three example ids, what you would do. Stop there and wait for a yes, finding by finding.
3. Only then write, in batches, with dryRun first. Fill gaps with onlyIfEmpty; give the values you saw as expected, so that nobody's newer work is overwritten. Do not archive or merge anything that was not named in the yes.
4. Report what was applied, what failed and why, by id.`,
};
