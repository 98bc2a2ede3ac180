/** What people have agreed to: of several answers the one that allows the least stands. */

import type { PropertyFacts } from './types.ts';

const REFUSES =
  /(?:^|_)(?:opt_?out|opted_?out|optout_\d+|unsubscribed?|do_?not|donot|dnc|no_(?:contact|call|email|mail)|suppress(?:ed|ion)?|legal_hold|litigation_hold)(?:_|$)/i;
const AGREES =
  /(?:^|_)(?:opt_?in|opted_?in|consent(?:ed)?|subscribed|permission|marketing_allowed|gdpr(?:_agreed|_ok)?)(?:_|$)/i;

/** Guess: HubSpot's own properties, among the portal's with words of the same meaning. */
const OWN_REFUSES = /^hs_email_optout/;

/** The value that allows less, of a property that says yes or no to being written to; undefined of any other. */
export function restrictiveValue({ name, kind }: Pick<PropertyFacts, 'name' | 'kind'>): 'true' | 'false' | undefined {
  if (kind !== 'boolean') return undefined;
  if (OWN_REFUSES.test(name) || REFUSES.test(name)) return 'true';
  return AGREES.test(name) ? 'false' : undefined;
}

/** What people agreed to in other ways than by yes or no: nobody but a person can say which answer holds. */
export function isConsent({ name }: Pick<PropertyFacts, 'name'>): boolean {
  return name === 'hs_legal_basis' || REFUSES.test(name) || AGREES.test(name);
}

/** Who must not be written to, or kept from being changed: such a record is the one that stays. */
export function isProtected(properties: Readonly<Record<string, string | null>>): boolean {
  return Object.entries(properties).some(
    ([name, value]) => restrictiveValue({ name, kind: 'boolean' }) === 'true' && value === 'true',
  );
}
