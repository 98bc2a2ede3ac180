/** The options of the server, each in one place: its flag, its environment variable, its meaning and its help. Pure. */

import * as z from 'zod';
import type { Toolset } from './tool.ts';

/** One option. It drives `--help`, the README's table and the reading of its value. */
export interface Option<Schema extends z.ZodType = z.ZodType> {
  /** As commander takes it, such as `--toolsets <list>`; absent for secrets, which every user of a machine could read. */
  readonly flag?: string;
  readonly variable?: string;
  /** From the text of the flag or variable, `true` for a flag without a value, `undefined` for nothing said. */
  readonly schema: Schema;
  readonly text: string;
}

export type Options = Readonly<Record<string, Option>>;
export type OptionValues<Table extends Options> = { readonly [Name in keyof Table]: z.output<Table[Name]['schema']> };

/** The command line or the environment says something that cannot be. The message names the flag or variable. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads every option of a table: a flag wins over its variable, and an empty variable says nothing. */
export function readOptions<Table extends Options>(
  table: Table,
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): OptionValues<Table> {
  const read = ([name, option]: [string, Option]) => {
    const fromFlag = flags[name];
    const said = fromFlag ?? (option.variable && environment[option.variable]?.trim()) ?? undefined;
    const parsed = option.schema.safeParse(said === '' ? undefined : said);
    if (parsed.success) return [name, parsed.data];
    const source = fromFlag === undefined ? option.variable : option.flag?.split(' ')[0];
    throw new UsageError(`${source ?? name}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`);
  };
  return Object.fromEntries(Object.entries(table).map(read)) as OptionValues<Table>;
}

export const toolsets: readonly Toolset[] = ['crm', 'schema'];
export const DEFAULT_HTTP_PORT = 3414;

/** A comma- or space-separated list. */
export const list = z.string().transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''));

const yesOrNo = z
  .union([z.literal(true), z.stringbool()], { error: 'expected true or false' })
  .optional()
  .transform((said) => said ?? false);

const port = z.coerce
  .number({ error: 'expected a port' })
  .int('expected a port')
  .min(0, 'a port is 0 or more')
  .max(65535, 'a port is 65535 or less');

/** Goes into a header, so nothing invisible may be in it. The message must not repeat the secret. */
const secret = z.string().regex(/^[\x21-\x7e]+$/, 'expected one line of visible ASCII without spaces');

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const baseUrl = z
  .url({ error: 'expected a URL such as https://api.hubapi.com' })
  .transform((text) => new URL(text))
  .refine(
    (url) => url.pathname === '/' && !url.search && !url.hash && !url.username,
    'expected a scheme, a host and a port only',
  )
  .refine(
    (url) => url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)),
    'the token is sent there: only https, or http on this machine (127.0.0.1, localhost, ::1)',
  )
  .transform((url) => url.origin);

export const seeds = z.enum(['demo', 'none'], { error: 'expected demo or none' }).default('demo');

export const serverOptions = {
  accessToken: {
    variable: 'HUBSPOT_ACCESS_TOKEN',
    schema: secret.optional(),
    text: 'a service key or private app token; without one the server works on the embedded portal',
  },
  accessTokenFile: {
    variable: 'HUBSPOT_ACCESS_TOKEN_FILE',
    schema: z.string().optional(),
    text: 'a file holding the token instead; read again when it changes',
  },
  baseUrl: {
    variable: 'HUBSPOT_BASE_URL',
    schema: baseUrl.default('https://api.hubapi.com'),
    text: 'where HubSpot answers; https, or http on this machine',
  },
  toolsets: {
    flag: '--toolsets <list>',
    variable: 'HUBSPOT_MCP_TOOLSETS',
    schema: list
      .transform((names) => (names.includes('all') ? toolsets : names))
      .pipe(
        z.array(z.enum(toolsets, { error: `expected ${toolsets.join(', ')} or all` })).min(1, 'expected at least one'),
      )
      .default(['crm']),
    text: `which tools to serve: ${toolsets.join(', ')} or all (default: crm)`,
  },
  readOnly: {
    flag: '--read-only',
    variable: 'HUBSPOT_MCP_READ_ONLY',
    schema: yesOrNo,
    text: 'serve only tools that change nothing',
  },
  allowDestructive: {
    flag: '--allow-destructive',
    variable: 'HUBSPOT_MCP_ALLOW_DESTRUCTIVE',
    schema: yesOrNo,
    text: 'let tools archive records and change definitions on a real portal (the embedded portal needs no leave)',
  },
  scopes: {
    variable: 'HUBSPOT_MCP_SCOPES',
    schema: list.optional(),
    text: 'the scopes of the token, for when HubSpot does not tell them',
  },
  deadlineMs: {
    flag: '--deadline-ms <ms>',
    variable: 'HUBSPOT_MCP_DEADLINE_MS',
    schema: z.coerce
      .number({ error: 'expected milliseconds' })
      .int('expected whole milliseconds')
      .min(100, 'expected 100 or more')
      .max(3_600_000, 'expected at most an hour')
      .default(30_000),
    text: 'how long a tool call may take, in milliseconds (default: 30000)',
  },
  dataDir: {
    flag: '--data-dir <folder>',
    variable: 'HUBSPOT_MCP_DATA_DIR',
    schema: z.string().optional(),
    text: 'keep the embedded portal in this folder (default: in memory, gone at exit)',
  },
  seed: {
    flag: '--seed <demo|none>',
    variable: 'HUBSPOT_MCP_SEED',
    schema: seeds,
    text: 'what a new embedded portal holds (default: demo)',
  },
  http: {
    flag: '--http [port]',
    variable: 'HUBSPOT_MCP_HTTP',
    schema: z
      .union([z.literal(true).transform(() => DEFAULT_HTTP_PORT), port], { error: 'expected a port from 0 to 65535' })
      .optional(),
    text: `serve HTTP on this machine instead of stdio (default port: ${DEFAULT_HTTP_PORT})`,
  },
  bearer: {
    variable: 'HUBSPOT_MCP_BEARER',
    schema: secret.optional(),
    text: 'a secret that HTTP callers must send as `Authorization: Bearer …`',
  },
} as const satisfies Options;

export type Config = OptionValues<typeof serverOptions>;

/** @throws {@link UsageError} */
export function readConfig(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  const config = readOptions(serverOptions, flags, environment);
  if (config.accessToken !== undefined && config.accessTokenFile !== undefined) {
    throw new UsageError('HUBSPOT_ACCESS_TOKEN and HUBSPOT_ACCESS_TOKEN_FILE are both set: keep one of them');
  }
  return config;
}
