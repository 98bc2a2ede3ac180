/** Who calls, by what callers say of themselves. It ends up in the journal, so it is one short line of plain text. */

import { createHash } from 'node:crypto';
import type { Author } from './journal/journal.ts';
import { cleanText } from './text/index.ts';

/** What a face knows of its caller. */
export interface Introduction {
  /** How the client calls itself. */
  readonly client?: { readonly name: string; readonly version?: string | undefined } | undefined;
  /** Whom the bearer belongs to, where that is known. */
  readonly principal?: string | undefined;
  /** Absent where a client keeps no connection: then everything of one client and principal is one session. */
  readonly session?: string | undefined;
  readonly run?: unknown;
}

/** The header and the `_meta` key by which a caller names the run of something larger that a call belongs to. */
export const RUN_HEADER = 'hubspot-mcp-run';
export const RUN_META = 'hubspot-crm-mcp/run';

/** A caller that did not say who it is. */
export const ANONYMOUS: Author = { caller: 'unknown', session: 'unknown' };

const LONGEST = 100;

export function authorOf({ client, principal = '', session, run }: Introduction): Author {
  const caller = label([client?.name, client?.version].filter(Boolean).join('/')) || 'unknown';
  const named = typeof run === 'string' ? label(run) : '';
  return {
    caller,
    session:
      session ??
      createHash('sha256')
        .update(JSON.stringify([principal, caller]))
        .digest('hex')
        .slice(0, 16),
    ...(named !== '' && { run: named }),
  };
}

function label(said: string): string {
  return cleanText(said.slice(0, 4 * LONGEST))
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, LONGEST);
}
