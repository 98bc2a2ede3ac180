import { systemClock } from '../../src/clock.ts';
import { calculate } from '../../src/portal/calculated/index.ts';
import { portalFileText } from '../../src/portal/seed/file/export.ts';
import { type Seed, seedPortal } from '../../src/portal/seed/index.ts';
import { openStore, type Store } from '../../src/portal/store/store.ts';
import { exactly, sampleOf } from '../sample.ts';
import { contactAt } from './contacts.ts';
import type { PortalFigure, PortalScale } from './figure.ts';

/** Records that a test changes between taking a snapshot and going back to it. */
const CHANGED = 20;
const MEGABYTE = 2 ** 20;

/** Snapshots of the demo seed and of a large portal, and that portal as a file: loaded and exported. */
export function measureSnapshots({ contacts, rounds }: PortalScale): PortalFigure[] {
  const many = contacts.toLocaleString('en-US');
  const demo = open('demo');
  const figures = changesOf(demo, 'the demo seed', rounds);
  demo.close();

  const began = systemClock.elapsed();
  const large = open({ json: fileOf(contacts) });
  const loading = (systemClock.elapsed() - began) / 1_000;
  figures.push(
    ...changesOf(large, `${many} contacts`, rounds),
    {
      measure: `load a portal file of ${many} contacts`,
      unit: 's',
      sample: exactly(loading),
      reach: { text: '< 30 s', reached: loading < 30 },
    },
    ...exported(large, many),
  );
  large.close();
  return figures;
}

function open(seed: Seed): Store {
  const store = openStore({ nextStep: () => 1 });
  calculate(store, systemClock);
  seedPortal(store, seed, systemClock.now());
  return store;
}

function fileOf(contacts: number): string {
  const records = Array.from({ length: contacts }, (_, i) => ({ id: String(1_000 + i), properties: contactAt(i) }));
  return JSON.stringify({ records: { contacts: records } });
}

/** Each with what a small test changes in between. */
function changesOf(store: Store, of: string, rounds: number): PortalFigure[] {
  const times: Record<'take' | 'diff' | 'restore', number[]> = { take: [], diff: [], restore: [] };
  const timed = (what: keyof typeof times, work: () => void) => {
    const began = systemClock.elapsed();
    work();
    times[what].push(systemClock.elapsed() - began);
  };
  const records = store.records.list('0-1', { limit: CHANGED });
  for (let round = 0; round < rounds; round += 1) {
    // The first snapshot of a portal is the dearest: every round takes a first one.
    timed('take', () => store.snapshots.take('before'));
    store.transaction(() => {
      for (const record of records) store.records.update(record, { firstname: `Changed ${round}` }, systemClock.now());
    });
    timed('diff', () => store.snapshots.diff('before'));
    timed('restore', () => store.snapshots.restore('before'));
    store.snapshots.drop('before');
  }
  return [
    figure(`take a first snapshot of ${of}`, times.take),
    figure(`tell ${CHANGED} changes of ${of} since a snapshot`, times.diff),
    figure(`restore a snapshot of ${of} after ${CHANGED} changes`, times.restore),
  ];
}

function figure(measure: string, values: readonly number[]): PortalFigure {
  const sample = sampleOf(values);
  return { measure, unit: 'ms', sample, reach: { text: '< 20 ms', reached: sample.median < 20 } };
}

function exported(store: Store, many: string): PortalFigure[] {
  const before = process.memoryUsage().rss;
  const began = systemClock.elapsed();
  let most = before;
  let pieces = 0;
  for (const piece of portalFileText(store)) {
    if (piece.length > 0 && ++pieces % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  const seconds = (systemClock.elapsed() - began) / 1_000;
  return [
    { measure: `export ${many} contacts as a portal file`, unit: 's', sample: exactly(seconds) },
    { measure: 'memory that the export takes more', unit: 'MB', sample: exactly((most - before) / MEGABYTE) },
  ];
}
