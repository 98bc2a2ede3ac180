/** What is set in the environment for this program, and means nothing to it. */

import { serverOptions } from './config/config.ts';
import { optionsOf, UsageError } from './option.ts';

/** What Kubernetes sets in every container beside a service that is called `hubspot-mcp`. */
const ofService = /^HUBSPOT_MCP_(SERVICE_(HOST|PORT)|PORT(_\d+_|$))/;

/**
 * A variable that nobody knows is refused like a flag that nobody knows: with `HUBSPOT_MCP_READONLY` somebody believes
 * that nothing can be written.
 * @throws {@link UsageError}
 */
export async function refuseMisspelt(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const known = optionsOf(serverOptions).flatMap(([, { variable, gone }]) =>
    variable === undefined ? [] : [{ variable, gone }],
  );
  const set = Object.keys(environment).filter((name) => environment[name]?.trim() !== '');
  const name = set.find(
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
