import { seededRandom, systemClock } from '../../src/clock.ts';
import { calculate } from '../../src/portal/calculated/index.ts';
import { seedPortal } from '../../src/portal/seed/index.ts';
import { openStore } from '../../src/portal/store/store.ts';
import { exactly } from '../sample.ts';
import { contactAt } from './contacts.ts';
import type { PortalFigure, PortalScale } from './figure.ts';

const TRANSACTION = 10_000;

/** As a seed fills a portal: records straight into the store, calculated properties included. */
export function measureStoreLoad({ contacts }: PortalScale): PortalFigure[] {
  const random = seededRandom(1);
  const store = openStore({ nextStep: () => 1 + Math.floor(random.float() * 40) });
  calculate(store, systemClock);
  const now = systemClock.now();
  seedPortal(store, 'none', now);
  const began = systemClock.elapsed();
  for (let from = 0; from < contacts; from += TRANSACTION) {
    store.transaction(() => {
      for (let i = from; i < Math.min(contacts, from + TRANSACTION); i += 1) {
        store.records.insert({ typeId: '0-1', properties: contactAt(i), createdAt: now });
      }
    });
  }
  const seconds = (systemClock.elapsed() - began) / 1_000;
  store.close();
  return [
    {
      measure: `load ${contacts.toLocaleString('en-US')} contacts as a seed does`,
      unit: 's',
      sample: exactly(seconds),
      reach: { text: '< 30 s', reached: seconds < 30 },
    },
  ];
}
