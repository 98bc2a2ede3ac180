/** HubSpot's own Node client on a portal that listens on a real socket. */

import { Client } from '@hubspot/api-client';
import { onTestFinished } from 'vitest';
import { seededRandom, systemClock } from '../../../src/clock.ts';
import { createPortal, type Portal, type PortalOptions } from '../../../src/portal/index.ts';
import { servePortal } from '../../../src/portal/serve.ts';

export interface HubSpot {
  readonly client: Client;
  readonly portal: Portal;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
}

/** An empty portal without limits, unless told otherwise; gone when the test is over. */
export async function hubspot(options: Partial<PortalOptions> & { readonly token?: string } = {}): Promise<HubSpot> {
  const { token = 'pat-na1-test', ...rest } = options;
  const portal = await createPortal({
    clock: systemClock,
    random: seededRandom(7),
    seed: 'none',
    limits: 'off',
    ...rest,
  });
  const server = await servePortal(portal, { port: 0 });
  onTestFinished(async () => {
    await server.close();
    portal.close();
  });
  return { client: new Client({ accessToken: token, basePath: server.url }), portal, url: server.url };
}

/** What a call was refused with. Fails when it was not refused. */
export async function refusal(call: Promise<unknown>): Promise<{ readonly code: number; readonly body: unknown }> {
  const outcome = await call.then(
    (answer: unknown) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  if ('answer' in outcome) throw new Error(`It was answered: ${JSON.stringify(outcome.answer)}`);
  const { error } = outcome;
  if (typeof error !== 'object' || error === null || !('code' in error) || !('body' in error)) throw error;
  const { code, body } = error;
  return { code: Number(code), body: typeof body === 'string' && body !== '' ? JSON.parse(body) : body };
}
