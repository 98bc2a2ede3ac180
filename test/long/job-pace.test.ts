import { afterEach, describe, expect, it } from 'vitest';
import { sleep } from '../../src/clock.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Connection, connect } from '../harness.ts';
import { jobIn, previewed } from '../jobs/office.ts';
import { pass } from '../jobs/pass.ts';

let crm: Connection;
afterEach(() => crm.close());

const LIMIT = 190;
const WINDOW_MS = 10_000;
const HOUR_MS = 3_600_000;
const STEP_MS = 50;

const many = (city: string) => ({
  objectType: 'contacts',
  idProperty: 'email',
  records: Array.from({ length: 10_000 }, (_, n) => ({ properties: { email: `${city}${n}@acme.test`, city } })),
});

describe('Two jobs of 10,000 rows each', () => {
  it.for([100, 200, 300])(
    'fill the quota at round trips of %i ms without one 429, and keep no chat waiting',
    { timeout: 600_000 },
    async (roundTripMs, { annotate }) => {
      const clock = fakeClock({ patient: true });
      const policy = { approval: { unasked: ['bulk' as const] } };
      crm = await connect({ clock, policy, limits: 'on', config: { deadlineMs: HOUR_MS } });
      const { fetch } = crm.portal;
      let calls = 0;
      let refused = 0;
      const far: typeof fetch = async (request) => {
        await sleep(clock, roundTripMs / 2);
        const answer = await fetch(request);
        calls += 1;
        if (answer.status === 429) refused += 1;
        await sleep(clock, roundTripMs / 2);
        return answer;
      };
      Object.assign(crm.portal, { fetch: far });
      const begun = [];
      for (const city of ['Ulm', 'Bonn']) {
        begun.push(await pass(clock, previewed(crm, 'upsert_records', many(city)), STEP_MS));
      }
      await clock.advance(2 * WINDOW_MS);

      calls = 0;
      const from = clock.elapsed();
      const chatting = { on: true };
      const jobs = Promise.all(begun.map(({ args }) => crm.call('upsert_records', args)));
      const waits: number[] = [];
      const chat = async () => {
        while (chatting.on) {
          const asked = clock.elapsed();
          await crm.call('get_records', { objectType: 'contacts', ids: ['1'] });
          waits.push(clock.elapsed() - asked - roundTripMs);
          await sleep(clock, 700);
        }
      };
      const chats = chat();
      const answers = await pass(clock, jobs, STEP_MS);
      const ms = clock.elapsed() - from;
      chatting.on = false;
      await pass(clock, chats, STEP_MS);

      expect(answers.map(({ data }) => jobIn(data)['applied'])).toEqual([10_000, 10_000]);
      expect(refused).toBe(0);
      const p95 = waits.toSorted((a, b) => a - b)[Math.floor(0.95 * waits.length)] ?? Number.NaN;
      const share = calls / ((LIMIT * ms) / (WINDOW_MS + roundTripMs));
      await annotate(JSON.stringify({ roundTripMs, calls, ms, share, chats: waits.length, p95 }));
      expect(share).toBeGreaterThanOrEqual(0.97);
      // The second was previewed when the quota was known.
      const told = 2_000 * Number(begun[1]?.preview['seconds']);
      expect(Math.abs(told - ms)).toBeLessThan(WINDOW_MS);
      expect(p95).toBeLessThan(1_500);
    },
  );
});
