/** A column of e-mail addresses by their domains: what is asked of a domain is asked once, not once per contact. */

import { byValue, type Interned, interned } from '../interned.ts';
import { isSharedDomain, registrableDomain } from '../normal/domain.ts';
import { isDisposableDomain, isFreeDomain } from '../normal/mail-domains.ts';
import { isNobodysDomain } from '../normal/placeholder.ts';
import type { Column } from '../table.ts';

export interface MailDomain {
  readonly domain: string;
  /** `''` where the suffix does not exist. */
  readonly registrable: string;
  readonly free: boolean;
  readonly disposable: boolean;
  /** Of `example.com` and the like. */
  readonly nobodys: boolean;
  /** The registrable domain where it says whose it is, else `''`. */
  readonly organisation: string;
}

export interface Mail {
  /** What stands before the @, as written. */
  readonly locals: Column;
  /** What stands behind the last @, in lower case. */
  readonly domains: Column;
  /** By row, the domain's code. */
  readonly codes: Uint32Array;
  readonly view: Interned;
  /** By code. */
  readonly facts: readonly MailDomain[];
}

/**
 * Whether most addresses are at domains that are nobody's: a portal of made-up records, in which such an address is no
 * sign of anything.
 */
export function isMadeUp({ view, facts }: Mail): boolean {
  let nobodys = 0;
  let all = 0;
  for (let code = 1; code <= view.size; code++) {
    const count = view.counts[code] ?? 0;
    all += count;
    if (facts[code]?.nobodys === true) nobodys += count;
  }
  return 2 * nobodys > all;
}

const known = new WeakMap<Column, Mail>();

export function mailOf(emails: Column): Mail {
  const found = known.get(emails);
  if (found !== undefined) return found;
  const { locals, domains } = parted(emails);
  const view = interned(domains);
  const made = { locals, domains, view, codes: view.codes, facts: byValue(domains, factsOf) };
  known.set(emails, made);
  return made;
}

function factsOf(domain: string): MailDomain {
  const registrable = registrableDomain(domain);
  const free = isFreeDomain(domain) || isFreeDomain(registrable);
  const nobodys = isNobodysDomain(domain);
  const disposable = domain !== '' && isDisposableDomain(domain);
  const organisation = free || nobodys || disposable || isSharedDomain(registrable) ? '' : registrable;
  return { domain, registrable, free, disposable, nobodys, organisation };
}

const AT = 0x40;

/** Before and behind the last @. The bytes are read, no string is made. */
function parted({ bytes, offsets }: Column): { readonly locals: Column; readonly domains: Column } {
  const rows = offsets.length - 1;
  const ends = { locals: endsFor(rows), domains: endsFor(rows) };
  const texts = { locals: new Uint8Array(bytes.length), domains: new Uint8Array(bytes.length) };
  let inLocals = 0;
  let inDomains = 0;
  for (let row = 0; row < rows; row++) {
    const from = offsets[row] ?? 0;
    const to = offsets[row + 1] ?? from;
    const at = bytes.subarray(from, to).lastIndexOf(AT);
    if (at !== -1) {
      for (let place = from; place < from + at; place++) texts.locals[inLocals++] = bytes[place] ?? 0;
      for (let place = from + at + 1; place < to; place++) texts.domains[inDomains++] = lower(bytes[place] ?? 0);
    }
    ends.locals[row + 1] = inLocals;
    ends.domains[row + 1] = inDomains;
  }
  return {
    locals: { bytes: shared(texts.locals, inLocals), offsets: ends.locals },
    domains: { bytes: shared(texts.domains, inDomains), offsets: ends.domains },
  };
}

function endsFor(rows: number): Uint32Array<SharedArrayBuffer> {
  return new Uint32Array(new SharedArrayBuffer(4 * (rows + 1)));
}

function shared(bytes: Uint8Array, length: number): Uint8Array<SharedArrayBuffer> {
  const made = new Uint8Array(new SharedArrayBuffer(length));
  made.set(bytes.subarray(0, length));
  return made;
}

/** ASCII letters only: letters of other alphabets are left to who reads the text. */
function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}
