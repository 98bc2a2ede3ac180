import { describe, expect, it } from 'vitest';
import { serverOptions } from '../src/config/config.ts';
import { refuseMisspelt } from '../src/misspelt-variable.ts';
import { optionsOf, UsageError } from '../src/option.ts';

describe('A variable of the environment', () => {
  it.each([
    ['HUBSPOT_MCP_READONLY', 'Did you mean HUBSPOT_MCP_READ_ONLY?'],
    ['HUBSPOT_MCP_POLCY', 'Did you mean HUBSPOT_MCP_POLICY?'],
    ['HUBSPOT_MCP_LINK_HOST', 'Did you mean HUBSPOT_MCP_LINK_HOSTS?'],
    ['HUBSPOT_MCP_XYZZY', 'Unset it'],
  ])('%s is refused, since whoever set it believes that it does something', async (name, said) => {
    const refused = refuseMisspelt({ [name]: 'true' });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(`${name}: there is no such variable. ${said}`);
  });

  it('that is an option’s, another program’s, a cluster’s or empty is let be', async () => {
    const ours = optionsOf(serverOptions).flatMap(([, { variable = '' }]) => [[variable, 'x'] as const]);
    const others = ['HUBSPOT_API_KEY', 'MCP_HUBSPOT_X', 'HUBSPOT_MCP_SERVICE_HOST', 'HUBSPOT_MCP_SERVICE_PORT_HTTP'];
    const cluster = ['HUBSPOT_MCP_PORT', 'HUBSPOT_MCP_PORT_3414_TCP', 'HUBSPOT_MCP_PORT_3414_TCP_ADDR'];
    const environment = Object.fromEntries([...ours, ...[...others, ...cluster].map((name) => [name, 'x'] as const)]);
    await expect(refuseMisspelt({ ...environment, HUBSPOT_MCP_EMPTY: ' ' })).resolves.toBeUndefined();
  });
});
