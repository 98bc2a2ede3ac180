/** What `portal` takes. */

import * as z from 'zod';
import { port, whole } from '../../config/values.ts';
import { option } from '../../option.ts';

/** `TOKEN=scope,scope`, as often as there are tokens; commander gathers them. The message must not repeat the secret. */
const tokens = z
  .array(z.string().regex(/^[\x21-\x3c\x3e-\x7e]+=[^=\s]+$/, 'expected TOKEN=scope,scope'))
  .transform(
    (pairs) =>
      new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1).split(',')])),
  );

const tier = z
  .enum(['starter', 'pro', 'professional', 'enterprise'], { error: 'expected starter, pro or enterprise' })
  .transform((said) => (said === 'pro' ? 'professional' : said));

const seed = z
  .string()
  .refine((said) => said === 'demo' || said === 'none' || /[./\\]/.test(said), 'expected demo, none or a FILE.json');

/** With its offset, so that it means the same on every machine. */
const now = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: 'expected a date such as 2026-11-22 or 2026-11-22T09:00:00Z',
  })
  .transform((said) => Date.parse(said));

const data = option(
  { flag: '--data <file>', text: 'keep it in this file (default: in memory, gone at exit)' },
  z.string().optional(),
);

export const servedPortalOptions = z.object({
  port: option(
    { flag: '--port <port>', text: 'where to listen on this machine; 0 takes any free one (default: 3415)' },
    port.default(3415),
  ),
  data,
  tier: option(
    {
      flag: '--tier <starter|pro|enterprise>',
      text: "the account's tier: its limits, and enterprise alone has custom objects (default: enterprise)",
    },
    tier.default('enterprise'),
  ),
  seed: option(
    {
      flag: '--seed <demo|none|FILE.json>',
      text: 'what a new portal holds; FILE.json as `portal export` writes it (default: demo)',
    },
    seed.default('demo'),
  ),
  token: option(
    {
      flag: '--token <TOKEN=scope,scope...>',
      text: 'a token and its scopes, repeatable (default: any pat-… bearer, with all scopes)',
    },
    tokens.optional(),
  ),
  controlPort: option(
    {
      flag: '--control-port <port>',
      text: 'listen there for faults, snapshots, differences, the request log, the clock and export; GET / lists them (default: off)',
    },
    port.optional(),
  ),
  now: option(
    {
      flag: '--now <date>',
      text: "start the portal's clock at this ISO date; it then runs on (default: the real time)",
    },
    now.optional(),
  ),
  clock: option(
    {
      flag: '--clock <running|frozen>',
      text: 'frozen: it stands still, but for one second on per write (default: running)',
    },
    z.enum(['running', 'frozen'], { error: 'expected running or frozen' }).default('running'),
  ),
  limits: option(
    { flag: '--limits <on|off>', text: "whether HubSpot's request limits are enforced (default: on)" },
    z.enum(['on', 'off'], { error: 'expected on or off' }).default('on'),
  ),
  limitIncreases: option(
    { flag: '--limit-increases <0|1|2>', text: 'how many API limit increases the account has bought (default: 0)' },
    z.enum(['0', '1', '2'], { error: 'expected 0, 1 or 2' }).default('0'),
  ),
  indexDelayMs: option(
    { flag: '--index-delay-ms <ms>', text: 'how long until search finds what was written (default: 0)' },
    whole('a whole number of milliseconds', 0, 86_400_000).default(0),
  ),
  batchErrors: option(
    {
      flag: '--batch-errors <body|status>',
      text: 'how 2026-09 tells of the bad rows of a batch: in the body of a 200, or by status as versions before (default: body)',
    },
    z.enum(['body', 'status'], { error: 'expected body or status' }).default('body'),
  ),
  writeValidation: option(
    {
      flag: '--write-validation',
      text: '2026-09 refuses writes that leave a required property empty, as in accounts where HubSpot enforces it',
    },
    z.boolean().default(false),
  ),
});
