import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { serve } from '../../src/commands/serve.ts';
import { readOptions } from '../../src/option.ts';

it('Started by hand, the server says what it waits for, and nothing on stdout', async () => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const ending = new EventEmitter();
  const ended = once(ending, 'end').then(() => undefined);
  const running = serve.run(readOptions(serve.options, {}, {}), { stdin, stdout, stderr, ended, entry: 'main.js' });
  await expect.poll(() => String(stderr.read() ?? '')).toContain('Waiting for an MCP client');
  expect(stdout.read()).toBeNull();
  ending.emit('end');
  await running;
});
