import { describe, expect, it } from 'vitest';
import { commands, serve } from '../src/commands/index.ts';
import { serverOptions } from '../src/config/config.ts';
import { refuseMisspelt, unreadTokens } from '../src/misspelt-variable.ts';
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

describe('A variable that seems to hold a token', () => {
  it.each([
    'HUBSPOT_ACCES_TOKEN',
    'HUBSPOT_ACCESS_TOKN',
    'HUBPSOT_ACCESS_TOKEN',
    'hubspot_access_token',
    'HUBSPOT_ACCESS_TOKEN_FIEL',
    'HUBSPOT_TOKEN',
    'HUBSPOT_API_KEY',
    'HUBSPOT_PRIVATE_APP_TOKEN',
    'HUBSPOT_PRIVATE_APP_ACCESS_TOKEN',
    'PRIVATE_APP_ACCESS_TOKEN',
  ])('%s is told of, and not what it holds, where no token is read', (name) => {
    const said = `${name} is set, and nothing here reads it: the token goes into HUBSPOT_ACCESS_TOKEN.`;
    expect(unreadTokens({ [name]: 'pat-na1-secret' }, serve.options)).toEqual([said]);
  });

  it('is let be where a token is read, where none is needed, and where it holds nothing', () => {
    const other = { HUBSPOT_TOKEN: 'x' };
    expect(unreadTokens({ ...other, HUBSPOT_ACCESS_TOKEN: 'pat-na1-x' }, serve.options)).toEqual([]);
    expect(unreadTokens({ ...other, HUBSPOT_ACCESS_TOKEN_FILE: '/token' }, serve.options)).toEqual([]);
    const [portal] = commands.filter(({ name }) => name === 'portal');
    expect(unreadTokens(other, portal!.options)).toEqual([]);
    const others = {
      HUBSPOT_TOKEN: ' ',
      HUBSPOT_PORTAL_ID: '1',
      HUBSPOT_BASE_URL: 'x',
      GITHUB_TOKEN: 'x',
      SSH_KEY: 'x',
    };
    expect(unreadTokens(others, serve.options)).toEqual([]);
  });
});
