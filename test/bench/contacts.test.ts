import { describe, expect, it } from 'vitest';
import type { Contact } from '../../bench/duplicates/contact.ts';
import { contacts } from '../../bench/duplicates/contacts.ts';

const drawn = (count: number, seed: number) => [...contacts(count, seed)];
const sharing = (all: readonly Contact[], of: (contact: Contact) => string) => {
  const counts = new Map<string, number>();
  for (const contact of all) counts.set(of(contact), (counts.get(of(contact)) ?? 0) + 1);
  counts.delete('');
  return [...counts.values()].filter((count) => count > 1).length;
};

describe('Made-up contacts', () => {
  const all = drawn(5_000, 1);

  it('are as many as asked for, the same for the same seed, and others for another', () => {
    expect([drawn(0, 1).length, drawn(1, 1).length, all.length]).toEqual([0, 1, 5_000]);
    expect(drawn(5_000, 1)).toEqual(all);
    expect(drawn(5_000, 2)).not.toEqual(all);
  });

  it('never share an e-mail address or an id, as in HubSpot', () => {
    expect(sharing(all, ({ email }) => email.toLowerCase())).toBe(0);
    expect(sharing(all, ({ hs_object_id }) => hs_object_id)).toBe(0);
  });

  it('hold people noted several times, people of one name, and telephones of many', () => {
    const people = new Set(all.map(({ person }) => person)).size;
    expect(all.length - people).toBeGreaterThan(500);
    const asBorn = all.filter(({ faults }) => faults === '');
    expect(sharing(asBorn, ({ firstname, lastname }) => `${firstname} ${lastname}`)).toBeGreaterThan(20);
    expect(sharing(all, ({ phone }) => phone.replaceAll(/\D/g, '').slice(-10))).toBeGreaterThan(100);
    expect(all.filter(({ faults }) => faults !== '').length).toBeGreaterThan(300);
  });
});
