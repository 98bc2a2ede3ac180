import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import type { FaultKind } from '../../src/portal/faults/fault.ts';
import { fakeClock } from '../fake-clock.ts';
import { connect } from '../harness.ts';
import { mortalDisk } from './mortal-disk.ts';

/**
 * G1 and G2: random writes, each met by a random fault, some made again by a client that lost the answer, some after the
 * process died. In the end the portal holds what an oracle holds that never met a fault.
 */

const kinds = ['apply-then-502', 'apply-then-reset', 'apply-then-hang', '503', 'drop', 'hang'] satisfies FaultKind[];

const step = fc.record({
  write: fc.constantFrom('contact', 'note', 'company', 'update', 'upsert', 'link'),
  fault: fc.option(fc.constantFrom(...kinds)),
  /** How many requests it strikes: more than three outlast the client's own retries. */
  times: fc.constantFrom(1, 1, 4),
  restart: fc.boolean(),
  again: fc.nat({ max: 2 }),
});

const paths = {
  contact: '/crm/objects/*/0-1/batch/create',
  note: '/crm/objects/*/0-46/batch/create',
  company: '/crm/objects/*/0-2/batch/create',
  update: '/crm/objects/*/*/batch/update',
  upsert: '/crm/objects/*/*/batch/upsert',
  link: '/crm/associations/*/*/*/batch/associate/default',
} as const;

it('neither writes twice nor loses a write, whatever goes wrong on the way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), fc.nat(), async (steps, seed) => {
      const clock = fakeClock({ patient: true });
      const shared = memoryDisk();
      let process = mortalDisk(shared);
      const journalOn = (disk: typeof process.disk, salt: number) =>
        createJournal({ disk, clock, random: seededRandom(seed + salt) });
      const first = await connect({ clock, config: { deadlineMs: 20_000 }, journal: journalOn(process.disk, 0) });
      const { portal, hubspot } = first;
      let crm = first;
      const others: (typeof first)[] = [];
      const { id: person } = await hubspot.objects.create('contacts', { properties: { email: 'p@acme.test' } });
      const { id: firm } = await hubspot.objects.create('companies', { properties: { name: 'Firm' } });
      await crm.toolbox.call('list_object_types', {});
      const expected = { contacts: 1, companies: 1, notes: 0 };

      const argsOf = (write: (typeof steps)[number]['write'], n: number): [string, Record<string, unknown>] => {
        const idempotencyKey = `k${n}`;
        const records = (properties: object) => ({ idempotencyKey, records: [{ properties }] });
        const to = { toObjectType: 'contacts', to: person };
        switch (write) {
          case 'contact':
            return ['create_records', { objectType: 'contacts', ...records({ email: `c${n}@acme.test` }) }];
          case 'company':
            return ['create_records', { objectType: 'companies', ...records({ name: `Company ${n}` }) }];
          case 'note':
            return ['log_note', { idempotencyKey, notes: [{ body: 'The same words.', associations: [to] }] }];
          case 'update': {
            const record = { id: person, properties: { city: `City ${n}` } };
            return ['update_records', { objectType: 'contacts', idempotencyKey, records: [record] }];
          }
          case 'upsert': {
            const idProperty = 'email';
            return ['upsert_records', { objectType: 'contacts', idProperty, ...records({ email: `u${n}@acme.test` }) }];
          }
          case 'link': {
            const pairs = [{ from: person, to: firm }];
            const types = { fromObjectType: 'contacts', toObjectType: 'companies' };
            return ['associate_records', { ...types, pairs, idempotencyKey }];
          }
        }
      };

      for (const [n, { write, fault, times, restart, again }] of steps.entries()) {
        const [tool, args] = argsOf(write, n);
        if (fault !== null) portal.control.faults.add({ kind: fault, path: paths[write], count: times });
        const lost = crm.toolbox.call(tool, args);
        if (restart) {
          await clock.advance(700);
          await process.die();
          process = mortalDisk(shared);
          crm = await connect({
            clock,
            portal,
            config: { deadlineMs: 20_000 },
            journal: journalOn(process.disk, n + 1),
          });
          others.push(crm);
          await crm.toolbox.call('list_object_types', {});
        } else {
          await clock.settle(lost);
        }
        portal.control.faults.clear();
        for (let time = 0; time < again; time += 1) await clock.settle(crm.toolbox.call(tool, args));
        // Long after, everything can be known; whatever never arrived is sent.
        await clock.advance(400_000);
        const outcome = await clock.settle(crm.toolbox.call(tool, args));
        expect(outcome).toMatchObject({ ok: true, data: { applied: 1, unknown: [], failed: [] } });
        if (write === 'contact' || write === 'upsert') expected.contacts += 1;
        if (write === 'company') expected.companies += 1;
        if (write === 'note') expected.notes += 1;
      }
      const totals = portal.describe().records;
      const { contacts, companies, notes } = totals;
      for (const each of others) await each.close();
      await first.close();
      expect({ contacts, companies, notes: notes ?? 0 }).toEqual(expected);
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 60_000);
