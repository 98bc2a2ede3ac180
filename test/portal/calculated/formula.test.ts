import { array, assert, constantFrom, integer, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, type Lookup, type Value } from '../../../src/portal/calculated/formula/evaluate.ts';
import { kindOf } from '../../../src/portal/calculated/formula/kinds.ts';
import { parseFormula } from '../../../src/portal/calculated/formula/parse.ts';
import { FormulaError } from '../../../src/portal/calculated/formula/tokens.ts';

const record: Readonly<Record<string, Value>> = { a: 6, b: -2.5, zero: 0, name: 'Ada', flag: true, off: false };

const lookup: Lookup = (name, kind) => {
  const value = record[name];
  if (value === undefined) return undefined;
  if (kind === 'string') return String(value);
  return (kind === 'number') === (typeof value === 'number') ? value : undefined;
};
const run = (formula: string) => evaluate(parseFormula(formula), lookup);

test.each<[string, Value | undefined]>([
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['10a', 60],
  ['12/2a', 1],
  ['2(a + 1)', 14],
  ['-a - -b', -8.5],
  ['a / zero', undefined],
  ['A + B', 3.5],
  ['max(a, b, 100)', 100],
  ['min(a, b)', -2.5],
  ['concatenate(\'x\', string(name), "y")', 'xAday'],
  ["'a' + 'b'", 'ab'],
  ["contains('hello', 'ello')", true],
  ["contains('ello', 'hello')", false],
  ['number_to_string(a) + "!"', '6!'],
  ["string_to_number('4.5') * 2", 9],
  ["string_to_number('four')", undefined],
  ['is_present(a)', true],
  ['is_present(nothing)', false],
  ['is_present(bool(a))', false],
  ['not (bool(flag) and bool(off))', true],
  ['a > 5 and b <= 0 or bool(off)', true],
  ['a equals 6', true],
  ["string(name) != 'ada'", true],
  ['if a > 5 then "big" elseif a > 2 then "some" else "none" endif', 'big'],
  ['IF a > 7 THEN 1 ELSEIF a > 5 THEN 2 ELSE 3 ENDIF', 2],
  ['if is_present(nothing) then if nothing >= 1 then true else false else ""', ''],
  ['if bool(flag) then if bool(off) then 1 endif else 2 endif', undefined],
  ['is_present(nothing) and nothing > 1', false],
  ['nothing + 1', undefined],
])('%s is %j', (formula, expected) => {
  expect(run(formula)).toEqual(expected);
});

test.each([
  '',
  '1 +',
  '(1',
  "'open",
  'a b',
  'if a > 1 then 2 else',
  'if then 2',
  'max(a)',
  'contains("a")',
  'average(a, b)',
  'then',
  'a & b',
  'string("a")',
  `${'('.repeat(200)}1${')'.repeat(200)}`,
  `${'not '.repeat(500)}true`,
  '1+'.repeat(6_000),
])('%s cannot be read', (formula) => {
  expect(() => parseFormula(formula)).toThrow(FormulaError);
});

test.each([
  '"a" + 1',
  'not 1',
  'true + false',
  'a and bool(flag)',
  '"a" < "b"',
  'max("a", 1)',
  'if 1 then 2 endif',
  '-"a"',
])('%s does not go together', (formula) => {
  expect(() => kindOf(parseFormula(formula))).toThrow(FormulaError);
});

test('the longest formula is read and calculated', () => {
  const expression = parseFormula(`1${'+1'.repeat(1_999)}`);
  expect([kindOf(expression), evaluate(expression, lookup)]).toEqual(['number', 2_000]);
});

/** The kind of value that whatever is written gives; anything but a refusal of the formula is thrown on. */
function outcome(formula: string): string {
  try {
    const expression = parseFormula(formula);
    kindOf(expression);
    return typeof evaluate(expression, lookup);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return 'refused';
  }
}

describe('the laws of arithmetic and logic hold', () => {
  const number = integer({ min: -10_000, max: 10_000 }).map((n) => String(n / 8));
  const bool = constantFrom('true', 'false', 'bool(flag)', 'bool(off)', 'a > 1', 'b = 2');

  test('of numbers', () => {
    assert(
      property(number, number, number, (x, y, z) => {
        expect(run(`(${x}) + (${y})`)).toBe(run(`(${y}) + (${x})`));
        expect(run(`(${x}) * ((${y}) + (${z}))`)).toBe(run(`(${x}) * (${y}) + (${x}) * (${z})`));
        expect(run(`(${x}) - (${y})`)).toBe(Number(x) - Number(y));
        expect(Object.is(run(`0 * (${x}) - 0`), 0)).toBe(true);
        expect(run(`max(${x}, ${y}) + min(${x}, ${y})`)).toBe(Number(x) + Number(y));
        expect(run(`(${x}) < (${y})`)).toBe(run(`not ((${x}) >= (${y}))`));
      }),
    );
  });

  test('of truth', () => {
    assert(
      property(bool, bool, bool, (p, q, r) => {
        expect(run(`not (${p} and ${q})`)).toBe(run(`not (${p}) or not (${q})`));
        expect(run(`${p} and (${q} or ${r})`)).toBe(run(`(${p} and ${q}) or (${p} and ${r})`));
        expect(run(`if ${p} then ${q} else ${r}`)).toBe(run(`((${p}) and ${q}) or (not (${p}) and ${r})`));
      }),
    );
  });

  test('of texts, which may hold anything but their quote', () => {
    const text = string({ unit: 'grapheme' }).map((said) => said.replaceAll("'", ''));
    assert(
      property(text, text, (one, other) => {
        expect(run(`concatenate('${one}', '${other}')`)).toBe(one + other);
        expect(run(`contains(concatenate('${one}', '${other}'), '${other}')`)).toBe(true);
        expect(run(`'${one}' = '${other}'`)).toBe(one === other);
      }),
    );
  });

  test('and whatever is written is read or refused, and what is read gives a value or none', () => {
    const word = constantFrom(
      ...'if then elseif else endif and or not equals ( ) + - * / < >= = != , 1 2.5 a b string ( bool max is_present true \'x\' "y"'.split(
        ' ',
      ),
    );
    assert(
      property(array(word, { maxLength: 25 }), (words) => {
        expect(['number', 'string', 'boolean', 'undefined', 'refused']).toContain(outcome(words.join(' ')));
      }),
      { numRuns: 3_000 },
    );
  });
});
