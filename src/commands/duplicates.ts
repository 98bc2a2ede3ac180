import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { openaiOptions } from '../config/openai-options.ts';
import { country, number, whole } from '../config/values.ts';
import { option } from '../option.ts';

const TYPES = ['contacts', 'companies', 'persons', 'organisations', 'generic', 'deals', 'tickets'] as const;

const said = (what: string) => z.string().min(1, `expected ${what}`).optional();

/** `--judge` says whether it is asked. */
const { openai: _openai, ...judgeOptions } = openaiOptions;

const duplicatesOptions = z.object({
  file: option(
    { argument: '<file>', text: 'a CSV file with a header; no account is needed' },
    z.string({ error: 'name a CSV file' }).min(1, 'name a CSV file'),
  ),
  type: option(
    { flag: '--type <type>', text: `what the rows are: ${TYPES.join(', ')} (default: by the columns)` },
    z.enum(TYPES, { error: `expected one of ${TYPES.join(', ')}` }).optional(),
  ),
  map: option(
    { flag: '--map <list>', text: 'property=column,... where a column is not named as the property is; id=column' },
    said('property=column,...'),
  ),
  truth: option(
    { flag: '--truth <column>', text: 'a column that says which rows are the same: measure how right the result is' },
    said('a column'),
  ),
  country: option(
    { flag: '--country <code>', text: 'of phone numbers that name none (default: US)' },
    country.optional(),
  ),
  threads: option(
    { flag: '--threads <count>', text: 'beside the main one (default: as many as pay)' },
    whole('a whole number of threads', 0, 64).optional(),
  ),
  json: option({ flag: '--json <file>', text: 'write everything that was found there, as JSON' }, said('a file')),
  out: option({ flag: '--out <file>', text: 'write each pair there, as CSV' }, said('a file')),
  judge: option(
    {
      flag: '--judge [usd]',
      text: 'let a model judge uncertain pairs, for at most so many US dollars; without them, say what it would cost',
    },
    z
      .union([z.literal(true), number('US dollars', 0.001, 10_000)], {
        error: 'expected US dollars from 0.001 to 10000',
      })
      .optional(),
  ),
  ...judgeOptions,
  force: option(
    { flag: '--force', text: 'overwrite files that no earlier run of this command wrote' },
    z.boolean().default(false),
  ),
});

export type DuplicatesOptions = z.output<typeof duplicatesOptions>;

export const duplicates = defineCommand({
  name: 'duplicates',
  summary: 'Find duplicates in a CSV file, and say why: before an import, or to measure how right it is',
  options: duplicatesOptions,

  async run(options, terminal) {
    const { runDuplicates } = await import('./duplicates/run-duplicates.ts');
    await runDuplicates(options, terminal);
  },
});
