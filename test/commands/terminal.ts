/** Runs a command in this process, as the command line would. */

import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import type * as z from 'zod';
import { seededRandom, systemClock } from '../../src/clock.ts';
import type { Command } from '../../src/command.ts';
import { readOptions } from '../../src/option.ts';
import { createPortal, type Portal, type PortalOptions } from '../../src/portal/index.ts';
import { servePortal } from '../../src/portal/serve.ts';

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  /** What it threw. */
  readonly error?: unknown;
}

export async function run<Table extends z.ZodObject>(
  command: Command<Table>,
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const ended = new Promise<void>(() => undefined);
  const terminal = { stdin: new PassThrough(), stdout, stderr, ended, entry: 'main.js' };
  let failure: { error?: unknown } = {};
  try {
    await command.run(readOptions(command.options, flags, environment), terminal);
  } catch (error) {
    failure = { error };
  }
  return { stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? ''), ...failure };
}

export interface ServedPortal {
  readonly portal: Portal;
  /** What a command needs to reach it. */
  readonly environment: Record<string, string>;
}

/** A portal on a socket that remembers its requests; closed with the test. */
export async function servedPortal(options: Partial<PortalOptions> = {}): Promise<ServedPortal> {
  const portal = await createPortal({
    clock: systemClock,
    random: seededRandom(3),
    seed: 'demo',
    limits: 'off',
    requestLog: 10_000,
    ...options,
  });
  const server = await servePortal(portal, { port: 0 });
  onTestFinished(async () => {
    await server.close();
    portal.close();
  });
  return { portal, environment: { HUBSPOT_BASE_URL: server.url, HUBSPOT_ACCESS_TOKEN: 'pat-na1-secret' } };
}
