/** What calls need that is loaded late and lives as long as the process: put together here, bound to each call. */

import { alreadyGiven } from '../approval/approval.ts';
import { servedTools } from '../catalogue/served-tools.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { Author, Journal } from '../journal/journal.ts';
import { lazy } from '../lazy.ts';
import type { Spending } from '../policy/budgets.ts';
import type { Policy } from '../policy/index.ts';
import { createLately } from '../policy/lately.ts';
import type { Effect, ToolContext } from '../tool.ts';
import type { Authority } from '../writes/index.ts';
import type { KnownScopes } from './scopes.ts';
import type { ToolboxParts } from './toolbox.ts';

export interface Workshop {
  readonly scopes: KnownScopes;
  /**
   * @param author who the call's writes are put down to
   * @param effect the tool's
   */
  forCall(options: CallOptions, author: Author, asking: Asking, tool?: CallOfTool): Omit<ToolContext, 'progress'>;
  /** The client, as the policy lets it be seen, for a command: every record that it gives counts. */
  client(policy: Policy, caller: string): HubSpot;
  /** Ends what works in the background, at a place where it can be gone on with, and closes the journal. */
  close(): Promise<void>;
}

/** What only the call of a tool brings. */
export interface CallOfTool {
  readonly effect: Effect;
  readonly progress: ToolContext['progress'];
}

/** What a call brings to the question whether a person has to be asked. */
export type Asking = Pick<Authority, 'policy' | 'consent' | 'tainted'>;

type Asked = Asking & Partial<Pick<Authority, 'rehearsed'>>;

/** Accounts to try things on: HubSpot's, and the embedded portal. */
const TRIAL_KINDS = new Set(['SANDBOX', 'DEVELOPER_TEST', 'embedded']);

export async function openWorkshop(parts: ToolboxParts, spending: Spending): Promise<Workshop> {
  const { account, catalogue, clock, log, policy } = parts;
  const [
    client,
    journal,
    { createCrm },
    { guard },
    { metered },
    { createWriteDoor, rehearsed },
    { createJobs },
    { createQuality },
  ] = await Promise.all([
    account.hubspot(),
    openJournal(parts),
    import('../crm/index.ts'),
    import('../policy/guard.ts'),
    import('../policy/metered.ts'),
    import('../writes/index.ts'),
    import('../jobs/index.ts'),
    import('../quality/index.ts'),
  ]);
  const hubspot = withConfigured(client, parts.scopes);
  const lately = createLately(clock);
  const guards = new WeakMap<Policy, HubSpot>();
  /** Nothing that serves a call gets at the client but through here. */
  const guarded = (judge: Policy) => {
    const found = guards.get(judge) ?? guard(hubspot, judge);
    guards.set(judge, found);
    return found;
  };
  /** Asked for by writes alone: where the journal cannot be read, reads go on. */
  const remembered = lazy(() => remember(spending, parts, journal));
  const portal = lazy(() => account.describe());
  const sandbox = async () => TRIAL_KINDS.has((await portal.get()).kind);
  const portalId = async () => (await portal.get()).portalId;
  const { attribution = false } = parts;
  const door = createWriteDoor({ clock, journal, portalId, attribution, log });
  const jobs = createJobs({
    clock,
    store: journal.jobs,
    callsOf: (job, before) => journal.calls({ job, limit: 20, ...(before !== undefined && { before }) }),
    portalId,
    async kindOf(name) {
      if (name === 'import') return (await import('../transfer/import-kind.ts')).importKind;
      const description = catalogue.find(name);
      return description && (await catalogue.load(description)).bulk;
    },
    log,
  });
  // Nobody sees the records of the copy but through what a call's own policy lets it see.
  const quality = createQuality({
    clock,
    hubspot: guarded(policy),
    random: parts.random,
    rulesFile: parts.qualityRules,
    scoreRulesFile: parts.scoreRules,
    providers: parts.providers,
    country: parts.country,
    model: parts.model,
    folder: parts.snapshotFolder ?? (() => Promise.resolve(undefined)),
    log,
  });
  let closed = false;
  const lookAgain = async () => {
    try {
      const moreMs = await door.recover(hubspot, LATE_LOOK);
      if (moreMs !== undefined && !closed) forgetLook = lookAfter(moreMs);
    } catch (error) {
      log(`Writes of an earlier process could not be looked after: ${String(error)}`);
    }
  };
  const lookAfter = (ms: number) => clock.after(ms, () => void lookAgain(), { background: true });
  let forgetLook = lookAfter(LOOK_AFTER_MS);
  const toolScopes = servedTools(catalogue, policy).flatMap(({ scopes: needed }) => needed);

  const crmOn = (client: HubSpot, call: CallOptions, at?: number) =>
    createCrm({
      hubspot: client,
      clock,
      at,
      call,
      toolScopes,
      embedded: account.embedded,
      recent: (objectType, ms) => journal.recent(objectType, ms, portalId),
    });
  const writesOf = (author: Author, asking: Asked, options: CallOptions, effect: Effect) =>
    door.forCall({
      hubspot: guarded(asking.policy),
      options,
      author,
      effect,
      authority: {
        sandbox,
        rehearsed: (plan) => rehearsed(journal, policy.sandboxes, plan),
        async spendWrites(rows) {
          await remembered.get();
          spending.spend(author.caller, 'writes', rows);
        },
        lately: lately(author.session),
        ...asking,
      },
    });

  return {
    scopes: hubspot.scopes,
    client: (judge, caller) => metered(guarded(judge), spending, caller),
    async close() {
      closed = true;
      forgetLook();
      await Promise.all([jobs.close(), quality.close()]);
      await journal.close();
    },
    forCall(options, author, asking, { effect, progress } = { effect: 'read', progress: () => undefined }) {
      const crm = crmOn(metered(guarded(asking.policy), spending, author.caller), options, asking.consent.at);
      const writes = writesOf(author, asking, options, effect);
      /** A job reads nothing that anybody sees, and was approved, and tried out before, as a whole. */
      const open = (by: Author, signal?: AbortSignal) => {
        const call = { ...JOB_CALL, caller: by.session, ...(signal !== undefined && { signal }) };
        const approved = {
          ...asking,
          consent: alreadyGiven(clock.now()),
          rehearsed: () => Promise.resolve(true),
        };
        return { crm: crmOn(guarded(asking.policy), call), writes: writesOf(by, approved, call, 'overwrite') };
      };
      return {
        crm,
        writes,
        jobs: jobs.forCall({ author, options, crm, writes, open, progress }),
        quality: quality.forCall({ crm, options, by: { ...asking, caller: author.caller }, progress }),
      };
    },
  };
}

