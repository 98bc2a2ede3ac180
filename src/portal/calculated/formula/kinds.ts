/**
 * What kind of value a formula gives, and what does not go together.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/properties/guide, compared 2026-11-22: a text cannot be
 * added to a number; the guide's own example has branches of different kinds.
 */

import type { Expression, Kind, Operator } from './parse.ts';
import { FormulaError } from './tokens.ts';

/** `mixed`: known only when it is calculated. */
type Known = Kind | 'mixed';

/** @throws FormulaError */
export function kindOf(expression: Expression): Known {
  switch (expression.is) {
    case 'literal':
      return typeof expression.value === 'boolean'
        ? 'bool'
        : typeof expression.value === 'number'
          ? 'number'
          : 'string';
    case 'property':
      return expression.kind;
    case 'minus':
      need(expression.of, 'number', '-', expression.at);
      return 'number';
    case 'not':
      need(expression.of, 'bool', 'not', expression.at);
      return 'bool';
    case 'binary':
      return binary(expression);
    case 'call':
      return call(expression);
    default:
      return conditional(expression);
  }
}

function need(expression: Expression, wanted: Kind, by: string, at: number): void {
  const kind = kindOf(expression);
  if (kind !== wanted && kind !== 'mixed') throw new FormulaError(`${by} needs a ${wanted}, not a ${kind}`, at);
}

const numeric: readonly Operator[] = ['-', '*', '/', '<', '>', '<=', '>='];

function binary({ operator, left, right, at }: Extract<Expression, { is: 'binary' }>): Known {
  if (operator === 'and' || operator === 'or') {
    for (const side of [left, right]) need(side, 'bool', operator, at);
    return 'bool';
  }
  if (numeric.includes(operator)) {
    for (const side of [left, right]) need(side, 'number', operator, at);
    return ['-', '*', '/'].includes(operator) ? 'number' : 'bool';
  }
  const [one, other] = [kindOf(left), kindOf(right)];
  if (one !== other && one !== 'mixed' && other !== 'mixed') {
    throw new FormulaError(`${operator} cannot be between a ${one} and a ${other}`, at);
  }
  if (operator !== '+') return 'bool';
  const kind = one === 'mixed' ? other : one;
  if (kind === 'bool') throw new FormulaError('+ needs numbers or strings, not a bool', at);
  return kind;
}

const inputKinds: Readonly<Record<string, Kind | undefined>> = {
  max: 'number',
  min: 'number',
  number_to_string: 'number',
  concatenate: 'string',
  contains: 'string',
  string_to_number: 'string',
};
const outputKinds: Readonly<Record<string, Kind | undefined>> = {
  max: 'number',
  min: 'number',
  string_to_number: 'number',
  concatenate: 'string',
  number_to_string: 'string',
  contains: 'bool',
  is_present: 'bool',
};

function call({ name, inputs, at }: Extract<Expression, { is: 'call' }>): Known {
  const wanted = inputKinds[name];
  for (const input of inputs) {
    if (wanted === undefined) kindOf(input);
    else need(input, wanted, name, at);
  }
  return outputKinds[name] ?? 'mixed';
}

function conditional({ cases, otherwise, at }: Extract<Expression, { is: 'if' }>): Known {
  for (const { when } of cases) need(when, 'bool', 'if', at);
  const kinds = new Set([...cases.map(({ gives }) => kindOf(gives)), ...(otherwise ? [kindOf(otherwise)] : [])]);
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : 'mixed';
}
