/**
 * Token search in texts, letter by letter: who wants to ignore case gives texts and patterns in lower case.
 * Guess: a token is a run of letters and digits; a pattern with `*` is compared with the whole text, with its words and
 * with its tokens; every word of a pattern must be found.
 */

/** A test for one pattern, as CONTAINS_TOKEN means it. */
export function containsToken(pattern: string): (text: string) => boolean {
  const words = pattern.split(/\s+/).filter((word) => word !== '');
  const isWhole = pattern.includes('*') ? wildcard(pattern) : undefined;
  const tests = words.map(wordTest);
  // Cheap to look for, and seldom there.
  const literals = words.flatMap((word) => (word.includes('*') ? word.split('*') : tokensOf(word)));
  return (text) => {
    if (!literals.every((literal) => text.includes(literal))) return false;
    if (isWhole?.(text)) return true;
    if (tests.length === 0) return false;
    const tokens = tokensOf(text);
    const pieces = new Set([...tokens, ...text.split(/\s+/)]);
    return tests.every((test) => test(pieces));
  };
}

function wordTest(word: string): (pieces: ReadonlySet<string>) => boolean {
  if (word.includes('*')) {
    const fits = wildcard(word);
    return (pieces) => [...pieces].some(fits);
  }
  const tokens = tokensOf(word);
  if (tokens.length === 0) return (pieces) => pieces.has(word);
  return (pieces) => tokens.every((token) => pieces.has(token));
}

function tokensOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((token) => token !== '');
}

/**
 * A test for a whole text, where `*` stands for any run of characters, also none. No regular expression: one with many
 * stars could take for ever.
 */
function wildcard(pattern: string): (text: string) => boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop() ?? '';
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let from = first.length;
    for (const part of others) {
      const at = text.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return from <= end;
  };
}
