import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { list } from '../config/values.ts';
import { option } from '../option.ts';
import { workOptions } from './workbench.ts';

const MINUTE_MS = 60_000;
const units: Readonly<Record<string, number>> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: 24 * 60 * MINUTE_MS };
const LONGEST_MS = 7 * 24 * 60 * MINUTE_MS;

const EXPECTED = 'expected a duration from 1m to 7d, such as 30m, 1h or 1d';

/** `30m`, `1h`, `1d` in milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}[mhd]$/, EXPECTED)
  .transform((text) => Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? 0))
  .refine((ms) => ms >= MINUTE_MS && ms <= LONGEST_MS, EXPECTED);

const watchOptions = z.object({
  every: option(
    { flag: '--every <duration>', text: 'how long from one run to the next, such as 30m, 1h or 1d (default: 1h)' },
    duration.default(60 * MINUTE_MS),
  ),
  once: option(
    { flag: '--once', text: 'run once and end, as a timer of the system wants it' },
    z.boolean().default(false),
  ),
  all: option(
    { flag: '--all', text: 'tell all that the first run finds, not only how much it is' },
    z.boolean().default(false),
  ),
  types: option(
    { flag: '--types <list>', text: 'which object types (default: contacts, companies, deals, tickets)' },
    list.optional(),
  ),
  ...workOptions.shape,
});

export type WatchOptions = z.output<typeof watchOptions>;

export const watch = defineCommand({
  name: 'watch',
  summary: 'Look at what has changed now and then, and report each new duplicate and anomaly once, as an alert',
  options: watchOptions,

  async run(options, terminal) {
    const { runWatch } = await import('./watch/run-watch.ts');
    await runWatch(options, terminal);
  },
});
