import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { list } from '../config/values.ts';
import { option } from '../option.ts';
import { workOptions } from './workbench.ts';

const file = (what: string, ending: RegExp) => z.string().regex(ending, `expected ${what}`).optional();

const auditOptions = z.object({
  html: option(
    { flag: '--html <file>', text: 'write one page with charts there, FILE.html, which needs no network' },
    file('FILE.html', /\.html?$/i),
  ),
  json: option(
    { flag: '--json <file>', text: 'write the same data there, FILE.json (docs/audit.schema.json)' },
    file('FILE.json', /\.json$/i),
  ),
  markdown: option(
    { flag: '--markdown <file>', text: 'write it as Markdown there, FILE.md' },
    file('FILE.md', /\.(md|markdown)$/i),
  ),
  types: option(
    { flag: '--types <list>', text: 'which object types (default: contacts, companies, deals, tickets)' },
    list.optional(),
  ),
  summaryByModel: option(
    {
      flag: '--summary-by-model',
      text: 'let the model of --openai write the summary, out of figures alone, for at most 0.10 US dollars (default: a template)',
    },
    z.boolean().default(false),
  ),
  force: option({ flag: '--force', text: 'overwrite files that no earlier audit wrote' }, z.boolean().default(false)),
  ...workOptions.shape,
});

export type AuditOptions = z.output<typeof auditOptions>;

export const audit = defineCommand({
  name: 'audit',
  summary: 'Look for duplicates and anomalies in the whole account, and make a report of them that people can look at',
  options: auditOptions,

  async run(options, terminal) {
    const { runAudit } = await import('./audit/run-audit.ts');
    await runAudit(options, terminal);
  },
});
