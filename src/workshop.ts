/** What calls need that is loaded late and lives as long as the process: put together here, bound to each call. */

import type { ToolboxParts } from './call.ts';
import type { CallOptions, HubSpot } from './hubspot/index.ts';
import type { Author, Journal } from './journal/journal.ts';
import { lazy } from './lazy.ts';
import type { KnownScopes } from './scopes.ts';
import type { Effect, ToolContext } from './tool.ts';
import type { Authority } from './writes/index.ts';

export interface Workshop {
  readonly scopes: KnownScopes;
  /**
   * @param author who the call's writes are put down to
   * @param effect the tool's
   */
  forCall(options: CallOptions, author: Author, asking: Asking, effect?: Effect): Pick<ToolContext, 'crm' | 'writes'>;
}

/** What a call brings to the question whether a person has to be asked. */
export type Asking = Pick<Authority, 'consent' | 'tainted'>;

/** Accounts to try things on: HubSpot's, and the embedded portal. */
const TRIAL_KINDS = new Set(['SANDBOX', 'DEVELOPER_TEST', 'embedded']);

export async function openWorkshop(parts: ToolboxParts): Promise<Workshop> {
  const { account, catalogue, clock, log } = parts;
  const [client, journal, { createCrm }, { createPolicy }, { createWriteDoor }] = await Promise.all([
    account.hubspot(),
    openJournal(parts),
    import('./crm/index.ts'),
    import('./policy/index.ts'),
    import('./writes/index.ts'),
  ]);
  const hubspot = withConfigured(client, parts.scopes);
  const portal = lazy(() => account.describe());
  const policy = createPolicy();
  const sandbox = async () => TRIAL_KINDS.has((await portal.get()).kind);
  const door = createWriteDoor({ hubspot, clock, journal, portalId: async () => (await portal.get()).portalId, log });
  const toolScopes = catalogue.enabled.flatMap(({ scopes: needed }) => needed);
  return {
    scopes: hubspot.scopes,
    forCall: (options, author, asking, effect = 'read') => ({
      crm: createCrm({
        hubspot,
        clock,
        call: options,
        toolScopes,
        embedded: account.embedded,
        recent: (objectType, ms) => journal.recent(objectType, ms),
      }),
      writes: door.forCall({ options, author, effect, authority: { policy, sandbox, ...asking } }),
    }),
  };
}

/** A journal in memory where none is given: it still keeps the calls of this process apart. */
async function openJournal({ journal, clock, random, log }: ToolboxParts): Promise<Journal> {
  if (journal !== undefined) return journal();
  const { createJournal, memoryDisk } = await import('./journal/index.ts');
  return createJournal({ disk: memoryDisk(), clock, random, onTrouble: log });
}

/** The client, taking the operator's word for the token's scopes where HubSpot says nothing. */
export function withConfigured(hubspot: HubSpot, configured: readonly string[] | undefined): HubSpot {
  if (configured === undefined) return hubspot;
  const said = new Set(configured);
  return { ...hubspot, scopes: { ...hubspot.scopes, granted: () => hubspot.scopes.granted() ?? said } };
}
