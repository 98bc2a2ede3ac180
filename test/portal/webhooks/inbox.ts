/** Apps' webhooks without a network: where they are sent is a list. */

import { onTestFinished } from 'vitest';
import type { Fetch, HttpRequest } from '../../../src/fetch.ts';
import { demoApp } from '../../../src/portal/oauth/app.ts';
import { type FakeClock, fakeClock } from '../../fake-clock.ts';
import { type Talk, talkTo } from '../talk.ts';

type Event = Readonly<Record<string, unknown>>;

export const key = `hapikey=${demoApp.developerApiKey}`;
export const base = `/webhooks/v3/${demoApp.appId}`;

/** Takes deliveries on a clock that stands still; `answer` says what comes of each. */
export function inbox(answer: (request: HttpRequest) => Promise<number> | number = () => 200) {
  const requests: HttpRequest[] = [];
  const deliver: Fetch = async (request) => {
    requests.push(request);
    return { status: await answer(request), headers: {}, body: '' };
  };
  const batches = (): Event[][] => requests.map(({ body }) => JSON.parse(String(body)));
  return { deliver, requests, batches, events: () => batches().flat() };
}

export async function subscribe(talk: Talk, ...subscriptions: readonly Record<string, string>[]): Promise<void> {
  const throttling = { maxConcurrentRequests: 6 };
  const set = await talk('PUT', `${base}/settings?${key}`, { targetUrl: 'https://hooks.example.com/in', throttling });
  if (set.status !== 200) throw new Error(JSON.stringify(set.body));
  for (const subscription of subscriptions) {
    const made = await talk('POST', `${base}/subscriptions?${key}`, { ...subscription, active: true });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  }
}

/** An empty portal that sends its webhooks to `box`. */
export async function started(
  box: { deliver: Fetch },
  ...subscriptions: readonly Record<string, string>[]
): Promise<{ clock: FakeClock; talk: Talk }> {
  const clock = fakeClock();
  const talk = await talkTo({ clock, deliver: box.deliver });
  onTestFinished(() => talk.portal.close());
  await subscribe(talk, ...subscriptions);
  return { clock, talk };
}
