/** What a company's name or domain says it does, where that is evident. */

import { organisationDomain } from '../normal/domain.ts';
import { industryDomains, industryWords, misleading } from './data/industry-words.ts';
import { phrases, spaced } from './phrases.ts';

export interface Industry {
  /** A key of HubSpot's `industry` of companies. */
  readonly key: string;
  readonly from: 'name' | 'domain';
  /** 0 to 1. */
  readonly confidence: number;
}

const words = industryWords.map(([key, list]) => ({ key, list: phrases(list) }));
const misleads = phrases(misleading);

/** Undefined where nothing says it, or where name and domain say several things. */
export function industryOf({
  name = '',
  domain = '',
}: {
  readonly name?: string;
  readonly domain?: string;
}): Industry | undefined {
  const host = organisationDomain(domain);
  const ending = industryDomains.find(([pattern]) => pattern.test(host));
  const text = spaced(name);
  const named = text.search(misleads) >= 0 ? [] : words.filter(({ list }) => text.search(list) >= 0);
  const [only] = named;
  if (ending !== undefined) {
    const agrees = named.every(({ key }) => key === ending[1]);
    return { key: ending[1], from: 'domain', confidence: agrees ? 0.9 : 0.7 };
  }
  return only !== undefined && named.length === 1 ? { key: only.key, from: 'name', confidence: 0.8 } : undefined;
}
