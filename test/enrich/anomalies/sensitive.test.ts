import { describe, expect, it } from 'vitest';
import { copyOf, dataOf, makePortal } from '../../../bench/anomalies/portal.ts';
import { runChecks } from '../../../src/enrich/anomalies/run.ts';
import { sensitiveKinds } from '../../../src/enrich/anomalies/schema/sensitive-patterns.ts';

describe('Sensitive texts', () => {
  it.each([
    ['card 4111 1111 1111 1111, valid 12/28', ['card number']],
    ['5555-5555-5555-4444', ['card number']],
    ['amex 378282246310005.', ['card number']],
    ['IBAN DE89 3704 0044 0532 0130 00 please', ['bank account']],
    ['GB82WEST12345698765432', ['bank account']],
    ['SSN 219-09-9999', ['national id']],
    ['NINO AB 12 34 56 C', ['national id']],
    ['DNI 12345678Z', ['national id']],
    ['RSSMRA85T10A562S', ['national id']],
    ['Password: hunter22!', ['password']],
  ])('finds what stands in %j', (text, kinds) => {
    expect(sensitiveKinds(text)).toStrictEqual(kinds);
  });

  it.each([
    'call +4915120000000 or 0049 151 20000000',
    'order 4111111111111112',
    'ticket #4111111111111111',
    'DE89370400440532013001',
    '000-12-3456',
    'DNI 12345678A',
    'between 2026-01-01 and 2026-12-31',
    'the password was reset',
  ])('leaves %j alone', (text) => {
    expect(sensitiveKinds(text)).toStrictEqual([]);
  });

  it('never shows the value in a finding', () => {
    const portal = copyOf(makePortal({ contacts: 60, companies: 10, deals: 10, tickets: 10 }, 3));
    for (const values of portal.records.get('contacts')?.values() ?? []) values['message'] = 'use 4111 1111 1111 1111';
    const { findings } = runChecks(dataOf(portal), { checks: ['P13'] });
    expect(findings.map(({ total }) => total)).toStrictEqual([60]);
    expect(JSON.stringify(findings)).not.toMatch(/4111/);
  });
});
