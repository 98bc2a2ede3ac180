/** What is set in the environment for this program, and means nothing to it. */

import type * as z from 'zod';
import { serverOptions } from './config/config.ts';
import { optionsOf, UsageError } from './option.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What Kubernetes sets in every container beside a service that is called `hubspot-mcp`. */
const ofService = /^HUBSPOT_MCP_(SERVICE_(HOST|PORT)|PORT(_\d+_|$))/;

/**
 * A variable that nobody knows is refused like a flag that nobody knows: with `HUBSPOT_MCP_READONLY` somebody believes
 * that nothing can be written.
 * @throws {@link UsageError}
 */
export async function refuseMisspelt(environment: Environment): Promise<void> {
  const known = optionsOf(serverOptions).flatMap(([, { variable, gone }]) =>
    variable === undefined ? [] : [{ variable, gone }],
  );
  const name = setIn(environment).find(
    (each) =>
      each.startsWith('HUBSPOT_MCP_') && !ofService.test(each) && known.every(({ variable }) => variable !== each),
  );
  if (name === undefined) return;
  const { nearest } = await import('./crm/words.ts');
  const named = known.filter(({ gone }) => gone !== true).map(({ variable }) => variable.replace('HUBSPOT_MCP_', ''));
  const [near] = nearest(
    name.replace('HUBSPOT_MCP_', ''),
    named.map((id) => ({ id, label: '' })),
  );
  const instead = near === undefined ? 'Unset it' : `Did you mean HUBSPOT_MCP_${near}?`;
  throw new UsageError(`${name}: there is no such variable. ${instead}`);
}

/**
 * Where no token is read, the variables that seem to hold one: whoever set them believes that this works on an account.
 * They are not refused, since they may be other programs', such as HubSpot's own MCP server's.
 * @returns a sentence for each
 */
export function unreadTokens(environment: Environment, options: z.ZodObject): readonly string[] {
  const set = setIn(environment);
  const read = optionsOf(options).flatMap(([, { variable }]) => variable ?? []);
  if (!read.includes(TOKEN) || set.some((name) => name === TOKEN || name === `${TOKEN}_FILE`)) return [];
  return set
    .filter((name) => SEEMS_TOKEN.test(name) && !name.startsWith('HUBSPOT_MCP_'))
    .map((name) => `${name} is set, and nothing here reads it: the token goes into ${TOKEN}.`);
}

const TOKEN = 'HUBSPOT_ACCESS_TOKEN';
/** Its usual slips among them. */
const SEEMS_TOKEN = /(HUBS?P|HUSP|PRIVATE_?APP).*(ACC?ES|TOK|KEY)/i;

function setIn(environment: Environment): readonly string[] {
  return Object.keys(environment).filter((name) => environment[name]?.trim() !== '');
}
