/** A few words to talk to a portal in its own process, as plain HTTP. */

import { seededRandom } from '../../src/clock.ts';
import type { HttpMethod } from '../../src/fetch.ts';
import { createPortal, type Portal, type PortalOptions } from '../../src/portal/index.ts';
import { fakeClock } from '../fake-clock.ts';

export interface Reply {
  readonly status: number;
  /** Parsed where it is JSON, undefined where there is none, else the text. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Talk {
  (method: HttpMethod, path: string, body?: unknown, token?: string): Promise<Reply>;
  readonly portal: Portal;
}

/** An empty portal on a clock that stands still, without limits, unless told otherwise. */
export async function talkTo(options: Partial<PortalOptions> = {}): Promise<Talk> {
  const portal = await createPortal({
    clock: fakeClock(),
    random: seededRandom(7),
    seed: 'none',
    limits: 'off',
    ...options,
  });
  const talk = async (method: HttpMethod, path: string, body?: unknown, token = 'pat-na1-test'): Promise<Reply> => {
    const response = await portal.fetch({
      method,
      url: `http://127.0.0.1${path}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = typeof response.body === 'string' ? response.body : new TextDecoder().decode(response.body);
    const json = response.headers['content-type']?.startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : json ? JSON.parse(text) : text,
    };
  };
  return Object.assign(talk, { portal });
}

/** What stands at a path inside an answer; undefined where there is nothing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );
}

/** The `results` of an answer. */
export function results(reply: Reply): unknown[] {
  const list = at(reply.body, 'results');
  if (!Array.isArray(list)) throw new Error(`No results: ${JSON.stringify(reply.body)}`);
  return list;
}
