import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { organisationDomain, registrableDomain } from '../../../src/enrich/normal/domain.ts';
import { readEmail } from '../../../src/enrich/normal/email.ts';
import { intendedDomain, isDisposableDomain, isFreeDomain } from '../../../src/enrich/normal/mail-domains.ts';

describe('An address', () => {
  it('is read into its parts', () => {
    expect(readEmail('Ann Smith <Ann.Smith+News@GoogleMail.com>')).toEqual({
      address: 'ann.smith+news@googlemail.com',
      key: 'annsmith@gmail.com',
      local: 'annsmith',
      domain: 'googlemail.com',
      registrable: 'googlemail.com',
      valid: true,
      free: true,
      disposable: false,
      role: false,
      placeholder: false,
    });
  });

  it.each([
    ['info@acme.de', { role: true, free: false, valid: true }],
    ['sales-team2@mail.acme.co.uk', { registrable: 'acme.co.uk', role: false }],
    ['ann@mailinator.com', { disposable: true }],
    ['test@acme.com', { placeholder: true }],
    ['ann@example.com', { placeholder: true }],
    ['ann@acme.con', { valid: false, registrable: '' }],
    ['ann..b@acme.com', { valid: false }],
    ['ann@@acme.com', { valid: false }],
    ['ann@acme', { valid: false }],
    ['ann smith@acme.com', { valid: false }],
    ['mailto:ann@acme.com', { address: 'ann@acme.com', valid: true }],
    ['ann@acme.com; bob@acme.com', { address: 'ann@acme.com', valid: true }],
    ['анна@пример.рф', { valid: true }],
    ['a.b@acme.com', { local: 'a.b', key: 'a.b@acme.com' }],
  ])('%s is %j', (text, facts) => {
    expect(readEmail(text)).toMatchObject(facts);
  });

  it.each(['', 'ann', '@acme.com', 'ann@', 'n/a'])('is none where it is %j', (text) => {
    expect(readEmail(text)).toBeUndefined();
  });

  it('is read without an error whatever it is, and its address is read the same again', () => {
    const written = fc.oneof(fc.string({ unit: 'binary', maxLength: 50 }), fc.emailAddress());
    fc.assert(
      fc.property(written, fc.constantFrom('', '@', '@gmail.com', '+x@acme.com', '<a@b.c>'), (text, end) => {
        const found = readEmail(text + end);
        expect(found && readEmail(found.address)).toEqual(found);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('The domain of a mail provider', () => {
  it.each([
    ['gmal.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmail.cm', 'gmail.com'],
    ['hotmial.com', 'hotmail.com'],
    ['outlok.com', 'outlook.com'],
    ['yahooo.com', 'yahoo.com'],
    ['iclod.com', 'icloud.com'],
    ['protonmial.com', 'protonmail.com'],
  ])('is seen behind %s: %s', (domain, intended) => {
    expect(intendedDomain(domain)).toBe(intended);
  });

  it.each([
    'gmail.com',
    'ymail.com',
    'mail.com',
    'email.com',
    'acme.com',
    'gmx.at',
    'yahoo.com.br',
    'live.de',
    'lime.com',
    '',
  ])('is not what %j means', (domain) => {
    expect(intendedDomain(domain)).toBe('');
  });

  it('is free, or thrown away, or neither', () => {
    expect(['gmail.com', 'web.de', 'proton.me', 'qq.com', 'acme.com', 'ibm.com'].map(isFreeDomain)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(['mailinator.com', 'x.mailinator.com', 'gmail.com', 'acme.com'].map(isDisposableDomain)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('The domain of an organisation', () => {
  it.each([
    ['https://www.shop.acme.co.uk/x?y', 'acme.co.uk'],
    ['ANN@Mail.Acme.de', 'acme.de'],
    ['acme.com:8080/path', 'acme.com'],
    ['acme.github.io', 'acme.github.io'],
    ['acme.wixsite.com/home', 'acme.wixsite.com'],
    ['https://facebook.com/acme', ''],
    ['linkedin.com/company/acme', ''],
    ['ann@gmail.com', ''],
    ['example.com', ''],
    ['192.168.0.1', ''],
    ['acme', ''],
    ['acme.con', ''],
    ['', ''],
  ])('of %j is %j', (text, domain) => {
    expect(organisationDomain(text)).toBe(domain);
  });

  it('is the registrable one of itself, and there is one for no text that is none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.domain(), fc.string({ unit: 'binary' })), (text) => {
        const domain = registrableDomain(text);
        expect(registrableDomain(domain)).toBe(domain);
      }),
    );
  });
});
