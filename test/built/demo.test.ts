import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from './program.ts';

const ENTRY = new URL('../../dist/main.js', import.meta.url).pathname;
const FIXTURE = new URL('../fixtures/organisations.csv', import.meta.url).pathname;
/** A large export of real organisations, for whoever has one: site names in "Site name", unique numbers in "Id". */
const LARGE_FILE = process.env['ORGANISATIONS_CSV'];

let folder = '';
let filled = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
  filled = join(folder, 'filled');
  const server = start(['--http', '0', '--seed', 'demo', '--data-dir', filled]);
  await server.says('stdout', 'ChatGPT');
  server.process.kill();
  if ((await server.exit) !== 0) throw new Error('The server that filled the portal did not end as it should.');
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function demo(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [ENTRY, 'demo', ...args], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** A portal of the demo that is there already, for one test: to fill one takes seconds. */
async function portalThatIsThere(): Promise<Record<string, string>> {
  const copy = await mkdtemp(join(folder, 'portal-'));
  await cp(filled, copy, { recursive: true });
  return { HUBSPOT_MCP_DATA_DIR: copy };
}

async function csv(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

describe('npm run demo', () => {
  it('shows the main job, with the one mistake it makes on purpose', async () => {
    const { code, stdout, stderr } = await demo([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('on the embedded portal');
    expect(stdout.match(/^ +✗/gmu)).toHaveLength(1);
    const unwrapped = stdout.replaceAll(/\s+/gu, '');
    expect(unwrapped).toMatch(
      /opendealsinUSD\?→aggregate_records[^←]*"deal_currency_code","operator":"EQ","value":"USD"/u,
    );
    expect(stdout).toMatch(/lifecyclestage/u);
    expect(stdout).toMatch(/Wants an offer for 40 seats/u);
    expect(stdout).toMatch(/\d+ calls; their answers cost a model about [\d,]+ tokens\.\n$/u);
  });

  it('leaves the token unused unless the person says where to import', async () => {
    const { code, stdout } = await demo([], {
      HUBSPOT_ACCESS_TOKEN: 'pat-na1-secret',
      HUBSPOT_BASE_URL: 'http://127.0.0.1:9',
    });
    expect(code).toBe(0);
    expect(stdout).toContain('your token is not used');
    expect(stdout).not.toContain('pat-na1-secret');
  });
});

describe('npm run demo -- --import', () => {
  it('imports what can be imported, names every other row with its reason, and counts right', async () => {
    const { code, stdout, stderr } = await demo(['--import', FIXTURE, '--key', 'Id'], await portalThatIsThere());
    expect(stdout).toContain('9 rows: 4 created, 0 updated, 5 failed');
    expect(stdout).toMatch(/row 4: "many" is no value for numberofemployees/u);
    expect(stdout).toContain('row 5: it has 2 fields and the header has 5');
    expect(stdout).toContain('row 7: its key "2" is that of row 3');
    expect(stdout).toContain('row 8: its key is empty');
    expect(stdout).toContain('row 10: it has 6 fields and the header has 5');
    expect(stdout).toMatch(/The portal now holds \d+ companies: \d+ before and 4 created, as reported/u);
    expect(stdout).toContain(String.raw`Harbour\nPreschool`);
    expect(stdout).toContain('Süd-Krippe');
    expect(stderr).toContain('Importing companies: 9/9');
    expect(stderr).toContain('5 of 9 rows were not imported');
    expect(code).toBe(1);
  });

  it('searches, sums up, associates and annotates what it brought', async () => {
    const file = await csv(
      'good.csv',
      'Name,City\nHarbour Preschool,Chicago\nLittle Oaks,Chicago\nRainbow Room,Evanston\nSüd-Krippe,Evanston\n',
    );
    const { code, stdout } = await demo(['--import', file], await portalThatIsThere());
    expect(code).toBe(0);
    for (const tool of ['create_records', 'search_records', 'aggregate_records', 'associate_records', 'log_note']) {
      expect(stdout).toContain(tool);
    }
    expect(stdout).toMatch(/Chicago +2/u);
    expect(stdout).toContain('Imported together with 3 others.');
    expect(stdout).not.toMatch(/^ +✗/mu);
  });

  it('counts and searches what it brought and nothing else, on a portal that is full of other records', async () => {
    const file = await csv(
      'con.csv',
      'Email,First name,Last name\nzoe@newcomer.example,Zoe,Able\nzack@newcomer.example,Zack,Bable\n',
    );
    const args = ['--import', file, '--type', 'contacts', '--key', 'Email'];
    const { code, stdout } = await demo(args, await portalThatIsThere());
    expect(code).toBe(0);
    expect(stdout).toMatch(/tell contacts apart\?[^]*although its definition is not called unique/u);
    expect(stdout).toMatch(/Reported as written: 2; read back by their ids: 2\./u);
    expect(stdout).toMatch(/aggregate_records [^]*?← total: 2\n/u);
    expect(stdout).toContain('Imported together with 1 other.');
  });

  it('sums up many as well as few, and takes rows that come again for others', async () => {
    const rows = Array.from({ length: 250 }, (_row, index) => `Company ${index % 100},City ${index % 5}`).join('\n');
    const file = await csv('many.csv', `Name,City\n${rows}\n`);
    const { stdout } = await demo(['--import', file], await portalThatIsThere());
    expect(stdout).toMatch(/How are the imported ones spread over city\?\n[^]*?← total: 250\n[^]*?City 0 +50\n/u);
    expect(stdout).toContain('Reported as written: 250; read back by their ids: 250.');
  });

  it('only imports, searches and counts on a HubSpot account, unless it is told to show all', async () => {
    const portal = start(['portal', '--port', '0', '--seed', 'none']);
    const [url = ''] = /http:\/\/[\d.:]+/u.exec(await portal.says('stdout', /http:\/\/[\d.:]+/u)) ?? [];
    const home = { HUBSPOT_ACCESS_TOKEN: 'pat-na1-test', HUBSPOT_BASE_URL: url };
    const args = ['--import', await csv('two.csv', 'Name\nHarbour Preschool\nLittle Oaks\n'), '--on-hubspot'];
    const shy = await demo(args, home);
    expect(shy.stdout).toContain('on the HubSpot account');
    expect(shy.stdout).toContain('read back by their ids: 2.');
    expect(shy.stdout).not.toMatch(/→ (?:associate_records|log_note)/u);
    expect(shy.code).toBe(0);
    expect((await demo([...args, '--show-all'], home)).stdout).toMatch(/→ associate_records[^]*→ log_note/u);
    portal.process.kill();
    await portal.exit;
  });

  it('updates the same records when a file with a key comes again', async () => {
    const home = await portalThatIsThere();
    const file = await csv('keyed.csv', 'Id,Name\n1,Harbour\n2,Little Oaks\n');
    const first = await demo(['--import', file, '--key', 'Id'], home);
    expect(first.stdout).toContain('2 rows: 2 created, 0 updated, 0 failed');
    const again = await demo(['--import', file, '--key', 'Id'], home);
    expect(again.stdout).toContain('2 rows: 0 created, 2 updated, 0 failed');
    expect([first.code, again.code]).toEqual([0, 0]);
  });

  it('imports other object types, and maps columns as told', async () => {
    const file = await csv('people.csv', 'First Name;Surname;Mail\nAda;Byron;ada@lovelace.example\n');
    const args = ['--import', file, '--type', 'contacts', '--delimiter', ';', '--key', 'Mail'];
    const mapped = [...args, '--map', 'Surname=lastname,Mail=email'];
    const { code, stdout } = await demo(mapped, await portalThatIsThere());
    expect(stdout).toContain('First Name → firstname');
    expect(stdout).toContain('Surname → lastname');
    expect(stdout).toContain('1 row: 1 created');
    expect(code).toBe(0);
  });

  it.each([
    ['the command alone, as a supervisor does', false],
    ['its whole process group, as Ctrl-C in a terminal does', true],
  ])('stops cleanly when a signal reaches %s, and says how far it came', async (_, wholeGroup) => {
    const rows = Array.from({ length: 20_000 }, (_row, index) => `Company ${index}`).join('\n');
    const file = await csv('long.csv', `Name\n${rows}\n`);
    const child = spawn(process.execPath, [ENTRY, 'demo', '--import', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: wholeGroup,
    });
    let stdout = '';
    let stderr = '';
    let interrupted = false;
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (interrupted || child.pid === undefined || !stderr.includes(': 2000/20000')) return;
      interrupted = true;
      process.kill(wholeGroup ? -child.pid : child.pid, 'SIGINT');
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    const [, created, uncertain = '0', notSent] =
      /^20000 rows: (\d+) created, 0 updated, 0 failed(?:, (\d+) without a certain answer)?, (\d+) not sent$/mu.exec(
        stdout,
      ) ?? [];
    expect(Number(created)).toBeGreaterThanOrEqual(2_000);
    expect(Number(created) + Number(uncertain) + Number(notSent)).toBe(20_000);
    expect(stderr).toContain('The import ended early: you asked it to stop.');
    expect(code).toBe(1);
  });

  // Nobody's data is copied in here: .ci/run names the file where one lies beside the checkout.
  it.skipIf(LARGE_FILE === undefined)('imports thousands of real organisations without losing one', async () => {
    const { code, stdout } = await demo(['--import', String(LARGE_FILE), '--key', 'Id']);
    const [, rows, created] = /^(\d+) rows: (\d+) created, 0 updated, 0 failed$/mu.exec(stdout) ?? [];
    expect(Number(rows)).toBeGreaterThan(1_000);
    expect(created).toBe(rows);
    expect(stdout).toContain('as reported');
    expect(code).toBe(0);
  });
});

describe('A bad request for an import', () => {
  it.each([
    ['a file that is not there', ['--import', 'nowhere.csv'], /There is no file nowhere\.csv\. Give the path/u],
    [
      'an object type that is not there',
      ['--import', FIXTURE, '--type', 'compnies'],
      /--type: .*"compnies".*companies/u,
    ],
    [
      'a column that is not there',
      ['--import', FIXTURE, '--map', 'Cty=city'],
      /no column "Cty"\. Did you mean "City"\?/u,
    ],
    ['a key that is not there', ['--import', FIXTURE, '--key', 'Idd'], /--key: .*"Idd"\. Did you mean "Id"\?/u],
    [
      'a key that is not unique',
      ['--import', FIXTURE, '--key', 'City'],
      /city is not unique.*--map "City=import_city"/u,
    ],
    ['a map that says nothing', ['--import', FIXTURE, '--map', 'City'], /Write it as "Column=property/u],
    [
      'a property that HubSpot sets itself',
      ['--import', FIXTURE, '--map', 'City=hs_createdate'],
      /hs_createdate is read-only/u,
    ],
    ['a key without a file', ['--key', 'Id'], /--key goes with --import/u],
    ['HubSpot without a token', ['--import', FIXTURE, '--on-hubspot'], /needs HUBSPOT_ACCESS_TOKEN/u],
  ])('%s is refused with what to do about it', async (_, args, message) => {
    const { code, stderr } = await demo(args, await portalThatIsThere());
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /mu);
    expect(code).toBe(2);
  });

  it.each([
    ['is empty', '', /is empty: it needs a header/u],
    ['has only a header', 'Name,City\n', /has a header and no rows/u],
    ['has a column twice', 'Name,City,Name\na,b,c\n', /has "Name" more than once/u],
    ['is divided by something else', 'Name;City\na;b\n', /add --delimiter ";"/u],
    ['has nothing that can be mapped', 'Foo,Bar\na,b\n', /--map "Foo=name"/u],
  ])('a file that %s is refused with what to do about it', async (_, text, message) => {
    const { code, stderr } = await demo(['--import', await csv('bad.csv', text)], await portalThatIsThere());
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
