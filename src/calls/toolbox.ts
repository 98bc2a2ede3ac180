/** What the faces of the server are made of: the tools on an account, and what a call of one is. Contracts only. */

import type { ApprovalStep, Asker, Question } from '../approval/approval.ts';
import type { CallError } from '../call-error.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ToolDescription } from '../catalogue/tool-description.ts';
import type { Clock, Random } from '../clock.ts';
import type { Crm } from '../crm/index.ts';
import type { ModelOptions } from '../enrich/openai/types.ts';
import type { ValueProvider } from '../enrich/values/types.ts';
import type { HubSpot } from '../hubspot/index.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import type { Policy } from '../policy/index.ts';
import type { Resource } from '../resource.ts';

/** Who asks, as far as a call cares. */
export interface Caller extends Asker {
  /** What the request allows itself, each as its sender wrote it: less than the policy does, never more. */
  readonly tightenings?: readonly unknown[];
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  progress?(done: number, total?: number, message?: string): void;
}

export type Outcome =
  /** `failed`: the answer is whole, but it says that nothing of what was asked could be done. */
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>>; readonly failed: boolean }
  /** `question`: only for a caller that can ask. */
  | { readonly ok: false; readonly error: CallError; readonly question?: Question };

/** The tools on an account: what every face of the server is made of. */
export interface Toolbox {
  readonly catalogue: Catalogue;
  /**
   * The tools that the policy and the token's scopes allow. Waits a moment for the scopes, and hides nothing while they
   * are unknown. Rejects with UserError `invalid_policy` when the caller's tightening cannot be read.
   */
  listed(caller?: Caller): Promise<readonly ToolDescription[]>;
  /** Never rejects. */
  call(name: string, said: unknown, caller?: Caller): Promise<Outcome>;
  /** How a call ends whose person was asked, and did not say yes. */
  declined(name: string, how: 'decline' | 'cancel', caller?: Caller): Outcome;
  /**
   * Reads a resource, in the bounds of one call of the tool that shows the same: what was read as the caller may have it,
   * undefined when there is no such thing. Rejects when that call would be refused, and with what the reading throws.
   */
  read<T extends object>(
    resource: Pick<Resource, 'name' | 'tool'>,
    work: (crm: Crm) => Promise<T | undefined>,
    caller?: Caller,
  ): Promise<T | undefined>;
  /** For the lists and completions of a resource, in the same bounds. */
  crm(tool: string, caller?: Caller): Promise<Crm>;
  /** What was found there as the caller may have it: harmless, and with what strangers wrote said to be so. */
  show<T extends object>(found: T, caller?: Caller): Promise<T>;
  /** Lets jobs come to a place where they can be gone on with; calls are ended by their faces. */
  close(): Promise<void>;
}

/** What the tools work on. */
interface ToolAccount {
  readonly embedded: boolean;
  hubspot(): Promise<HubSpot>;
  /** HubSpot's word for what it is, such as STANDARD or SANDBOX; `embedded` for the portal in here. */
  describe(): Promise<{ readonly kind: string; readonly portalId: number }>;
}

export interface ToolboxParts {
  readonly catalogue: Catalogue;
  /** The operator's. */
  readonly policy: Policy;
  readonly account: ToolAccount;
  readonly clock: Clock;
  readonly random: Random;
  readonly deadlineMs: number;
  /** What the operator says the token's scopes are. */
  readonly scopes?: readonly string[] | undefined;
  /** Of links in text that stay what they are, beside HubSpot's own. */
  readonly linkHosts?: readonly string[] | undefined;
  /** Where writes are written down before they are sent; asked for once, with the first call. In memory if omitted. */
  readonly journal?: () => Promise<Journal>;
  /** Where the copy of the portal is kept that scans work on; asked for once, with the first scan. In memory if omitted. */
  readonly snapshotFolder?: () => Promise<string | undefined>;
  /** A file of naming conventions that checks hold records against. */
  readonly qualityRules?: string | undefined;
  /** The path of the operator's rules for scores. */
  readonly scoreRules?: string | undefined;
  /** The operator's own sources of values, in their order. */
  readonly providers?: readonly ValueProvider[] | undefined;
  /** Of phone numbers that name none. */
  readonly country?: string | undefined;
  /** The model that may be asked about pairs of records; none if omitted. */
  readonly model?: ModelOptions | undefined;
  /** Whether records are to say who wrote them, where they have the property for it. No, if omitted. */
  readonly attribution?: boolean;
  /** Told of questions to people, and of what came of them. */
  readonly approval?: (step: ApprovalStep) => void;
  /** For the operator, one line or a stack. */
  readonly log: Log;
}
