import * as z from 'zod';
import { systemClock } from '../clock.ts';
import { defineCommand } from '../command.ts';
import { option } from '../option.ts';
import { definitionOptions } from './definitions/options.ts';

export const dictionary = defineCommand({
  name: 'dictionary',
  summary: 'Write a data dictionary of the account, or of the embedded portal, as Markdown or as a page',
  options: z.object({
    ...definitionOptions.shape,
    out: option(
      { flag: '--out <file>', text: 'where to write it: FILE.md is Markdown, FILE.html a page that needs no network' },
      z.string({ error: 'name a file to write' }).regex(/\.(md|html)$/i, 'expected FILE.md or FILE.html'),
    ),
    fillRates: option(
      {
        flag: '--fill-rates',
        text: 'count how many records have a value, by one search for each property; what that costs is said first',
      },
      z.boolean().default(false),
    ),
  }),

  async run(options, terminal) {
    const [{ writeDefinitions }, { dictionaryOf }, { readFillRates }, { markdownOf }, { pageOf }] = await Promise.all([
      import('./definitions/write.ts'),
      import('./dictionary/dictionary.ts'),
      import('./dictionary/fill-rates.ts'),
      import('./dictionary/markdown.ts'),
      import('./dictionary/page.ts'),
    ]);
    const say = (sentence: string) => void terminal.stderr.write(`${sentence}\n`);
    if (options.accessToken === undefined && options.accessTokenFile === undefined) {
      say('No token is set: this is the embedded portal.');
    }
    const render = options.out.toLowerCase().endsWith('.md') ? markdownOf : pageOf;
    const { types } = await writeDefinitions(options, terminal, async (reading) => {
      const { hubspot, definitions, progress, signal } = reading;
      const fillRates = options.fillRates
        ? await readFillRates(hubspot, definitions.types, { progress, signal, say })
        : undefined;
      const day = new Date(systemClock.now()).toISOString().slice(0, 10);
      return render(dictionaryOf(definitions, fillRates, day));
    });
    const properties = types.reduce((sum, each) => sum + each.properties.length, 0);
    terminal.stdout.write(`${types.length} object types with ${properties} properties are in ${options.out}\n`);
  },
});
