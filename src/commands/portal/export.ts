import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import * as z from 'zod';
import { CommandFailure, defineCommand } from '../../command.ts';
import { option } from '../../option.ts';
import { openFlag, outOptions, refuseTargets } from '../out-file.ts';
import { openPortal } from './open.ts';
import { servedPortalOptions } from './options.ts';

const { seed, now } = servedPortalOptions.shape;

export const portalExport = defineCommand({
  name: 'portal export',
  summary: 'Write a whole portal as a file that `portal --seed FILE.json` loads',
  options: z.object({
    ...outOptions.shape,
    data: option(
      { flag: '--data <file>', text: 'the portal, as `portal --data` kept it (default: a new one)' },
      z.string().optional(),
    ),
    seed: option({ flag: '--seed <demo|none|FILE.json>', text: 'what a new portal holds (default: demo)' }, seed),
    now: option({ flag: '--now <date>', text: "a new portal's present, an ISO date (default: the real time)" }, now),
  }),

  async run(options, { stdout, stderr }) {
    const { out, force, data } = options;
    await refuseTargets([{ flag: '--out', path: out }], { force });
    if (data !== undefined && !existsSync(data)) throw new CommandFailure(`--data ${data}: there is no such file.`);
    const portal = await openPortal({
      seed: options.seed,
      stderr,
      ...(data !== undefined && { file: data }),
      ...(options.now !== undefined && { time: { now: options.now } }),
    });
    try {
      const file = openSync(out, await openFlag(options));
      for (const piece of portal.control.export()) writeSync(file, piece);
      closeSync(file);
      const { portalId, records } = portal.describe();
      const total = Object.values(records).reduce((sum, count) => sum + count, 0);
      stdout.write(`Portal ${portalId} with ${total} records is in ${out}\n`);
    } finally {
      portal.close();
    }
  },
});
