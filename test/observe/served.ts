/** The server as an operator starts it, over HTTP, on a portal on a socket: what it says on each of its ways out. */

import { EventEmitter, once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished } from 'vitest';
import { serve } from '../../src/commands/serve.ts';
import { readOptions } from '../../src/option.ts';
import type { Portal } from '../../src/portal/index.ts';
import { servedPortal } from '../commands/terminal.ts';

export interface Served {
  readonly url: string;
  readonly portal: Portal;
  /** A folder of this server alone. */
  readonly folder: string;
  readonly stderr: () => string;
  /** Calls a tool over plain HTTP. */
  call(tool: string, args?: object, headers?: Record<string, string>): Promise<{ status: number; data: unknown }>;
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; text: string }>;
  readonly health: () => Promise<unknown>;
  readonly metrics: () => Promise<string>;
  end(): Promise<void>;
}

export async function served(
  environment: Record<string, string> = {},
  flags: Readonly<Record<string, unknown>> = {},
): Promise<Served> {
  const { portal, environment: reached } = await servedPortal({ seed: 'none' });
  const folder = await mkdtemp(join(tmpdir(), 'observe-'));
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const said = { stdout: '', stderr: '' };
  stdout.on('data', (text: Buffer) => {
    said.stdout += text.toString();
  });
  stderr.on('data', (text: Buffer) => {
    said.stderr += text.toString();
  });
  const ending = new EventEmitter();
  const ended = once(ending, 'end').then(() => undefined);
  const config = readOptions(
    serve.options,
    { http: '0', toolsets: 'all', journalDir: join(folder, 'journal'), ...flags },
    { ...reached, ...environment },
  );
  const running = serve.run(config, { stdin: new PassThrough(), stdout, stderr, ended, entry: 'main.js' });
  const end = async () => {
    ending.emit('end');
    await running;
  };
  onTestFinished(end);
  await expect.poll(() => said.stdout, { timeout: 10_000 }).toContain('/mcp');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said.stdout)?.[0] ?? '';
  const bearer: Record<string, string> =
    config.bearer === undefined ? {} : { authorization: `Bearer ${config.bearer}` };
  const get: Served['get'] = async (path, headers = bearer) => {
    const response = await fetch(url + path, { headers });
    return { status: response.status, text: await response.text() };
  };
  return {
    url,
    portal,
    folder,
    stderr: () => said.stderr,
    async call(tool, args = {}, headers = {}) {
      const response = await fetch(`${url}/v1/tools/${tool}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer, ...headers },
        body: JSON.stringify(args),
      });
      return { status: response.status, data: await response.json() };
    },
    get,
    async health() {
      const { status, text } = await get('/healthz');
      return { http: status, ...JSON.parse(text) };
    },
    metrics: async () => (await get('/metrics')).text,
    end,
  };
}

/** A contact whose address nobody else has. */
export const contact = (email: string) => ({ objectType: 'contacts', records: [{ properties: { email } }] });
