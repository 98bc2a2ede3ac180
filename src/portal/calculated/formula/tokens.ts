/** The words of a formula. */

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'string'; readonly value: string; readonly at: number }
  /** A keyword, a function or a property; in lower case, as only quoted text has a case. */
  | { readonly kind: 'word'; readonly value: string; readonly at: number }
  | { readonly kind: 'sign'; readonly value: string; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

/** What is wrong with a formula, and where it begins to be (characters from 0). */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const pattern =
  /\s*(?:(?<number>\d+(?:\.\d+)?|\.\d+)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<sign><=|>=|!=|[-+*/<>=(),]))/y;

/** @throws FormulaError */
export function readTokens(formula: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  let at = 0;
  while (formula.slice(at).trim() !== '') {
    pattern.lastIndex = at;
    const groups = pattern.exec(formula)?.groups;
    if (!groups) throw new FormulaError(`unexpected ${JSON.stringify(formula.slice(at).trim().charAt(0))}`, at);
    tokens.push(tokenOf(groups, at));
    at = pattern.lastIndex;
  }
  return [...tokens, { kind: 'end', at: formula.length }];
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, at: number): Token {
  const { number, word, single, double, sign } = groups;
  if (number !== undefined) return { kind: 'number', value: Number(number), at };
  if (word !== undefined) return { kind: 'word', value: word.toLowerCase(), at };
  if (sign !== undefined) return { kind: 'sign', value: sign, at };
  return { kind: 'string', value: single ?? double ?? '', at };
}
