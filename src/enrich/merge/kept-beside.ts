/** What HubSpot keeps of the records that go beside what stays: the addresses of contacts, the domains of companies. */

import type { RecordNow } from './types.ts';

export interface KeptBeside {
  readonly property: string;
  /** The property that lists all others of them. */
  readonly list: string;
  readonly word: string;
  readonly rule: string;
}

/** Source: knowledge.hubspot.com/records/merge-records. Guess: the list shows them as soon as the record does. */
export const keptBeside: Readonly<Record<string, KeptBeside>> = {
  contacts: {
    property: 'email',
    list: 'hs_additional_emails',
    word: 'e-mail address',
    rule: 'the survivor’s own; the others become secondary addresses',
  },
  companies: {
    property: 'domain',
    list: 'hs_additional_domains',
    word: 'domain',
    rule: 'the survivor’s own; the others become secondary domains',
  },
};

/**
 * What the list must hold once the records are one, in HubSpot's writing.
 * @param survivor as it is when it is merged into
 * @param kept what the property itself holds then
 */
export function listedAfter(
  { property, list }: KeptBeside,
  survivor: RecordNow['properties'],
  losers: readonly RecordNow['properties'][],
  kept: string,
): string {
  const all = [survivor, ...losers].flatMap((held) => [held[property], ...(held[list] ?? '').split(';')]);
  const others = all.filter((value) => (value ?? '') !== '' && value?.toLowerCase() !== kept.toLowerCase());
  return [...new Set(others)].join(';');
}
