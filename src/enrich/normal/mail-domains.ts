/** What is known of mail domains by lists. They are large: whoever imports this loads them. */

import disposable from 'disposable-email-domains' with { type: 'json' };
import wildcards from 'disposable-email-domains/wildcard.json' with { type: 'json' };
import allProviders from 'email-providers/all.json' with { type: 'json' };
import commonProviders from 'email-providers/common.json' with { type: 'json' };
import { bigProviders, moreProviders, sharedDomains } from './data/domains.ts';
import { editsBetween } from './edits.ts';
import { remember } from './remember.ts';

/** Made when it is first asked for: threads that read no addresses do without it. */
let throwaway: ReadonlySet<string> | undefined;
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
  throwaway ??= new Set(disposable);
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
  const [name, top] = parted(domain);
  let best = '';
  let fewest = far;
  for (const provider of targets) {
    const slips = slipsTo(provider, name, top);
    if (slips < fewest) {
      fewest = slips;
      best = provider.domain;
    }
  }
  return best;
});

/** More slips than anybody makes in one domain. */
const far = 3;

/** Short names have too many neighbours that exist: aol and aon, msn and man, live and life. */
const targets = bigProviders
  .map((domain) => ({ domain, name: parted(domain)[0], top: parted(domain)[1] }))
  .filter(({ name }) => name.length > 4);

/** How many slips make the domain of the provider. */
function slipsTo(provider: (typeof targets)[number], name: string, top: string): number {
  const most = provider.name.length > 8 ? 2 : 1;
  // Nearly every domain is longer or shorter than nearly every provider, which saves counting the edits.
  if (Math.abs(name.length - provider.name.length) > most || Math.abs(top.length - provider.top.length) > 1) return far;
  const inTop = editsBetween(top, provider.top);
  // `.con`, `.cm`, `.comm` for `.com`; another country's top is meant.
  if (inTop > 1 || (inTop === 1 && provider.top !== 'com' && provider.top !== 'net')) return far;
  const inName = editsBetween(name, provider.name);
  if (inName + inTop === 0 || inName > most || inName + inTop > 2) return far;
  // A letter in front is how new names are made (`ymail`, `email`), unless the letters are the same ones.
  const startsAlike = inName === 0 || name[0] === provider.name[0] || sameLetters(name, provider.name);
  return startsAlike ? inName + inTop : far;
}

function sameLetters(a: string, b: string): boolean {
  return a.length === b.length && a.split('').sort().join('') === b.split('').sort().join('');
}

function parted(domain: string): readonly [name: string, top: string] {
  const dot = domain.indexOf('.');
  return dot === -1 ? [domain, ''] : [domain.slice(0, dot), domain.slice(dot + 1)];
}
