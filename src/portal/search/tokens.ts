/**
 * Token search in texts, letter by letter: who wants to ignore case gives texts and patterns in lower case.
 * Guess: a token is a run of letters and digits; a pattern with `*` is compared with the whole text, with its words and
 * with its tokens; every word of a pattern must be found.
 */

/** A test for one pattern, as CONTAINS_TOKEN means it. */
export function containsToken(pattern: string): (text: string) => boolean {
  const words = pattern.split(/\s+/).filter((word) => word !== '');
  const whole = pattern.includes('*') ? wildcard(pattern) : undefined;
  const tests = words.map(wordTest);
  // Cheap to look for, and seldom there.
  const literals = words.flatMap((word) => (word.includes('*') ? word.split('*') : tokensOf(word)));
  return (text) => {
    if (!literals.every((literal) => text.includes(literal))) return false;
    if (whole?.test(text)) return true;
    if (tests.length === 0) return false;
    const tokens = tokensOf(text);
    const pieces = new Set([...tokens, ...text.split(/\s+/)]);
    return tests.every((test) => test(pieces));
  };
}

function wordTest(word: string): (pieces: ReadonlySet<string>) => boolean {
  if (word.includes('*')) {
    const pattern = wildcard(word);
    return (pieces) => [...pieces].some((piece) => pattern.test(piece));
  }
  const tokens = tokensOf(word);
  if (tokens.length === 0) return (pieces) => pieces.has(word);
  return (pieces) => tokens.every((token) => pieces.has(token));
}

function tokensOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((token) => token !== '');
}

/** `*` stands for any run of characters, also none. */
function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  // Runs of stars mean one; otherwise a long pattern could take for ever.
  return new RegExp(
    `^${parts.filter((part, i) => part !== '' || i === 0 || i === parts.length - 1).join('.*')}$`,
    'su',
  );
}
