import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { contactLines } from '../../../bench/duplicates/contacts.ts';
import { duplicates } from '../../../src/commands/duplicates.ts';
import { UsageError } from '../../../src/option.ts';
import { type Asked, apiError, judging, type OpenaiServer, openaiServer, type Said } from '../../openai-server.ts';
import { run } from '../terminal.ts';

let server: OpenaiServer | undefined;
afterEach(async () => server?.close());

/** The command on 1,000 contacts of ours, some of them there twice. */
async function judged(
  judge: unknown,
  answer: (asked: Asked) => Said,
  { type = 'contacts', prices = '0.4/1.6' }: { type?: string; prices?: string } = {},
) {
  server = await openaiServer(answer);
  const folder = mkdtempSync(join(tmpdir(), 'judge-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'contacts.csv');
  writeFileSync(file, [...contactLines(1_000, 5)].join(''));
  const json = join(folder, 'out.json');
  const ran = await run(
    duplicates,
    { file, type, json, threads: '0', judge, openaiModel: 'local', openaiPrices: prices },
    { OPENAI_BASE_URL: server.url },
  );
  return { ...ran, asked: server.asked, out: () => readFileSync(json, 'utf8') };
}

describe('duplicates FILE.csv --judge', () => {
  it('says what it would cost, and sends nothing', async () => {
    const { stderr, error, asked } = await judged(
      true,
      judging(() => 'same'),
    );
    expect(error).toBeUndefined();
    expect(stderr).toMatch(/\d+ pairs could be judged by local, for about 0\.\d{4} US dollars and at most 0\.\d{4}/);
    expect(stderr).toContain('redaction: pseudonymised. Nothing was sent');
    expect(asked).toEqual([]);
  });

  it('says it without a key too, and needs one before it reads a file that it is to ask about', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'judge-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'contacts.csv');
    writeFileSync(file, [...contactLines(300, 5)].join(''));
    const estimated = await run(duplicates, { file, type: 'contacts', threads: '0', judge: true });
    expect(estimated.error).toBeUndefined();
    expect(estimated.stderr).toMatch(/\d+ pairs could be judged by gpt-[\w.-]+, for about 0\.\d{4} US dollars/);
    const asked = await run(duplicates, { file: join(folder, 'none.csv'), judge: '0.5' });
    expect(asked.error).toEqual(new UsageError('OPENAI_API_KEY: set it, to ask a model'));
  });

  it('with dollars asks about the uncertain pairs, and counts what it hears', async () => {
    const { stderr, error, asked, out } = await judged(
      '0.5',
      judging(() => 'different'),
    );
    expect(error).toBeUndefined();
    expect(stderr).toMatch(/\d+ pairs were judged in \d+ calls for 0\.\d{4} US dollars\./);
    expect(asked.length).toBeGreaterThan(0);
    expect(out()).toContain('judged different by a model');
  });

  it('gives the result of the scan where the model cannot be asked', async () => {
    const { stdout, stderr, error } = await judged('0.5', () => apiError(401, 'invalid_api_key'));
    expect(error).toBeUndefined();
    expect(stderr).toContain('0 pairs were judged');
    expect(stderr).toContain('401 (invalid_api_key)');
    expect(stdout).toMatch(/rows as contacts, [^]*certain/);
  });

  it('asks nobody about rows of any other kind', async () => {
    const { error, asked } = await judged(
      '0.5',
      judging(() => 'same'),
      { type: 'generic' },
    );
    expect(error).toMatchObject({ name: 'CommandFailure', message: expect.stringContaining('No model is asked') });
    expect(asked).toEqual([]);
  });

  it.each([
    [{ judge: 'much' }, {}, '--judge: expected US dollars from 0.001 to 10000'],
    [{ judge: '0.5' }, {}, 'OPENAI_API_KEY: set it, to ask a model'],
    [{ judge: true }, { OPENAI_API_KEY: 'sk 1' }, 'OPENAI_API_KEY: expected one line of visible ASCII without spaces'],
    [
      { judge: true, openaiModel: 'other' },
      { OPENAI_API_KEY: 'sk-1' },
      'HUBSPOT_MCP_OPENAI_PRICES: say what other costs, for the cap is counted by it',
    ],
  ])('refuses %j %j', async (flags, environment, message) => {
    const folder = mkdtempSync(join(tmpdir(), 'judge-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'few.csv');
    writeFileSync(file, 'firstname,lastname,email\nAda,Ohm,a@b.example\n');
    const tried = async () => (await run(duplicates, { file, ...flags }, environment)).error;
    const error = await tried().catch((thrown: unknown) => thrown);
    expect(error).toEqual(new UsageError(message));
  });
});
