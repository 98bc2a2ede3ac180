import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { refuseContradictions, serverOptions } from '../src/config/config.ts';
import { modelOptions } from '../src/config/openai-options.ts';
import { option, optionsOf, readOptions, UsageError } from '../src/option.ts';

const read = (flags: Record<string, unknown> = {}, environment: Record<string, string> = {}) =>
  readOptions(serverOptions, flags, environment);

describe('The options of the server', () => {
  it('have defaults that need no setting', () => {
    expect(read()).toMatchObject({
      baseUrl: 'https://api.hubapi.com',
      readOnly: false,
      deadlineMs: 30_000,
      seed: 'demo',
    });
  });

  it('come from a flag before a variable, and an empty variable says nothing', () => {
    expect(read({ deadlineMs: '1000' }, { HUBSPOT_MCP_DEADLINE_MS: '2000' }).deadlineMs).toBe(1000);
    expect(read({}, { HUBSPOT_MCP_DEADLINE_MS: '2000' }).deadlineMs).toBe(2000);
    expect(read({}, { HUBSPOT_MCP_DEADLINE_MS: ' ', HUBSPOT_ACCESS_TOKEN: '' })).toMatchObject({ deadlineMs: 30_000 });
  });

  it('read lists, switches and an optional port', () => {
    expect(read({ toolsets: 'all' }).toolsets).toEqual(['crm', 'schema', 'journal', 'quality']);
    expect(read({}, { HUBSPOT_MCP_READ_ONLY: 'yes' }).readOnly).toBe(true);
    expect(read({}, { HUBSPOT_MCP_SCOPES: 'tickets, oauth crm.lists.read' }).scopes).toEqual([
      'tickets',
      'oauth',
      'crm.lists.read',
    ]);
    expect(read({ http: true }).http).toBe(3414);
    expect(read({ http: '8080' }).http).toBe(8080);
  });

  it.each([
    [{ toolsets: 'crm,marketing' }, {}, '--toolsets: expected default, crm, schema, journal, quality or all'],
    [{ toolsets: '' }, {}, '--toolsets: expected a value'],
    [{}, { HUBSPOT_MCP_READ_ONLY: 'maybe' }, 'HUBSPOT_MCP_READ_ONLY: expected true or false'],
    [{ http: '70000' }, {}, '--http: expected a port from 0 to 65535'],
    [
      {},
      { HUBSPOT_MCP_DEADLINE_MS: 'soon' },
      'HUBSPOT_MCP_DEADLINE_MS: expected a whole number of milliseconds from 100 to 3600000',
    ],
  ])('refuse %j %j by name', (flags, environment, message) => {
    expect(() => read(flags, environment)).toThrow(new UsageError(message));
  });

  it.each([
    'http://api.hubapi.com',
    'http://10.0.0.1:8080',
    'ftp://127.0.0.1',
    'https://user@api.hubapi.com',
    'https://x.y/path',
    'http://127.0.0.1.evil.com',
    'http://169.254.169.254',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:169.254.169.254]',
    'http://0.0.0.0',
    'http://[::]',
    'http://localhost.evil.com',
    'file:///etc/passwd',
    'http://2130706433',
    'http://0x7f.1',
    'https://169.254.169.254',
    'https://2852039166',
    'https://[::ffff:a9fe:a9fe]',
  ])('S58: never send the token to %s', (baseUrl) => {
    expect(() => read({}, { HUBSPOT_BASE_URL: baseUrl })).toThrow(UsageError);
  });

  it.each(['https://api.hubapi.com', 'http://127.0.0.1:3415', 'http://localhost:1', 'http://[::1]:3415'])(
    'take %s for HubSpot',
    (baseUrl) => {
      expect(read({}, { HUBSPOT_BASE_URL: baseUrl }).baseUrl).toBe(baseUrl);
    },
  );

  it('do not repeat a secret that cannot be one', () => {
    expect(() => read({}, { HUBSPOT_ACCESS_TOKEN: 'pat-na1 secret' })).toThrow(
      /^HUBSPOT_ACCESS_TOKEN: expected one line/,
    );
  });

  it('refuse a token and a file of it at the same time', () => {
    const both = read({}, { HUBSPOT_ACCESS_TOKEN: 'pat-x', HUBSPOT_ACCESS_TOKEN_FILE: '/run/token' });
    expect(() => refuseContradictions(both)).toThrow(UsageError);
  });

  it('have no secret among the flags, and a text each', () => {
    const options = optionsOf(serverOptions);
    expect(options.map(([name]) => name)).toEqual(Object.keys(serverOptions.shape));
    expect(options.filter(([name, { flag }]) => /token|bearer/i.test(name) && flag !== undefined)).toEqual([]);
  });

  it('keep their words apart when two are read alike', () => {
    const same = z.string().optional();
    const table = z.object({
      a: option({ flag: '--a', text: 'one' }, same),
      b: option({ flag: '--b', text: 'two' }, same),
    });
    expect(optionsOf(table).map(([, { text }]) => text)).toEqual(['one', 'two']);
  });
});

const asked = (environment: Record<string, string>, flags: Record<string, unknown> = {}) =>
  modelOptions(read(flags, environment));

describe('The model that may be asked', () => {
  it('is not looked at where it was not asked for, whatever other programs have set', () => {
    const config = read({}, { OPENAI_API_KEY: 'not a key', OPENAI_BASE_URL: 'http://10.0.0.1' });
    expect(() => refuseContradictions(config)).not.toThrow();
    expect(() => refuseContradictions({ ...config, openai: true })).toThrow(UsageError);
  });

  it('has defaults that spend little and show little', () => {
    expect(asked({ OPENAI_API_KEY: 'sk-1' })).toEqual({
      apiKey: 'sk-1',
      baseUrl: 'https://api.openai.com/v1',
      model: 'gpt-4.1-mini',
      prices: { input: 0.4, output: 1.6 },
      maxUsd: 1,
      maxPairs: 500,
      redaction: 'pseudonymised',
    });
  });

  it('may be one on this machine, which needs no key and costs nothing', () => {
    expect(asked({ OPENAI_BASE_URL: 'http://localhost:11434/v1' }, { openaiModel: 'llama' })).toMatchObject({
      apiKey: undefined,
      prices: { input: 0, output: 0 },
    });
  });

  it.each([
    'http://api.openai.com/v1',
    'http://10.0.0.1:8080/v1',
    'http://127.0.0.1.evil.com/v1',
    'http://2130706433/v1',
    'https://169.254.169.254/v1',
    'https://user@api.openai.com/v1',
    'https://api.openai.com/v1?key=1',
    'file:///etc/passwd',
    'nothing',
  ])('is never sent records to %s', (url) => {
    expect(() => asked({ OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: url })).toThrow(/^OPENAI_BASE_URL: records are sent/);
  });
});
