import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Account, type AccountConfig, openAccount } from '../src/account.ts';
import { seededRandom, systemClock } from '../src/clock.ts';
import { UsageError } from '../src/config.ts';

describe('The file of a token', () => {
  let folder: string;
  let file: string;
  let server: Server;
  let config: AccountConfig;
  let account: Account | undefined;
  const tokens: string[] = [];
  const log: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'token-'));
    file = join(folder, 'token');
    tokens.length = 0;
    log.length = 0;
    server = createServer((request, response) => {
      tokens.push(request.headers.authorization?.replace('Bearer ', '') ?? '');
      response.end('{"results":[]}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    config = { baseUrl: `http://127.0.0.1:${port}`, accessTokenFile: file, seed: 'none', deadlineMs: 5_000 };
  });
  afterEach(async () => {
    await account?.close();
    account = undefined;
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  const open = () =>
    openAccount(config, { clock: systemClock, random: seededRandom(1), log: (message) => log.push(message) });

  it('is read again when it changes, and may be empty or missing while it is replaced', async () => {
    await writeFile(file, 'pat-na1-first\n');
    account = open();
    const hubspot = await account.hubspot();
    const ask = () => hubspot.objects.list('contacts');
    await ask();
    await writeFile(file, '');
    await ask();
    await rm(file);
    await ask();
    await ask();
    expect(tokens).toEqual(['pat-na1-first', 'pat-na1-first', 'pat-na1-first', 'pat-na1-first']);
    expect(log).toEqual([expect.stringContaining('the last token is used: ENOENT')]);
    await writeFile(file, 'pat-na1-second\n');
    await ask();
    expect(tokens.at(-1)).toBe('pat-na1-second');
  });

  it('has to hold a token when the program starts', async () => {
    expect(open).toThrow(UsageError);
    await writeFile(file, ' \n');
    expect(open).toThrow('the file is empty');
  });
});
