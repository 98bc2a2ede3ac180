/** A portal with HubSpot's limits in a process of its own, behind a network that takes its time. */

import { seededRandom, sleep, systemClock } from '../../src/clock.ts';
import { createPortal } from '../../src/portal/index.ts';
import { servePortal } from '../../src/portal/serve.ts';
import type { Arrival, PortalSetup } from './messages.ts';

const MOST_REQUESTS = 100_000;

const setup: PortalSetup = JSON.parse(process.argv[2] ?? '');
const random = seededRandom(42);
const portal = await createPortal({
  clock: systemClock,
  random,
  seed: 'none',
  tier: 'professional',
  requestLog: MOST_REQUESTS,
});
const [least, most] = setup.jitterMs;
const travel = async () => {
  if (most > 0) await sleep(systemClock, least + random.float() * (most - least));
};

const server = await servePortal(
  {
    async exchange(request) {
      await travel();
      const delivery = await portal.exchange(request);
      await travel();
      return delivery;
    },
  },
  { port: 0, onError: () => undefined },
);

process.on('message', () => {
  const arrivals = (portal.control.requests() ?? []).map(({ arrival, status }): Arrival => ({ at: arrival, status }));
  process.send?.({ arrivals });
});
process.on('disconnect', () => process.exit());
process.send?.({ url: server.url });
