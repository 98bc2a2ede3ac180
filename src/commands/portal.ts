import type * as z from 'zod';
import { CommandFailure, defineCommand } from '../command.ts';
import type { Portal } from '../portal/index.ts';
import { deliver } from './portal/deliver.ts';
import { openPortal } from './portal/open.ts';
import { servedPortalOptions } from './portal/options.ts';

/** Enough for an hour at HubSpot's highest rate. */
const REQUESTS_REMEMBERED = 100_000;

export const portal = defineCommand({
  name: 'portal',
  summary: 'Serve the embedded portal alone, for any HubSpot client',
  options: servedPortalOptions,

  async run(options, { stdout, stderr, ended }) {
    const [{ servePortal }, { serveControl }] = await Promise.all([
      import('../portal/serve.ts'),
      import('../portal/control/server.ts'),
    ]);
    const opened = await openPortal({
      seed: options.seed,
      stderr,
      tier: options.tier,
      limits: options.limits,
      limitIncreases: increases[options.limitIncreases],
      rules: {
        batchErrors: options.batchErrors,
        writeValidation: options.writeValidation,
        indexDelayMs: options.indexDelayMs,
      },
      time: { ...(options.now !== undefined && { now: options.now }), frozen: options.clock === 'frozen' },
      deliver,
      ...(options.controlPort !== undefined && { requestLog: REQUESTS_REMEMBERED }),
      ...(options.data !== undefined && { file: options.data }),
      ...(options.token !== undefined && { tokens: options.token }),
    });
    const closing: (() => unknown)[] = [() => opened.close()];
    const onError = (error: unknown) => void stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    try {
      const server = await servePortal(opened, { port: options.port, onError });
      closing.unshift(() => server.close());
      const control =
        options.controlPort === undefined
          ? undefined
          : await serveControl(opened.control, { port: options.controlPort, onError }).catch(portTaken);
      if (control) closing.unshift(() => control.close());
      stdout.write(greeting(opened, options, server.url, control?.url));
      const { portalId } = opened.describe();
      // For programs that start it: one line, once everything listens.
      const ports = {
        port: server.port,
        url: server.url,
        ...(control && { controlPort: control.port, controlUrl: control.url }),
        portalId,
      };
      stderr.write(`${JSON.stringify(ports)}\n`);
      await ended;
    } finally {
      for (const close of closing) await close();
    }
  },
});

type Options = z.output<typeof servedPortalOptions>;

const increases = { '0': 0, '1': 1, '2': 2 } as const;

function portTaken(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    throw new CommandFailure(
      'The control port is taken: something else listens there. Choose another with --control-port PORT; 0 takes any that is free.',
    );
  }
  throw error;
}

function greeting(opened: Portal, options: Options, url: string, controlUrl: string | undefined): string {
  const { portalId, records } = opened.describe();
  const total = Object.values(records).reduce((sum, count) => sum + count, 0);
  return [
    `A HubSpot-compatible portal (${portalId}) with ${total} records answers at ${url}`,
    `Kept ${options.data === undefined ? 'in memory: gone at exit' : `in ${options.data}`}.`,
    options.token === undefined
      ? 'Any bearer of the form pat-… opens it, with all scopes.'
      : `It takes ${options.token.size} token(s), each with its own scopes.`,
    ...(controlUrl === undefined ? [] : [`Faults, snapshots, requests and the clock: ${controlUrl}`]),
    '',
  ].join('\n');
}
