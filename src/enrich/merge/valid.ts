/** Whether a value can be what its property is for: a value that cannot never stands in the way of one that can. */

import { registrableDomain } from '../normal/domain.ts';
import { readEmail } from '../normal/email.ts';
import { readPhone } from '../normal/phone.ts';
import { isPlaceholder } from '../normal/placeholder.ts';
import type { PropertyFacts, RecordNow } from './types.ts';

/** @param value not empty */
export function isValid({ name, kind }: PropertyFacts, value: string, { properties }: RecordNow): boolean {
  if (kind === 'number') return Number.isFinite(Number(value));
  if (kind !== 'text') return true;
  if (isPlaceholder(value)) return false;
  if (/(?:^|_)email$/.test(name)) {
    const email = readEmail(value);
    return email !== undefined && email.valid && !email.placeholder;
  }
  if (/phone|fax/.test(name)) {
    const phone = readPhone(value, properties['hs_country_region_code'] ?? '');
    // Without a country nobody can say more than that it is long enough.
    return phone !== undefined && (phone.e164 !== '' || phone.key.length >= 7);
  }
  if (/^(?:domain|website)$/.test(name)) return registrableDomain(value) !== '';
  return true;
}

/** How well mail reaches the record: 3 at its own organisation, 2 at a provider, 1 not at all or in doubt, 0 without an address. */
export function emailQuality({ properties }: RecordNow): number {
  const said = properties['email'] ?? '';
  if (said === '') return 0;
  const email = readEmail(said);
  if (email === undefined || !email.valid || email.placeholder || email.disposable || isBounced(properties)) return 1;
  return email.free ? 2 : 3;
}

/** Guess: HubSpot names the reason of a hard bounce, and only of one. */
function isBounced(properties: RecordNow['properties']): boolean {
  return (
    (properties['hs_email_hard_bounce_reason_enum'] ?? '') !== '' ||
    (properties['hs_email_hard_bounce_reason'] ?? '') !== ''
  );
}

/**
 * The value as it is compared: what differs in case, in space or in the order of options alone is the same, and so is a
 * number written in another way.
 */
export function comparable({ name, kind }: PropertyFacts, value: string): string {
  const text = value.trim().replaceAll(/\s+/g, ' ');
  if (kind === 'options') return optionsIn(text).toSorted().join(';');
  if (kind === 'number') return text !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text;
  if (kind === 'text' && /email|domain|website/.test(name)) return text.toLowerCase();
  return text;
}

/** The options of a property that can have several. */
export function optionsIn(value: string): readonly string[] {
  return value
    .split(';')
    .map((option) => option.trim())
    .filter((option) => option !== '');
}
