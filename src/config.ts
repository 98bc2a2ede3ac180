/** The options of the server, each in one place: its flag, its environment variable, its meaning and its help. Pure. */

import * as z from 'zod';
import type { ModelOptions } from './enrich/openai/types.ts';
import { option, share, UsageError, yesOrNo } from './option.ts';
import type { Profile } from './policy/profiles.ts';
import type { Toolset } from './tool.ts';

export const toolsets = ['crm', 'schema', 'journal', 'quality'] as const satisfies readonly Toolset[];
const toolsetChoices = ['default', ...toolsets] as const;
export const profiles = ['readonly', 'chatbot', 'revops', 'full'] as const satisfies readonly Profile[];
export const HUBSPOT_URL = 'https://api.hubapi.com';
export const DEFAULT_HTTP_PORT = 3414;

/** A comma- or space-separated list. */
export const list = z.string().transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''));

export const port = z.coerce
  .number({ error: 'expected a port' })
  .int('expected a port')
  .min(0, 'a port is 0 or more')
  .max(65535, 'a port is 65535 or less');

/** Goes into a header, so nothing invisible may be in it. The message must not repeat the secret. */
const secret = z.string().regex(/^[\x21-\x7e]+$/, 'expected one line of visible ASCII without spaces');

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** An address in place of a name, as URLs have them when they are read. */
const numeric = /^(?:[\d.]+|\[.*\])$/;

const baseUrl = z
  .url({ error: 'expected a URL such as https://api.hubapi.com' })
  .transform((text) => ({ text: text.toLowerCase(), url: new URL(text) }))
  .refine(
    ({ url }) => url.pathname === '/' && !url.search && !url.hash && !url.username,
    'expected a scheme, a host and a port only',
  )
  .refine(
    // 127.0.0.1 has many spellings, such as 2130706433: whoever uses one has something to hide.
    ({ text, url: { protocol, hostname } }) =>
      loopback.test(hostname)
        ? /^https?:$/.test(protocol) && text.includes(`//${hostname}`)
        : protocol === 'https:' && !numeric.test(hostname),
    'the token is sent there: only https to a host with a name, or http on this machine (127.0.0.1, localhost, ::1)',
  )
  .transform(({ url }) => url.origin);

/** Where a model answers: as HubSpot's, and it may have a path. */
const modelUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false;
  return loopback.test(hostname)
    ? /^https?:$/.test(protocol) && text.toLowerCase().includes(`//${hostname}`)
    : protocol === 'https:' && !numeric.test(hostname);
}, 'records are sent there: only https to a host with a name, or http on this machine (127.0.0.1, localhost, ::1)');

/** Its path and query may be a secret of their own, so that no message repeats them. */
const webhookUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
}, 'expected an https URL, or http on this machine, without a user name');

/** It may hold a password, so that no message repeats it. */
const redisUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^rediss?:\/\/[^/]/.test(text),
    'expected redis://host:port or rediss://host:port',
  );

export const seed = z.enum(['demo', 'none'], { error: 'expected demo or none' });

export const OPENAI_URL = 'https://api.openai.com/v1';
/** Takes a temperature, holds to schemas, and does not think at length: what it is asked is easy, and much of it. */
const OPENAI_MODEL = 'gpt-4.1-mini';
/** Guess: OpenAI's list price of that model, as of June 2026. */
const OPENAI_PRICES = { input: 0.4, output: 1.6 };

/**
 * The model that may be asked. Variables that other programs share are looked at only where it was asked for: see
 * `modelOptions`.
 */
