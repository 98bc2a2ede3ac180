/** Parts of the product that can be left out on purpose, to prove that it would be noticed. */

import type { Random } from '../../src/clock.ts';
import type { Fetch } from '../../src/fetch.ts';
import { SCRIPTS, type ScriptName } from '../../src/hubspot/redis/scripts.ts';
import type { Journal, OpenCall } from '../../src/journal/journal.ts';

export const SABOTAGES = [
  /** The disk says that it has synced, and has not. */
  'skip-fsync',
  /** A Redis that forgot everything is taken for one in which nothing is in use. */
  'drop-epoch-guard',
  /** No two calls are ever the same. */
  'ignore-fingerprint',
  /** A create whose answer was lost is sent again. */
  'blind-resend',
  /** What is sent is not written down before. */
  'send-unwritten',
] as const;
export type Sabotage = (typeof SABOTAGES)[number];

export function scriptsFor(sabotage: Sabotage | undefined): Readonly<Record<ScriptName, string>> {
  if (sabotage !== 'drop-epoch-guard') return SCRIPTS;
  return {
    take: unguarded(SCRIPTS.take),
    end: unguarded(SCRIPTS.end),
    tell: unguarded(SCRIPTS.tell),
    meet: unguarded(SCRIPTS.meet),
    leave: unguarded(SCRIPTS.leave),
  };
}

function unguarded(script: string): string {
  return script.replace(/-- epoch guard[\s\S]*?-- end of the epoch guard/, '');
}

export function journalFor(sabotage: Sabotage | undefined, random: Random): (journal: Journal) => Journal {
  switch (sabotage) {
    case 'ignore-fingerprint':
      return (journal) => ({
        ...journal,
        begin: ({ idempotencyKey: _key, ...call }) => journal.begin({ ...call, fingerprint: random.uuid() }),
      });
    case 'send-unwritten':
      return (journal) => ({
        ...journal,
        async begin(call) {
          const begun = await journal.begin(call);
          if (begun.kind !== 'new' && begun.kind !== 'interrupted') return begun;
          return { ...begun, call: unwritten(begun.call) };
        },
      });
    default:
      return (journal) => journal;
  }
}

function unwritten(call: OpenCall): OpenCall {
  return { ...call, sending: async () => undefined };
}

export function fetchFor(sabotage: Sabotage | undefined, fetch: Fetch): Fetch {
  if (sabotage !== 'blind-resend') return fetch;
  return async (request) => {
    const isCreate = request.method === 'POST' && request.url.endsWith('/batch/create');
    const first = await fetch(request).catch((error: unknown) => {
      if (!isCreate || request.signal?.aborted) throw error;
      return undefined;
    });
    return first === undefined || (isCreate && first.status >= 500) ? fetch(request) : first;
  };
}
