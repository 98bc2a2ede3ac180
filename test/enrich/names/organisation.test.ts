import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOrganisationNames, prepareOrganisationName } from '../../../src/enrich/names/organisation.ts';

const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        'Acme',
        'ACME',
        'GmbH',
        '& Co.',
        'KG',
        'Ltd',
        'the',
        'Group',
        'Forty',
        'Four',
        '44',
        'II',
        'OOO',
        'S.A.',
        'AT&T',
        '有限公司',
        '(UK)',
        'Systems',
      ),
      { maxLength: 6 },
    )
    .map((words) => words.join(' ')),
);

describe('Names of organisations', () => {
  it('compare the same both ways round, between 0 and 1, whatever they hold', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const found = compareOrganisationNames(a, b);
        expect(compareOrganisationNames(b, a)).toEqual(found);
        expect(found.similarity >= 0 && found.similarity <= 1).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('are the same as themselves, where there is a name at all', () => {
    fc.assert(
      fc.property(names, (name) => {
        const { similarity, level } = compareOrganisationNames(name, name);
        expect([similarity, level]).toEqual(prepareOrganisationName(name).text === '' ? [0, 'missing'] : [1, 'same']);
      }),
    );
  });

  it.each([
    ['Acme Inc.', 'ACME, Inc', 'same'],
    ['Acme Widgets Ltd', 'Acme Widgets Limited', 'same but for the legal form'],
    ['Müller GmbH & Co. KG', 'Mueller', 'spelling'],
    ['ООО Ромашка', 'Romashka OOO', 'same'],
    ['Société Générale S.A.', 'Societe Generale', 'same but for the legal form'],
    ['The Coca-Cola Company', 'Coca Cola', 'same'],
    ['Procter & Gamble', 'Procter and Gamble Co.', 'same'],
    ['PricewaterhouseCoopers', 'Pricewaterhouse Coopers LLP', 'spelling'],
    ['Brigade Forty-Four', 'Brigade 44', 'same'],
    ['First National Bank', '1st National Bank', 'same'],
    ['Microsfot Corporation', 'Microsoft Corp.', 'typo'],
    ['IBM', 'International Business Machines', 'acronym'],
    ['株式会社トヨタ', 'トヨタ', 'same'],
    ['SiemensAG', 'Siemens AG', 'spelling'],
    ['A.B.C. Widgets', 'ABC Widgets', 'same'],
  ])('%s and %s may be one: %s', (a, b, level) => {
    const found = compareOrganisationNames(a, b);
    expect(found.level).toBe(level);
    expect(found.similarity).toBeGreaterThan(0.75);
  });

  it.each([
    ['Acme Systems Inc.', 'Acme Industries Inc.'],
    ['Government of Estonia', 'Government of Ethiopia'],
    ['Apollo Fund VIII', 'Apollo Fund IX'],
    ['Studio 54', 'Studio 45'],
    ['First Avenue Dental', 'Second Avenue Dental'],
    ['Acme Sweden AB', 'Acme Denmark A/S'],
    ['Puffin Trust', 'Puccini Trust'],
    ['Westminster Management Company', 'Management Company'],
    ['Smith Consulting', 'Jones Consulting'],
    ['n/a', 'n/a'],
    ['', 'Acme'],
  ])('%s and %s are two', (a, b) => {
    expect(compareOrganisationNames(a, b).similarity).toBeLessThan(0.7);
  });
});