/** What earlier processes left in doubt is looked at once the first callers are served, after everybody else. */
const LOOK_AFTER_MS = 2_000;
const LATE_LOOK = { priority: 9, deadlineMs: 5 * 60_000 } as const;

/** Everybody else goes first, and so a request of a job may wait long. */
const JOB_CALL = { priority: 9, deadlineMs: 30 * 60_000 } as const;

/** Writes of an earlier process count on, as far as the journal remembers them. Notes all of them, or none when it rejects. */
async function remember(spending: Spending, { policy, clock }: ToolboxParts, journal: Journal): Promise<void> {
  if (policy.budgets.writesPerDay === undefined) return;
  const from = clock.now() - DAY_MS;
  const found: { readonly caller: string; readonly at: number; readonly written: number }[] = [];
  for (let before: string | undefined; ; ) {
    const page = await journal.calls({ from, limit: PAGE, ...(before !== undefined && { before }) });
    for (const { caller, at, rows } of page) {
      const written = rows.filter(({ state }) => state !== 'intended' && state !== 'rejected').length;
      found.push({ caller, at, written });
    }
    before = page.at(-1)?.id;
    if (page.length < PAGE) break;
  }
  for (const { caller, at, written } of found) spending.note(caller, 'writes', written, at);
}

const DAY_MS = 86_400_000;
const PAGE = 500;

/** A journal in memory where none is given: it still keeps the calls of this process apart. */
async function openJournal({ journal, clock, random, log }: ToolboxParts): Promise<Journal> {
  if (journal !== undefined) return journal();
  const { createJournal, memoryDisk } = await import('../journal/index.ts');
  return createJournal({ disk: memoryDisk(), clock, random, onTrouble: log });
}

/** The client, taking the operator's word for the token's scopes where HubSpot says nothing. */
export function withConfigured(hubspot: HubSpot, configured: readonly string[] | undefined): HubSpot {
  if (configured === undefined) return hubspot;
  const said = new Set(configured);
  return { ...hubspot, scopes: { ...hubspot.scopes, granted: () => hubspot.scopes.granted() ?? said } };
}
