import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress, readZip } from '../../../src/enrich/normal/address.ts';
import { type DateParts, readDate } from '../../../src/enrich/normal/date.ts';

const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });

function isoOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function day(text: string): DateParts {
  const found = readDate(text);
  if (found === undefined) throw new Error(`${text} is no day`);
  return found;
}

describe('A day', () => {
  it('is the same in every way to write it', () => {
    fc.assert(
      fc.property(days, (date) => {
        const iso = isoOf(date);
        const [year, month, number] = iso.split('-');
        const parts = { year: Number(year), month: Number(month), day: Number(number) };
        expect(readDate(iso)).toMatchObject(parts);
        expect(readDate(`${year}${month}${number}`)).toMatchObject(parts);
        expect(readDate(`${number}.${month}.${year}`, 'dmy')).toMatchObject(parts);
        expect(readDate(`${month}/${number}/${year}`, 'mdy')).toMatchObject(parts);
        expect(readDate(`${iso}T23:59:59Z`)).toMatchObject(parts);
      }),
    );
  });

  it.each([
    ['13/04/1980', 'mdy', [1980, 4, 13]],
    ['3 Apr 1980', 'dmy', [1980, 4, 3]],
    ['April 3, 1980', 'dmy', [1980, 4, 3]],
    ['3.4.80', 'dmy', [1980, 4, 3]],
    ['1/2/05', 'mdy', [2005, 1, 2]],
    ['323568000000', 'dmy', [1980, 4, 3]],
  ] as const)('%s is read', (text, order, [year, month, number]) => {
    expect(readDate(text, order)).toMatchObject({ year, month, day: number });
  });

  it.each(['31/02/2000', '2001-02-29', '00000000', '1980', 'soon', '', '99/99/9999', '\ud800'])('is not %j', (text) => {
    expect(readDate(text)).toBeUndefined();
  });

  it('says when day and month may be the other way round', () => {
    expect(['03/04/1980', '13/04/1980', '04/04/1980', '1980-04-03'].map((text) => day(text).ambiguous)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('is read of any text without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(() => readDate(text)).not.toThrow();
      }),
    );
    expect(readDate('9'.repeat(14))).toMatchObject({ year: 5138 });
  });
});

describe('An address', () => {
  it.each([
    ['123 N. Main Street, Apt 4B', ['123', 'n main st', '4b']],
    ['Suite 300, 5 Elm Avenue', ['5', 'elm ave', '300']],
    ['1600 Pennsylvania Ave NW #200', ['1600', 'pennsylvania ave nw', '200']],
    ['Hauptstraße 12a', ['12a', 'haupt st', '']],
    ['Haupt Str. 12 a', ['12', 'haupt st a', '']],
    ['12-14 rue de la Paix', ['12-14', 'rue de la paix', '']],
    ['Fifth Avenue 10', ['10', '5th ave', '']],
    ['n/a', ['', '', '']],
  ])('%s is taken apart', (line, [number, street, unit]) => {
    const found = readAddress(line);
    expect([found.number, found.street.join(' '), found.unit]).toEqual([number, street, unit]);
  });

  it('has a zip in one form', () => {
    expect(['12345-6789', ' sw1a 1aa ', '01067', 'n/a'].map(readZip)).toEqual(['12345', 'SW1A1AA', '01067', '']);
  });

  it('is read of any text without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readAddress(text, text).street).toBeInstanceOf(Array);
      }),
    );
  });
});
