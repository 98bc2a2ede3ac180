import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { properOrganisationName, properPersonName } from '../../../src/enrich/normal/casing.ts';
import { readOrganisationName } from '../../../src/enrich/normal/organisation-name.ts';
import { cleanPersonName, readPersonName } from '../../../src/enrich/normal/person-name.ts';

const texts = fc.string({ unit: 'binary', maxLength: 50 });

describe('The name of a person', () => {
  it.each([
    ['John A. Smith Jr.', { first: 'John', middle: 'A.', last: 'Smith', generation: 2 }],
    ['Dr. Müller, Hans-Peter', { first: 'Hans-Peter', middle: '', last: 'Müller', generation: 0 }],
    ['Prof. Dr. med. Anna Schmidt-Vogel', { first: 'Anna', middle: '', last: 'Schmidt-Vogel', generation: 0 }],
    ['MR JOHN SMITH III, PhD', { first: 'JOHN', middle: '', last: 'SMITH', generation: 3 }],
    ['Smith, Jr., John', { first: 'John', middle: '', last: 'Smith', generation: 2 }],
    ['Ludwig van der Berg', { first: 'Ludwig', middle: '', last: 'van der Berg', generation: 0 }],
    ['María del Carmen de la Cruz', { first: 'María', middle: 'del Carmen', last: 'de la Cruz', generation: 0 }],
    ['Sr. Juan Pérez', { first: 'Juan', middle: '', last: 'Pérez', generation: 0 }],
    ['Bob "Bobby" Jones - do not use', { first: 'Bob', middle: '', last: 'Jones', generation: 0 }],
    ['😀 Ann Lee (old)', { first: 'Ann', middle: '', last: 'Lee', generation: 0 }],
    ['Dean Martin', { first: 'Dean', middle: '', last: 'Martin', generation: 0 }],
    ['Van Nguyen', { first: 'Van', middle: '', last: 'Nguyen', generation: 0 }],
    ['Kumari', { first: 'Kumari', middle: '', last: '', generation: 0 }],
    ['Ann', { first: 'Ann', middle: '', last: '', generation: 0 }],
    ['Dr.', { first: '', middle: '', last: '', generation: 0 }],
    ['test test', { first: '', middle: '', last: '', generation: 0 }],
  ])('%s is taken apart', (full, name) => {
    expect(readPersonName({ full })).toEqual(name);
  });

  it.each([
    [{ first: 'Ann', last: 'Smith' }, ['Ann', '', 'Smith']],
    [{ first: 'Ann Smith', last: 'Smith' }, ['Ann', '', 'Smith']],
    [{ first: 'Ann', last: 'Ann Smith' }, ['Ann', '', 'Smith']],
    [{ first: 'Ann Smith', last: '' }, ['Ann', '', 'Smith']],
    [{ first: 'Smith, Ann', last: '' }, ['Ann', '', 'Smith']],
    [{ first: 'Mary Ann', last: 'Smith' }, ['Mary', 'Ann', 'Smith']],
    [{ first: 'Junior', last: 'Bayer' }, ['Junior', '', 'Bayer']],
    [{ first: 'n/a', last: 'Smith' }, ['', '', 'Smith']],
    [{ first: 'Dr. Ann', last: 'Smith, MD' }, ['Ann', '', 'Smith']],
  ])('of the fields %j is %j', (fields, [first, middle, last]) => {
    expect(readPersonName(fields)).toMatchObject({ first, middle, last });
  });

  it('is read of any text without an error, and what is clean stays clean', () => {
    fc.assert(
      fc.property(texts, texts, (first, last) => {
        readPersonName({ first, last });
        readPersonName({ full: `${first} ${last}` });
        expect(cleanPersonName(cleanPersonName(first))).toBe(cleanPersonName(first));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('The name of an organisation', () => {
  it.each([
    ['The Acme Widget Co., Ltd. (old)', 'acme widget', ['co ltd']],
    ['Müller GmbH & Co. KG', 'muller', ['gmbh and co kg']],
    ['Siemens Aktiengeselschaft', 'siemens', ['aktiengeselschaft']],
    ['S.A.R.L. Dupont', 'dupont', ['sarl']],
    ['ООО "Ромашка"', 'romashka', ['ooo']],
    ['Kowalski Sp. z o.o.', 'kowalski', ['sp z oo']],
    ['A.P. Moller - Maersk A/S', 'ap moller maersk', ['as']],
    ['华为技术有限公司', 'huaweijishu', []],
    ['AT&T Inc.', 'at and t', ['inc']],
    ['IP Solutions', 'ip solutions', []],
    ['SA Power Networks', 'sa power networks', []],
    ['Limited', 'limited', []],
    ['Fund III LP', 'fund 3', ['lp']],
    ['Twenty-First Century Intl', '21 century international', []],
    ['n/a', '', []],
  ])('%s has its core and its legal forms', (text, core, forms) => {
    expect(readOrganisationName(text)).toMatchObject({ core, forms });
  });

  it('has the initials of three words and more', () => {
    expect(readOrganisationName('International Business Machines Corp.').acronym).toBe('ibm');
    expect(readOrganisationName('Business Machines').acronym).toBe('');
  });

  it('is read of any text without an error', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(readOrganisationName(text).words.every((word) => word !== '')).toBe(true);
      }),
    );
  });
});

describe('The proper casing', () => {
  it.each([
    ['JOHN MCDONALD', 'John McDonald'],
    ['jean-luc o’brien', 'Jean-Luc O’Brien'],
    ['MARIA DE LA CRUZ', 'Maria de la Cruz'],
    ['ann smith iii', 'Ann Smith III'],
    ["D'ANGELO", "D'Angelo"],
    ['JOSÉ', 'José'],
    ['Ann McGee', 'Ann McGee'],
    ['Ludwig VAN Beethoven', 'Ludwig VAN Beethoven'],
    ['李小龙', '李小龙'],
  ])('of the person %s is %s', (text, proper) => {
    expect(properPersonName(text)).toBe(proper);
  });

  it.each([
    ['ACME WIDGETS INC.', 'Acme Widgets Inc.'],
    ['mueller gmbh & co. kg', 'Mueller GmbH & Co. KG'],
    ['bmw ag', 'BMW AG'],
    ['IBM', 'IBM'],
    ['ACME OF AMERICA LLC', 'Acme of America LLC'],
    ['JOE’S PIZZA', 'Joe’s Pizza'],
    ['HubSpot', 'HubSpot'],
  ])('of the organisation %s is %s', (text, proper) => {
    expect(properOrganisationName(text)).toBe(proper);
  });

  it('once given is kept', () => {
    const words = fc.array(
      fc.constantFrom('MCDONALD', "o'brien", 'DE', 'la', 'iii', 'ANN', 'jean-luc', 'GMBH', 'co', 'x', 'É'),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          words.map((each) => each.join(' ').toUpperCase()),
          texts,
        ),
        (text) => {
          expect(properPersonName(properPersonName(text))).toBe(properPersonName(text));
        },
      ),
    );
  });
});
