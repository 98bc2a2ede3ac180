import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { containsToken } from '../../../src/portal/search/tokens.ts';

const word = array(constantFrom('a', 'b', '*', '.'), { maxLength: 8 }).map((letters) => letters.join(''));

const found = (pattern: string, text: string) => containsToken(pattern)(text);

test('stars stand for any run of characters', () => {
  assert(
    property(word, word, (pattern, said) => {
      const text = said.replaceAll('*', '');
      const asExpression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
      const fits = pattern.includes('*') && asExpression.test(text);
      expect(!fits || found(pattern, text)).toBe(true);
    }),
  );
  expect([found('*a', 'ba'), found('a*a', 'a'), found('a*b*a', 'aba'), found('b*', 'ab'), found('*', '')]).toEqual([
    true,
    false,
    true,
    false,
    true,
  ]);
});

test('many stars take no longer than few', () => {
  const text = `b${'a'.repeat(60_000)}`;
  const started = performance.now();
  expect(containsToken(`${'*a'.repeat(20)}*b`)(text)).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});
