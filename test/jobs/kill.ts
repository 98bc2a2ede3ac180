/** A server in a process of its own that is killed in the middle of a job, on a portal that outlives it. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom, sleep, systemClock } from '../../src/clock.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { servePortal } from '../../src/portal/serve.ts';
import { boundless } from '../boundless.ts';
import { type Program, start } from '../built/program.ts';

export type Answer = Readonly<Record<string, unknown>>;

/** When the process is killed: at so many writes, before or after HubSpot did what they say, and so much later. */
export interface Moment {
  readonly writes: number;
  readonly when: 'before' | 'after';
  readonly afterMs: number;
}

type Answering = () => ReturnType<Portal['exchange']>;
const answered = (answer: Answering) => answer();

export async function openScene() {
  const folder = mkdtempSync(join(tmpdir(), 'job-kill-'));
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify({ version: 1, approval: { unasked: ['bulk'] } }));
  const portal = await createPortal({ clock: systemClock, random: seededRandom(1), seed: 'none', limits: 'off' });
  const hubspot = createHubSpot({
    clock: systemClock,
    random: seededRandom(2),
    token: () => 'pat-na1-kill',
    ledger: boundless,
    fetch: portal.fetch,
  });
  let onWrite: (answer: Answering) => ReturnType<Answering> = answered;
  const exchange: Portal['exchange'] = (request) => {
    const answer = () => portal.exchange(request);
    return /batch\/(update|create|upsert)$/.test(new URL(request.url).pathname) ? onWrite(answer) : answer();
  };
  const server = await servePortal({ exchange }, { port: 0, onError: () => undefined });

  const begin = (): Program =>
    start(['--toolsets', 'all', '--policy', policy, '--journal-dir', join(folder, 'journal')], {
      HUBSPOT_ACCESS_TOKEN: 'pat-na1-kill',
      HUBSPOT_BASE_URL: server.url,
    });

  /** A process, the only one at its time. */
  const open = () => {
    const program = begin();
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'kill', version: '1' } };
    program.write({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    program.write({ jsonrpc: '2.0', method: 'notifications/initialized' });
    let id = 1;
    return {
      /** Undefined when the process was killed before it answered. */
      async call(tool: string, args: Answer, moment?: Moment): Promise<Answer | undefined> {
        let seen = 0;
        let killed = false;
        onWrite = async (answer) => {
          seen += 1;
          if (moment === undefined || seen < moment.writes) return answer();
          const done = moment.when === 'after' ? await answer() : undefined;
          await sleep(systemClock, moment.afterMs);
          killed = true;
          program.process.kill('SIGKILL');
          return done ?? answer();
        };
        id += 1;
        program.write({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: tool, arguments: args } });
        const said = await program.says('stdout', new RegExp(`"id":${id}[,}]`)).catch(() => undefined);
        onWrite = answered;
        if (said !== undefined) return resultIn(said, id);
        if (!killed) throw new Error(`It ended by itself: ${program.stdout()} ${program.stderr()}`);
        return undefined;
      },
      async close() {
        program.process.stdin?.end();
        await program.exit;
      },
    };
  };

  return {
    hubspot,
    open,
    async close() {
      await hubspot.close();
      await server.close();
      portal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function resultIn(said: string, id: number): Answer | undefined {
  for (const line of said.split('\n')) {
    const message: unknown = line === '' ? undefined : JSON.parse(line);
    if (typeof message !== 'object' || message === null || Reflect.get(message, 'id') !== id) continue;
    const result: unknown = Reflect.get(message, 'result');
    const data: unknown = typeof result === 'object' && result !== null && Reflect.get(result, 'structuredContent');
    return typeof data === 'object' && data !== null ? { ...data } : { error: result };
  }
  return undefined;
}
