/** E-mail addresses and telephone numbers of articles, which a draft may name and a model may not see. */

import { ADDRESSES } from './text-for-model.ts';

export interface StandIns {
  /** In the form of addresses: whoever checks a draft's links sees one that was made up, or is another article's. */
  put(text: string): string;
  takeBack(text: string): string;
}

/** From seven digits on: prices, years and hours are shorter. */
const NUMBERS = /[+(]?\p{Nd}(?:[\p{Nd} ()/.-]*\p{Nd})?/gu;
const LEAST_DIGITS = 7;

export function createStandIns(): StandIns {
  const known = new Map<string, string>();
  const of = (kind: string, real: string) => {
    const before = [...known].find(([, each]) => each === real)?.[0];
    const standIn = before ?? `${kind}${known.size + 1}@article.invalid`;
    known.set(standIn, real);
    return standIn;
  };
  return {
    put: (text) =>
      text
        .replaceAll(NUMBERS, (said) =>
          said.replaceAll(/\P{Nd}/gu, '').length < LEAST_DIGITS ? said : of('number', said),
        )
        .replaceAll(ADDRESSES, (said) => (known.has(said) ? said : of('address', said))),
    takeBack: (text) =>
      text.replaceAll(/\b(?:address|number)\d{1,6}@article\.invalid\b/g, (said) => known.get(said) ?? said),
  };
}
