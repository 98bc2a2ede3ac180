/** The portal alone, as the program that people and other clients start. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { type Program, start } from './program.ts';

const ports = z.object({
  port: z.number(),
  url: z.string(),
  controlPort: z.number().optional(),
  controlUrl: z.string().default(''),
  portalId: z.number(),
});
const headers = { authorization: 'Bearer pat-x', 'content-type': 'application/json' };

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'portal-program-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

/** Starts it on any free port; what it says of itself on stderr. */
async function serve(...args: string[]): Promise<{ program: Program; said: z.output<typeof ports> }> {
  const program = start(['portal', '--port', '0', ...args]);
  onTestFinished(() => void program.process.kill());
  const said = await program.says('stderr', /\}\n/);
  return { program, said: ports.parse(JSON.parse(said)) };
}

async function refused(...args: string[]): Promise<{ code: number | string; words: string }> {
  const program = start(['portal', '--port', '0', ...args]);
  return { code: await program.exit, words: program.stderr() };
}

function create(url: string, email: string): Promise<Response> {
  const body = JSON.stringify({ properties: { email } });
  return fetch(`${url}/crm/v3/objects/contacts`, { method: 'POST', headers, body });
}

test('it tells programs its ports in one line on stderr, people the rest on stdout, and ends when it is told to', async () => {
  const args = ['--seed', 'none', '--tier', 'starter', '--now', '2030-01-01T12:00:00Z', '--clock', 'frozen'];
  const { program, said } = await serve(...args, '--control-port', '0');
  const made = await create(said.url, 'a@b.co');
  expect(made.status).toBe(201);
  expect(made.headers.get('x-hubspot-ratelimit-max')).toBe('100');
  expect(await made.json()).toMatchObject({ createdAt: '2030-01-01T12:00:00Z' });
  const clock = await fetch(`${said.controlUrl}/clock`);
  expect(await clock.json()).toEqual({ now: '2030-01-01T12:00:01.000Z', frozen: true });
  const requests = z
    .array(z.looseObject({ token: z.string() }))
    .parse(await (await fetch(`${said.controlUrl}/requests`)).json());
  expect(requests).toMatchObject([{ token: 'pat-x', method: 'POST', path: '/crm/v3/objects/contacts', status: 201 }]);
  expect(said.controlUrl).toBe(`http://127.0.0.1:${said.controlPort}`);
  program.process.kill('SIGTERM');
  expect(await program.exit).toBe(0);
  expect(program.stderr().split('\n')).toHaveLength(2);
  expect(program.stdout()).toContain(`A HubSpot-compatible portal (${said.portalId}) with `);
  expect(program.stdout()).toContain(` answers at ${said.url}
`);
});

test('its control port is off unless it is asked for', async () => {
  const { said, program } = await serve('--seed', 'none');
  expect(said.controlPort).toBeUndefined();
  expect((await fetch(`${said.url}/requests`, { headers })).status).toBe(404);
  program.process.kill();
  await program.exit;
});

describe('what cannot be is refused', () => {
  test.each([
    [['--tier', 'gold'], 2, '--tier: expected starter, pro or enterprise'],
    [['--now', 'soon'], 2, '--now: expected a date such as'],
    [['--clock', 'stopped'], 2, '--clock: expected running or frozen'],
    [['--limits', 'some'], 2, '--limits: expected on or off'],
    [['--seed', 'big'], 2, '--seed: expected demo, none or a FILE.json'],
    [['--control-port', '99999'], 2, '--control-port: expected a port from 0 to 65535'],
    [['--token', 'secret-without-scopes'], 2, '--token: expected TOKEN=scope,scope'],
    [['--index-delay-ms', '-1'], 2, '--index-delay-ms: expected a whole number of milliseconds from 0 to 86400000'],
    [['--seed', './missing.json'], 2, '--seed ./missing.json: there is no such file'],
  ])('%j', async (args, code, words) => {
    const outcome = await refused(...args);
    expect(outcome.code).toBe(code);
    expect(outcome.words).toContain(`hubspot-crm-mcp: ${words}`);
    expect(outcome.words).not.toContain('secret-without-scopes');
    expect(outcome.words).not.toContain('    at ');
  });

  test('a portal file that is wrong, with its name and the place in it', async () => {
    const file = join(await folder(), 'portal.json');
    await writeFile(file, JSON.stringify({ records: { contacts: [{ id: '1', properties: { emial: 'x' } }] } }));
    const outcome = await refused('--seed', file);
    expect(outcome.code).toBe(1);
    expect(outcome.words).toContain(`--seed ${file} cannot be loaded: records.contacts[0].properties.emial: `);
  });

  test('a control port that is taken, by the name of its option', async () => {
    const { said } = await serve('--seed', 'none');
    const outcome = await refused('--seed', 'none', '--control-port', String(said.port));
    expect(outcome.code).toBe(1);
    expect(outcome.words).toContain('Choose another with --control-port PORT');
  });
});

test('a portal that was kept in a file is exported, and loaded again', async () => {
  const where = await folder();
  const { program, said } = await serve('--seed', 'none', '--data', join(where, 'portal.db'));
  await create(said.url, 'a@b.co');
  program.process.kill();
  await program.exit;
  const out = join(where, 'portal.json');
  const exported = start(['portal', 'export', '--data', join(where, 'portal.db'), '--out', out]);
  expect([await exported.exit, exported.stderr()]).toEqual([0, '']);
  expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({
    account: { portalId: said.portalId },
    records: { contacts: [{ properties: { email: 'a@b.co' } }] },
  });
  const again = await serve('--seed', out);
  expect((await create(again.said.url, 'a@b.co')).status).toBe(409);
  const nowhere = start(['portal', 'export']);
  expect([await nowhere.exit, nowhere.stderr()]).toEqual([2, 'hubspot-crm-mcp: --out: name a file to write\n']);
});

test('kill -9 during writes loses no write that was acknowledged, and the file opens again', async () => {
  const file = join(await folder(), 'portal.db');
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round++) {
    const { program, said } = await serve('--seed', 'none', '--limits', 'off', '--data', file);
    // What was acknowledged before the last kill is there.
    for (let from = 0; from < acknowledged.length; from += 100) {
      const inputs = acknowledged.slice(from, from + 100).map((id) => ({ id }));
      const body = JSON.stringify({ inputs, properties: ['email'], idProperty: 'email' });
      const read = await fetch(`${said.url}/crm/v3/objects/contacts/batch/read`, { method: 'POST', headers, body });
      const { results } = z.object({ results: z.array(z.unknown()) }).parse(await read.json());
      expect(results).toHaveLength(inputs.length);
    }
    const before = acknowledged.length;
    let killed = false;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; !killed; i++) {
        const email = `${round}-${writer}-${i}@b.co`;
        const answer = await create(said.url, email).catch(() => undefined);
        if (answer?.status === 201) acknowledged.push(email);
        if (answer === undefined) return;
        if (acknowledged.length > before + 50 * (round + 1)) {
          killed = true;
          program.process.kill('SIGKILL');
        }
      }
    });
    await Promise.all(writers);
    expect(await program.exit).toBe('SIGKILL');
  }
  expect(acknowledged.length).toBeGreaterThan(50 * 6);
}, 60_000);
