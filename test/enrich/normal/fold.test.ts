import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, lettersOf, tidy, withoutPictures, wordsOf } from '../../../src/enrich/normal/fold.ts';

const texts = fc.string({ unit: 'binary', maxLength: 60 });

describe('A folded text', () => {
  it('is ASCII in lower case, and folding it again changes nothing', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const folded = fold(text);
        expect(folded).toMatch(/^[\x20-\x40\x5b-\x7e]*$/);
        expect(fold(folded)).toBe(folded);
        expect(tidy(tidy(text))).toBe(tidy(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('has words of letters and digits only, which are their own words', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const words = wordsOf(text);
        expect(words.every((word) => /^[a-z0-9]+$/.test(word))).toBe(true);
        expect(wordsOf(words.join(' '))).toEqual(words);
        expect(lettersOf(text)).toMatch(/^[a-z0-9]*$/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['  Ødegård\t Ann ', 'odegard ann'],
    ['STRAẞE', 'strasse'],
    ['İstanbul', 'istanbul'],
    ['ＡＢＣ ﬁ', 'abc fi'],
    ['Владимир', 'vladimir'],
    ['Παπαδόπουλος', 'papadopoulos'],
    ['a\u200bb\ud800c', 'abc'],
    ['👩🏽‍💻 Ann 🇩🇪', 'ann'],
  ])('of %j is %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each([
    ["O'Brien O’Brien Al Qa'ida", ['obrien', 'obrien', 'al', 'qaida']],
    ['S.A.R.L. U.S. Steel J.P. Morgan', ['sarl', 'us', 'steel', 'jp', 'morgan']],
    ['Jean-Luc de/la 3.5', ['jean', 'luc', 'de', 'la', '35']],
  ])('has of %j the words %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('loses its pictures but not its digits', () => {
    expect(withoutPictures('1# Ann ☎️').trim()).toBe('1# Ann');
  });
});
