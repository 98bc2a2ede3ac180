/** What calls need that is loaded late and lives as long as the process: put together here, bound to each call. */

import type { ToolboxParts } from './call.ts';
import type { CallOptions, HubSpot } from './hubspot/index.ts';
import type { Author, Journal } from './journal/journal.ts';
import { lazy } from './lazy.ts';
import type { Spending } from './policy/budgets.ts';
import type { Policy } from './policy/index.ts';
import type { KnownScopes } from './scopes.ts';
import { servedTools } from './served-tools.ts';
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
export type Asking = Pick<Authority, 'policy' | 'consent' | 'tainted'>;

/** Accounts to try things on: HubSpot's, and the embedded portal. */
const TRIAL_KINDS = new Set(['SANDBOX', 'DEVELOPER_TEST', 'embedded']);

export async function openWorkshop(parts: ToolboxParts, spending: Spending): Promise<Workshop> {
  const { account, catalogue, clock, log, policy } = parts;
  const [client, journal, { createCrm }, { guard }, { metered }, { createWriteDoor }] = await Promise.all([
    account.hubspot(),
    openJournal(parts),
    import('./crm/index.ts'),
    import('./policy/guard.ts'),
    import('./policy/metered.ts'),
    import('./writes/index.ts'),
  ]);
  const hubspot = withConfigured(client, parts.scopes);
  const guards = new WeakMap<Policy, HubSpot>();
  /** Nothing that serves a call gets at the client but through here. */
  const guarded = (judge: Policy) => {
    const found = guards.get(judge) ?? guard(hubspot, judge);
    guards.set(judge, found);
    return found;
  };
  await remember(spending, parts, journal);
  const portal = lazy(() => account.describe());
  const sandbox = async () => TRIAL_KINDS.has((await portal.get()).kind);
  const door = createWriteDoor({ clock, journal, portalId: async () => (await portal.get()).portalId, log });
  const toolScopes = servedTools(catalogue, policy).flatMap(({ scopes: needed }) => needed);
  return {
    scopes: hubspot.scopes,
    forCall: (options, author, asking, effect = 'read') => ({
      crm: createCrm({
        hubspot: metered(guarded(asking.policy), spending, author.caller),
        clock,
        call: options,
        toolScopes,
        embedded: account.embedded,
        recent: (objectType, ms) => journal.recent(objectType, ms),
      }),
      writes: door.forCall({
        hubspot: guarded(asking.policy),
        options,
        author,
        effect,
        authority: {
          sandbox,
          spendWrites: (rows) => spending.spend(author.caller, 'writes', rows),
          ...asking,
        },
      }),
    }),
  };
}

/** Writes of an earlier process count on, as far as the journal remembers them. */
async function remember(spending: Spending, { policy, clock }: ToolboxParts, journal: Journal): Promise<void> {
  if (policy.budgets.writesPerDay === undefined) return;
  const from = clock.now() - DAY_MS;
  for (let before: string | undefined; ; ) {
    const page = await journal.calls({ from, limit: PAGE, ...(before !== undefined && { before }) });
    for (const { caller, at, rows } of page) {
      const written = rows.filter(({ state }) => state !== 'intended' && state !== 'rejected').length;
      spending.note(caller, 'writes', written, at);
    }
    before = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

const DAY_MS = 86_400_000;
const PAGE = 500;

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
