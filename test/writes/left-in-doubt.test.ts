import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import type { Journal, RowState } from '../../src/journal/journal.ts';
import type { FaultKind } from '../../src/portal/faults/fault.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { type Connection, connect } from '../harness.ts';
import { mortalDisk } from './mortal-disk.ts';

/** What a process that dies leaves in doubt, and the next one finds out about it, though nobody asks. */
let clock: FakeClock;
let crm: Connection;

beforeEach(async () => {
  clock = fakeClock({ patient: true });
  crm = await connect({ clock, config: { deadlineMs: 30_000 } });
  // What is loaded with the first call takes real time, which fake time must not overtake.
  await crm.toolbox.call('list_object_types', {});
});
afterEach(() => crm.close());

const create = '/crm/objects/*/*/batch/create';

interface Heir {
  readonly connection: Connection;
  readonly states: () => Promise<Readonly<Record<string, readonly RowState[]>>>;
  close(): Promise<void>;
}

/** A process makes these calls and dies while they have no answer; another one takes its place. */
async function heirOf(...calls: readonly (readonly [tool: string, args: Record<string, unknown>])[]): Promise<Heir> {
  const shared = memoryDisk();
  const { disk, die } = mortalDisk(shared);
  const start = (journal: Journal) => connect({ clock, portal: crm.portal, journal });
  const dying = await start(createJournal({ disk, clock, random: seededRandom(1) }));
  await dying.toolbox.call('list_object_types', {});
  const lost = calls.map(([tool, args]) => dying.toolbox.call(tool, args));
  await clock.advance(1_000);
  await die();
  const journal = createJournal({ disk: shared, clock, random: seededRandom(2) });
  const connection = await start(journal);
  await connection.toolbox.call('list_object_types', {});
  return {
    connection,
    states: async () => {
      const found = await journal.calls({});
      return Object.fromEntries(found.map(({ tool, rows }) => [tool, rows.map(({ state }) => state)]));
    },
    async close() {
      await connection.close();
      await Promise.allSettled(lost.map((each) => clock.settle(each)));
      await dying.close();
    },
  };
}

/** What waits for quota loads its queue in real time. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    await clock.advance(5_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function break_(kind: FaultKind, path: string): void {
  crm.portal.control.faults.add({ kind, path, count: 1 });
}

const companies = async () => (await crm.hubspot.objects.list('companies', { limit: 100 })).results.length;
const acme = { objectType: 'companies', records: [{ properties: { name: 'Acme' } }] };
const ann = { objectType: 'contacts', records: [{ properties: { email: 'ann@acme.test' } }] };

describe('what a process left in doubt', () => {
  it('is settled by the next one, in the background, by reading alone', async () => {
    const { id } = await crm.hubspot.objects.create('contacts', { properties: { email: 'b@acme.test', city: 'Ulm' } });
    break_('apply-then-hang', create);
    break_('hang', '/crm/objects/*/*/batch/update');
    const update = { objectType: 'contacts', records: [{ id, properties: { city: 'Bonn' } }] };
    const heir = await heirOf(['create_records', ann], ['update_records', update]);
    await pass(10_000);
    expect(await heir.states()).toEqual({ create_records: ['applied'], update_records: ['intended'] });
    expect(heir.connection.requests.filter((request) => /batch\/(create|update)$/.test(request))).toEqual([]);
    await heir.close();
  });

  it.each([
    ['is found when the index must know it', 'apply-then-hang', 60_000, 'applied', 1],
    ['may be sent again when HubSpot must be through with it', 'hang', 300_000, 'intended', 0],
  ] as const)('that has nothing of its own %s', async (_, kind, afterMs, state, made) => {
    crm.portal.control.faults.add({ kind: 'index-delay', ms: 10_000 });
    break_(kind, create);
    const heir = await heirOf(['create_records', acme]);
    await pass(10_000);
    expect(await heir.states()).toEqual({ create_records: ['sent'] });
    await pass(afterMs);
    expect(await heir.states()).toEqual({ create_records: [state] });
    expect(await companies()).toBe(made);
    await heir.close();
  });
});
