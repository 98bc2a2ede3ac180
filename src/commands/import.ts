import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { option, UsageError } from '../option.ts';
import { workOptions } from './workbench.ts';

const file = (text: string, flag: string) =>
  option({ flag: `${flag} <file>`, text }, z.string().min(1, 'expected a file').optional());

const importOptions = z.object({
  file: option(
    { argument: '[file]', text: 'a CSV or JSONL file; - reads stdin' },
    z.string().min(1, 'expected a file').optional(),
  ),
  mapping: file('the mapping file: which column goes where, and who wins', '--mapping'),
  suggest: option(
    { flag: '--suggest', text: 'write a mapping for the columns of the file to stdout, to begin with' },
    z.boolean().default(false),
  ),
  objectType: option(
    { flag: '--object-type <type>', text: 'with --suggest: what the rows become (default: contacts)' },
    z.string().min(1, 'expected an object type').optional(),
  ),
  format: option(
    { flag: '--format <csv|jsonl>', text: 'what the file is (default: by its name, or its first character)' },
    z.enum(['csv', 'jsonl'], { error: 'expected csv or jsonl' }).optional(),
  ),
  dryRun: option(
    { flag: '--dry-run', text: 'look every row up and say what would become of it; write nothing' },
    z.boolean().default(false),
  ),
  yes: option(
    { flag: '--yes', text: 'begin without asking; needed where nobody can be asked' },
    z.boolean().default(false),
  ),
  report: file('write what became of each row there: FILE.jsonl or FILE.csv', '--report').refine(
    (name) => name === undefined || /\.(jsonl|csv)$/i.test(name),
    'expected FILE.jsonl or FILE.csv',
  ),
  failed: file('write the rows that failed there, as a file that the same mapping imports', '--failed'),
  force: option({ flag: '--force', text: 'overwrite the report if it is there' }, z.boolean().default(false)),
  resume: option(
    { flag: '--resume <job>', text: 'go on with an import that was stopped, where it stopped' },
    z.string().min(1, 'expected the id of a job').optional(),
  ),
  ...workOptions.shape,
});

export type ImportOptions = z.output<typeof importOptions>;

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Import a CSV or JSONL file: previewed first, at the speed of the quota, and never twice',
  options: importOptions,

  async run(options, terminal) {
    const { file: name, mapping, suggest, resume, dryRun } = options;
    if (resume !== undefined) {
      const stray = name ?? mapping ?? (suggest || dryRun ? 'this' : undefined);
      if (stray !== undefined) throw new UsageError('--resume needs no file and no mapping: the job has its rows.');
      const { resumeImport } = await import('./import/run-import.ts');
      return resumeImport(resume, options, terminal);
    }
    if (name === undefined) throw new UsageError('Name the file to import, or - for stdin.');
    if (suggest) {
      const { suggestFor } = await import('./import/suggest-for.ts');
      return suggestFor(name, options, terminal);
    }
    if (options.objectType !== undefined) throw new UsageError('--object-type goes with --suggest: a mapping says it.');
    if (mapping === undefined) {
      throw new UsageError(
        `--mapping is missing. \`hubspot-crm-mcp import --suggest ${name}\` writes one to begin with.`,
      );
    }
    const { runImport } = await import('./import/run-import.ts');
    return runImport({ ...options, file: name, mapping }, terminal);
  },
});
