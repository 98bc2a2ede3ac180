/**
 * Reads a calculation formula.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/properties/guide#create-calculation-properties, compared
 * 2026-11-22: literals, `string()` and `bool()` around properties that are no numbers, `10a` for `10 * a`, operators,
 * functions, and `if` with or without `endif`.
 * Guess: `not` binds tighter than `and`, `and` tighter than `or`, comparisons tighter than all three; an `if` may end with
 * the formula, and an `endif` after an `else` belongs to the nearest `if`; formulas have at most 4,000 characters and 50
 * levels.
 */

import { FormulaError, readTokens, type Token } from './tokens.ts';

export type Kind = 'number' | 'string' | 'bool';

export type Operator = '+' | '-' | '*' | '/' | '<' | '>' | '<=' | '>=' | '=' | '!=' | 'and' | 'or';

export type Expression =
  | { readonly is: 'literal'; readonly value: number | string | boolean }
  | { readonly is: 'property'; readonly name: string; readonly kind: Kind; readonly at: number }
  | {
      readonly is: 'binary';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly is: 'not' | 'minus'; readonly of: Expression; readonly at: number }
  | { readonly is: 'call'; readonly name: string; readonly inputs: readonly Expression[]; readonly at: number }
  | {
      readonly is: 'if';
      readonly cases: readonly { readonly when: Expression; readonly gives: Expression }[];
      readonly otherwise: Expression | undefined;
      readonly at: number;
    };

/** How many inputs each function takes. */
const functions: Readonly<Record<string, readonly [least: number, most: number]>> = {
  max: [2, 100],
  min: [2, 100],
  concatenate: [2, 100],
  contains: [2, 2],
  is_present: [1, 1],
  number_to_string: [1, 1],
  string_to_number: [1, 1],
};

const reserved = new Set(['if', 'then', 'elseif', 'else', 'endif', 'and', 'or', 'not', 'equals', 'true', 'false']);
const MAX_LENGTH = 4_000;
const MAX_LEVELS = 50;

