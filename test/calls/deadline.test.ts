import { afterEach, describe, expect, it } from 'vitest';
import { createToolbox } from '../../src/calls/call.ts';
import { createCatalogue } from '../../src/catalogue/catalogue.ts';
import { describeTool } from '../../src/catalogue/tool-description.ts';
import { seededRandom } from '../../src/clock.ts';
import { createHubSpot, type HubSpot } from '../../src/hubspot/index.ts';
import { createPolicy } from '../../src/policy/index.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { tools } from '../../tools/index.ts';
import { fakeClock } from '../fake-clock.ts';

const opened: { portal: Portal; hubspot: HubSpot }[] = [];
afterEach(async () => {
  for (const { portal, hubspot } of opened.splice(0)) {
    await hubspot.close();
    portal.close();
  }
});

describe('The deadline of a tool call', () => {
  it('holds for its checks and its writes together, so that every row is still accounted for', async () => {
    const clock = fakeClock({ patient: true });
    const random = seededRandom(1);
    const portal = await createPortal({ clock, random, seed: 'none', limits: 'off' });
    const hubspot = createHubSpot({
      clock,
      random,
      token: () => 'pat-na1-slow',
      async fetch(request) {
        if (request.url.endsWith('/batch/create')) return new Promise(() => undefined);
        await new Promise<void>((resolve) => void clock.after(3_000, resolve));
        return portal.fetch(request);
      },
    });
    opened.push({ portal, hubspot });
    const toolbox = createToolbox({
      catalogue: createCatalogue(tools.map(describeTool), async () => tools),
      policy: createPolicy(),
      account: {
        embedded: true,
        hubspot: async () => hubspot,
        describe: async () => ({ kind: 'embedded', portalId: 1 }),
      },
      clock,
      random,
      deadlineMs: 8_000,
      log: () => undefined,
    });
    const call = toolbox.call('create_records', {
      objectType: 'contacts',
      records: [{ properties: { email: 'a@acme.test' } }],
    });
    const outcome = await clock.settle(call);
    expect(outcome).toMatchObject({ ok: true, failed: true, data: { applied: 0, unknown: [{ index: 0 }] } });
    expect(clock.elapsed()).toBe(8_000);
  });
});
