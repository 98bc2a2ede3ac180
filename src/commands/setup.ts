import * as z from 'zod';
import { CommandFailure, defineCommand } from '../command.ts';
import { list } from '../config/values.ts';
import { option, UsageError } from '../option.ts';
import { workOptions } from './workbench.ts';

const DEFAULT_TYPES = ['contacts', 'companies', 'deals', 'tickets'];

export const setup = defineCommand({
  name: 'setup',
  summary: "Create the properties of this server's own that make creates safe to repeat and writes attributable",
  options: z.object({
    objectTypes: option(
      { flag: '--object-types <list>', text: `for which object types (default: ${DEFAULT_TYPES.join(',')})` },
      list.pipe(z.array(z.string()).min(1, 'expected at least one')).default(DEFAULT_TYPES),
    ),
    writeId: option(
      { flag: '--write-id', text: 'only mcp_write_id, by which a create whose answer was lost is found again' },
      z.boolean().default(false),
    ),
    attribution: option(
      { flag: '--attribution', text: 'only mcp_last_write, in which a record says who wrote it last' },
      z.boolean().default(false),
    ),
    yes: option({ flag: '--yes', text: 'create them without asking' }, z.boolean().default(false)),
    ...z.object(workOptions.shape).omit({ attribution: true }).shape,
  }),

  async run(options, terminal) {
    const { stdin, stdout } = terminal;
    if (!options.yes && stdin.isTTY !== true) {
      throw new UsageError('Nobody can be asked here: add --yes to create what is missing.');
    }
    const [{ openWorkbench }, { planSetup }, { saysYes }] = await Promise.all([
      import('./workbench.ts'),
      import('./setup/plan-setup.ts'),
      import('./says-yes.ts'),
    ]);
    const both = options.writeId === options.attribution;
    const wanted = { writeId: both || options.writeId, attribution: both || options.attribution };
    const bench = await openWorkbench({ ...options, attribution: false }, terminal, 'setup', 'add');
    try {
      const { crm, writes } = bench.work('add');
      const { lines, plan, impossible } = await planSetup(crm, options.objectTypes, wanted);
      stdout.write(`${lines.join('\n')}\n`);
      if (plan !== undefined) {
        if (!options.yes && !(await saysYes('Create them? [y/N] ', terminal))) {
          throw new CommandFailure('Nothing was created.');
        }
        const { applied, failed, unknown } = await writes.run(plan);
        stdout.write(`${applied} created.\n`);
        const [first] = [...failed, ...unknown];
        if (first !== undefined) throw new CommandFailure(`${first.message} ${first.next ?? ''}`.trim());
      }
      if (impossible > 0) throw new CommandFailure('Not all of it can be set up: see above.');
    } finally {
      await bench.close();
    }
  },
});
