import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePersonNames, comparePreparedPersonNames, preparePersonName } from '../../../src/enrich/names/person.ts';

/** Anything, lone surrogates too, and names of the words that rules are about. */
const words =
  'Ann Anne Anna Ana Hanna Nan bin van der Smith Smyth Smitt Smithson Sm ith J. S. Jr Dr. Müller Mueller 李 小龙 محمد Bob Robert Roberto JS AS (old) ,'.split(
    ' ',
  );
const names = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 5, arbitrary: fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((each) => each.join(' ')) },
);

describe('Names of persons', () => {
  it('compare the same both ways round, between 0 and 1, whatever they hold', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const found = comparePersonNames(a, b);
        expect(comparePersonNames(b, a)).toEqual(found);
        expect(found.similarity >= 0 && found.similarity <= 1).toBe(true);
      }),
      { numRuns: 4000 },
    );
  });

  it('are the same as themselves, where there is a name at all', () => {
    fc.assert(
      fc.property(names, (name) => {
        const { similarity, level } = comparePersonNames(name, name);
        expect([similarity, level]).toEqual(preparePersonName(name).text === '' ? [0, 'missing'] : [1, 'same']);
      }),
    );
  });

  it('stay what they are when they are compared with others in between', () => {
    fc.assert(
      fc.property(names, names, names, (a, b, c) => {
        const [one, two, other] = [a, b, c].map((name) => preparePersonName(name));
        if (one === undefined || two === undefined || other === undefined) return;
        const before = comparePreparedPersonNames(one, two);
        comparePreparedPersonNames(other, one);
        expect(comparePreparedPersonNames(one, two)).toEqual(before);
      }),
    );
  });

  it.each([
    ['Robert Smith', 'Bob Smith', 'nickname'],
    ['Margaret O’Neil', 'Peggy ONeil', 'nickname'],
    ['Mildred Lane', 'Milly Lane', 'nickname'],
    ['José García', 'Jose Garcia', 'same'],
    ['Smith, Robert', 'Robert Smith', 'same'],
    ['Smith Robert', 'Robert Smith', 'same in another order'],
    ['Dr. Robert Smith, PhD', 'Robert Smith', 'same'],
    ['R. Smith', 'Robert Smith', 'initial'],
    ['JM Barrie', 'James Matthew Barrie', 'initial'],
    ['Robret Smith', 'Robert Smith', 'typo'],
    ['Jonathan Mueller', 'Jonathan Müller', 'spelling'],
    ['Muhamed Ali', 'Mohamad Ali', 'typo'],
    ['Robert James Smith', 'Robert Smith', 'part'],
    ['Anna Schmidt-Vogel', 'Anna Vogel', 'part'],
    ['Ludwig van Beethoven', 'Ludwig Beethoven', 'part'],
    ['Jean-Luc Picard', 'JeanLuc Picard', 'spelling'],
    ['Maria Vandenberg', 'Maria van den Berg', 'spelling'],
    ['Сергей Иванов', 'Sergej Ivanov', 'spelling'],
    ['Ольга Щербакова', 'Olga Ščerbakova', 'spelling'],
    ['Γιώργος Παπαδόπουλος', 'Giorgos Papadopoulos', 'same'],
    ['محمد حسن', 'Muhammad Hasan', 'spelling'],
    ['ბარაკ ობამა', 'Barak Obama', 'same'],
    ['李小龙', '李小龙', 'same'],
    ['Juan Pérez', 'John Perez', 'nickname'],
  ])('%s and %s may be one: %s', (a, b, level) => {
    const found = comparePersonNames(a, b);
    expect(found.level).toBe(level);
    expect(found.similarity).toBeGreaterThan(0.75);
  });

  it.each([
    ['Robert Smith', 'James Smith'],
    ['Robert Smith', 'Robert Jones'],
    ['Maria Rossi', 'Mario Bianchi'],
    ['Robert James Smith', 'Robert Andrew Smith'],
    ['John W. Frost', 'John G. Frost'],
    ['Ivan Petrovich Sidorov', 'Ivan Sergeevich Sidorov'],
    ['Ahmad bin Hasan', 'Hasan bin Ahmad'],
    ['Raúl Castillo', 'Raúl Castro'],
    ['Robert Smith Sr.', 'Robert Smith Jr.'],
    ['김정은', '김종은'],
    ['王伟', '王维'],
    ['J. S.', 'John Smith'],
    ['Kim Min-jun', 'Kim Min-seo'],
    ['', 'Ann'],
    ['n/a', 'n/a'],
    ['Test Test', 'Test Test'],
  ])('%s and %s are two', (a, b) => {
    expect(comparePersonNames(a, b).similarity).toBeLessThan(0.72);
  });

  it('of two fields compare as of one, and with the fields swapped', () => {
    expect(comparePersonNames({ first: 'Ann', last: 'Smith' }, 'Smith, Ann')).toEqual({ similarity: 1, level: 'same' });
    expect(comparePersonNames({ first: 'Smith', last: 'Ann' }, { first: 'Ann', last: 'Smith' })).toEqual({
      similarity: 0.98,
      level: 'same in another order',
    });
  });

  it('share less with a common word than with a rare one, where it is known which are', () => {
    const weights: Readonly<Record<string, number>> = { smith: 0.3, zbigniew: 2 };
    const telling = (word: string) => weights[word] ?? 1;
    const compare = (a: string, b: string) =>
      comparePreparedPersonNames(preparePersonName(a, telling), preparePersonName(b, telling)).similarity;
    expect(compare('Zbigniew Smith', 'Zbigniew Smithers')).toBeGreaterThan(compare('Robert Smith', 'Zbigniew Smith'));
  });
});
