import { expect, it } from 'vitest';
import { type Happening, late } from '../../src/observe/happening.ts';

const author = { caller: 'a', session: 's' };
const request: Happening = {
  kind: 'request',
  operation: 'account.details',
  method: 'GET',
  attempt: 1,
  status: 200,
  tookMs: 1,
  waitedMs: 0,
};
const call: Happening = { kind: 'call', author, tool: 'get_account', outcome: 'ok', tookMs: 1 };

it('Who listens late is loaded with the first call, and then hears everything in its order', async () => {
  const heard: Happening['kind'][] = [];
  let loads = 0;
  const listener = late(
    async () => {
      loads += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return ({ kind }) => heard.push(kind);
    },
    () => undefined,
  );
  listener(request);
  expect(loads).toBe(0);
  listener(call);
  listener(request);
  await expect.poll(() => heard).toEqual(['request', 'call', 'request']);
  listener(call);
  expect(heard).toHaveLength(4);
  expect(loads).toBe(1);
});

it('Who cannot be loaded is complained of', async () => {
  const complaints: unknown[] = [];
  const listener = late(
    () => Promise.reject(new Error('gone')),
    (error) => complaints.push(error),
  );
  listener(call);
  await expect.poll(() => complaints).toEqual([new Error('gone')]);
});
