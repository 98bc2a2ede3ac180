import { describe, expect, it } from 'vitest';
import { createLog, type Level } from '../src/log.ts';
import { createKnownSecrets, passwordsIn } from '../src/observe/secrets.ts';
import { fakeClock } from './fake-clock.ts';

function logged(format: 'text' | 'json', level: Level = 'info') {
  const lines: string[] = [];
  const secrets = createKnownSecrets();
  secrets.add('hunter2hunter2', undefined, 'ab', ...passwordsIn('rediss://me:p%40ss-word@redis.test:6379'));
  const log = createLog({
    format,
    level,
    clock: fakeClock(),
    redact: secrets.redact,
    write: (text) => lines.push(text),
  });
  return { log, lines };
}

describe('The log', () => {
  it('is lines of text for people', () => {
    const { log, lines } = logged('text');
    log('It failed:\nso', { level: 'error', tool: 'get_account' });
    expect(lines).toEqual(['It failed:\n  so\n']);
  });

  it('is one JSON object a line for programs, with what a message is about', () => {
    const { log, lines } = logged('json');
    log('It failed:\nso', { level: 'error', tool: 'get_account', caller: 'me', callId: 'c1', tookMs: 3 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time: '2026-11-22T00:00:00.000Z',
      level: 'error',
      message: 'It failed:\nso',
      tool: 'get_account',
      caller: 'me',
      callId: 'c1',
      tookMs: 3,
    });
  });

  it.each<[Level, number]>([
    ['error', 1],
    ['warn', 2],
    ['info', 4],
    ['debug', 5],
  ])('at %s has %i of five messages', (level, count) => {
    const { log, lines } = logged('json', level);
    for (const its of ['error', 'warn', 'info', 'debug'] as const) log('x', { level: its });
    log('no word of its level');
    expect(lines).toHaveLength(count);
  });

  it.each(['text', 'json'] as const)('as %s has no secret and nothing that steers a terminal', (format) => {
    const { log, lines } = logged(format);
    log('hunter2hunter2 \u001b[31mred\u001b[0m pat-na1-0a1b2c3d rediss://me:p%40ss-word@redis.test p@ss-word ab', {
      caller: '\u001b]8;;https://evil.test\u0007hunter2hunter2',
    });
    const text = lines.join('');
    expect(text).not.toMatch(/hunter2|0a1b2c3d|p%40ss|p@ss|\\u001b/);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('red');
    expect(text).toContain(' ab');
  });
});
