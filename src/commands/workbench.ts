/** How a command gets at records: through the policy, the guarded client, the journal and the door, as every tool does. */

import * as z from 'zod';
import { type Account, type AccountObserver, openAccount } from '../account/account.ts';
import { openAccountJournal } from '../account/account-journal.ts';
import { accountSnapshotFolder } from '../account/account-snapshot.ts';
import { openOperatorPolicy } from '../account/operator-policy.ts';
import { refuseFolders } from '../account/refuse-folders.ts';
import { alreadyGiven } from '../approval/approval.ts';
import { openWorkshop } from '../calls/workshop.ts';
import { packageCatalogue } from '../catalogue/catalogue.ts';
import { systemClock, systemRandom } from '../clock.ts';
import type { Terminal } from '../command.ts';
import { refuseContradictions, serverOptions } from '../config/config.ts';
import { hubspotOptions } from '../config/hubspot-options.ts';
import { journalOptions } from '../config/journal-options.ts';
import { observeOptions } from '../config/observe-options.ts';
import { modelOptions, openaiOptions } from '../config/openai-options.ts';
import { permissionOptions } from '../config/permission-options.ts';
import { portalOptions } from '../config/portal-options.ts';
import { qualityOptions } from '../config/quality-options.ts';
import { quotaOptions } from '../config/quota-options.ts';
import type { Crm } from '../crm/index.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { Author } from '../journal/journal.ts';
import type { CallTool } from '../observe/ways.ts';
import { operatorLine } from '../operator-line.ts';
import { UsageError } from '../option.ts';
import { createSpending } from '../policy/budgets.ts';
import type { Effect, ToolContext } from '../tool.ts';

/** The server's options, without those that are about its faces: which tools a model is shown, and HTTP. */
export const workOptions = z.object({
  ...hubspotOptions,
  ...permissionOptions,
  ...portalOptions,
  ...journalOptions,
  ...qualityOptions,
  ...openaiOptions,
  ...quotaOptions,
  ...observeOptions,
});
export type WorkOptions = z.output<typeof workOptions>;

export interface Workbench {
  readonly account: Account;
  readonly crm: Crm;
  /** As the policy lets it be seen. */
  readonly hubspot: HubSpot;
  /**
   * @param signal ends reading; what has been sent is waited for. No call here has a deadline: a person watches it.
   */
  work(effect: Effect, progress?: ToolContext['progress'], signal?: AbortSignal): Omit<ToolContext, 'progress'>;
  /** Calls a tool as a person at the command line would, whatever its effect. */
  readonly call: CallTool;
  close(): Promise<void>;
}

/** For a command that runs on without anybody who looks at it. */
export interface Unattended {
  readonly log: (message: string) => void;
  readonly observer: AccountObserver;
  /** 0 to 9: everybody else goes first, for 9. */
  readonly priority: number;
}

/**
 * A person at the command line has said what is to be done, so nobody is asked again; what the policy refuses stays
 * refused.
 * @param command its name, which the journal puts its writes down to
 * @throws UsageError for a command that writes where the policy lets nothing be written
 */
export async function openWorkbench(
  options: WorkOptions,
  { stderr }: Pick<Terminal, 'stderr'>,
  command: string,
  effect: Effect,
  unattended?: Unattended,
): Promise<Workbench> {
  refuseContradictions({ ...serverOptions.parse({}), ...options });
  await refuseFolders(options);
  const log = unattended?.log ?? ((message: string) => void stderr.write(`${operatorLine(message)}\n`));
  // Toolsets and profiles are about what models see; of them only "nothing that writes" is about a command too.
  const policy = await openOperatorPolicy({
    ...options,
    toolsets: ['crm', 'schema', 'journal', 'quality'],
    profile: undefined,
  });
  const refused = policy.refusesTool({ name: `${command}_records`, toolset: 'crm', effect });
  if (effect !== 'read' && refused?.code === 'read_only') {
    throw new UsageError(`${command} writes, and this installation is read-only (--read-only, or its policy).`);
  }
  const seams = { clock: systemClock, random: systemRandom, log };
  // Nobody else calls an embedded portal, and nobody learns anything from waiting for it.
  const account = openAccount(options, {
    ...seams,
    portalLimits: 'off',
    ...(unattended && { observer: unattended.observer }),
  });
  const close = async () => {
    await account.close();
  };
  const catalogue = packageCatalogue({ model: options.openai });
  try {
    const spending = createSpending(policy.budgets, systemClock);
    const workshop = await openWorkshop(
      {
        ...options,
        ...seams,
        catalogue,
        ...(options.openai && { model: modelOptions(options) }),
        policy,
        account,
        journal: () => openAccountJournal(options, account, seams),
        snapshotFolder: () => accountSnapshotFolder(options, account),
      },
      spending,
    );
    const author: Author = { caller: `hubspot-crm-mcp ${command}`, session: systemRandom.uuid() };
    const asking = { policy, consent: alreadyGiven(systemClock.now()), tainted: () => false };
    const work: Workbench['work'] = (does, progress = () => undefined, signal) => {
      const call: CallOptions = {
        deadlineMs: CALL_MS,
        caller: author.caller,
        ...(unattended && { priority: unattended.priority }),
        ...(signal && { signal }),
      };
      return workshop.forCall(call, author, asking, { effect: does, progress });
    };
    return {
      account,
      crm: work('read').crm,
      hubspot: workshop.client(policy, author.caller),
      work,
      async call(name, args) {
        const description = catalogue.find(name);
        if (description === undefined) throw new RangeError(`There is no tool ${name}.`);
        const tool = await catalogue.load(description);
        try {
          await tool.handler(tool.input.parse(args), { ...work(tool.effect), progress: () => undefined });
          return { ok: true };
        } catch (error) {
          const { callError } = await import('../call-error.ts');
          const said = callError(error);
          if (said === undefined) throw error;
          return { ok: false, error: said };
        }
      },
      async close() {
        await workshop.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Of one request, waiting for quota included. */
const CALL_MS = 10 * 60_000;
