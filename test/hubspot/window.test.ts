import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Slot } from '../../src/hubspot/window.ts';
import { createWindow, isSlot } from '../../src/hubspot/window.ts';

/** A clock the test sets; the window itself starts no timers. */
function handClock() {
  const clock = { time: 0, now: () => clock.time, elapsed: () => clock.time, after: () => () => {} };
  return clock;
}

/** One attempted call: how long after the one before, and how long it travels to HubSpot and back. */
const arrivals = fc.array(
  fc.record({
    gapMs: fc.integer({ min: 0, max: 400 }),
    outMs: fc.integer({ min: 0, max: 900 }),
    backMs: fc.integer({ min: 0, max: 900 }),
    fate: fc.constantFrom('answered', 'answered', 'answered', 'lost', 'not_sent'),
  }),
  { minLength: 1, maxLength: 120 },
);

describe('createWindow', () => {
  it('never lets HubSpot count more than the limit in any rolling window, whatever the network does', () => {
    fc.assert(
      fc.property(
        arrivals,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 200, max: 3_000 }),
        (calls, limit, windowMs) => {
          const clock = handClock();
          const window = createWindow(clock, { limit, windowMs });
          const counted: number[] = [];
          const endings: { at: number; end(): void }[] = [];
          const passUntil = (time: number) => {
            for (const due of endings.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at)) {
              clock.time = due.at;
              due.end();
              endings.splice(endings.indexOf(due), 1);
            }
            clock.time = time;
          };
          let time = 0;
          for (const { gapMs, outMs, backMs, fate } of calls) {
            time += gapMs;
            passUntil(time);
            const taken = window.take();
            if (taken instanceof Promise || !isSlot(taken)) continue;
            if (fate !== 'not_sent') counted.push(time + outMs);
            // A call that is broken off may be counted after we gave it up.
            const over = fate === 'answered' ? outMs + backMs : Math.min(outMs, backMs);
            endings.push({ at: time + over, end: () => taken.end(fate) });
          }
          for (const at of counted) {
            expect(counted.filter((other) => other > at - windowMs && other <= at).length).toBeLessThanOrEqual(limit);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('gives a slot at once whenever fewer than the limit are held', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 12 }), (calls, limit) => {
        const clock = handClock();
        const window = createWindow(clock, { limit, windowMs: 1_000 });
        const busyUntil: number[] = [];
        for (const { gapMs, outMs } of calls) {
          clock.time += gapMs;
          const held = busyUntil.filter((until) => until > clock.time).length;
          const taken = window.take();
          if (taken instanceof Promise) throw new Error('This window answers at once.');
          expect(isSlot(taken)).toBe(held < limit);
          if (!isSlot(taken)) continue;
          clock.time += outMs;
          taken.end('answered');
          busyUntil.push(clock.time + 1_001);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says how long to wait, and that is exactly how long it takes', () => {
    const { clock, take, window } = three();
    const slots = [take(), take(), take()];
    clock.time = 100;
    for (const slot of slots) slot.end('answered');
    clock.time = 400;
    expect(window.take()).toEqual({ waitMs: 701 });
    clock.time = 1_100;
    expect(window.take()).toEqual({ waitMs: 1 });
    clock.time = 1_101;
    expect(window.take()).toHaveProperty('end');
  });

  it('gives a slot back at once when nothing was sent', () => {
    const { take, window } = three();
    take();
    take();
    take().end('not_sent');
    expect(window.state().remaining).toBe(1);
  });

  it('waits without an end while every slot is in flight', () => {
    const { take, window } = three();
    take();
    take();
    take();
    expect(window.take()).toEqual({ waitMs: Number.POSITIVE_INFINITY });
  });

  it('counts the calls of other users of the portal against the limit', () => {
    const { clock, take, window } = three();
    take().end('answered', { limit: 10, remaining: 2, windowMs: 1_000 });
    // HubSpot counted 8, of which 1 is ours.
    expect(window.state()).toEqual({ limit: 10, remaining: 2, windowMs: 1_000 });
    clock.time = 1_001;
    expect(window.state().remaining).toBe(10);
  });

  it('does not mistake its own parallel calls for those of others', () => {
    const { take, window } = three();
    window.setLimit(10);
    const slots = Array.from({ length: 6 }, take);
    // Counted in any order: each answer knows only of those that came before.
    for (const [position, slot] of slots.entries()) slot.end('answered', { limit: 10, remaining: 10 - position - 1 });
    expect(window.state().remaining).toBe(4);
  });

  it('learns that others have stopped', () => {
    const { clock, take, window } = three();
    take().end('answered', { limit: 10, remaining: 1, windowMs: 1_000 });
    expect(window.state().remaining).toBe(1);
    clock.time = 500;
    take().end('answered', { limit: 10, remaining: 8, windowMs: 1_000 });
    expect(window.state().remaining).toBe(8);
  });

  it('gives nothing while it is frozen', () => {
    const { clock, window } = three();
    window.freeze(5_000);
    expect(window.take()).toEqual({ waitMs: 5_000 });
    expect(window.state().remaining).toBe(0);
    clock.time = 5_000;
    expect(window.state().remaining).toBe(3);
  });
});

function three() {
  const clock = handClock();
  const window = createWindow(clock, { limit: 3, windowMs: 1_000 });
  const take = (): Slot => {
    const taken = window.take();
    if (taken instanceof Promise || !isSlot(taken)) throw new Error('A slot was expected.');
    return taken;
  };
  return { clock, window, take };
}