/** @throws FormulaError */
export function parseFormula(formula: string): Expression {
  if (formula.length > MAX_LENGTH) throw new FormulaError(`it has more than ${MAX_LENGTH} characters`, MAX_LENGTH);
  return new Parser(readTokens(formula)).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #place = 0;
  #level = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#statement();
    const rest = this.#next();
    if (rest.kind !== 'end') throw unexpected(rest);
    return expression;
  }

  #next(): Token {
    return this.#tokens[this.#place] ?? { kind: 'end', at: 0 };
  }

  #take(): Token {
    const token = this.#next();
    this.#place++;
    return token;
  }

  /** Takes one of these words or signs, if it is next. */
  #accept(...values: readonly string[]): string | undefined {
    const token = this.#next();
    const value = token.kind === 'word' || token.kind === 'sign' ? token.value : undefined;
    if (value === undefined || !values.includes(value)) return undefined;
    this.#place++;
    return value;
  }

  #expect(value: string): void {
    if (this.#accept(value) === undefined) throw unexpected(this.#next(), value);
  }

  #statement(): Expression {
    const { at } = this.#next();
    if (++this.#level > MAX_LEVELS) throw new FormulaError(`it has more than ${MAX_LEVELS} levels`, at);
    const expression = this.#accept('if') === undefined ? this.#or() : this.#conditional(at);
    this.#level--;
    return expression;
  }

  #conditional(at: number): Expression {
    const cases: { when: Expression; gives: Expression }[] = [];
    do {
      const when = this.#or();
      this.#expect('then');
      cases.push({ when, gives: this.#statement() });
    } while (this.#accept('elseif') !== undefined);
    const otherwise = this.#accept('else') === undefined ? undefined : this.#statement();
    this.#accept('endif');
    return { is: 'if', cases, otherwise, at };
  }

  /** One or more operands with operators of one rank between them, from the left. */
  #chain(operand: () => Expression, operators: Readonly<Record<string, Operator>>): Expression {
    let left = operand();
    for (;;) {
      const { at } = this.#next();
      const operator = operators[this.#accept(...Object.keys(operators)) ?? ''];
      if (operator === undefined) return left;
      left = { is: 'binary', operator, left, right: operand(), at };
    }
  }

  readonly #or = (): Expression => this.#chain(this.#and, { or: 'or' });
  readonly #and = (): Expression => this.#chain(this.#not, { and: 'and' });
  readonly #sum = (): Expression => this.#chain(this.#product, { '+': '+', '-': '-' });
  readonly #product = (): Expression => this.#chain(this.#signed, { '*': '*', '/': '/' });
  readonly #comparison = (): Expression =>
    this.#chain(this.#sum, { '<': '<', '>': '>', '<=': '<=', '>=': '>=', '=': '=', equals: '=', '!=': '!=' });

  readonly #not = (): Expression => this.#prefixed('not', 'not', this.#not, this.#comparison);
  readonly #signed = (): Expression => this.#prefixed('-', 'minus', this.#signed, this.#factor);

  #prefixed(word: string, is: 'not' | 'minus', again: () => Expression, plain: () => Expression): Expression {
    const { at } = this.#next();
    if (this.#accept(word) === undefined) return plain();
    if (++this.#level > MAX_LEVELS) throw new FormulaError(`it has more than ${MAX_LEVELS} levels`, at);
    const of = again();
    this.#level--;
    return { is, of, at };
  }

  /** `10a` and `2(a + b)` are products that nothing comes between. */
  readonly #factor = (): Expression => {
    const token = this.#take();
    if (token.kind === 'number') {
      const left: Expression = { is: 'literal', value: token.value };
      const next = this.#next();
      const multiplies =
        (next.kind === 'word' && !reserved.has(next.value)) || (next.kind === 'sign' && next.value === '(');
      return multiplies ? { is: 'binary', operator: '*', left, right: this.#factor(), at: next.at } : left;
    }
    if (token.kind === 'string') return { is: 'literal', value: token.value };
    if (token.kind === 'sign' && token.value === '(') {
      const inner = this.#statement();
      this.#expect(')');
      return inner;
    }
    if (token.kind !== 'word') throw unexpected(token);
    if (token.value === 'true' || token.value === 'false') return { is: 'literal', value: token.value === 'true' };
    if (reserved.has(token.value)) throw unexpected(token);
    return this.#accept('(') === undefined
      ? { is: 'property', name: token.value, kind: 'number', at: token.at }
      : this.#call(token.value, token.at);
  };

  #call(name: string, at: number): Expression {
    if (name === 'string' || name === 'bool') {
      const property = this.#take();
      if (property.kind !== 'word' || reserved.has(property.value)) throw unexpected(property, 'a property');
      this.#expect(')');
      return { is: 'property', name: property.value, kind: name, at: property.at };
    }
    const arity = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!arity) throw new FormulaError(`there is no function ${name}`, at);
    const inputs = [this.#statement()];
    while (this.#accept(',') !== undefined) inputs.push(this.#statement());
    this.#expect(')');
    const [least, most] = arity;
    if (inputs.length < least || inputs.length > most) {
      const wanted = least === most ? String(least) : `${least} to ${most}`;
      throw new FormulaError(`${name} takes ${wanted} inputs, not ${inputs.length}`, at);
    }
    return { is: 'call', name, inputs, at };
  }
}

function unexpected(token: Token, wanted?: string): FormulaError {
  const found = token.kind === 'end' ? 'the end' : JSON.stringify(token.value);
  return new FormulaError(`unexpected ${found}${wanted === undefined ? '' : `, expected ${wanted}`}`, token.at);
}

/** The properties that a formula needs, each once. */
export function propertiesOf(expression: Expression): string[] {
  const names = new Set<string>();
  walk(expression, (each) => {
    if (each.is === 'property') names.add(each.name);
  });
  return [...names];
}

/** Visits an expression and everything in it. */
export function walk(expression: Expression, visit: (each: Expression) => void): void {
  visit(expression);
  for (const inner of partsOf(expression)) walk(inner, visit);
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case 'binary':
      return [expression.left, expression.right];
    case 'not':
    case 'minus':
      return [expression.of];
    case 'call':
      return expression.inputs;
    case 'if': {
      const { cases, otherwise } = expression;
      return [...cases.flatMap(({ when, gives }) => [when, gives]), ...(otherwise ? [otherwise] : [])];
    }
    default:
      return [];
  }
}
