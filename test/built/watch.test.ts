import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from './program.ts';

describe('In processes of their own, on a portal that is one too', () => {
  let folder = '';
  let portal: ReturnType<typeof start>;
  let environment: Record<string, string> = {};
  const at = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'built-watch-'));
    portal = start(['portal', '--port', '0', '--seed', 'none', '--limits', 'off']);
    const said = await portal.says('stdout', /http:\/\/127\.0\.0\.1:\d+/);
    environment = {
      HUBSPOT_BASE_URL: /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '',
      HUBSPOT_ACCESS_TOKEN: 'pat-na1-watched',
      HUBSPOT_MCP_ALERT_TASKS: 'true',
      XDG_STATE_HOME: at('state'),
    };
    const created = await fetch(`${environment['HUBSPOT_BASE_URL']}/crm/objects/2026-09/contacts`, {
      method: 'POST',
      headers: { authorization: 'Bearer pat-na1-watched', 'content-type': 'application/json' },
      body: JSON.stringify({ properties: { email: 'ann@gmial.com', firstname: 'Ann' } }),
    });
    if (created.status !== 201) throw new Error(`No contact was made: ${created.status}`);
  }, 60_000);
  afterAll(async () => {
    portal.process.kill('SIGTERM');
    await portal.exit;
    rmSync(folder, { recursive: true, force: true });
  });

  it('a watch tells what it found, as a task too, and ends on Ctrl-C with nothing on stdout', async () => {
    const watching = start(['watch', '--every', '1m', '--all', '--types', 'contacts'], environment);
    await watching.says('stderr', /watch: \d+ new things? of \d+; \d+ calls to HubSpot/);
    watching.process.kill('SIGINT');
    expect([await watching.exit, watching.stdout()]).toEqual([0, '']);
    expect(watching.stderr()).toMatch(/ALERT new_finding \(firing\): .*\(C02, high, contacts: 1\)/);
    expect(watching.stderr()).not.toContain('could not be written');
    const search = await fetch(
      `${environment['HUBSPOT_BASE_URL']}/crm/objects/2026-09/tasks?properties=hs_task_subject`,
      {
        headers: { authorization: 'Bearer pat-na1-watched' },
      },
    );
    expect(JSON.stringify(await search.json())).toContain('hubspot-crm-mcp: new_finding');
  }, 60_000);

  it('and the next one, after a restart, has nothing to tell', async () => {
    const again = start(['watch', '--once', '--all', '--types', 'contacts'], environment);
    expect([await again.exit, again.stdout()]).toEqual([0, '']);
    expect(again.stderr()).toContain('watch: 0 new things of');
  }, 60_000);

  it('a look that fails is told and the watch goes on; run once, it ends with 1', async () => {
    const nowhere = { ...environment, HUBSPOT_BASE_URL: 'http://127.0.0.1:9', XDG_STATE_HOME: at('other') };
    const watching = start(['watch', '--every', '1m'], nowhere);
    await watching.says('stderr', 'ALERT watch_failed (firing)');
    watching.process.kill('SIGTERM');
    expect([await watching.exit, watching.stdout()]).toEqual([0, '']);
    const once = start(['watch', '--once'], nowhere);
    expect([await once.exit, once.stdout()]).toEqual([1, '']);
  }, 120_000);

  it('an audit writes its page, and on Ctrl-C nothing', async () => {
    const audit = start(['audit', '--html', at('a.html'), '--types', 'contacts'], environment);
    expect(await audit.exit).toBe(0);
    expect(audit.stdout()).toContain(`The report is in ${at('a.html')}`);
    expect(readFileSync(at('a.html'), 'utf8')).toContain('Mistyped domain');
    const stopped = start(['audit', '--html', at('b.html')], { ...environment, XDG_STATE_HOME: at('third') });
    stopped.process.kill('SIGINT');
    await stopped.exit;
    expect(existsSync(at('b.html'))).toBe(false);
  }, 60_000);
});