export const openaiOptions = {
  openaiKey: option(
    { variable: 'OPENAI_API_KEY', text: 'the key; a server on this machine may need none' },
    z.string().optional(),
  ),
  openaiUrl: option(
    {
      variable: 'OPENAI_BASE_URL',
      text: `an OpenAI-compatible endpoint; https, or http on this machine (default: ${OPENAI_URL})`,
    },
    z.string().default(OPENAI_URL),
  ),
  openaiModel: option(
    {
      flag: '--openai-model <name>',
      variable: 'HUBSPOT_MCP_OPENAI_MODEL',
      text: `which model (default: ${OPENAI_MODEL})`,
    },
    z.string().default(OPENAI_MODEL),
  ),
  openaiPrices: option(
    {
      flag: '--openai-prices <in/out>',
      variable: 'HUBSPOT_MCP_OPENAI_PRICES',
      text: `US dollars per million tokens of any other model, such as ${OPENAI_PRICES.input}/${OPENAI_PRICES.output}: the cap is counted by them`,
    },
    z
      .string()
      .regex(/^\d{1,4}(\.\d{1,6})?\/\d{1,4}(\.\d{1,6})?$/, 'expected two prices, such as 0.4/1.6')
      .transform((text) => text.split('/').map(Number))
      .transform(([input = 0, output = 0]) => ({ input, output }))
      .optional(),
  ),
  openaiMaxUsd: option(
    {
      flag: '--openai-max-usd <usd>',
      variable: 'HUBSPOT_MCP_OPENAI_MAX_USD',
      text: 'what may be spent on it in 24 hours, in US dollars (default: 1)',
    },
    z.coerce
      .number({ error: 'expected US dollars' })
      .min(0, 'expected 0 or more')
      .max(10_000, 'expected at most 10000')
      .default(1),
  ),
  openaiMaxPairs: option(
    {
      flag: '--openai-max-pairs <n>',
      variable: 'HUBSPOT_MCP_OPENAI_MAX_PAIRS',
      text: 'how many pairs one run may ask about (default: 500)',
    },
    z.coerce
      .number({ error: 'expected a number' })
      .int('expected a whole number')
      .min(1, 'expected 1 or more')
      .max(100_000, 'expected at most 100000')
      .default(500),
  ),
  openaiRedaction: option(
    {
      flag: '--openai-redaction <mode>',
      variable: 'HUBSPOT_MCP_OPENAI_REDACTION',
      text: 'what of records it sees: none (of it hidden), pseudonymised, or features, which is how they compare alone (default: pseudonymised)',
    },
    z
      .enum(['none', 'pseudonymised', 'features'], { error: 'expected none, pseudonymised or features' })
      .default('pseudonymised'),
  ),
};

export type OpenaiOptions = Readonly<z.output<z.ZodObject<typeof openaiOptions>>>;

/** What the model is asked through, where it was asked for. @throws {@link UsageError} */
export function modelOptions(said: OpenaiOptions): ModelOptions {
  const {
    openaiKey,
    openaiUrl,
    openaiModel: model,
    openaiPrices,
    openaiMaxUsd,
    openaiMaxPairs,
    openaiRedaction,
  } = said;
  const url = problem(modelUrl, openaiUrl);
  if (url !== undefined) throw new UsageError(`OPENAI_BASE_URL: ${url}`);
  const key = problem(secret.optional(), openaiKey);
  if (key !== undefined) throw new UsageError(`OPENAI_API_KEY: ${key}`);
  const local = loopback.test(new URL(openaiUrl).hostname);
  if (openaiKey === undefined && !local) throw new UsageError('OPENAI_API_KEY: set it, to ask a model');
  const known = model === OPENAI_MODEL && openaiUrl === OPENAI_URL ? OPENAI_PRICES : local ? FREE : undefined;
  const prices = openaiPrices ?? known;
  if (prices === undefined) {
    throw new UsageError(`HUBSPOT_MCP_OPENAI_PRICES: say what ${model} costs, for the cap is counted by it`);
  }
  return {
    apiKey: openaiKey,
    baseUrl: openaiUrl,
    model,
    prices,
    maxUsd: openaiMaxUsd,
    maxPairs: openaiMaxPairs,
    redaction: openaiRedaction,
  };
}

const problem = (schema: z.ZodType, value: string | undefined) => schema.safeParse(value).error?.issues[0]?.message;

const FREE = { input: 0, output: 0 };

