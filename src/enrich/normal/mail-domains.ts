/** What is known of mail domains by lists. They are large: whoever imports this loads them. */

import disposable from 'disposable-email-domains' with { type: 'json' };
import wildcards from 'disposable-email-domains/wildcard.json' with { type: 'json' };
import allProviders from 'email-providers/all.json' with { type: 'json' };
import commonProviders from 'email-providers/common.json' with { type: 'json' };
import { bigProviders, moreProviders, sharedDomains } from './data/domains.ts';
import { editsBetween } from './edits.ts';
import { remember } from './remember.ts';

const throwaway = new Set(disposable);
const throwawayAbove = new Set(wildcards);
const providers = new Set([...allProviders, ...bigProviders, ...moreProviders]);
const isBig = new Set(bigProviders);
/** Domains that exist and are much used: whoever writes them means them. */
const meant = new Set([...commonProviders, ...bigProviders, ...sharedDomains]);

/** Whether anybody can have an address there: `gmail.com`, `web.de`. */
export function isFreeDomain(domain: string): boolean {
  return providers.has(domain);
}

/** Whether addresses there are made to be thrown away. */
export function isDisposableDomain(domain: string): boolean {
  if (isBig.has(domain)) return false;
  if (throwaway.has(domain)) return true;
  for (let dot = domain.indexOf('.'); dot !== -1; dot = domain.indexOf('.', dot + 1)) {
    if (throwawayAbove.has(domain.slice(dot + 1))) return true;
  }
  return throwawayAbove.has(domain);
}

/**
 * The provider that was probably meant: `gmail.com` for `gmial.com`, `gmail.con`, `gmal.com`; `''` where the domain may
 * be meant as it stands. By letters alone: what a portal's own addresses say of the domain is the caller's to weigh.
 */
export const intendedDomain: (domain: string) => string = remember((domain) => {
  if (meant.has(domain) || domain.length > 40 || domain === '') return '';
  let best = '';
  let fewest = 3;
  for (const provider of bigProviders) {
    const edits = slip(domain, provider);
    if (edits < fewest) {
      fewest = edits;
      best = provider;
    }
  }
  return best;
});

/** How many slips make the domain of the provider; 3 where it is too far. */
function slip(domain: string, provider: string): number {
  const [name, top] = parted(domain);
  const [meantName, meantTop] = parted(provider);
  const far = 3;
  // Short names have too many neighbours that exist: aol and aon, msn and man, live and life.
  if (meantName.length < 5) return far;
  const inTop = top === meantTop ? 0 : editsBetween(top, meantTop);
  // `.con`, `.cm`, `.co`, `.comm` for `.com`: another country's top is meant, unless it is no more than a letter lost.
  if (inTop > 1 || (inTop === 1 && meantTop !== 'com' && meantTop !== 'net')) return far;
  const inName = name === meantName ? 0 : editsBetween(name, meantName);
  if (inName + inTop === 0) return far;
  if (inName === 0) return inTop;
  if (inName > (meantName.length > 8 ? 2 : 1) || inName + inTop > 2) return far;
  // A letter in front is how new names are made (`ymail`, `email`), and a name by itself is rarely mistyped at once.
  return name[0] === meantName[0] || sameLetters(name, meantName) ? inName + inTop : far;
}

function sameLetters(a: string, b: string): boolean {
  return a.length === b.length && a.split('').sort().join('') === b.split('').sort().join('');
}

function parted(domain: string): readonly [name: string, top: string] {
  const dot = domain.indexOf('.');
  return dot === -1 ? [domain, ''] : [domain.slice(0, dot), domain.slice(dot + 1)];
}
