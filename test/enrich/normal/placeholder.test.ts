import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNobody, isPlaceholder, isPlaceholderNumber, known } from '../../../src/enrich/normal/placeholder.ts';

describe('A placeholder', () => {
  it.each([
    'n/a',
    'N.A.',
    '-',
    '???',
    '.',
    'test',
    'TEST ',
    'xxx',
    'aaaa',
    '00000',
    'asdf',
    'qwertz',
    'poiuy',
    'asdasdasd',
    'unknown',
    'TBD',
    'keine Angabe',
    'non renseigné',
    '😀',
    'do not use',
    'null',
    ' ',
    '\u200b',
  ])('is %j, and no value', (text) => {
    expect(isPlaceholder(text)).toBe(true);
    expect(known(text)).toBe('');
  });

  it.each(['Ann', 'Li', 'Ng', 'Anna', 'Testa', 'Poire', 'Fred', 'Bo', 'IBM', '3M', 'X', 'Contest Ltd', '日本', '42'])(
    'is not %j',
    (text) => {
      expect(isPlaceholder(text)).toBe(false);
      expect(known(` ${text} `)).toBe(text);
    },
  );

  it('is not what is empty: nothing was typed', () => {
    expect(isPlaceholder('')).toBe(false);
  });

  it('is seen in any text without an error, and what is known is known again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(known(known(text))).toBe(known(text));
      }),
    );
  });

  it.each(['John Doe', 'Max Mustermann', 'test test', 'First Last', 'N/A'])('%j is nobody', (name) => {
    expect(isNobody(name)).toBe(true);
  });

  it.each(['John Dove', 'Erika Muster', 'Test Pilot'])('%j is somebody', (name) => {
    expect(isNobody(name)).toBe(false);
  });

  it.each(['0000000000', '1234567890', '5555555555', '123456', '12120000000', '9876543210'])(
    '%s is no number',
    (digits) => {
      expect(isPlaceholderNumber(digits)).toBe(true);
    },
  );

  it.each(['2125551234', '442079460958', '4930123456', '1000'])('%s is a number', (digits) => {
    expect(isPlaceholderNumber(digits)).toBe(false);
  });
});
