import { describe, expect, it } from 'vitest';
import { isWebAddress, withoutForeignLinks } from '../../src/text/links.ts';

const none = new Set<string>();

describe('links in text', () => {
  it.each([
    ['bare', 'see https://evil.test/x?d=secret, please', 'see [link: evil.test], please'],
    ['in parentheses', '(https://evil.test/x)', '(evil.test)'],
    ['of markdown', '[offer](https://evil.test/x?d=secret)', '[offer] (evil.test)'],
    ['of a picture', '![logo](https://evil.test/x.png?d=secret)', '![logo] (evil.test)'],
    ['of a picture in a link', '[![a](https://evil.test/a)](https://evil.test/b)', '[![a] (evil.test)] (evil.test)'],
    ['by reference', '[offer][1]\n\n[1]: https://evil.test/x "Offer"', '[offer][1]\n\n[1]: [link: evil.test] "Offer"'],
    ['in angles', '<https://evil.test/x>', '<[link: evil.test]>'],
    ['without a scheme', 'www.evil.test/x?d=secret', '[link: evil.test]'],
    ['with the scheme of the page', '[a](//evil.test/x)', '[a] (evil.test)'],
    ['with another scheme', 'ftp://evil.test/x file:///etc/passwd', '[link: evil.test] [link]'],
    ['with backslashes', 'https:\\\\evil.test/x', '[link: evil.test]'],
    ['in capitals', 'HTTPS://EVIL.TEST/x', '[link: evil.test]'],
    ['with a name before the host', 'https://app.hubspot.com@evil.test/x', '[link: evil.test]'],
    ['to a host that looks like ours', 'https://app.hubspot.com.evil.test/', '[link: app.hubspot.com.evil.test]'],
    ["to a customer's page at HubSpot", 'https://evil.hs-sites.com/x', '[link: evil.hs-sites.com]'],
    ['glued to a word', `${'x'.repeat(30)}https://evil.test/x`, `${'x'.repeat(14)}[link: evil.test]`],
  ])('lead nowhere: %s', (_, text, shown) => {
    expect(withoutForeignLinks(text, none)).toBe(shown);
  });

  it.each([
    'https://app.hubspot.com/contacts/1/record/0-1/5?x=y',
    'https://app-eu1.hubspot.com/contacts/1 and https://developers.hubspot.com/docs',
    'evil.test, ann@acme.test, 10/31/2026, and/or, a//b, // no comment',
    'Ratio 1:2 [sic] (see above)',
  ])('stay where they lead to HubSpot, or are none: %s', (text) => {
    expect(withoutForeignLinks(text, none)).toBe(text);
  });

  it('stay where the operator knows the host', () => {
    const text = 'https://wiki.acme.test/x and https://evil.test/x';
    expect(withoutForeignLinks(text, new Set(['wiki.acme.test']))).toBe(
      'https://wiki.acme.test/x and [link: evil.test]',
    );
  });

  it('are values where nothing else stands with them', () => {
    expect(isWebAddress('https://acme.test/a?b=c#d')).toBe(true);
    expect(
      ['https://acme.test/ now', 'https://acme.test/)](https://evil.test', 'javascript:alert(1)'].map(isWebAddress),
    ).toEqual([false, false, false]);
  });
});
