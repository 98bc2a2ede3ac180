/**
 * The demo: Harbor & Pine, which sells and services coffee machines and beans, after three years of working with its CRM.
 * The same clock gives the same records, ids included.
 */

import type { Store } from '../../store/store.ts';
import { addActivities } from './activities.ts';
import { createChance } from './chance.ts';
import { addCompanies } from './companies.ts';
import { addContacts } from './contacts.ts';
import { addDeals } from './deals.ts';
import { defineOwn } from './definitions.ts';
import { duplicateCompanies, duplicateContacts } from './duplicates.ts';
import { spoil } from './flaws.ts';
import { createLedger } from './ledger.ts';
import { hirePeople } from './people.ts';
import { addLineItems, addProducts } from './products.ts';
import { addLeads, addMachines, addTickets } from './service.ts';
import { createPhones, type World } from './world.ts';

/** Fills an account that was opened at `opened`; `now` is the present. Both in milliseconds since the epoch. */
export function seedDemo(store: Store, opened: number, now: number): void {
  const world: World = {
    now,
    chance: createChance(48213907, now),
    ledger: createLedger(),
    people: hirePeople(store, opened),
    labels: defineOwn(store, opened),
    phone: createPhones(),
  };
  addCompanies(world, 286);
  addContacts(world, 1154, 70);
  addDeals(world, 280, 120);
  addProducts(world, opened);
  addLineItems(world, 0.6);
  addMachines(world, 180);
  addTickets(world, 248);
  addLeads(world, 60);
  addActivities(world, { notes: 560, calls: 480, emails: 640, meetings: 280, tasks: 440, messages: 120 });
  duplicateCompanies(world, 14);
  duplicateContacts(world, 45);
  spoil(world);
  world.ledger.write(store);
}
