/** Runs in a process of its own: `portal-alone.js KIND CONTACTS ROUNDS` prints its figures as one line of JSON. */

import type { PortalFigure, PortalKind, PortalScale } from './figure.ts';
import { loadPortal } from './load-api.ts';
import { measureStoreLoad } from './load-store.ts';
import { measurePortal } from './search.ts';
import { measureSnapshots } from './snapshots.ts';

const measures: Readonly<Record<PortalKind, (scale: PortalScale) => PortalFigure[] | Promise<PortalFigure[]>>> = {
  store: measureStoreLoad,
  async api(scale) {
    const { loaded, figures } = await loadPortal(scale);
    const all = [...figures, ...(await measurePortal(loaded, scale))];
    loaded.portal.close();
    return all;
  },
  snapshots: measureSnapshots,
};

const [named, contacts, rounds] = process.argv.slice(2);
for (const [kind, measure] of Object.entries(measures)) {
  if (kind !== named) continue;
  const figures = await measure({ contacts: Number(contacts), rounds: Number(rounds) });
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
