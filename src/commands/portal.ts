import { dirname } from 'node:path';
import * as z from 'zod';
import { systemClock, systemRandom } from '../clock.ts';
import { defineCommand } from '../command.ts';
import { option, port, seed } from '../config.ts';
import { makeFolder } from '../folder.ts';

/** `TOKEN=scope,scope`, as often as there are tokens; commander gathers them. */
const tokens = z
  .array(z.string().regex(/^[^=\s]+=\S+$/, 'expected TOKEN=scope,scope'))
  .transform(
    (pairs) =>
      new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1).split(',')])),
  );

export const portal = defineCommand({
  name: 'portal',
  summary: 'Serve the embedded portal alone, for any HubSpot client',
  options: z.object({
    port: option(
      { flag: '--port <port>', text: 'where to listen on this machine; 0 takes any free one (default: 3415)' },
      port.default(3415),
    ),
    data: option(
      { flag: '--data <file>', text: 'keep it in this file (default: in memory, gone at exit)' },
      z.string().optional(),
    ),
    seed: option({ flag: '--seed <demo|none>', text: 'what a new portal holds (default: demo)' }, seed.default('demo')),
    token: option(
      {
        flag: '--token <TOKEN=scope,scope...>',
        text: 'a token and its scopes, repeatable (default: any pat-… bearer, with all scopes)',
      },
      tokens.optional(),
    ),
  }),

  async run(options, { stdout, stderr, ended }) {
    const [{ createPortal }, { servePortal }] = await Promise.all([
      import('../portal/index.ts'),
      import('../portal/serve.ts'),
    ]);
    if (options.data !== undefined) await makeFolder(dirname(options.data));
    const opened = await createPortal({
      clock: systemClock,
      random: systemRandom,
      seed: options.seed,
      ...(options.data !== undefined && { file: options.data }),
      ...(options.token !== undefined && { tokens: options.token }),
    });
    const onError = (error: unknown) => void stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    const server = await servePortal(opened, { port: options.port, onError });
    const { portalId, records } = opened.describe();
    const total = Object.values(records).reduce((sum, count) => sum + count, 0);
    stdout.write(
      [
        `A HubSpot-compatible portal (${portalId}) with ${total} records answers at ${server.url}`,
        `Kept ${options.data === undefined ? 'in memory: gone at exit' : `in ${options.data}`}.`,
        options.token === undefined
          ? 'Any bearer of the form pat-… opens it, with all scopes.'
          : `It takes ${options.token.size} token(s), each with its own scopes.`,
        '',
      ].join('\n'),
    );
    await ended;
    await server.close();
    opened.close();
  },
});
