/** The embedded portal in a process of its own, as both servers meet it. */

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import * as z from 'zod';
import { type Clock, sleep, systemClock } from '../src/clock.ts';
import { OURS } from './servers.ts';

export interface PortalProcess {
  readonly url: string;
  /** One call of HubSpot's API, for setting things up. Throws on anything but success and an answer of that shape. */
  api<Answer>(answer: z.ZodType<Answer>, method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

const READY_WITHIN_MS = 20_000;
const SETUP_TOKEN = 'pat-na1-bench-setup';

/** With the demo business in it and HubSpot's limits on. */
export async function startPortal(clock: Clock = systemClock): Promise<PortalProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [...OURS.args, 'portal', '--port', String(port), '--seed', 'demo'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4_000);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = `http://127.0.0.1:${port}`;

  async function api<Answer>(
    answer: z.ZodType<Answer>,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<Answer> {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${SETUP_TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text.slice(0, 500)}`);
    return answer.parse(JSON.parse(text));
  }

  const deadline = clock.elapsed() + READY_WITHIN_MS;
  for (;;) {
    const answer = await api(z.unknown(), 'GET', '/account-info/v3/details').catch((error: unknown) => error);
    if (!(answer instanceof Error)) break;
    if (child.exitCode !== null || clock.elapsed() > deadline) {
      child.kill();
      throw new Error(`The portal did not start: ${complaints || answer.message}`);
    }
    await sleep(clock, 50);
  }

  return {
    url,
    api,
    async close() {
      child.kill();
      await ended;
    },
  };
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No free port was found.'));
        else resolve(address.port);
      });
    });
  });
}
