/** The model that may be asked, and what it may cost. */

import * as z from 'zod';
import type { ModelOptions } from '../enrich/openai/types.ts';
import { option, optionGroup, UsageError } from '../option.ts';
import { loopback, modelUrl } from './addresses.ts';
import { number, secret, whole, yesOrNo } from './values.ts';

const OPENAI_URL = 'https://api.openai.com/v1';
/** Takes a temperature, holds to schemas, and does not think at length: what it is asked is easy, and much of it. */
const OPENAI_MODEL = 'gpt-4.1-mini';
/** Guess: OpenAI's list price of that model, as of June 2026. */
const OPENAI_PRICES = { input: 0.4, output: 1.6 };

/**
 * Variables that other programs share are looked at only where the model was asked for: see `modelOptions`.
 */
export const openaiOptions = optionGroup('A model', {
  openai: option(
    {
      flag: '--openai',
      variable: 'HUBSPOT_MCP_OPENAI',
      text: 'let a model judge uncertain duplicates and write summaries, on request and within a cap (docs/decisions/openai.md)',
    },
    yesOrNo,
  ),
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
    number('US dollars', 0, 10_000).default(1),
  ),
  openaiMaxPairs: option(
    {
      flag: '--openai-max-pairs <n>',
      variable: 'HUBSPOT_MCP_OPENAI_MAX_PAIRS',
      text: 'how many pairs one run may ask about (default: 500)',
    },
    whole('a whole number of pairs', 1, 100_000).default(500),
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
});

type OpenaiOptions = Readonly<Omit<z.output<z.ZodObject<typeof openaiOptions>>, 'openai'>>;

/**
 * What the model is asked through, where it was asked for.
 * @param asks false where it is only said what asking would cost, for which no key is needed
 * @throws {@link UsageError}
 */
export function modelOptions(said: OpenaiOptions, asks = true): ModelOptions {
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
  if (asks && openaiKey === undefined && !local) throw new UsageError('OPENAI_API_KEY: set it, to ask a model');
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
