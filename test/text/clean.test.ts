import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../src/text/index.ts';

/** Any text, with the characters that matter here far likelier than chance would have them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u001b[',
        '\u001b]',
        '\u009b',
        '31m',
        '\u0007',
        '\u200d',
        '\u200c',
        '\u202e',
        '\ufe0f',
        '\r',
        '\n',
        '\t',
        'א',
        '👩',
        '🏽',
        '漢',
      ),
      fc.constantFrom(
        '\u{1f3f4}',
        '\u{e0067}',
        '\u{e0062}',
        '\u{e007f}',
        '\u{e0100}',
        '\ud83d',
        '\ufeff',
        '\u00ad',
        '\u3164',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('cleaning text from strangers', () => {
  it('changes nothing in what is clean', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves no control, escape or bidi character and no lone surrogate', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const cleaned = cleanText(text);
        // oxlint-disable-next-line no-control-regex
        expect(cleaned).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/u);
        expect(cleaned).not.toMatch(/\p{Cs}/u);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['names from right to left', 'שלום עולם, محمد الأمين'],
    ['Persian with its joiner', 'می‌خواهم'],
    ['Hindi with its joiner', 'क्‍ष'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['an astronaut with a skin tone', '👩🏽‍🚀'],
    ['a heart on fire', '❤️‍🔥'],
    ['a keycap', '1️⃣'],
    ['flags, also those spelt in tags', '🇩🇪 🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['a variant of a Han character', '葛󠄀城'],
    ['accents', 'Zoë Ångström'],
    ['line breaks and tabs', 'one\ntwo\tthree'],
  ])('keeps %s intact', (_, text) => {
    expect(cleanText(text)).toBe(text);
  });

  it.each([
    ['terminal colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a terminal title', 'a\u001b]0;pwned\u0007b', 'ab'],
    ['an escape put together by cleaning', '\u001b\u001b[0m[31mred', 'red'],
    ['reordering', 'invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a message hidden in tags', 'hi\u{e0069}\u{e0067}\u{e006e}\u{e006f}\u{e0072}\u{e0065}', 'hi'],
    ['a message hidden in selectors', `hi😀${'\u{e0110}\u{e0120}'.repeat(9)}`, 'hi😀'],
    ['characters that nothing shows and nobody uses yet', 'a\u2065b\ufff3c\u{e0002}d\u{e0fff}', 'abcd'],
    ['zero width spaces and joiners between letters', 'pass\u200bw\u200dord', 'password'],
    ['Windows line ends', 'one\r\ntwo\rthree', 'one\ntwo\nthree'],
    ['NUL', 'a\0b', 'ab'],
    ['a second way to write an accent', 'Zoe\u0308 A\u030angstro\u0308m', 'Zoë Ångström'],
  ])('takes out %s', (_, text, cleaned) => {
    expect(cleanText(text)).toBe(cleaned);
  });

  // Each took seconds of a record's 65,536 characters while cleaning was quadratic; of these two million, hours.
  it.each([
    ['openings of terminal commands', '\u009d', ''],
    ['openings of another kind', '\u001b]', ''],
    ['colours', '\u009b', ''],
    ['commands inside commands', '\u001b', '[m'],
    ['one-character commands inside commands', '\u009b', 'm'],
    ['joiners that others hold', '\ufe0f\u200d', '👩'],
    ['Mongolian selectors', '\u180b\u200d', 'ᠠ'],
  ])('is quick with any number of %s', (_, opening, closing) => {
    const cleaned = cleanText(opening.repeat(500_000) + closing.repeat(500_000));
    expect(cleanText(cleaned)).toBe(cleaned);
  });
});
