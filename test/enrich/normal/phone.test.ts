import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phoneKey, readPhone } from '../../../src/enrich/normal/phone.ts';

const countries = [
  'US',
  'CA',
  'GB',
  'DE',
  'FR',
  'NL',
  'BE',
  'CH',
  'AU',
  'IN',
  'IT',
  'MX',
  'BR',
  'RU',
  'AR',
  'us',
  '',
  'ZZ',
];

/** Numbers as people write them: of many countries, with and without codes, marks and extensions. */
const written = fc
  .tuple(
    fc.constantFrom('', '+', '00', '(', ' ', '0', '1', '+0'),
    fc.constantFrom(
      '',
      '1',
      '44',
      '49',
      '33',
      '31',
      '32',
      '41',
      '61',
      '91',
      '39',
      '52',
      '55',
      '7',
      '54',
      '44 (0)',
      '49(0)',
    ),
    fc.constantFrom('', '0', '1', ' ', '(0', '0)'),
    fc.array(fc.constantFrom(...'0123456789012345678901234567890123456789 -.()/'.split('')), {
      minLength: 4,
      maxLength: 14,
    }),
    fc.constantFrom('', '', '', ' x12', ' ext. 9', ';', ' office', ' ', '+'),
  )
  .map(([way, code, trunk, digits, end]) => way + code + trunk + digits.join('') + end);

describe('The key of a telephone number', () => {
  it('is the same by digits alone and by the library', () => {
    fc.assert(
      fc.property(
        fc.oneof(written, fc.string({ unit: 'binary', maxLength: 30 })),
        fc.constantFrom(...countries),
        (text, country) => {
          expect({ text, country, key: phoneKey(text, country) }).toEqual({
            text,
            country,
            key: readPhone(text, country)?.key ?? '',
          });
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['(212) 555-1234', 'US', '+12125551234'],
    ['1-212-555-1234', 'US', '+12125551234'],
    ['+1.212.555.1234 ext. 9', 'DE', '+12125551234'],
    ['+44 (0)20 7946 0958', 'US', '+442079460958'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['0044 20 7946 0958', 'US', '+442079460958'],
    ['030 / 1234567', 'DE', '+49301234567'],
    ['06 12 34 56 78', 'FR', '+33612345678'],
    ['06 1234 5678', 'IT', '+390612345678'],
    ['٠٢٠ ٧٩٤٦ ٠٩٥٨', 'GB', '+442079460958'],
    ['555-1234', 'US', '5551234'],
  ])('of %s in %s is %s', (text, country, key) => {
    expect(phoneKey(text, country)).toBe(key);
  });

  it.each(['', '-', 'n/a', '0000000000', '1234567890', '+1 (000) 000-0000', '9999999', '123', 'ask Ann'])(
    'is none for %j',
    (text) => {
      expect(phoneKey(text, 'US')).toBe('');
    },
  );
});

describe('A telephone number', () => {
  it('is read with its extension, its own country, and whether it is given out', () => {
    expect(readPhone('+44 20 7946 0958 x12', 'US')).toEqual({
      key: '+442079460958',
      e164: '+442079460958',
      extension: '12',
      country: 'GB',
      valid: true,
    });
    expect(readPhone('+1 212 055 1234', 'US')).toMatchObject({ e164: '+12120551234', valid: false });
  });
});
