/** Domains of websites and addresses, as far as somebody registered them. */

import { parse } from 'tldts';
import { sharedDomains } from './data/domains.ts';
import { isFreeDomain } from './mail-domains.ts';
import { isNobodysDomain } from './placeholder.ts';
import { remember } from './remember.ts';

/** Suffixes that a hoster lends (`github.io`) count as suffixes: `acme.github.io` is acme's. */
const suffixes = { allowPrivateDomains: true } as const;

/**
 * The registrable domain of a website, a host, or an address: `https://www.shop.acme.co.uk/x` and `ann@acme.co.uk` give
 * `acme.co.uk`. `''` where there is none: an IP address, a bare word, an unknown suffix.
 */
export const registrableDomain: (text: string) => string = remember((text) => {
  const host = text.trim().toLowerCase();
  if (host === '' || host.length > 2048 || /\s/.test(host)) return '';
  const { domain, isIcann, isPrivate } = parse(host.slice(host.lastIndexOf('@') + 1), suffixes);
  // The rule for all the rest would make a suffix of any last word.
  return domain !== null && (isIcann === true || isPrivate === true) ? domain : '';
});

/** The registrable domain where it says whose it is: none of free mail, social networks, page builders, placeholders. */
export const organisationDomain: (text: string) => string = remember((text) => {
  const domain = registrableDomain(text);
  return domain === '' || isSharedDomain(domain) || isFreeDomain(domain) || isNobodysDomain(domain) ? '' : domain;
});

/** Whether many organisations have a page there: `facebook.com`, `linktr.ee`, `wixsite.com`. */
export function isSharedDomain(domain: string): boolean {
  return sharedDomains.has(domain);
}
