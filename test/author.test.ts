import { describe, expect, it } from 'vitest';
import { authorOf } from '../src/author.ts';

describe('What callers say of themselves', () => {
  it.each([
    [undefined, 'unknown'],
    [{ name: ' Claude\u202e\n Code ', version: '2.1' }, 'Claude Code /2.1'],
    [{ name: '\u001b[31mred' }, 'red'],
    [{ name: '\u200b' }, 'unknown'],
    [{ name: 'x'.repeat(500) }, 'x'.repeat(100)],
  ])('becomes one short line: %j', (client, caller) => {
    expect(authorOf({ client }).caller).toBe(caller);
  });

  it('leaves out a run that is none', () => {
    expect(authorOf({ run: 7 })).not.toHaveProperty('run');
    expect(authorOf({ run: ' ' })).not.toHaveProperty('run');
  });
});
