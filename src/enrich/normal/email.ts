/** E-mail addresses, read into what can be compared. */

import { roleLocals } from './data/domains.ts';
import { registrableDomain } from './domain.ts';
import { tidy } from './fold.ts';
import { isDisposableDomain, isFreeDomain } from './mail-domains.ts';
import { isNobodysDomain, isPlaceholder } from './placeholder.ts';
import { remember } from './remember.ts';

export interface Email {
  /** Trimmed, lower case, out of `mailto:` and `<>`. */
  readonly address: string;
  /** Equal where mail reaches the same box: without tag, and for Gmail without dots and under one domain. */
  readonly key: string;
  /** Before the @, without the tag and, for Gmail, its dots. */
  readonly local: string;
  /** After the @. */
  readonly domain: string;
  /** Of the domain, `''` if its suffix does not exist. */
  readonly registrable: string;
  /** Whether it is written as an address may be, under a suffix that exists. */
  readonly valid: boolean;
  /** Of a provider at which anybody can have one. */
  readonly free: boolean;
  readonly disposable: boolean;
  /** Read by a desk, not by a person: info@, sales@. */
  readonly role: boolean;
  /** Reaches nobody: `test@example.com`, `na@na.com`. */
  readonly placeholder: boolean;
}

const gmail: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);
/** Unquoted local parts (RFC 5322 dot-atom, with letters of all scripts as RFC 6531 allows). */
const localForm = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const hostForm = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?\.)+[\p{L}\p{N}\p{M}-]{2,63}$/u;

/** Reads one address; undefined where there is no @ with something on both sides. Of several the first counts. */
export function readEmail(text: string): Email | undefined {
  const address = addressIn(text);
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) return undefined;
  const whole = address.slice(0, at);
  const domain = address.slice(at + 1);
  const facts = factsOf(domain);
  const isGmail = gmail.has(domain);
  const plus = whole.indexOf('+', 1);
  const untagged = plus === -1 ? whole : whole.slice(0, plus);
  const local = isGmail ? untagged.replaceAll('.', '') : untagged;
  return {
    address,
    key: `${local}@${isGmail ? 'gmail.com' : domain}`,
    local,
    domain,
    registrable: facts.registrable,
    valid: facts.valid && whole.length <= 64 && address.length <= 254 && localForm.test(whole),
    free: facts.free,
    disposable: facts.disposable,
    role: roleLocals.has(local.replace(/[^a-z]+/g, '')),
    placeholder: facts.placeholder || isPlaceholder(local),
  };
}

const factsOf = remember((domain) => {
  const registrable = registrableDomain(domain);
  return {
    registrable,
    valid: registrable !== '' && hostForm.test(domain),
    free: isFreeDomain(domain) || isFreeDomain(registrable),
    disposable: isDisposableDomain(domain),
    placeholder: isNobodysDomain(domain),
  };
});

function addressIn(text: string): string {
  const shown = tidy(text).toLowerCase();
  if (/^[\w.+@-]*\w$/.test(shown)) return shown;
  const inBrackets = (/<([^<>]*@[^<>]*)>/.exec(shown)?.[1] ?? shown).replace(/^mailto:/, '');
  const several = inBrackets.split(/[;,\s]+/).filter((each) => each.includes('@'));
  return ((several.length > 1 ? several[0] : inBrackets) ?? '').trim().replace(/\.$/, '');
}
