import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { slowProgress } from '../../src/commands/portal/slow-progress.ts';

/** What is written to a stream within that many seconds of work, a second a step. */
function watched(isTTY: boolean, seconds: number): string {
  const stream = Object.assign(new PassThrough(), { isTTY });
  let elapsed = 0;
  const progress = slowProgress(stream, { elapsed: () => elapsed });
  for (let step = 1; step <= seconds; step += 1) {
    elapsed += 1_000;
    progress.at('Loading records', step, seconds);
  }
  progress.stop();
  return String(stream.read() ?? '');
}

test('a long task shows on a terminal how far it is, a short one does not', () => {
  expect(watched(true, 5)).toMatch(/Loading records .*\/5, /);
  expect(watched(true, 1)).toBe('');
});

test('where nobody watches, nothing is shown', () => {
  expect(watched(false, 5)).toBe('');
});
