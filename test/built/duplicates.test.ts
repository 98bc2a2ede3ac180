import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactLines } from '../../bench/duplicates/contacts.ts';
import { start } from './program.ts';

/** Enough to be still at work when it is asked to stop. */
const ROWS = 25_000;

describe('The search for duplicates in a process of its own', () => {
  let folder = '';
  let file = '';
  const at = (name: string) => join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'built-duplicates-'));
    file = at('contacts.csv');
    writeFileSync(file, [...contactLines(ROWS, 9)].join(''));
    writeFileSync(at('few.csv'), [...contactLines(1_500, 9)].join(''));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('needs no account, and gives the same bytes with threads and without', async () => {
    const runs = ['0', '1', '2'].map((threads) => {
      const flags = ['--threads', threads, '--out', at(`${threads}.csv`), '--json', at(`${threads}.json`)];
      return start(['duplicates', at('few.csv'), '--truth', 'person', ...flags]);
    });
    for (const run of runs) expect([await run.exit, run.stderr()]).toEqual([0, expect.stringContaining('as contacts')]);
    const pairs = ['0', '1', '2'].map((threads) => readFileSync(at(`${threads}.csv`), 'utf8'));
    expect(pairs[0]?.split('\n').length).toBeGreaterThan(100);
    expect([pairs[1] === pairs[0], pairs[2] === pairs[0]]).toEqual([true, true]);
    const { measures } = JSON.parse(readFileSync(at('0.json'), 'utf8'));
    expect(measures.at['0.95'].precision).toBeGreaterThan(0.9);
  }, 60_000);

  it('ends on Ctrl-C, with nothing written', async () => {
    const run = start(['duplicates', file, '--out', at('stopped.csv'), '--json', at('stopped.json')]);
    await run.says('stderr', 'Rows are known by');
    run.process.kill('SIGINT');
    expect(await run.exit).toBe(1);
    expect(run.stderr()).toContain('It was stopped; nothing was written.');
    expect([run.stdout(), existsSync(at('stopped.csv')), existsSync(at('stopped.json'))]).toEqual(['', false, false]);
  }, 60_000);

  it('ends with 2 for what was said wrongly, and with 1 when a file would be lost', async () => {
    expect(await start(['duplicates']).exit).toBe(2);
    expect(await start(['duplicates', at('none.csv')]).exit).toBe(2);
    expect(await start(['duplicates', file, '--map', 'nosuch=email']).exit).toBe(2);
    writeFileSync(at('precious.csv'), 'name\nAnn\n');
    const refused = start(['duplicates', file, '--out', at('precious.csv')]);
    expect(await refused.exit).toBe(1);
    expect(refused.stderr()).toContain('--force overwrites it');
  });
});
