/**
 * What a formula gives for one record.
 * Guess: what needs a value that is missing has none itself, but for `is_present`, and for what `and`, `or` and `if` need
 * not look at; dividing by zero gives none.
 */

import type { Expression, Kind } from './parse.ts';

export type Value = number | string | boolean;

/** The value of a property as a number, a text or a boolean; undefined where it has none of that kind. */
export type Lookup = (name: string, kind: Kind) => Value | undefined;

export function evaluate(expression: Expression, lookup: Lookup): Value | undefined {
  const inner = (each: Expression) => evaluate(each, lookup);
  switch (expression.is) {
    case 'literal':
      return expression.value;
    case 'property':
      return lookup(expression.name, expression.kind);
    case 'minus': {
      const value = inner(expression.of);
      return typeof value === 'number' ? 0 - value : undefined;
    }
    case 'not': {
      const value = inner(expression.of);
      return typeof value === 'boolean' ? !value : undefined;
    }
    case 'binary':
      return binary(expression, inner);
    case 'call':
      return call(expression, inner);
    default:
      return conditional(expression, inner);
  }
}

type Inner = (each: Expression) => Value | undefined;

function conditional({ cases, otherwise }: Extract<Expression, { is: 'if' }>, inner: Inner): Value | undefined {
  for (const { when, gives } of cases) {
    const holds = inner(when);
    if (holds === true) return inner(gives);
    if (holds !== false) return undefined;
  }
  return otherwise && inner(otherwise);
}

function binary({ operator, left, right }: Extract<Expression, { is: 'binary' }>, inner: Inner): Value | undefined {
  const one = inner(left);
  if (operator === 'and' || operator === 'or') {
    if (one === (operator === 'or')) return one;
    const other = typeof one === 'boolean' ? inner(right) : undefined;
    return typeof other === 'boolean' ? other : undefined;
  }
  const other = inner(right);
  if (one === undefined || other === undefined || typeof one !== typeof other) return undefined;
  if (operator === '=') return one === other;
  if (operator === '!=') return one !== other;
  if (operator === '+' && typeof one === 'string' && typeof other === 'string') return one + other;
  return typeof one === 'number' && typeof other === 'number' ? arithmetic(operator, one, other) : undefined;
}

function arithmetic(operator: string, one: number, other: number): Value | undefined {
  switch (operator) {
    case '+':
      return finite(one + other);
    case '-':
      return finite(one - other);
    case '*':
      return finite(one * other);
    case '/':
      return finite(one / other);
    case '<':
      return one < other;
    case '>':
      return one > other;
    case '<=':
      return one <= other;
    default:
      return one >= other;
  }
}

function finite(value: number): number | undefined {
  // There is one zero.
  return Number.isFinite(value) ? value + 0 : undefined;
}

function call({ name, inputs }: Extract<Expression, { is: 'call' }>, inner: Inner): Value | undefined {
  const values = inputs.map(inner);
  if (name === 'is_present') return values[0] !== undefined && values[0] !== '';
  const numbers = values.filter((value) => typeof value === 'number');
  const texts = values.filter((value) => typeof value === 'string');
  if (numbers.length < values.length && texts.length < values.length) return undefined;
  switch (name) {
    case 'max':
      return numbers.length > 0 ? Math.max(...numbers) : undefined;
    case 'min':
      return numbers.length > 0 ? Math.min(...numbers) : undefined;
    case 'concatenate':
      return texts.length > 0 ? texts.join('') : undefined;
    case 'contains':
      return texts.length > 0 ? (texts[0] ?? '').includes(texts[1] ?? '') : undefined;
    case 'number_to_string':
      return numbers[0] === undefined ? undefined : String(numbers[0]);
    default:
      return toNumber(texts[0]);
  }
}

function toNumber(text: string | undefined): number | undefined {
  const said = text?.trim();
  return said === undefined || !/^[+-]?(\d+(?:\.\d*)?|\.\d+)$/.test(said) ? undefined : Number(said);
}
