import { describe, expect, it } from 'vitest';
import { memoryDisk } from '../../src/journal/index.ts';
import { createRecentRecords } from '../../src/journal/recent.ts';
import { fakeClock } from '../fake-clock.ts';
import type { Connection } from '../harness.ts';
import { journalOn, offices } from '../jobs/office.ts';

const open = offices();

const named = async (crm: Connection, query: string) =>
  (await crm.call('search_records', { objectType: 'companies', query, properties: ['name'] })).data;

/** Two servers of one account and one journal, whose search learns of nothing. */
async function twoServers() {
  const disk = memoryDisk();
  const one = await open({ journal: journalOn(disk, 1) });
  const { portal } = one;
  const two = await open({ portal, journal: journalOn(disk, 2) });
  portal.control.faults.add({ kind: 'index-delay', ms: 60_000 });
  return { disk, one, two, portal };
}

describe('What another process has just written', () => {
  it('is not said to be absent by a search', async () => {
    const { one, two } = await twoServers();
    expect((await named(two, 'Fresh'))['total']).toBe(0);
    await one.call('create_records', { objectType: 'companies', records: [{ properties: { name: 'Fresh' } }] });
    expect(await named(two, 'Fresh')).toMatchObject({ total: 1, rows: [[expect.any(String), 'Fresh']] });
    expect((await named(two, 'Other'))['total']).toBe(0);
    await one.call('create_records', { objectType: 'companies', records: [{ properties: { name: 'Other' } }] });
    expect((await named(two, 'Other'))['total']).toBe(1);
  });

  it('is found too when that process has ended, and this one began after it', async () => {
    const { one, disk, portal } = await twoServers();
    await one.call('create_records', { objectType: 'companies', records: [{ properties: { name: 'Fresh' } }] });
    await one.toolbox.close();
    const three = await open({ portal, journal: journalOn(disk, 3) });
    expect((await named(three, 'Fresh'))['total']).toBe(1);
  });

  it('is nothing to a server of another account', async () => {
    const { one, disk, portal } = await twoServers();
    await one.call('create_records', { objectType: 'companies', records: [{ properties: { name: 'Fresh' } }] });
    const other = await open({ portal, portalId: 7, journal: journalOn(disk, 4) });
    expect((await named(other, 'Fresh'))['total']).toBe(0);
  });

  it('stands among what this one wrote, the newest first', async () => {
    const clock = fakeClock();
    const recent = createRecentRecords(clock, async () => [
      { record: 'companies 1', at: clock.now() - 20 },
      { record: 'companies 3', at: clock.now() },
    ]);
    recent.add('companies 2');
    await clock.advance(10);
    expect(await recent.of('companies', 1_000, async () => 1)).toEqual(['3', '2', '1']);
  });
});