export const serverOptions = z.object({
  accessToken: option(
    {
      variable: 'HUBSPOT_ACCESS_TOKEN',
      text: 'a service key or private app token; without one the server works on the embedded portal',
    },
    secret.optional(),
  ),
  accessTokenFile: option(
    { variable: 'HUBSPOT_ACCESS_TOKEN_FILE', text: 'a file that holds the token instead; read again when it changes' },
    z.string().optional(),
  ),
  baseUrl: option(
    { variable: 'HUBSPOT_BASE_URL', text: 'where HubSpot answers; https, or http on this machine' },
    baseUrl.default(HUBSPOT_URL),
  ),
  toolsets: option(
    {
      flag: '--toolsets <list>',
      variable: 'HUBSPOT_MCP_TOOLSETS',
      text: `which tools to serve: ${toolsetChoices.join(', ')} or all (default: default, which is crm and what is used most of quality)`,
    },
    list
      .transform((names) => (names.includes('all') ? [...toolsets] : names))
      .pipe(
        z
          .array(z.enum(toolsetChoices, { error: `expected ${toolsetChoices.join(', ')} or all` }))
          .min(1, 'expected at least one'),
      )
      .optional(),
  ),
  readOnly: option(
    { flag: '--read-only', variable: 'HUBSPOT_MCP_READ_ONLY', text: 'serve only tools that change nothing' },
    yesOrNo,
  ),
  profile: option(
    {
      flag: '--profile <name>',
      variable: 'HUBSPOT_MCP_PROFILE',
      text: 'a ready choice of tools: readonly, chatbot, revops or full; --toolsets and --read-only narrow it',
    },
    z.enum(profiles, { error: `expected ${profiles.join(', ')}` }).optional(),
  ),
  policy: option(
    {
      flag: '--policy <file>',
      variable: 'HUBSPOT_MCP_POLICY',
      text: 'a JSON file that says what may be read and written, and what a person has to approve',
    },
    z.string().optional(),
  ),
  allowDestructive: option(
    {
      flag: '--allow-destructive',
      variable: 'HUBSPOT_MCP_ALLOW_DESTRUCTIVE',
      text: 'approval by a person took its place',
      gone: true,
    },
    z
      .undefined({
        error:
          'it is gone. A person now approves each such call: in a form where the MCP client can show one, otherwise by a token. The policy file (--policy) says what needs approval and what does not',
      })
      .optional(),
  ),
  scopes: option(
    { variable: 'HUBSPOT_MCP_SCOPES', text: 'the scopes of the token, for when HubSpot does not tell them' },
    list.optional(),
  ),
  linkHosts: option(
    {
      flag: '--link-hosts <list>',
      variable: 'HUBSPOT_MCP_LINK_HOSTS',
      text: "hosts, by comma, whose links in records' text stay links beside HubSpot's own (default: none)",
    },
    list.optional(),
  ),
  deadlineMs: option(
    {
      flag: '--deadline-ms <ms>',
      variable: 'HUBSPOT_MCP_DEADLINE_MS',
      text: 'how long a tool call may take, in milliseconds (default: 30000)',
    },
    z.coerce
      .number({ error: 'expected milliseconds' })
      .int('expected whole milliseconds')
      .min(100, 'expected 100 or more')
      .max(3_600_000, 'expected at most an hour')
      .default(30_000),
  ),
  dataDir: option(
    {
      flag: '--data-dir <folder>',
      variable: 'HUBSPOT_MCP_DATA_DIR',
      text: 'keep the embedded portal in this folder (default: in memory, gone at exit)',
    },
    z.string().optional(),
  ),
  journalDir: option(
    {
      flag: '--journal-dir <folder>',
      variable: 'HUBSPOT_MCP_JOURNAL_DIR',
      text: 'where to keep the journal of writes (default: beside the embedded portal, or in the user’s state folder)',
    },
    z.string().optional(),
  ),
  snapshotDir: option(
    {
      flag: '--snapshot-dir <folder>',
      variable: 'HUBSPOT_MCP_SNAPSHOT_DIR',
      text: 'where to keep the copy of records that scans for duplicates and anomalies work on (default: as the journal)',
    },
    z.string().optional(),
  ),
  qualityRules: option(
    {
      flag: '--quality-rules <file>',
      variable: 'HUBSPOT_MCP_QUALITY_RULES',
      text: 'a JSON file of naming conventions to check, of keys of custom objects, and of checks that are not to run',
    },
    z.string().optional(),
  ),
  scoreRules: option(
    {
      flag: '--score-rules <file>',
      variable: 'HUBSPOT_MCP_SCORE_RULES',
      text: 'a JSON file of rules for score_leads (docs/score-rules.schema.json; default: simple rules of our own)',
    },
    z.string().optional(),
  ),
  country: option(
    {
      flag: '--country <code>',
      variable: 'HUBSPOT_MCP_COUNTRY',
      text: 'of phone numbers that name none, in two letters such as DE (default: US)',
    },
    z
      .string()
      .regex(/^[A-Za-z]{2}$/, 'expected two letters, such as DE')
      .transform((code) => code.toUpperCase())
      .optional(),
  ),
  openai: option(
    {
      flag: '--openai',
      variable: 'HUBSPOT_MCP_OPENAI',
      text: 'let a model judge uncertain duplicates and write summaries, on request and within a cap (docs/decisions/openai.md)',
    },
    yesOrNo,
  ),
  ...openaiOptions,
  attribution: option(
    {
      flag: '--attribution',
      variable: 'HUBSPOT_MCP_ATTRIBUTION',
      text: 'say in each record which tool, caller and run wrote it last, where `setup` has made the property for it',
    },
    yesOrNo,
  ),
  seed: option(
    {
      flag: '--seed <demo|none>',
      variable: 'HUBSPOT_MCP_SEED',
      text: 'what a new embedded portal holds (default: demo)',
    },
    seed.default('demo'),
  ),
  http: option(
    {
      flag: '--http [port]',
      variable: 'HUBSPOT_MCP_HTTP',
      text: `serve HTTP on this machine instead of stdio (default port: ${DEFAULT_HTTP_PORT})`,
    },
    z
      .union([z.literal(true).transform(() => DEFAULT_HTTP_PORT), port], { error: 'expected a port from 0 to 65535' })
      .optional(),
  ),
  bearer: option(
    { variable: 'HUBSPOT_MCP_BEARER', text: 'a secret that HTTP callers must send as `Authorization: Bearer ...`' },
    secret.optional(),
  ),
  redisUrl: option(
    {
      variable: 'HUBSPOT_MCP_REDIS_URL',
      text: 'a Redis (redis: or rediss:) through which several processes with one token share its quota',
    },
    redisUrl.optional(),
  ),
  redisShares: option(
    {
      flag: '--redis-shares <n>',
      variable: 'HUBSPOT_MCP_REDIS_SHARES',
      text: 'how many processes divide the quota while Redis is away (default: as many as were seen last)',
    },
    z.coerce
      .number({ error: 'expected a number' })
      .int('expected a whole number')
      .min(1, 'expected 1 or more')
      .max(1000, 'expected at most 1000')
      .optional(),
  ),
  dailyShare: option(
    {
      flag: '--daily-share <share>',
      variable: 'HUBSPOT_MCP_DAILY_SHARE',
      text: "stop when so much of the account's daily calls is used, by whomever, such as 0.8 (default: 1)",
    },
    share.default(1),
  ),
  logFormat: option(
    {
      flag: '--log-format <text|json>',
      variable: 'HUBSPOT_MCP_LOG_FORMAT',
      text: 'how to log on stderr (default: text)',
    },
    z.enum(['text', 'json'], { error: 'expected text or json' }).default('text'),
  ),
  logLevel: option(
    {
      flag: '--log-level <level>',
      variable: 'HUBSPOT_MCP_LOG_LEVEL',
      text: 'log error, warn, info or debug and what weighs more (default: info)',
    },
    z.enum(['error', 'warn', 'info', 'debug'], { error: 'expected error, warn, info or debug' }).default('info'),
  ),
  audit: option(
    {
      flag: '--audit <file>',
      variable: 'HUBSPOT_MCP_AUDIT',
      text: 'append a line to this file for each call that wrote, was refused or needed a person',
    },
    z.string().optional(),
  ),
  auditReads: option(
    {
      flag: '--audit-reads',
      variable: 'HUBSPOT_MCP_AUDIT_READS',
      text: 'a line in that file for every other call too',
    },
    yesOrNo,
  ),
  alertWebhook: option(
    {
      variable: 'HUBSPOT_MCP_ALERT_WEBHOOK',
      text: 'where to send alerts; https, or http on this machine (docs/operations.md)',
    },
    webhookUrl.optional(),
  ),
  alertSecret: option(
    { variable: 'HUBSPOT_MCP_ALERT_SECRET', text: 'what alerts to the webhook are signed with; 16 characters or more' },
    secret.min(16, 'expected 16 characters or more').optional(),
  ),
  alertTasks: option(
    {
      flag: '--alert-tasks',
      variable: 'HUBSPOT_MCP_ALERT_TASKS',
      text: 'write alerts into HubSpot too, as tasks, one a day of each kind',
    },
    yesOrNo,
  ),
  alertErrorRate: option(
    {
      flag: '--alert-error-rate <share>',
      variable: 'HUBSPOT_MCP_ALERT_ERROR_RATE',
      text: 'the share of failing calls from which on there is an alert (default: 0.2)',
    },
    share.default(0.2),
  ),
  alertDayLeft: option(
    {
      flag: '--alert-day-left <share>',
      variable: 'HUBSPOT_MCP_ALERT_DAY_LEFT',
      text: "the share of the account's daily calls below which there is an alert (default: 0.1)",
    },
    share.default(0.1),
  ),
});

export type Config = Readonly<z.output<typeof serverOptions>>;

/** @throws {@link UsageError} for settings that are each right and cannot stand together */
export function refuseContradictions(config: Config): void {
  const { accessToken, accessTokenFile, alertWebhook, alertSecret, audit, auditReads } = config;
  if (alertWebhook !== undefined && alertSecret === undefined) {
    throw new UsageError('HUBSPOT_MCP_ALERT_WEBHOOK: set HUBSPOT_MCP_ALERT_SECRET too, to sign the alerts with');
  }
  if (auditReads && audit === undefined) throw new UsageError('--audit-reads: name the file with --audit');
  if (config.openai) modelOptions(config);
  if (accessToken !== undefined && accessTokenFile !== undefined) {
    throw new UsageError('HUBSPOT_ACCESS_TOKEN and HUBSPOT_ACCESS_TOKEN_FILE are both set: keep one of them');
  }
}
