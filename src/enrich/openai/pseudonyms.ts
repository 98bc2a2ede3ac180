/** Words and numbers of two records as signs that say which are alike and nothing else: `w1`, `n2`. */

import { distance } from 'fastest-levenshtein';
import { isFreeDomain } from '../normal/mail-domains.ts';
import type { Nature } from './allowed.ts';

/** One pair's signs: the same word has the same sign wherever it stands in the two records. */
export interface Pseudonyms {
  /** Words that any text of the pair may not show, found before the first text is written. */
  learn(nature: Nature, text: string): void;
  write(nature: Nature, text: string): string;
  /** How different signs are alike: `w3 begins with the letter that is w1`. */
  likenesses(): readonly string[];
}

/** What every address has. */
const COMMON = new Set(['www', 'http', 'https']);
const ENDINGS = /\.(?:com|org|net|edu|gov)(?![\p{L}\p{N}])/giu;
/** A word that is shorter is found in every other. */
const SHORTEST = 3;
const MOST_LIKENESSES = 12;
/** `Frankfurt (Oder)`, `St. Gallen`, `COMPUTER_NETWORK_SECURITY`. */
const PLACE = /^(?:[\p{L}\p{M} ,'’()&/_-]|\.(?= |$))*$/u;
const MOST_WORDS = 5;

export function createPseudonyms(): Pseudonyms {
  const signs = new Map<string, string>();
  const secret = new Set<string>();

  const signOf = (part: string): string => {
    const found = signs.get(part);
    if (found !== undefined) return found;
    const sign = `${/^\d/.test(part) ? 'n' : 'w'}${signs.size + 1}`;
    signs.set(part, sign);
    return sign;
  };
  const all = (text: string) => parts(text).map((part) => (part.isWord ? signOf(part.text) : part.text));
  const written = (text: string) => all(text).join('');

  const write: Record<Nature, (text: string) => string> = {
    name: written,
    street: written,
    // What stands between the digits of a number says nothing.
    phone: (text) => signOf(digitsOf(text)),
    email: (text) =>
      text
        .split(/[;,\s]+/)
        .map(email)
        .join('; '),
    web: (text) =>
      text
        .split(/[;,\s]+/)
        .map(web)
        .join('; '),
    plain,
  };

  function email(text: string): string {
    const cut = text.lastIndexOf('@');
    if (cut < 0) return written(text);
    const domain = folded(text.slice(cut + 1));
    // A host that everybody uses is no secret, unless a name is that of one.
    const open = isFreeDomain(domain) && !parts(domain).some((part) => secret.has(part.text));
    return `${written(text.slice(0, cut))}@${open ? domain : web(domain)}`;
  }

  /** The ending of a host says where it is; everything else may be a name. */
  function web(text: string): string {
    const [, scheme = '', host = '', rest = ''] = /^(https?:\/\/)?([^/?#]*)(.*)$/is.exec(text) ?? [];
    const [, labels = host, ending = ''] =
      /^(.*?)((?:\.(?:com?|org|net|ac|gov|edu))?\.(?:[a-z]{2}|com|org|net|edu|gov|info|biz))$/i.exec(host) ?? [];
    const shown = [...secret].some((word) => folded(ending).includes(word)) ? written(ending) : ending.toLowerCase();
    return `${scheme.toLowerCase()}${written(labels)}${shown}${written(rest)}`;
  }

  /** A place is a few words; what is more than that may be anything. */
  function plain(text: string): string {
    if (!PLACE.test(text) || parts(text).filter(({ isWord }) => isWord).length > MOST_WORDS) return written(text);
    return parts(text)
      .map(({ text: part, isWord, raw }) => {
        if (!isWord) return part;
        const hidden = [...secret].some((word) => part.includes(word));
        return hidden ? signOf(part) : raw;
      })
      .join('');
  }

  return {
    learn(nature, text) {
      if (nature === 'plain') return;
      // Endings of hosts, and hosts that everybody uses, are no secrets.
      const own = nature === 'email' ? text.replaceAll(/@[^\s;,]*/g, ' ') : text.replaceAll(ENDINGS, ' ');
      for (const { text: part, isWord } of parts(own)) {
        if (isWord && part.length >= SHORTEST && !COMMON.has(part)) secret.add(part);
      }
    },
    write: (nature, text) => write[nature](text),
    likenesses() {
      const known = [...signs];
      const found: string[] = [];
      for (const [i, [one, sign]] of known.entries()) {
        for (const [other, second] of known.slice(i + 1)) {
          const said = likeness(one, sign, other, second);
          if (said !== undefined) found.push(said);
        }
      }
      return found.slice(0, MOST_LIKENESSES);
    },
  };
}

function likeness(one: string, sign: string, other: string, second: string): string | undefined {
  const [short, shorter, long, longer] =
    one.length <= other.length ? [one, sign, other, second] : [other, second, one, sign];
  const digits = /^\d/.test(one);
  if (digits !== /^\d/.test(other)) return undefined;
  if (digits) {
    const same = sameAtEnd(short, long);
    return same >= 4 ? `${shorter} and ${longer} end in the same ${same} digits` : undefined;
  }
  if (short.length === 1) return long.startsWith(short) ? `${shorter} is the first letter of ${longer}` : undefined;
  if (short.length >= SHORTEST && long.includes(short)) {
    return `${shorter} is ${long.startsWith(short) ? 'the beginning' : long.endsWith(short) ? 'the end' : 'a part'} of ${longer}`;
  }
  const edits = short.length < 4 ? 0 : distance(short, long);
  return edits > 0 && edits <= 2 ? `${shorter} and ${longer} differ by ${edits} of ${long.length} letters` : undefined;
}

function sameAtEnd(short: string, long: string): number {
  let same = 0;
  while (same < short.length && short.at(-1 - same) === long.at(-1 - same)) same++;
  return same;
}

interface Part {
  /** As it is compared: `Müller` and `MÜLLER` are one. */
  readonly text: string;
  readonly raw: string;
  readonly isWord: boolean;
}

/** Letters, digits and what stands between, in order. */
function parts(text: string): readonly Part[] {
  return [...text.matchAll(/[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}]+/gu)].map(([raw]) => {
    const isWord = /^[\p{L}\p{M}\p{N}]/u.test(raw);
    return { text: isWord ? folded(raw) : raw, raw, isWord };
  });
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function digitsOf(text: string): string {
  const digits = text.replaceAll(/\P{Nd}+/gu, '');
  return digits === '' ? folded(text) : digits;
}
