import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Account, type AccountConfig, openAccount } from '../../src/account/account.ts';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { UsageError } from '../../src/option.ts';

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

const openIn = (dataDir: string) =>
  openAccount(
    { baseUrl: 'https://api.hubapi.com', seed: 'none', deadlineMs: 5_000, dataDir },
    { clock: systemClock, random: seededRandom(1), log: () => undefined },
  );

describe('The folder of an embedded portal', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'data-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('that cannot be used is refused at once, and tried anew when it is asked for again', async () => {
    const dataDir = join(folder, 'data');
    await writeFile(dataDir, 'a file');
    const account = openIn(dataDir);
    await expect(account.hubspot()).rejects.toMatchObject({
      code: 'account_unavailable',
      message: expect.stringContaining(dataDir),
      details: { next: expect.stringContaining('--data-dir') },
    });
    await rm(dataDir);
    expect(await account.describe()).toMatchObject({ kind: 'embedded' });
    await account.close();
  });

  // Only Linux has a folder like /proc, where making one fails for ever; CI is Linux.
  it.skipIf(process.platform !== 'linux')('that the system refuses without an end does not hang', async () => {
    await expect(openIn('/proc/no/such').hubspot()).rejects.toMatchObject({ code: 'account_unavailable' });
  });

  it('says so when another account has it, and when its file is no database', async () => {
    const first = openIn(folder);
    await first.hubspot();
    await expect(openIn(folder).hubspot()).rejects.toThrow('in use by another process');
    await first.close();
    const garbage = join(folder, 'garbage');
    await mkdir(garbage);
    await writeFile(join(garbage, 'portal.sqlite'), 'no database '.repeat(500));
    await expect(openIn(garbage).hubspot()).rejects.toThrow('it is no SQLite database');
  });
});
