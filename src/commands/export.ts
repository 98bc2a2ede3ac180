import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { list } from '../config/values.ts';
import { readSaidFile } from '../named-file.ts';
import { option, UsageError } from '../option.ts';
import { workOptions } from './workbench.ts';

const exportOptions = z.object({
  objectType: option(
    { argument: '<objectType>', text: 'whose records, such as contacts' },
    z.string({ error: 'name an object type, such as contacts' }).min(1),
  ),
  properties: option(
    {
      flag: '--properties <list>',
      text: 'which properties, by comma; all: each that can be imported again (default: name and e-mail or the like, and unique ones)',
    },
    list.optional(),
  ),
  filter: option(
    { flag: '--filter <json>', text: 'only records that match: a filter, a list of filters, or filterGroups' },
    z.string().optional(),
  ),
  filterFile: option({ flag: '--filter-file <file>', text: 'the same from a file' }, z.string().optional()),
  associations: option(
    { flag: '--associations <list>', text: 'object types whose associated ids go into a column each' },
    list.default([]),
  ),
  out: option(
    { flag: '--out <file>', text: 'FILE.csv or FILE.jsonl (default: CSV on stdout)' },
    z
      .string()
      .regex(/\.(csv|jsonl)$/i, 'expected FILE.csv or FILE.jsonl')
      .optional(),
  ),
  format: option(
    { flag: '--format <csv|jsonl>', text: 'for stdout (default: csv)' },
    z.enum(['csv', 'jsonl'], { error: 'expected csv or jsonl' }).optional(),
  ),
  force: option({ flag: '--force', text: 'overwrite the file if it is there' }, z.boolean().default(false)),
  ...workOptions.shape,
});

export type ExportOptions = z.output<typeof exportOptions>;

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Export all records of a type, or those that match, to CSV or JSONL that can be imported again',
  options: exportOptions,

  async run(options, terminal) {
    const { filter, filterFile, out, format } = options;
    if (filter !== undefined && filterFile !== undefined) {
      throw new UsageError('--filter and --filter-file say the same: keep one of them.');
    }
    if (out !== undefined && format !== undefined)
      throw new UsageError('--format is for stdout: the name of --out says it.');
    const said = filterFile === undefined ? filter : await readSaidFile('--filter-file', filterFile);
    const { runExport } = await import('./export/run-export.ts');
    await runExport(options, said, terminal);
  },
});
