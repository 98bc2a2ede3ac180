import * as z from 'zod';
import { type Clock, seededRandom, systemClock } from '../../src/clock.ts';
import type { HttpMethod } from '../../src/fetch.ts';
import { createPortal, type Portal } from '../../src/portal/index.ts';
import { exactly } from '../sample.ts';
import { contactAt } from './contacts.ts';
import type { PortalFigure, PortalScale } from './figure.ts';

const BATCH = 100;

const createdContacts = z.object({ results: z.array(z.object({ id: z.string() })) });

/** A portal in this process, asked as over HTTP. */
export interface LoadedPortal {
  readonly portal: Portal;
  readonly clock: Clock;
  /** Every hundredth contact's id. */
  readonly ids: readonly string[];
  /** The parsed answer. Throws on anything but success. */
  ask(method: HttpMethod, path: string, body?: unknown): Promise<unknown>;
}

/** Fills an empty portal through batches of 100, as a client would. */
export async function loadPortal({
  contacts,
}: PortalScale): Promise<{ loaded: LoadedPortal; figures: PortalFigure[] }> {
  const portal = await createPortal({ clock: systemClock, random: seededRandom(1), seed: 'none', limits: 'off' });
  const ask = async (method: HttpMethod, path: string, body?: unknown): Promise<unknown> => {
    const answer = await portal.fetch({
      method,
      url: `http://127.0.0.1${path}`,
      headers: { authorization: 'Bearer pat-na1-bench', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body);
    if (answer.status >= 300) throw new Error(`${method} ${path} was answered ${answer.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  };
  const ids: string[] = [];
  const began = systemClock.elapsed();
  for (let from = 0; from < contacts; from += BATCH) {
    const inputs = Array.from({ length: BATCH }, (_, i) => ({ properties: contactAt(from + i) }));
    const { results } = createdContacts.parse(
      await ask('POST', '/crm/objects/2026-09/contacts/batch/create', { inputs }),
    );
    const [first] = results;
    if (first) ids.push(first.id);
  }
  const seconds = (systemClock.elapsed() - began) / 1_000;
  const measure = `load ${contacts.toLocaleString('en-US')} contacts through batches of ${BATCH}`;
  return {
    loaded: { portal, clock: systemClock, ids, ask },
    figures: [{ measure, unit: 's', sample: exactly(seconds), reach: { text: '< 30 s', reached: seconds < 30 } }],
  };
}
